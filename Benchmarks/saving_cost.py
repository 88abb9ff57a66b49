"""What saving costs a run: pairs of the same training with and without it, in turn.

    python3 Benchmarks/saving_cost.py BINARY [SPEC] [PAIRS]

Seconds are those of the training passes. A single pair says little on a machine that does other things, too, so the
processor's own books are printed beside it (/proc/PID/task/*/schedstat): what the recorder's thread ran, and how long
the threads that train waited for a processor.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time


def threads_of(process):
    """Seconds that each thread ran and waited, the oldest first, as they were last seen."""
    books = {}
    while process.poll() is None:
        try:
            for thread in os.listdir(f"/proc/{process.pid}/task"):
                try:
                    with open(f"/proc/{process.pid}/task/{thread}/schedstat") as file:
                        ran, waited, _ = file.read().split()
                    books[int(thread)] = (int(ran) / 1e9, int(waited) / 1e9)
                except OSError:
                    pass
        except OSError:
            pass
        time.sleep(0.2)
    return [books[thread] for thread in sorted(books)]


def train(binary, spec, folder, options):
    start = time.time()
    command = [binary, "train", *spec.split(), "--quiet", "--threads", "2", "--json", folder + "/result.json"]
    process = subprocess.Popen(command + options, stdout=subprocess.DEVNULL)
    main, *others = threads_of(process)
    wall = time.time() - start
    worker, *rest = sorted(others, reverse=True)
    with open(folder + "/result.json") as file:
        passes = sum(epoch["seconds"] for epoch in json.load(file)["epochs"])
    return {
        "passes": passes,
        "recorder": sum(ran for ran, _ in rest) / wall,
        "waited": (main[1] + worker[1]) / wall,
    }


def main():
    binary = sys.argv[1]
    spec = sys.argv[2] if len(sys.argv) > 2 else "200tanh epochs=180"
    pairs = int(sys.argv[3]) if len(sys.argv) > 3 else 6
    longer, recorder, waiting = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        saving = ["--store", folder + "/runs.sqlite"]
        # The data set's fingerprint is taken once for all runs of a store.
        train(binary, "none epochs=1", folder, saving)
        for pair in range(pairs):
            order = [saving, ["--no-save"]] if pair % 2 else [["--no-save"], saving]
            results = {options[0]: train(binary, spec, folder, options) for options in order}
            saved, plain = results["--store"], results["--no-save"]
            longer.append(100 * (saved["passes"] / plain["passes"] - 1))
            recorder.append(100 * (saved["recorder"] - plain["recorder"]))
            waiting.append(100 * (saved["waited"] - plain["waited"]))
            print(
                f"{saved['passes']:.2f} s, {plain['passes']:.2f} s without: {longer[-1]:+.1f} %; recorder "
                f"{recorder[-1]:.2f} % of a processor, training waits {waiting[-1]:+.2f} % more",
                flush=True,
            )
    print(
        f"{spec}, medians of {pairs}: {statistics.median(longer):+.1f} % longer, recorder "
        f"{statistics.median(recorder):.2f} % of a processor, training waits {statistics.median(waiting):+.2f} % more"
    )


main()
