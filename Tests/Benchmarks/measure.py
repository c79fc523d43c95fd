#!/usr/bin/env python3
"""Runs one command several times and prints one line: the median of its wall-clock times.

  measure.py RUNS NAME [--per COUNT UNIT] [--fresh FROM TO] -- COMMAND...

`--per` adds a rate: COUNT divided by the median. `--fresh` copies the directory FROM to TO before
each run, not timed, so that every run finds the same store; `-` as FROM only removes TO. Output is thrown away; a command that
fails ends the benchmark. Peak memory is the largest of all runs.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time


def main(arguments):
    split = arguments.index("--")
    options, command = arguments[:split], arguments[split + 1:]
    runs, name = int(options[0]), options[1]
    fresh = rate = None
    rest = options[2:]
    while rest:
        if rest[0] == "--per":
            rate = (float(rest[1]), rest[2])
        elif rest[0] == "--fresh":
            fresh = (rest[1], rest[2])
        else:
            sys.exit(__doc__)
        rest = rest[3:]
    times = []
    for _ in range(runs):
        if fresh:
            shutil.rmtree(fresh[1], ignore_errors=True)
            if fresh[0] != "-":
                shutil.copytree(*fresh)
            os.sync()
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
        if done.returncode != 0:
            sys.exit(f"{name}: exit {done.returncode}: {' '.join(command)}")
    median = statistics.median(times)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line = f"{name:<52} {median:9.3f} s  ({min(times):.3f} to {max(times):.3f}, {runs} runs)"
    line += f"  {peak:7.0f} MiB"
    if rate:
        line += f"  {rate[0] / median:12,.0f} {rate[1]}"
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
