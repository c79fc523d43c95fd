#!/usr/bin/env python3
"""Measures the store from outside; see store.sh.

  store.py PERMQL DIRECTORY SUBACCOUNTS SMALL LARGE COMMITS
"""

import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

import agency

RUNS = 21


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


class Bench:
    def __init__(self, permql, folder):
        self.permql, self.folder = permql, folder

    def store(self, name):
        return os.path.join(self.folder, f"store-{name}.permdb")

    def imported(self, size):
        """A store with an agency of a size, made once."""
        path = self.store(size)
        if not os.path.exists(path):
            part = path + ".part"
            shutil.rmtree(part, ignore_errors=True)
            file = os.path.join(self.folder, f"compact-{size}.csv")
            self.ask(part, f'import "{file}"')
            os.rename(part, path)
        return path

    def copied(self, size, name):
        """The same, where nobody has the permission that is granted, so that each grant is a change."""
        path = self.store(name)
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.imported(size), path)
        self.ask(path, "revoke ivr_handling from all")
        return path

    def ask(self, store, statement, *options):
        return run(self.permql, "-s", store, "--quiet", *options, "-c", statement)

    def journal(self, store):
        return json.loads(self.ask(store, "show store", "-o", "json"))["journal_bytes"]

    def median(self, *command):
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            run(self.permql, *command)
            times.append(time.perf_counter() - start)
        return statistics.median(times) * 1000, min(times) * 1000


def tell(what, value, wanted=""):
    print(f"{what:<64} {value:>22}  {wanted}", flush=True)


def sizes(bench, count):
    store = bench.imported(count)
    newest = max(glob.glob(os.path.join(store, "snap-*")), key=os.path.getmtime)
    tell("snapshot, bytes per subaccount", f"{os.path.getsize(newest) / count:.1f}", "60 or less")
    tell("journal after the import, bytes per subaccount", f"{bench.journal(store) / count:.1f}")
    store = bench.copied(count, "granted")
    before = bench.journal(store)
    bench.ask(store, "grant ivr_handling to all")
    tell(
        f"grant to all of {count}, bytes of the journal", bench.journal(store) - before,
        "under 1,000")


def opening(bench, small, large):
    start, least = bench.median("--version")
    tell("start and end of the program", f"{start:.2f} ms, least {least:.2f}")
    for size in (small, large):
        store = bench.imported(size)
        median, least = bench.median("-s", store, "-c", "count")
        tell(
            f"open {size} subaccounts and count", f"{median:.2f} ms, least {least:.2f}",
            "within 20 % of each other")


def committing(bench, count, commits):
    """Grants to one after another, each durable, from one process and from as many processes."""
    names = [agency.large_name(number * 7919 % count) for number in range(commits)]
    statements = [f'grant ivr_handling to "{name}"' for name in names]
    store = bench.copied(count, "single")
    before = bench.journal(store)
    script = os.path.join(bench.folder, "single.pql")
    with open(script, "w", encoding="utf-8") as file:
        file.write("\n".join(statements) + "\n")
    start = time.perf_counter()
    run(bench.permql, "-s", store, "--quiet", "--keep-going", script)
    rate(f"{commits} commits from one process", commits, start)
    grown = bench.journal(store) - before
    tell("one change of its own, bytes of the journal", f"{grown / commits:.0f}", "600 or less")
    store = bench.copied(count, "processes")
    start = time.perf_counter()
    for statement in statements:
        bench.ask(store, statement)
    rate(f"{commits} commits, one process after another", commits, start)
    store = bench.copied(count, "together")
    before = bench.journal(store)
    run(bench.permql, "-s", store, "--quiet", script)
    grown = bench.journal(store) - before
    tell(
        f"one of {commits} changes of a transaction, bytes of the journal",
        f"{grown / commits:.0f}", "600 or less")


def rate(what, count, start):
    seconds = time.perf_counter() - start
    tell(what, f"{seconds:.2f} s, {count / seconds:,.0f}/s")


def asking(bench, count):
    """Questions about one subaccount after a hundred thousand changes in one transaction."""
    store = bench.copied(count, "changed")
    statements = min(count, 100_000)
    script = os.path.join(bench.folder, "grants.pql")
    with open(script, "w", encoding="utf-8") as file:
        file.write(run(sys.executable, agency.__file__, "grants", str(count), str(statements)))
    run(bench.permql, "-s", store, "--quiet", "--command", "revoke outbound from all")
    run(bench.permql, "-s", store, "--quiet", script)
    with open(script, encoding="utf-8") as file:
        name = file.read().splitlines()[statements // 2].split('"')[1]
    start, _ = bench.median("--version")
    for question in (
        f'why "{name}" has outbound', f'why "{name}" lacks chat', f'show changes of "{name}"',
        f'show "{name}" as of change {statements // 3}', f"show change {statements // 3}",
    ):
        median, _ = bench.median("-s", store, "-c", question)
        tell(question, f"{median - start:.2f} ms over start", "10 or less")


def main(arguments):
    permql, folder = arguments[:2]
    count, small, large, commits = map(int, arguments[2:])
    bench = Bench(permql, folder)
    sizes(bench, count)
    committing(bench, count, commits)
    asking(bench, count)
    opening(bench, small, large)


if __name__ == "__main__":
    main(sys.argv[1:])
