#!/usr/bin/env python3
"""Print how an epoch's time and the program's memory grow with width, depth, batch and threads, as Markdown tables.

Usage: growth.py BINARY

Each net is trained with Adam on 54,000 images of MNIST; the least of two epochs counts. Memory is the most that the
program held at once, the data set (47 MB of images, held once) included.
"""
import json
import os
import subprocess
import sys

THREADS = (1, 2)
TABLES = [
    ("one hidden layer of relu, batch 128", "units", [(n, f"{n}relu", 128) for n in (64, 128, 256, 512, 1024, 2048, 4096)]),
    ("hidden layers of 256 relu, batch 128", "layers", [(n, "-".join(["256"] * n) + "relu", 128) for n in (1, 2, 4, 8)]),
    ("200 tanh", "batch", [(n, "200tanh", n) for n in (1, 4, 16, 32, 128, 512, 1024, 4096)]),
]


def measure(binary, net, batch, threads):
    """Least seconds of an epoch, megabytes, and the shares of a step's phases."""
    command = [binary, "bench", net, "--batch", str(batch), "--threads", str(threads), "--epochs", "2", "--json", "-"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}")
    entry = json.loads(text)[0]
    return entry["least_s"], usage.ru_maxrss / 1024, {share["phase"]: share["share"] for share in entry["share"]}


def main(binary):
    for title, name, cases in TABLES:
        print(f"{title}\n")
        print(f"| {name} | " + " | ".join(f"{n} thread{'s' * (n > 1)}, s" for n in THREADS)
              + " | gain | MB | most of a step |")
        print("|---" * (len(THREADS) + 4) + "|", flush=True)
        for label, net, batch in cases:
            found = [measure(binary, net, batch, threads) for threads in THREADS]
            times = [seconds for seconds, _, _ in found]
            phase, share = max(found[-1][2].items(), key=lambda item: item[1])
            print(f"| {label} | " + " | ".join(f"{seconds:.3f}" for seconds in times)
                  + f" | {times[0] / times[-1]:.2f} × | {found[-1][1]:.0f} | {phase} {100 * share:.0f} % |", flush=True)
        print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
