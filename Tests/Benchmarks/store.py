#!/usr/bin/env python3
"""Measures the store from outside; see store.sh.

  store.py [--progress] [--seed N] [SUBACCOUNTS [SMALL [LARGE [COMMITS]]]]
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

import agency
import sections

RUNS = 21
PERMQL = ".build/release/permql"
REPLAY = ".build/release/StorageBenchmarks"
FOLDER = ".build/benchmarks"


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def tell(what, figure, target="", holds=None):
    """One line: what was measured, the figure, its target, and whether it is met."""
    verdict = "" if holds is None else "met" if holds else "MISSED"
    print(f"{what:<62} {figure:>24}  {target:<22} {verdict}".rstrip(), flush=True)


class Bench:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)

    def progress(self, words):
        if self.options.progress:
            print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)

    def path(self, name):
        return os.path.join(FOLDER, name)

    def generated(self, size):
        """A file of an agency of a size, made once."""
        path = self.path(f"compact-{size}.csv")
        if not os.path.exists(path):
            self.progress(f"generating {size} subaccounts")
            with open(path + ".part", "wb") as file:
                command = [sys.executable, agency.__file__, "compact", str(size)]
                subprocess.run(command, check=True, stdout=file)
            os.rename(path + ".part", path)
        return path

    def imported(self, size):
        """A store with an agency of a size, made once."""
        path = self.path(f"store-{size}.permdb")
        if not os.path.exists(path):
            file = self.generated(size)
            self.progress(f"importing {size} subaccounts")
            shutil.rmtree(path + ".part", ignore_errors=True)
            self.ask(path + ".part", f'import "{file}"')
            os.rename(path + ".part", path)
        return path

    def copied(self, size, permission):
        """A copy where nobody has a permission, so that each grant of it is a change."""
        path = self.path("store-copy.permdb")
        shutil.rmtree(path, ignore_errors=True)
        self.progress(f"copying the store of {size} subaccounts")
        shutil.copytree(self.imported(size), path)
        self.ask(path, f"revoke {permission} from all")
        # Each begins with no journal to read, whatever was read for the one before.
        run(PERMQL, "-s", path, "--snapshot")
        return path

    def forget_copy(self):
        shutil.rmtree(self.path("store-copy.permdb"), ignore_errors=True)

    def script(self, statements):
        path = self.path("store.pql")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(statements) + "\n")
        return path

    def ask(self, store, statement, *options):
        return run(PERMQL, "-s", store, "--quiet", *options, "-c", statement)

    def journal(self, store):
        return json.loads(self.ask(store, "show store", "-o", "json"))["journal_bytes"]

    def median(self, *command):
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            run(PERMQL, *command)
            times.append(time.perf_counter() - start)
        return statistics.median(times) * 1000, min(times) * 1000


def sizes(bench, count):
    store = bench.imported(count)
    subaccounts, size, parts = sections.account(store)
    without = sections.without_history(size, parts) / subaccounts
    tell(f"{count:,} subaccounts: snapshot without history, bytes each", f"{without:.1f}",
         "60 or less", without <= 60)
    tell("the same with history", f"{size / subaccounts:.1f}")
    tell("the journal's record of the import, bytes each", f"{bench.journal(store) / count:.1f}")
    store = bench.copied(count, "ivr_handling")
    before = bench.journal(store)
    bench.ask(store, "grant ivr_handling to all")
    grown = bench.journal(store) - before
    tell(f"grant to all of {count:,}, bytes of the journal", f"{grown:,}", "under 1,000",
         grown < 1000)


def committing(bench, count, commits):
    """Grants to one after another, each durable, from one process and from as many processes."""
    commits = min(commits, count)
    names = [agency.large_name(row) for row in bench.random.sample(range(count), commits)]
    statements = [f'grant ivr_handling to "{name}"' for name in names]
    store = bench.copied(count, "ivr_handling")
    before = bench.journal(store)
    script = bench.script(statements)
    bench.progress(f"{commits} commits from one process")
    start = time.perf_counter()
    run(PERMQL, "-s", store, "--quiet", "--keep-going", script)
    rate(f"{commits:,} commits of one statement, from one process", commits, start)
    grown = (bench.journal(store) - before) / commits
    tell("a typical change, committed alone: bytes of the journal", f"{grown:.0f}", "600 or less",
         grown <= 600)
    store = bench.copied(count, "ivr_handling")
    bench.progress(f"{commits} commits, one process after another")
    start = time.perf_counter()
    for statement in statements:
        bench.ask(store, statement)
    rate(f"{commits:,} commits of one statement, a process each", commits, start)
    changed = int(bench.ask(store, "count having ivr_handling", "-o", "list"))
    if changed != commits:
        sys.exit(f"{changed} of {commits} commits are there")
    store = bench.copied(count, "ivr_handling")
    before = bench.journal(store)
    run(PERMQL, "-s", store, "--quiet", script)
    grown = (bench.journal(store) - before) / commits
    tell(f"one of {commits:,} changes of a transaction: bytes of the journal", f"{grown:.0f}",
         "600 or less", grown <= 600)


def rate(what, count, start):
    seconds = time.perf_counter() - start
    tell(what, f"{seconds:.2f} s, {count / seconds:,.0f}/s")


def asking(bench, count):
    """Questions about one subaccount after a hundred thousand changes in one transaction."""
    statements = min(count, 100_000)
    store = bench.copied(count, "outbound")
    rows = bench.random.sample(range(count), statements)
    script = bench.script(f'grant outbound to "{agency.large_name(row)}"' for row in rows)
    bench.progress(f"{statements} changes in one transaction")
    run(PERMQL, "-s", store, "--quiet", script)
    name = agency.large_name(rows[statements // 2])
    start, _ = bench.median("--version")
    print(f"after {statements:,} changes in one transaction, over the program's start:")
    for question in (
        f'why "{name}" has outbound', f'why "{name}" lacks chat', f'show changes of "{name}"',
        f'show "{name}" as of change {statements // 3}', f"show change {statements // 3}",
    ):
        median, _ = bench.median("-s", store, "-c", question)
        tell(f"  {question}", f"{median - start:.2f} ms", "10 ms or less", median - start <= 10)


def opening(bench, small, large):
    """Whole processes that open a store and count."""
    start, least = bench.median("--version")
    tell("start and end of the program", f"{start:.2f} ms, least {least:.2f}")
    medians = []
    for size in (small, large):
        store = bench.imported(size)
        median, least = bench.median("-s", store, "-c", "count")
        tell(f"open {size:,} subaccounts and count", f"{median:.2f} ms, least {least:.2f}")
        medians.append(median)
    more = (medians[1] / medians[0] - 1) * 100
    tell(f"open {large:,} beside {small:,}", f"{more:+.0f} %", "within 20 %", abs(more) <= 20)


def recovering(bench, count):
    """The longest tail of a journal that is allowed, kind by kind of change."""
    bench.progress("journal tails")
    output = run(REPLAY, "replay", str(count))
    longest = float(re.search(r"^the longest: ([\d.]+) ms", output, re.MULTILINE)[1])
    print(f"recovery of the longest allowed tail of each kind, {count:,} subaccounts:")
    lines = output.rstrip().splitlines()
    for line in lines[:-1]:
        print("  " + line)
    tell("recovery of the longest of them", f"{longest:.2f} ms", "under 10 ms", longest < 10)


def main():
    parser = argparse.ArgumentParser(description="what the store promises, measured")
    parser.add_argument("--progress", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    for name, number in (
        ("subaccounts", 1_000_000), ("small", 10_000), ("large", 10_000_000), ("commits", 10_000),
    ):
        parser.add_argument(name, nargs="?", type=int, default=number)
    options = parser.parse_args()
    bench = Bench(options)
    try:
        sizes(bench, options.subaccounts)
        committing(bench, options.subaccounts, options.commits)
        asking(bench, options.subaccounts)
        bench.forget_copy()
        opening(bench, options.small, options.large)
        recovering(bench, options.subaccounts)
    finally:
        bench.forget_copy()


if __name__ == "__main__":
    main()
