#!/usr/bin/env python3
"""What the dashboard costs a run: the seconds its epochs take beside those of `train`, in turn on the same machine.

    dashboard_cost.py BINARY [SPEC] [--epochs N] [--rounds N] [--size 160x48]

The dashboard runs in a pseudo-terminal whose output is read and thrown away, so that no terminal emulator takes part.
Both figures are the program's own: the training passes alone, without validation. The main thread's processor time
comes from /proc.
"""

import argparse
import fcntl
import json
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]")


class Dashboard:
    """The program in a pseudo-terminal."""

    def __init__(self, binary, spec, columns, lines):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(binary, [binary, *spec])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def press(self, key):
        os.write(self.terminal, key)

    def wait_for(self, pattern, limit):
        """Returns when a pattern was written; ends the program's run on a timeout.

        Looks at what came twice a second: reading alone already takes a processor from the training for a moment.
        """
        seen, looked, end = b"", time.monotonic(), time.monotonic() + limit
        while (now := time.monotonic()) < end:
            if select.select([self.terminal], [], [], 0.5)[0]:
                seen += os.read(self.terminal, 1 << 16)
            if now - looked > 0.5:
                if re.search(pattern, CONTROL.sub(b"", seen)):
                    return
                seen, looked = seen[-4096:], now
        sys.exit(f"the dashboard did not show {pattern!r} within {limit} s")

    def processor_seconds(self):
        """Of the main thread, so far."""
        with open(f"/proc/{self.process}/task/{self.process}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def quit(self):
        self.press(b"q")
        try:
            # What it still writes has to go somewhere, or it waits for room and never ends.
            while os.read(self.terminal, 1 << 16):
                pass
        except OSError:
            pass  # Linux's word for the end of a pseudo-terminal that nobody has open any more.
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def with_dashboard(binary, spec, size, store):
    dashboard = Dashboard(binary, [*spec, "--store", store], *size)
    dashboard.wait_for(rb"ready", 10)
    before, start = dashboard.processor_seconds(), time.monotonic()
    dashboard.press(b" ")
    dashboard.wait_for(rb"finished|errors of|shows the test", 600)
    share = (dashboard.processor_seconds() - before) / (time.monotonic() - start)
    dashboard.quit()
    return seconds([binary, "runs", "show", "last", "--json", "--store", store]), share


def headless(binary, spec, store):
    return seconds([binary, "train", *spec, "--quiet", "--json", "-", "--store", store])


def seconds(command):
    """The median of the epochs, which a moment's other work on the machine does not move."""
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return statistics.median(epoch["seconds"] for epoch in report["epochs"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("spec", nargs="?", default="200tanh")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--size", default="160x48", type=lambda text: tuple(map(int, text.split("x"))))
    options = parser.parse_args()
    spec = [options.spec, f"epochs={options.epochs}"]
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            alone = headless(options.binary, spec, f"{folder}/runs.sqlite")
            shown, share = with_dashboard(options.binary, spec, options.size, f"{folder}/runs.sqlite")
            ratios.append(shown / alone)
            print(
                f"an epoch alone {alone:.4f} s, with the dashboard {shown:.4f} s: {ratios[-1]:.3f}; "
                f"main thread {share:.1%} of a processor",
                flush=True,
            )
    print(f"median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
