"""Measures the time from a key to the painted line: latency.py EXECUTABLE [SUBACCOUNTS].

Makes an agency of a million subaccounts (or so many), types statements and other keys at a prompt, and
prints for each the median and the longest time until the line was painted, and the longest processor
time, which other work on the machine does not change. The history has 10,000 statements. Ends with 1
where a key took more than 10 ms of processor time.
"""

import pathlib
import random
import subprocess
import sys
import tempfile
import time

from terminal import KEYS, Terminal

BUDGET = 0.010

LINES = [
    "grant outbound to all",
    'count where name ~ "*acme*" and plan = "growth" lacking outbound',
    'show "Cedar Acme 12"',
    'compare "Cedar Acme 12" with "Echo Delta 77"',
    'revoke logs from where email = "u77',
    'grant chat to where name ~ "*birch*" or region = "eu-3"',
    'revoke chat from where name ~ "*[ab]?c*e*" and email ~ "*7*8*"',
    'set plan = "x" for where not (name ~ "*a*" or email ~ "*9*")',
    "show #id99999",
]

# What is typed first, and the keys that are then measured.
KEYS_AFTER = [
    ('show "', ["tab"] * 3),
    ('show "A', ["tab"] * 3),
    ('show "Cedar ', ["tab", "tab", "shift-tab"]),
    ("show #id1", ["tab"] * 3),
    ('count where email = "u', ["tab"] * 3),
    ("count where plan = ", ["tab"] * 3),
    ('count where name = "Acme', ["tab"] * 3),
    ("grant ", ["tab"] * 3),
    ("", ["tab", "escape", "up", "up", "up", "down"]),
    ("", ["search", "c", "o", "u", "n", "t", " ", "9", "9", "search", "search", "zz", "search", "zz"]),
    ("", ["search", "z", "q", "x"]),
]
KEYS["search"] = "\x12"


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
    state = folder / "state" / "permql"
    state.mkdir(parents=True)
    history = "".join(f'count where minutes_used > {i} and plan = "p{i}"\n' for i in range(10_000))
    (state / "history").write_text(history)
    (state / "history").chmod(0o600)


def processor_seconds(process):
    return int(pathlib.Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


class Times:
    def __init__(self):
        self.seconds = []
        self.worst = (0, "")
        self.hint = (0, "")

    def add(self, terminal, key):
        """Presses a key and takes the times to the end of the painting that it causes."""
        before = len(terminal.raw)
        used = processor_seconds(terminal.process)
        start = time.perf_counter()
        terminal.type(KEYS.get(key, key))
        while b"\x1b[?25h" not in terminal.raw[before:]:
            terminal.take(0.001)
            if time.perf_counter() - start > (0.5 if len(key) > 1 else 5):
                break  # A key that changes nothing, such as Up at the oldest, paints nothing.
        self.seconds.append(time.perf_counter() - start)
        self.worst = max(self.worst, (processor_seconds(terminal.process) - used, key))

    def tell(self, what):
        seconds = sorted(self.seconds)
        used, key = self.worst
        print(f"{seconds[len(seconds) // 2] * 1000:6.1f} ms, longest {seconds[-1] * 1000:6.1f} ms, "
              f"processor {used * 1000:6.1f} ms at {key!r}, "
              f"between keys {self.hint[0] * 1000:6.1f} ms: {what}", flush=True)
        return used <= BUDGET and self.hint[0] <= BUDGET

    def pause(self, terminal, key):
        """As fast as people type: the hint that counts comes in between."""
        used = processor_seconds(terminal.process)
        limit = time.perf_counter() + 0.15
        while time.perf_counter() < limit:
            terminal.take(0.02)
        self.hint = max(self.hint, (processor_seconds(terminal.process) - used, key))


def main():
    permql = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    is_fast = True
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        made(permql, folder, count)
        terminal = Terminal([permql, "-s", "agency.permdb"], folder, columns=120)
        terminal.shows(f"{count:,} subaccounts")
        terminal.shows("agency>")
        for typed, keys in [("", line) for line in LINES] + KEYS_AFTER:
            terminal.type(typed)
            terminal.settle()
            times = Times()
            for key in keys:
                times.add(terminal, key)
                times.pause(terminal, key)
            is_fast = times.tell(typed + ("".join(keys) if isinstance(keys, str) else " " + " ".join(keys))) and is_fast
            terminal.control("c")
            terminal.settle()
        terminal.close()
    return 0 if is_fast else 1


if __name__ == "__main__":
    sys.exit(main())
