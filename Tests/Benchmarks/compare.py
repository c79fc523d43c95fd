#!/usr/bin/env python3
"""Times permql beside sqlite3 and DuckDB on the same agency and the same questions.

  compare.py PERMQL DATA SUBACCOUNTS RUNS [LINE...]

Every figure is the median of whole processes, start to end, warm, the programs taking turns, each
coming as often after one as after the other. RUNS is the least; lines of a few milliseconds, whose
times jump, run until they have taken two seconds, at most twenty times as often. DATA is the folder
for what is generated, loaded once and kept. LINE: only lines whose names contain one of
these. Prints a Markdown table. Where two programs give different answers the benchmark ends with 1.

What writes works on copies, which are removed afterwards, and is taken back untimed after each turn:
so a second run asks what the first one asked.

sqlite3 has one wide table with indexes on name (exact, and without case) and plan, and is given what
it needs to be durable at each commit; DuckDB has the same table and its defaults.
"""

import csv
import os
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
from agency import COLUMNS, PERMISSIONS, large_name  # noqa: E402

# These lines ask a store with as many changes as `grants` makes.
HISTORY = "with history: "
OUTBOUND = '"agent_types.outbound"'


class Line:
    """One line of the table: what each program is given, and what to take back afterwards."""

    def __init__(self, name, permql=None, sqlite=None, duckdb=None, undo=None, same=True, fresh=False):
        self.name, self.same, self.fresh = name, same, fresh
        self.asked = {"permql": permql, "sqlite3": sqlite, "DuckDB": duckdb}
        self.undo = undo or {}


def column_list(kind):
    """The columns of the wide table with their types."""
    types = {"created": "TIMESTAMP", "concurrency": "TEXT", "max_agents": "TEXT",
             "max_minutes": "TEXT", "max_workflow_runs": "TEXT", "minutes_used": "INTEGER"}
    flag = "BOOLEAN" if kind == "DuckDB" else "INTEGER"
    texts = {name: types.get(name, "TEXT") for name in COLUMNS}
    if kind == "sqlite3":
        texts["created"] = "TEXT"
    return {**texts, **{name: flag for name in PERMISSIONS}}


class Programs:
    """How each of the three is started, and where its copy of the agency is."""

    def __init__(self, permql, data, count):
        self.permql, self.data, self.count = permql, data, count
        self.csv = f"{data}/compact-{count}.csv"
        self.stores = {name: f"{data}/loaded-{count}.{ending}" for name, ending in (
            ("permql", "permdb"), ("sqlite3", "sqlite"), ("DuckDB", "duckdb"))}
        self.duckdb = shutil.which("duckdb") or f"{data}/venv/bin/duckdb"

    def command(self, program, text, store=None):
        store = self.stores[program] if store is None else store
        if program == "permql":
            where = ["-s", store] if store else []
            return [self.permql, *where, "--output", "csv", "--quiet", "-c", text]
        if program == "sqlite3":
            return ["sqlite3", "-batch", "-csv", store or ":memory:", text]
        return [self.duckdb, "-csv", "-noheader", store or ":memory:", "-c", text]

    def import_text(self, program):
        """What loads the CSV file, the table's indexes aside."""
        if program == "permql":
            return f'import "{self.csv}"'
        names = column_list(program)
        columns = ", ".join(f'"{name}" {kind}' for name, kind in names.items())
        if program == "sqlite3":
            return (f"create table subaccounts({columns});\n"
                    f".import --csv --skip 1 {self.csv} subaccounts")
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in names.items())
        return ("create table subaccounts as select * from "
                f"read_csv('{self.csv}', header = true, columns = {{{types}}})")

    def import_command(self, program, store):
        text = self.import_text(program)
        if program == "sqlite3":
            return ["sh", "-c", f"sqlite3 -batch {store} <<'END'\n{text}\nEND"]
        return self.command(program, text, store)

    def load(self, program):
        store = self.stores[program]
        if os.path.exists(store):
            return
        part = f"{store}.part"
        remove(part)
        run(self.import_command(program, part))
        if program == "sqlite3":
            run(self.command(program, (
                "create index by_name on subaccounts(name);"
                "create index by_folded_name on subaccounts(name collate nocase);"
                "create index by_plan on subaccounts(plan); analyze;"), part))
        os.rename(part, store)


def remove(path):
    shutil.rmtree(path, ignore_errors=True)
    for ending in ("", "-wal", "-shm", "-journal", ".wal"):
        if os.path.isfile(path + ending):
            os.remove(path + ending)


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"exit {done.returncode}: {' '.join(command)[:300]}\n{done.stderr[:2000]}")
    return done.stdout


def timed(command):
    """How long a process takes, from just before it is made to its end, in seconds."""
    path = command[0] if "/" in command[0] else shutil.which(command[0])
    quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    start = time.perf_counter()
    process = os.posix_spawn(path, command, os.environ, file_actions=quiet)
    _, status = os.waitpid(process, 0)
    elapsed = time.perf_counter() - start
    if status != 0:
        sys.exit(f"status {status}: {' '.join(command)[:300]}")
    return elapsed


def lines(programs):
    count = programs.count
    name = large_name(count * 3 // 7)
    changed = large_name(min(100_000, count) // 5 * 7919 % count)
    prefix = "Ash"
    lacking = f"where not {OUTBOUND}"
    durable = "pragma synchronous = full; "

    flags = ", ".join(f'"{permission}"' for permission in PERMISSIONS)
    largest_sets = f"select count(*) from subaccounts group by {flags} order by 1 desc limit 3"

    def writes(title, permql_to, where):
        """Grants and takes back, so that every run flips the same cells."""
        def update(flag):
            return f"update subaccounts set {OUTBOUND} = {flag} {where}"
        take_back = "revoke outbound from " + permql_to
        return Line(
            title, f"grant outbound to {permql_to}", durable + update("1"), update("true"),
            undo={"permql": take_back, "sqlite3": durable + update("0"), "DuckDB": update("false")},
            same=False)

    return [
        Line("start, no store", 'print "1"', "select 1", "select 1", same=False),
        Line("one subaccount by exact name",
             f'show subaccounts "{name}" columns id, name',
             f"select id, name from subaccounts where name = '{name}'",
             f"select id, name from subaccounts where name = '{name}'"),
        Line("`count lacking outbound`", "count lacking outbound",
             f"select count(*) from subaccounts {lacking}",
             f"select count(*) from subaccounts {lacking}"),
        Line(f'`count where name ~ "{prefix}*"`', f'count where name ~ "{prefix}*"',
             f"select count(*) from subaccounts where name like '{prefix}%'",
             f"select count(*) from subaccounts where name ilike '{prefix}%'"),
        Line('`count where name ~ "*dental*"`', 'count where name ~ "*dental*"',
             "select count(*) from subaccounts where name like '%dental%'",
             "select count(*) from subaccounts where name ilike '%dental%'"),
        Line("`count by plan`", "count by plan",
             "select plan, count(*) from subaccounts group by plan order by plan",
             "select plan, count(*) from subaccounts group by plan order by plan"),
        Line("the three largest of the distinct permission sets",
             "show profiles columns `count` limit 3", *[largest_sets] * 2),
        Line("three conditions with `and`, `or`, `not`",
             'count where (plan = "scale" or minutes_used > 5000) and name !~ "*dental*" '
             "having chat lacking mcp",
             "select count(*) from subaccounts where (plan = 'scale' or minutes_used > 5000) "
             "and name not like '%dental%' and \"agent_types.chat\" and not \"actions.mcp\"",
             "select count(*) from subaccounts where (plan = 'scale' or minutes_used > 5000) "
             "and name not ilike '%dental%' and \"agent_types.chat\" and not \"actions.mcp\""),
        Line("`show subaccounts lacking outbound columns name`, csv",
             "show subaccounts lacking outbound columns name",
             f"select name from subaccounts {lacking}", f"select name from subaccounts {lacking}"),
        writes("grant to a prefix, durable", f'where name ~ "{prefix}*"',
               f"where name like '{prefix}%'"),
        writes("grant to all, durable", "all", ""),
        Line(f"{HISTORY}`why \"…\" has outbound`", f'why "{changed}" has outbound', same=False),
        Line(f"{HISTORY}`show \"…\" as of change N`",
             f'show "{changed}" as of change {min(100_000, count) // 2}', same=False),
        Line(f"{HISTORY}`show changes of \"…\"`", f'show changes of "{changed}"', same=False),
        Line(f"{HISTORY}`undo` of a small change, durable",
             f"undo change {min(100_000, count) // 3}", undo={"permql": "undo last 1"}, same=False),
        Line("100,000 grants by exact name, one transaction", fresh=True, same=False),
        Line("CSV import", fresh=True, same=False),
    ]


def grants(programs):
    """The script of many grants, for permql and for sqlite3."""
    statements = min(100_000, programs.count)
    script = f"{programs.data}/compare-grants-{programs.count}"
    if not os.path.exists(f"{script}.sql"):
        with open(f"{script}.pql", "w", encoding="utf-8") as pql, \
                open(f"{script}.sql", "w", encoding="utf-8") as sql:
            sql.write("pragma synchronous = full; begin;\n")
            for number in range(statements):
                name = large_name(number * 7919 % programs.count)
                pql.write(f'grant outbound to "{name}"\n')
                quoted = name.replace("'", "''")
                sql.write(f"update subaccounts set {OUTBOUND} = 1 where name = '{quoted}';\n")
            sql.write("commit;\n")
    return script


def changed_store(programs):
    """permql's store after the script of many grants."""
    store = f"{programs.data}/changed-{programs.count}.permdb"
    if not os.path.exists(store):
        remove(f"{store}.part")
        shutil.copytree(programs.stores["permql"], f"{store}.part")
        run([programs.permql, "-s", f"{store}.part", "--quiet", "-c",
             "revoke outbound from all because \"so that each grant changes something\""])
        run([programs.permql, "-s", f"{store}.part", "--quiet", f"{grants(programs)}.pql"])
        os.rename(f"{store}.part", store)
    return store


def job(programs, line, program):
    """The command of one timed run and what to do before and after it, untimed; None for none."""
    nothing = (lambda: None)
    work = f"{programs.data}/compare-work"
    if line.name == "CSV import":
        return programs.import_command(program, work), lambda: remove(work), lambda: remove(work)
    if line.name.startswith("100,000"):
        if program == "DuckDB":
            return None
        script = grants(programs)

        def before():
            copied(programs.stores[program], work)
        command = ([programs.permql, "-s", work, "--quiet", f"{script}.pql"] if program == "permql"
                   else ["sh", "-c", f"sqlite3 -batch {work} <{script}.sql"])
        return command, before, lambda: remove(work)
    text = line.asked[program]
    if text is None:
        return None
    store = "" if line.name.startswith("start") else None
    if line.name.startswith(HISTORY):
        store = changed_store(programs)
    after = nothing
    if program in line.undo:
        store = copied(store or programs.stores[program], f"{work}-{program}")

        def after():
            run(programs.command(program, line.undo[program], store))
    return programs.command(program, text, store), nothing, after


def copied(store, copy):
    """A store's copy, in the place of an earlier one."""
    remove(copy)
    if os.path.isdir(store):
        shutil.copytree(store, copy)
    else:
        shutil.copy(store, copy)
    os.sync()
    return copy


def same(answers):
    """Whether all programs said the same; permql's csv begins with a heading."""
    plain = {}
    for program, output in answers.items():
        rows = list(csv.reader(output.splitlines()))
        if program == "permql" and rows and len(rows) > 1:
            rows = rows[1:]
        plain[program] = sorted(map(tuple, rows))
    first = next(iter(plain.values()))
    return all(rows == first for rows in plain.values())


def time_line(programs, line, runs):
    """The times of each program, taking turns."""
    jobs = {name: job(programs, line, name) for name in programs.stores}
    jobs = {name: each for name, each in jobs.items() if each}
    times = {name: [] for name in jobs}
    answers = {}
    turn = 0
    while turn <= runs or turn <= 20 * runs and sum(map(sum, times.values())) < 2:
        first = turn % len(jobs)
        for name in [*jobs][first:] + [*jobs][:first]:
            command, before, after = jobs[name]
            before()
            if turn == 0 and line.same:
                answers[name] = run(command)  # warms up, and is compared
                continue
            elapsed = timed(command)
            if turn > 0:
                times[name].append(elapsed)
            after()
        turn += 1
    for name in line.undo:
        remove(f"{programs.data}/compare-work-{name}")
    if line.same and not same(answers):
        for name, output in answers.items():
            print(f"{name}: {output[:200]!r}", file=sys.stderr)
        sys.exit(f"{line.name}: the programs disagree")
    return times


def shown(seconds):
    """A median with its spread, in milliseconds."""
    digits = 2 if statistics.median(seconds) < 0.01 else 1 if statistics.median(seconds) < 1 else 0
    middle, low, high = (f"{1000 * value:,.{digits}f}" for value in (
        statistics.median(seconds), min(seconds), max(seconds)))
    return f"{middle} ms ({low} to {high})"


def main(arguments):
    permql, data, count, runs = arguments[0], arguments[1], int(arguments[2]), int(arguments[3])
    programs = Programs(permql, data, count)
    for name in programs.stores:
        programs.load(name)
    print("| work | permql | sqlite3 | DuckDB | sqlite3 took | DuckDB took |")
    print("|---|---|---|---|---|---|")
    for line in lines(programs):
        if arguments[4:] and not any(part in line.name for part in arguments[4:]):
            continue
        times = time_line(programs, line, runs)
        own = statistics.median(times["permql"])
        cells = [shown(times[name]) if name in times else "" for name in programs.stores]
        cells += [f"{statistics.median(times[name]) / own:.1f} ×" if name in times else ""
                  for name in ("sqlite3", "DuckDB")]
        print(f"| {line.name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
