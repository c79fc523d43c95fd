"""Measures the time from a key to the painted line: latency.py EXECUTABLE [SUBACCOUNTS].

Makes an agency of a million subaccounts (or so many), types statements key by key at a prompt, and
prints for each the median and the longest time until the line was painted.
"""

import pathlib
import random
import subprocess
import sys
import tempfile
import time

from terminal import Terminal

LINES = [
    "grant outbound to all",
    'count where name ~ "*acme*" and plan = "growth" lacking outbound',
    'show "Cedar Acme 12"',
    'compare "Cedar Acme 12" with "Echo Delta 77"',
    'revoke logs from where email = "u77',
    'grant chat to where name ~ "*birch*" or region = "eu-3"',
]


def made(permql, folder, count):
    words = ["Acme", "Harbor", "Quarry", "Cedar", "Birch", "Delta", "Echo", "Sunrise"]
    random.seed(1)
    with open(folder / "agency.csv", "w", encoding="utf-8") as file:
        file.write("id,name,plan,region,email\n")
        for i in range(count):
            plan = random.choice(["starter", "growth", "scale"])
            name = f"{random.choice(words)} {random.choice(words)} {i}"
            file.write(f"id{i},{name},{plan},eu-{i % 7},u{i}@example.com\n")
    subprocess.run([permql, "-s", "agency.permdb", "--quiet", "-c", 'import "agency.csv"'],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def painted(terminal, key):
    """Seconds from a key to the end of the painting that it causes."""
    before = len(terminal.raw)
    start = time.perf_counter()
    terminal.type(key)
    while b"\x1b[?25h" not in terminal.raw[before:]:
        terminal.take(1)
        if time.perf_counter() - start > 5:
            raise AssertionError(f"no answer to {key!r}")
    return time.perf_counter() - start


def main():
    permql = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        made(permql, folder, count)
        terminal = Terminal([permql, "-s", "agency.permdb"], folder, columns=120)
        terminal.shows("agency.permdb>")
        for line in LINES:
            times = []
            for key in line:
                times.append(painted(terminal, key))
                # As fast as people type: the hint that counts comes in between.
                limit = time.perf_counter() + 0.12
                while time.perf_counter() < limit:
                    terminal.take(0.02)
            times.sort()
            print(f"{times[len(times) // 2] * 1000:6.1f} ms, longest {times[-1] * 1000:6.1f} ms: {line}")
            terminal.control("c")
            terminal.settle()
        terminal.close()


if __name__ == "__main__":
    main()
