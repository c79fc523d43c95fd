#!/usr/bin/env python3
"""Replays exported requests against a platform: what permql says it sends must bring it there.

  python3 Tests/Api/api.py PERMQL [HISTORIES [SEED]]

Random histories of an agency; after each stretch the platform, which was as the store then, is sent
what `export requests` wrote. It must end as the store is, by as few calls as there are subaccounts
that differ; `compare store` must then find nothing, and find what is altered. Last, the loop of
the README does the same with curl.
"""
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from agency_platform import NUMBERS, PERMISSIONS, TOKEN, Platform, serve  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
AREAS = {"inbound": "agent_types", "outbound": "agent_types", "widget": "agent_types",
         "chat": "agent_types"}
API_NAMES = {f"{AREAS.get(name, 'general')}.{name}": name for name in PERMISSIONS}
NAMES = ["Acme Dental", "Birch \"Legal\"", "Café Zoë", "Döner & Söhne", "Eagle\\Realty", "Fjord",
         "강남부동산", "Tony's 🍕", "=SUM(A1)", "Høyre", "Iris", "Jade", "Kilo", "Lima"]
WORDS = ["outbound", "inbound", "agent_types.*", "integrations.twilio", "logs, mcp", "*",
         "general.*", "capabilities.* without calls", "invite_members", "contacts, workflows"]


class Agency:
    """A store in a temporary directory, and the program that works on it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.store = folder / "agency.permdb"
        self.changes = 0

    def run(self, script, expect=0):
        done = subprocess.run(
            [self.program, "-s", self.store, "-o", "json", "--quiet", "-c", script],
            capture_output=True, text=True, cwd=self.folder)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"{done.returncode}: {script}\n{done.stderr}")
        for line in done.stdout.splitlines():
            row = json.loads(line)
            if isinstance(row, dict) and row.get("change"):
                self.changes = row["change"]
        return done

    def state(self):
        """Live subaccounts by id, as the store has them, in order of creation."""
        self.run('export all to "state.json"')
        return {row["id"]: row for row in json.loads((self.folder / "state.json").read_text())}

    def export(self, since):
        self.run(f'export requests since change {since} to "requests.jsonl"')
        lines = (self.folder / "requests.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def some_statement(dice, names):
    """A statement that changes something; it may fail where a name is taken or gone."""
    who = dice.choice(["all", text(dice.choice(names)), 'where name ~ "*[a-h]*"',
                       "lacking inbound", f"all except ({text(dice.choice(names))})"])
    quota = dice.choice(NUMBERS)
    value = dice.choice(["0", "25", "-3", "2.5"] + ["unlimited"] * (quota != "concurrency"))
    return dice.choice([
        lambda: f"grant {dice.choice(WORDS)} to {who}",
        lambda: f"revoke {dice.choice(WORDS)} from {who}",
        lambda: f"grant only {dice.choice(WORDS)} to {text(dice.choice(names))}",
        lambda: f"create subaccount {text(dice.choice(NAMES))}",
        lambda: f"create subaccount {text(dice.choice(NAMES))} with outbound, mcp "
                f"set email = \"a@example.com\", max_minutes = {dice.choice(['0', 'unlimited'])}",
        lambda: f"rename {text(dice.choice(names))} to {text(dice.choice(NAMES))}",
        # Two that change names: a circle.
        lambda: "rename {0} to \"aside\"; rename {1} to {0}; rename \"aside\" to {1}".format(
            *map(text, dice.sample(names, 2))),
        lambda: f"delete subaccounts {text(dice.choice(names))}",
        lambda: f"set {quota} = {value} for {who}",
        lambda: f"unset {quota} for {text(dice.choice(names))}",
        lambda: f"set email = \"b@example.com\", plan = \"pro\" for {text(dice.choice(names))}",
        lambda: f"protect {text(dice.choice(names))}",
        lambda: "undo",
    ])()


def has(row, permission):
    return row["permissions"][permission]


def mirror(row):
    """A subaccount as the platform has it that is told everything."""
    return {"name": row["name"], "email": row.get("email"),
            "permissions": {api: has(row, name) for name, api in API_NAMES.items()},
            "others": {name for name, on in row["permissions"].items()
                       if on and name not in API_NAMES},
            **{field: row.get(field) for field in NUMBERS}}


def as_platform(state):
    return {row.get("platform_id") or id: mirror(row) for id, row in state.items()}


def sendable(value):
    return value == "unlimited" or float(value or 0).is_integer()


def fewest_calls(before, after):
    """How many subaccounts the platform must be told of, worked out anew."""
    count = len(set(before) ^ set(after))
    circles = {}
    for id in set(before) & set(after):
        old, new = mirror(before[id]), mirror(after[id])
        differs = old["name"] != new["name"] or old["permissions"] != new["permissions"]
        for field in NUMBERS:
            value = new[field]
            differs |= old[field] != value and value is not None and sendable(value)
        count += differs
        if old["name"] != new["name"]:
            circles[old["name"]] = new["name"]
    while circles:
        start, name = circles.popitem()
        while name in circles:
            name = circles.pop(name)
        count += name == start
    return count


class Caller:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        self.connection.request(
            method, path, data, {"Authorization": f"Bearer {TOKEN}"})
        answer = self.connection.getresponse()
        content = json.loads(answer.read())
        assert answer.status == 200, (method, path, body, content)
        return content


def tick_off(notes, server, ids):
    """Somebody works through the checklist in the dashboard."""
    for note in notes:
        subaccount = server.subaccounts[ids.get(note["id"], note["id"])]
        assert subaccount["name"] == note["name"]
        on, off = set(note.get("turn_on", [])), set(note.get("turn_off", []))
        assert not on & off and not (on | off) & set(API_NAMES)
        subaccount["others"] = (subaccount["others"] | on) - off
        subaccount.update(note.get("set", {}))


def check_round(agency, server, caller, since, before):
    after = agency.state()
    lines = agency.export(since)
    calls = [line for line in lines if "method" in line]
    notes = [line for line in lines if "note" in line]
    assert calls + notes == lines, "notes come last"
    assert len(calls) == fewest_calls(before, after), (len(calls), fewest_calls(before, after))
    ids = {}
    for call in calls:
        assert set(call) <= {"method", "path", "body", "id"}
        answer = caller.send(call["method"], call["path"], call.get("body"))
        if call["method"] == "POST":
            ids[call["id"]] = answer["response"]["subaccount_id"]
    tick_off(notes, server, ids)
    wanted = as_platform(after)
    for own, given in ids.items():
        wanted[given] = wanted.pop(after[own].get("platform_id") or own)
    assert server.subaccounts == wanted, first_difference(server.subaccounts, wanted)
    assert list(server.subaccounts)[len(server.subaccounts) - len(ids):] == list(ids.values())
    if ids:
        agency.run("; ".join(
            f"set platform_id = {text(given)} for where id = {text(own)} including protected"
            for own, given in ids.items()))
    # Something of no account for the next 'undo': ids that were noted stay noted.
    agency.run(f"define $sent as permissions {PERMISSIONS[agency.changes % 4]}")
    assert not [line for line in agency.export(agency.changes)], "nothing is left to send"


def first_difference(left, right):
    for id in {**left, **right}:
        if left.get(id) != right.get(id):
            return id, left.get(id), right.get(id)
    return "the order"


def check_drift(agency, server, caller, dice):
    response = agency.folder / "response.json"
    response.write_text(json.dumps(caller.send("GET", "/v2/subaccounts/")))
    drift = json.loads(agency.run('compare store with "response.json"').stdout)
    assert drift == [], drift
    if len(server.subaccounts) < 2:
        return
    id = dice.choice(list(server.subaccounts))
    permission = dice.choice([name for name in PERMISSIONS if name != "assistants"])
    flags = server.subaccounts[id]["permissions"]
    flags[permission] = not flags[permission]
    response.write_text(json.dumps(caller.send("GET", f"/v2/subaccounts/{id}")))
    drift = json.loads(agency.run('compare store with "response.json"').stdout)
    assert [(row["what"].split(".")[-1], row["platform"]) for row in drift] == [
        (permission, flags[permission])], drift
    flags[permission] = not flags[permission]


def history(program, dice, number):
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(program, Path(folder))
        names = dice.sample(NAMES, 6)
        for name in names:
            agency.run(f"create subaccount {text(name)} with {dice.choice(WORDS[:5])} set "
                       f"max_minutes = {dice.choice(['0', '40', 'unlimited'])}")
        server = Platform()
        server.subaccounts = as_platform(agency.state())
        running = serve(server)
        caller = Caller(running.server_port)
        try:
            for _ in range(2):
                since, before = agency.changes, agency.state()
                for _ in range(dice.randint(1, 6)):
                    agency.run(some_statement(dice, names), expect=None)
                    names = [row["name"] for row in agency.state().values()] + ["Nobody", "None"]
                check_round(agency, server, caller, since, before)
                check_drift(agency, server, caller, dice)
            assert not server.refusals, server.refusals
        finally:
            running.shutdown()
            running.server_close()
            caller.connection.close()


def readme_loop(program, shell):
    """The loop as the README has it, with curl: it stops at an error, goes on, tells no token."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    loop = next(block for block in blocks if "curl" in block)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        agency = Agency(program, folder)
        agency.run('create subaccount "One" with inbound; create subaccount "Two" with outbound')
        server = Platform()
        server.subaccounts = as_platform(agency.state())
        agency.run('grant chat to all; rename "One" to "Uno"; delete subaccounts "Two"; '
                   'create subaccount "Three \\"3\\"" set max_agents = unlimited')
        agency.export(2)
        (folder / "send.sh").write_text(loop)
        # A curl that notes what runs, with its arguments.
        tools = folder / "tools"
        tools.mkdir()
        real = subprocess.run(["sh", "-c", "command -v curl"], capture_output=True, text=True)
        (tools / "curl").write_text(
            f'#!/bin/sh\ncat /proc/[0-9]*/cmdline >>"{folder}/arguments" 2>&1\n'
            f'exec {real.stdout.strip()} "$@"\n')
        (tools / "curl").chmod(0o755)
        running = serve(server)
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}",
                       "PLATFORM": f"http://127.0.0.1:{running.server_port}",
                       "PLATFORM_TOKEN": "wrong"}
        try:
            refused = subprocess.run([*shell, "send.sh"], cwd=folder, env=environment,
                                     capture_output=True, text=True)
            assert refused.returncode != 0 and len(server.refusals) == 1, refused
            environment["PLATFORM_TOKEN"] = TOKEN
            sent = subprocess.run([*shell, "send.sh"], cwd=folder, env=environment,
                                  capture_output=True, text=True)
            assert sent.returncode == 0, sent
            again = subprocess.run([*shell, "send.sh"], cwd=folder, env=environment,
                                   capture_output=True, text=True)
            assert again.returncode == 0 and len(server.refusals) == 1, again
            assert "curl" in (folder / "arguments").read_text(errors="replace")
            said = refused.stdout + refused.stderr + sent.stdout + sent.stderr
            said += "".join(path.read_text(errors="replace")
                            for path in folder.iterdir() if path.is_file())
            assert TOKEN not in said and "a-secret" not in said
            agency.run((folder / "ids.pql").read_text())
            # What no call can do is none of the loop's business.
            state = as_platform(agency.state())
            for row in [*state.values(), *server.subaccounts.values()]:
                row["others"] = None
            assert server.subaccounts == state, first_difference(server.subaccounts, state)
        finally:
            running.shutdown()
            running.server_close()


def main():
    program = Path(sys.argv[1]).resolve()
    histories = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    for number in range(histories):
        try:
            history(program, random.Random(f"{seed}/{number}"), number)
        except AssertionError as failure:
            print(f"history {number} of seed {seed}: {failure}", file=sys.stderr)
            return 1
    for shell in (["sh"], ["sh", "-x"], ["bash", "-x"]):
        readme_loop(program, shell)
    print(f"{histories} histories replayed; the README's loop does what it says")
    return 0


sys.exit(main())
