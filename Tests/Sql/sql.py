#!/usr/bin/env python3
"""permql's answers against those of SQLite, DuckDB and PostgreSQL to the SQL that it prints.

  python3 Tests/Sql/sql.py PERMQL [CASES [SEED]]

Each case is a random agency and a random script. `--sql … --load` makes the relational copy, `--sql`
the script; after both ran, every query must have the same rows in the same order, every write the same
counts, and the final state must be the same; where permql refuses, the engines must refuse too. What is
missing is installed by its Debian package, and DuckDB by pip in an environment of its own.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import venv
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def install():
    """Starts over in an environment that has DuckDB and a client of PostgreSQL."""
    if os.environ.get("PERMQL_SQL_READY"):
        return
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        root = [] if os.getuid() == 0 else ["sudo"]
        subprocess.run([*root, "apt-get", "update", "-q"], stdout=subprocess.DEVNULL)
        subprocess.run([*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q",
                        "-y", "--no-install-recommends", "postgresql"], stdout=subprocess.DEVNULL)
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "permql-sql-tests"
    python = cache / "bin" / "python3"
    if not (cache / "ready").exists():
        venv.create(cache, with_pip=True, clear=True)
        done = subprocess.run([python, "-m", "pip", "install", "-q", "duckdb", "psycopg2-binary"])
        if done.returncode == 0:
            (cache / "ready").touch()
    os.environ["PERMQL_SQL_READY"] = "1"
    os.execv(python, [str(python), *sys.argv])


install()
from engines import DuckDB, Failed, PostgreSQL, SQLite, plain, statements  # noqa: E402

PERMISSIONS = ["outbound", "inbound", "chat", "logs", "mcp", "twilio", "contacts", "prompt"]
LISTS = PERMISSIONS + ["agent_types.*", "integrations.*", "*", "* without logs",
                       "general.*", "outbound, chat", "capabilities.* without prompt, calls"]
NAMES = ["Acme Dental", "acme dental", "ACME", "Straße", "STRASSE", "ſtrange", "Strange", "Kelvin",
         "\u212aelvin", "İstanbul", "istanbul", "Ünïcödé", "ÜNÏCÖDÉ", "O'Brien", "a\"b", "back\\slash",
         "line\nend", "tab\there", "cr\r\nlf", "[x]", "a]b", "^caret", "a-b", "-", "%_%", "*", "?",
         "{a,b}", "", " ", " lead", "Σίσυφος", "σίσυφοσ", "ΣΊΣΥΦΟΣ", "\ufffd", "\uffff", "😀 smile",
         "e\u0301", "\u00e9", "\u202eevil", "a;b", "a;\nb;\n--c", "x'y'; drop table subaccounts; --",
         "Ω", "\u2126", "ß", "ẞ", "null", "Z", "z", "À", "ÿ", "Ÿ", "\u0130", "µ", "μ", "ﬀ", "Ǆ", "ǅ", "ǆ"]
PLANS = ["pro", "free", "Pro", "", "growth'", "null"]
PIECES = ["*", "?", "a", "A", "s", "S", "k", "é", "ß", "ẞ", "σ", "[a-z]", "[!a-z]", "[^s]", "[]a]",
          "[a-]", "[-a]", "[!]]", "[\\\\^a]", "{acme,s}", "{a,b{c,d*}}*", "\\\\*", "\\\\[", " ", "-", "]", "^",
          "[À-ÿ]", "[^\\u{1}-\\u{10FFFF}]", "[k-ſ]", "i", "İ", "[ǄΩ]", "\\u{FFFD}", "😀", "[😀-😂]",
          "{,x}", "\n", "[!-~]", "[^^]", "[\\\\]\\\\-^]"]
NUMBERS = ["0", "1", "-3", "2.5", "500", "0.1", "1234567.891", "9007199254740991"]


def text(value):
    out = '"'
    for character in value:
        if character in '"\\':
            out += "\\" + character
        elif character < " " or character in "\u202e\u007f":
            out += f"\\u{{{ord(character):X}}}"
        else:
            out += character
    return out + '"'


def pattern(value):
    return '"' + value.replace('"', '\\"').replace("\n", "\\n") + '"'


class Script:
    """A random script over an agency whose subaccounts had these names at first."""

    def __init__(self, dice, names):
        self.dice, self.names = dice, names
        self.lets, self.new, self.listed, self.saved = [], 0, False, []

    def permissions(self):
        return self.dice.choice(LISTS)

    def reference(self, may_be_many=True):
        if may_be_many and self.dice.random() < 0.2:
            choices = self.lets + self.saved + (["those"] if self.listed else [])
            if choices:
                return self.dice.choice(choices)
        return text(self.dice.choice(self.names))

    def value(self, attribute):
        if attribute == "plan":
            return text(self.dice.choice(PLANS))
        if attribute in ("name", "id", "changed_by", "email"):
            return text(self.dice.choice(self.names))
        if attribute == "trial":
            return self.dice.choice(["true", "false"])
        if attribute == "renewal":
            # Not what depends on when a script runs, or when it is translated.
            return self.dice.choice(["2026-01-01", "2026-03-05T10:00Z", "2020-02-29"])
        if attribute in ("created", "changed"):
            return self.dice.choice(["2026-01-05T10:00Z", "2026-03-05T10:00Z", "now", "3 days ago"])
        if attribute == "max_minutes" and self.dice.random() < 0.3:
            return "unlimited"
        return self.dice.choice(NUMBERS)

    def test(self):
        dice = self.dice
        attribute = dice.choice(["name", "name", "plan", "plan", "max_minutes", "concurrency", "trial",
                                 "renewal", "created", "permission_count", "protected", "changed_by",
                                 "email", "id"])
        negation = dice.choice(["", "", "not "])
        if attribute in ("trial", "protected"):
            return f"{attribute} {dice.choice(['=', '!='])} {dice.choice(['true', 'false'])}"
        kind = dice.random()
        if kind < 0.15:
            return f"{attribute} is {negation}set"
        is_text = attribute in ("name", "plan", "changed_by", "email", "id")
        if is_text and kind < 0.6:
            glob = "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 4)))
            return f"{attribute} {dice.choice(['~', '!~'])} {pattern(glob)}"
        if kind < 0.7:
            values = ", ".join(self.value(attribute) for _ in range(dice.randint(1, 3)))
            return f"{attribute} {negation}in ({values})"
        if kind < 0.8:
            return f"{attribute} between {self.value(attribute)} and {self.value(attribute)}"
        operator = dice.choice(["=", "!=", "<", "<=", ">", ">="])
        return f"{attribute} {operator} {self.value(attribute)}"

    def condition(self, depth=0):
        dice, kind = self.dice, self.dice.random()
        if depth > 2 or kind < 0.5:
            return self.test()
        if kind < 0.65:
            verb = dice.choice(["having", "lacking"]) + dice.choice(["", " any"])
            return f"{verb} {self.permissions()}" if depth == 0 else (
                f"({verb} {self.permissions()})")
        if kind < 0.75:
            return f"not ({self.condition(depth + 1)})"
        word = dice.choice([" and ", " or "])
        return "(" + word.join(self.condition(depth + 1) for _ in range(dice.randint(2, 4))) + ")"

    def who(self, needs_base=True):
        dice = self.dice
        base = dice.choice(["all", "all", "", self.reference(), f"{self.reference()}, {self.reference()}"])
        parts = [base] if base else []
        for _ in range(dice.choice([0, 1, 1, 2]) or (not base)):
            parts.append(dice.choice([
                lambda: f"where {self.condition()}",
                lambda: f"having {dice.choice(['', 'any '])}{dice.choice(PERMISSIONS)}",
                lambda: f"lacking {dice.choice(['', 'any '])}{dice.choice(LISTS[8:12])}",
                lambda: f"except ({self.who()})" if len(parts) < 3 else "having logs",
                lambda: f"except {self.reference()}"])())
        return " ".join(parts) or "all"

    def read(self):
        dice = self.dice
        columns = ["id", "name", "created", "plan", "max_minutes", "trial", "outbound", "renewal",
                   "integrations.twilio", "permission_count", "protected", "changed_by", "concurrency"]
        names = ", ".join(dice.sample(columns, 4))
        sort = ", ".join(key + dice.choice(["", " desc"]) for key in dice.sample(columns[1:], 2))
        tail = dice.choice(["", f" columns {names}", f" columns {names} sort by {sort}",
                            f" sort by {sort} limit 3", " limit 2"])
        kind = dice.randrange(11)
        if kind > 8:
            return self.insight()
        if kind < 3:
            statement = f"show subaccounts {self.who()}{tail}"
            self.listed = True
            return statement
        is_listing = kind == 3
        statement = [
            lambda: f"show matrix {self.permissions()} of {self.who()}",
            lambda: f"count {self.who()}",
            lambda: f"count {self.who()} by "
                    + dice.choice(["plan", "max_minutes", "trial", "protected", "permission",
                                   "permission_count", "name", "created", "changed_by", "renewal",
                                   "id", "email", "changed"]),
            lambda: f"show permissions {self.permissions()} of {self.who()}"
                    + dice.choice(["", " sort by have desc limit 4"]),
            lambda: f"compare {self.reference(False)} with {self.reference(False)}",
            lambda: dice.choice(["check", "show attributes", f"show {self.reference(False)}"]),
        ][kind - 3]()
        self.listed = self.listed or is_listing
        return statement

    def insight(self):
        """Profiles or outliers, each with its own columns."""
        dice = self.dice
        if dice.random() < 0.5:
            tail = dice.choice(["", " columns profile, count, permissions, share, covered, example",
                                " columns `example`, covered sort by share, profile desc limit 4"])
            return f"show profiles of {self.who()}{tail}"
        attribute = dice.choice(["", " by plan", " by trial", " by max_minutes", " by protected",
                                 " by renewal", " by changed_by", " by name", " by permission_count"])
        return f"show outliers of {dice.choice(['all', self.who()])}{attribute}" + dice.choice(
            ["", " limit 5", " sort by name desc, permission", " columns id, `group`, share sort by share desc"])

    def write(self):
        dice, self.new = self.dice, self.new + 1
        tail = dice.choice(["", "", "", " including protected", " expect at most 50",
                            " because \"it's\"", f" expect {dice.choice(['0..3', '1..40', '2'])}"])
        fresh = text(f"New {self.new}")
        attribute = dice.choice(["plan", "max_minutes", "trial", "concurrency", "renewal", "email"])
        statement = dice.choice([
            lambda: f"grant {self.permissions()} to {self.who()}",
            lambda: f"revoke {dice.choice(LISTS[8:])} from {self.who()}",
            lambda: f"grant only {self.permissions()} to {self.who()}",
            lambda: f"copy {self.permissions()} from {self.reference(False)} to {self.who()}",
            lambda: f"create subaccount {fresh}" + dice.choice(
                ["", f" like {self.reference(False)}", f" with {self.permissions()}", " with nothing"])
                + dice.choice(["", f" set {attribute} = {self.value(attribute)}", f" set seats = 5"]),
            lambda: f"create subaccount {fresh}, {text(f'Twin {self.new}')}",
            lambda: f"rename {self.reference(False)} to {dice.choice([fresh, self.reference(False)])}",
            lambda: f"delete subaccounts {self.who()} where {self.test()}",
            lambda: f"set {attribute} = {self.value(attribute)} for {self.who()}",
            lambda: f"set seats = {dice.choice(NUMBERS)}, plan = {self.value('plan')} for {self.who()}",
            lambda: f"unset {attribute} for {self.who()}",
            lambda: f"protect {self.who()}", lambda: f"unprotect {self.who()}",
            lambda: f"create permission extra.p{self.new} label \"L{self.new}'\""
                    + dice.choice(["", " always", " ui only"])])()
        return statement + tail

    def other(self):
        dice, number = self.dice, self.new
        self.new += 1
        kind = dice.randrange(6)
        if kind == 5:
            amount = dice.choice(["all", "all", "where " + self.test()])
            return f"assert all subaccounts {amount} {dice.choice(['have', 'lack'])} " + dice.choice(
                ["", "any "]) + dice.choice(PERMISSIONS)
        if kind == 0:
            statement = f"let $l{number} = subaccounts {self.who()}"
            self.lets.append(f"$l{number}")
            return statement
        if kind == 1:
            return f"let $v{number} = permissions {self.permissions()}\ngrant $v{number} to {self.who()}"
        if kind == 2:
            statement = f"define $d{number} as subaccounts where {self.condition()}"
            self.saved.append(f"$d{number}")
            return statement
        if kind == 3:
            return f"assert {dice.choice(['some', 'at most 90', 'at least 0', 'no'])} subaccounts {self.who()}"
        selection = dice.choice(["having mcp lacking any logs, outbound", self.who()])
        policy = f"define policy p{number} as no subaccounts {selection}" + dice.choice(
            ["", " because \"it's; so\""])
        return dice.choice([policy, f"{policy};\ncheck"])

    def source(self):
        lines = []
        for _ in range(self.dice.randint(2, 7)):
            kind = self.dice.random()
            lines.append(self.read() if kind < 0.5 else self.write() if kind < 0.9 else self.other())
        if self.dice.random() < 0.15 and not self.lets and not self.listed:
            place = self.dice.randint(0, len(lines))
            lines = lines[:place] + ["begin"] + lines[place:] + [
                self.dice.choice(["commit", "rollback"])]
        return ";\n".join(lines) + "\n"


class Agency:
    def __init__(self, program, folder, dice):
        self.program, self.store = program, folder / "agency.permdb"
        self.folder = folder
        names = [name for name in dice.sample(NAMES, dice.randint(1, 14)) if name]
        self.names = names or ["One"]
        if dice.random() < 0.3:
            # Enough of a kind that somebody can stand out.
            self.names += [f"Branch {number}" for number in range(dice.randint(10, 60))]
        rows = []
        for number, name in enumerate(self.names):
            row = {"id": f"{number}'x", "name": name,
                   "created": f"2026-0{dice.randint(1, 9)}-05T10:00:0{dice.randint(0, 9)}Z",
                   "protected": dice.random() < 0.15,
                   "permissions": {}}
            for key, values in {"plan": PLANS, "trial": [True, False], "max_minutes": [0, 2.5, 500, "unlimited"],
                                "concurrency": [0.1, 3], "renewal": ["2026-01-01T00:00:00Z", "2026-03-05T10:00:00Z"],
                                "email": ["a@b", "A@B"]}.items():
                if dice.random() < 0.6:
                    row[key] = dice.choice(values)
            rows.append(row)
        # Types are what a first row says, whatever is left out later.
        rows[0].update(trial=True, renewal="2026-01-01T00:00:00Z", plan="pro")
        (folder / "agency.json").write_text(json.dumps(rows))
        self.run('import "agency.json"')
        self.run(";".join(
            f"grant {dice.choice(LISTS)} to where name ~ \"*{dice.choice('aeios-')}*\" "
            "including protected" for _ in range(4)))

    def run(self, script, *options):
        return subprocess.run(
            [self.program, "-s", self.store, "-o", "json", "--quiet", "--actor", "tester", *options,
             "-c", script], capture_output=True, text=True, cwd=self.folder)

    def sql(self, dialect, *arguments):
        return subprocess.run(
            [self.program, "-s", self.store, "--actor", "tester", "--sql", dialect, *arguments],
            capture_output=True, text=True, cwd=self.folder)


def milliseconds(value):
    if isinstance(value, str) and len(value) >= 20 and value[4] == "-" and value.endswith("Z"):
        try:
            moment = datetime.fromisoformat(value[:-1]).replace(tzinfo=timezone.utc)
            return float(round(moment.timestamp() * 1000))
        except ValueError:
            pass
    return value


def result_of_permql(line):
    """Rows as dictionaries; lists as the flat formats have them."""
    content = json.loads(line)
    rows = []
    for row in content if isinstance(content, list) else [content]:
        flat = {}
        for key, value in row.items():
            if key == "permissions" and isinstance(value, dict):
                flat.update({name: plain(on) for name, on in value.items()})
            elif key == "permissions" and isinstance(value, list) and "id" in row:
                flat["permission_count"] = float(len(value))
            elif isinstance(value, list):
                flat[key] = ";".join(value)
            else:
                flat[key] = milliseconds(plain(value))
        rows.append(flat)
    return rows


IGNORED = {"New", "Twin"}


def same(mine, theirs):
    """Columns of attributes that nobody has may be there, empty."""
    if len(mine) != len(theirs):
        return False
    for left, right in zip(mine, theirs):
        made_here = str(left.get("name", "")).split(" ")[0] in IGNORED
        for key in {**left, **right}:
            if made_here and key in ("id", "created"):
                continue
            if left.get(key) != right.get(key):
                return False
    return True


def run_engine(engine, load, script):
    """What the queries gave, whether all went well, and the state at the end."""
    engine.open()
    try:
        for statement in statements(load):
            engine.execute(statement)
        results, problem = [], None
        for statement in statements(script):
            try:
                result = engine.execute(statement)
            except engine.errors as failure:
                problem = f"{failure} in: {statement}"
                try:
                    engine.execute("rollback")
                except engine.errors:
                    pass
                break
            if result is not None:
                names, rows = result
                results.append([
                    {name: plain(value) for name, value in zip(names, row)} for row in rows])
        return results, problem, state_of(engine)
    finally:
        engine.close()


def state_of(engine):
    _, rows = engine.execute(
        "select g.subaccount, p.permission from grants g join permissions p on p.number = g.permission "
        "order by g.subaccount, p.number")
    grants = {}
    for subaccount, permission in rows:
        grants.setdefault(subaccount, []).append(permission)
    names, rows = engine.execute("select * from subaccounts order by number")
    state = []
    for row in rows:
        values = {name: plain(value) for name, value in zip(names, row)}
        number = values.pop("number")
        values.pop("last_change")
        values["granted"] = grants.get(int(number), [])
        state.append({key: value for key, value in values.items() if value is not None})
    return state


def state_of_permql(agency):
    done = agency.run('export all to "state.json"')
    assert done.returncode == 0, done.stderr
    state = []
    for row in json.loads((agency.folder / "state.json").read_text()):
        granted = [name for name, on in row.pop("permissions").items() if on]
        values = {key: milliseconds(plain(value)) for key, value in row.items() if value is not None}
        values.setdefault("protected", 0)
        values["granted"] = granted
        state.append(values)
    return state


def case(program, engines, dice):
    """A difference in words, or nil."""
    with tempfile.TemporaryDirectory() as name:
        agency = Agency(program, Path(name), dice)
        source = Script(dice, agency.names + ["Nobody"] * (dice.random() < 0.1)).source()
        (agency.folder / "script.pql").write_text(source)
        inputs = {}
        for engine in engines:
            load = agency.sql(engine.dialect, "--load")
            assert load.returncode == 0, load.stderr
            inputs[engine] = load.stdout, agency.sql(engine.dialect, "script.pql")
        answer = agency.run(source)
        mine = [result_of_permql(line) for line in answer.stdout.splitlines()]
        final = state_of_permql(agency)
        told = 0
        for engine in engines:
            load, translated = inputs[engine]
            if translated.returncode == 2 and answer.returncode == 2:
                continue
            where = f"{engine.dialect}:\n{source}"
            if translated.returncode == 1 and (
                    "SQLite takes" in translated.stderr or answer.returncode == 1):
                continue
            if translated.returncode != 0:
                return f"{where}\n{translated.stderr}"
            theirs, problem, state = run_engine(engine, load, translated.stdout)
            if (answer.returncode != 0) != (problem is not None):
                return f"{where}\npermql: {answer.returncode} {answer.stderr}\nengine: {problem}"
            # What was answered to writes that a rollback took back is not told by permql.
            if answer.returncode == 0 and not source.endswith("rollback\n"):
                for index, (left, right) in enumerate(zip(mine, theirs)):
                    if not same(left, right):
                        return f"{where}\nresult {index}:\n{left}\n{right}"
                if len(mine) != len(theirs):
                    return f"{where}\n{len(mine)} results and {len(theirs)}"
            if not same(final, state):
                return f"{where}\nfinal state:\n{final}\n{state}"
            told += problem is None
        return told


def main():
    program = Path(sys.argv[1]).resolve()
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    engines, differences, compared = [], 0, 0
    for kind in (SQLite, DuckDB, PostgreSQL):
        try:
            engines.append(kind())
        except (ImportError, FileNotFoundError, RuntimeError) as reason:
            print(f"SKIPPED: {kind.dialect} can't be had here: {reason}", file=sys.stderr)
    try:
        for number in range(cases):
            outcome = case(program, engines, random.Random(f"{seed}/{number}"))
            if isinstance(outcome, str):
                differences += 1
                print(f"== case {number} of seed {seed}, {outcome}\n", file=sys.stderr)
                if differences == 5:
                    break
            else:
                compared += outcome
    finally:
        for engine in engines:
            engine.stop()
    names = ", ".join(engine.dialect for engine in engines)
    print(f"seed {seed}: {cases} scripts on {names}; {compared} answers compared to the end, "
          f"{differences} differ")
    return 1 if differences or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
