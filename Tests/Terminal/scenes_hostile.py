"""Text that would act on a terminal, in every place where data, files, history and errors have text.

Each view, prompt, completion list, question and error is shown; what reaches the terminal may hold no
control but the program's own few sequences.
"""

import re
import subprocess

from scenes import scene
from terminal import Terminal

# What the program itself writes: colours, moves, clearing, the cursor, pasting.
OWN = re.compile(rb"\x1b\[(?:[0-9;]*m|[0-9]*[ABCDGHJK]|\?25[hl]|\?2004[hl])|[\r\n]")

# Window titles, the clipboard, a reset, a question that the terminal would answer as if typed, BEL,
# backspaces, C1, text that runs backwards, what is not seen, tag characters.
PAYLOADS = [
    "\x1b]0;owned\x07", "\x1b]52;c;aGk=\x07", "\x1bc", "\x1b[5n", "\x1b[6n", "\x1b[21t", "a\b\b\bb",
    "\x9b2J", "\x9d0;x\x9c", "\u202egnp.exe", "\u2066x", "zero\u200bwidth", "\U000e0041tag", "\x7f",
    "line\rover", "\x0e\x0f", "marks" + "\u0301" * 60,
]
# What those hold that may never arrive raw.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f]|\u0301{20}")


def quoted(text):
    def escaped(character):
        # A quote, a backslash, and what is no plain character.
        plain = character.isprintable() and character not in "\\\""
        return character if plain else f"\\u{{{ord(character):X}}}"
    return '"' + "".join(escaped(character) for character in text) + '"'


def judged(raw, where):
    text = OWN.sub(b"", raw).decode()
    found = FORBIDDEN.search(text)
    assert not found, f"{found.group()!r} reached the terminal {where}: ...{text[-300:]!r}"


def agency(world):
    folder = world.folder
    everything = "".join(PAYLOADS)
    names = ", ".join(quoted(f"N{i} {payload}") for i, payload in enumerate(PAYLOADS))
    script = [
        f"create subaccount {names} set plan = {quoted(everything)}",
        f"define $evil as subaccounts where plan = {quoted(everything)}",
        f"create permission integrations.evil label {quoted('L ' + PAYLOADS[0])}",
        f"define policy `p` as no subaccounts where name = {quoted(everything)} "
        f"because {quoted(everything)}",
        f"grant outbound to all because {quoted(everything)}",
        f"revoke outbound from {quoted('N0 ' + PAYLOADS[0])} -- {PAYLOADS[9].strip(chr(0x202e))}",
    ]
    (folder / "evil.pql").write_text("\n".join(script), encoding="utf-8")
    subprocess.run(
        [world.permql, "-s", "evil.permdb", "--quiet", "--actor", everything, "evil.pql"],
        cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (folder / ("evil\x1b]0;owned\x07.csv")).write_text("id,name\nx\x1b[5ny,b\n")
    (folder / "columns.csv").write_text("id,name,\x1b[5nplan\u202e\n1,b,c\n")
    (folder / "nested.pql").write_text("count where name = \"\x1b]0;x\x07\n")


VIEWS = [
    "show subaccounts", "show subaccounts columns plan, name, created", "show #$ID",
    'show "N0 \\u{1B}]0;owned\\u{7}"', "show permissions", "show permissions integrations.*",
    "show matrix agent_types.*, integrations.evil", "show profiles", "show outliers", "show changes",
    "show change 1", "show change 5", "show differences since change 0", "show attributes",
    "show definitions", "show policies", "show store", "count by plan", "count by name",
    'compare "N0 \\u{1B}]0;owned\\u{7}" with "N2 \\u{1B}c"',
    'why "N0 \\u{1B}]0;owned\\u{7}" has outbound', "chart permissions by plan",
    "chart changes by actor", "check", 'print "\\u{1B}]0;x\\u{7}\\u{202E}"', "help evil", "help",
    "preview grant mcp to all", "assert no subaccounts else \"\\u{1B}[5n\"",
    # Errors that name what was typed, and what is near.
    'show "N0 \\u{1B}]0;ownex\\u{7}"', 'show "\\u{1B}[5n"', 'count where plan = "\\u{1B}c"',
    "count where \x85 = 1", "drop $evik", 'grant "L \\u{1B}]0;owneb\\u{7}" to all',
    'run "nested.pql"', 'run "\\u{1B}c.pql"', 'import "columns.csv"',
    'import "evil\\u{1B}]0;owned\\u{7}.csv"', "show #x\x9b2J", "\u202ecount", "count \u200ball",
    # The prompt's own.
    ".history", ".set x=\x9b2J\u202e", ".set", ".set \u202e=1", ".read nested.pql", ".read \x9b2J",
    ".open \x9b2J\u202e", ".open", ".tee \u202e/\x9b", ".output \x9b", ".width \u202e", ".watch \x9b",
    ".help \u202e", ".nope\x9b", ".timing \u200b", ".history \x9b",
    ".open evil.permdb",
]

COMPLETED = [
    "show ", 'show "N', "grant ", 'grant "L', "grant integrations.", "drop ", "count where plan = ",
    'count where plan = "', "count by ", "check policy ", 'import "', 'import "evil', 'run "', ".read ",
    ".tee ", ".open ", "show subaccounts columns ",
]


def ready(t):
    """What is typed while a statement runs is shown by the terminal itself, not by the program."""
    t.settle(0.05)
    prompt = re.compile(r"\S+> ?")
    t.wait(lambda: (found := prompt.match(t.line)) and t.screen.cursor.x == len(found.group().rstrip()) + 1,
           "no prompt")


@scene
def nothing_in_any_view_or_error_acts_on_the_terminal(world):
    agency(world)
    for columns, more in ((100, []), (30, ["-o", "vertical"]), (80, ["--no-edit"])):
        t = Terminal([world.permql, "-s", "evil.permdb", *more], world.folder, columns=columns,
                     rows=50, PAGER="cat", LOGNAME="\x1b]0;me\x07\u202e")
        t.shows("evil>")
        for view in VIEWS:
            if "--no-edit" in more:
                # The kernel's own echo of what is typed is not the program's.
                if not view.isascii() or "\x7f" in view:
                    continue
            # Keys above are no text: what can't be typed is pasted.
            t.paste(view) if "--no-edit" not in more else t.type(view)
            t.type("\r")
            ready(t)
            judged(t.raw, f"after {view!r}")
        t.type("grant mcp to all\r")
        t.shows("go on?")
        t.type("n\r")
        t.settle()
        judged(t.raw, "in a question")
        t.close()


@scene
def nothing_in_any_completion_or_hint_acts_on_the_terminal(world):
    agency(world)
    t = Terminal([world.permql, "-s", "evil.permdb"], world.folder, columns=100, rows=40)
    t.shows("evil>")
    for typed in COMPLETED:
        t.type(typed)
        t.settle(0.08)
        for _ in range(20):
            t.press("tab")
        t.settle(0.05)
        judged(t.raw, f"in the list at {typed!r}")
        t.press("escape")
        t.settle(0.08)
        t.control("c")
        t.settle(0.05)
    for payload in PAYLOADS:
        t.paste(f'count where name = "{payload}"')
        t.settle(0.05)
        t.press("enter")
        ready(t)
        judged(t.raw, f"as typed: {payload!r}")
    t.control("r")
    for letter in "count":
        t.type(letter)
        t.settle(0.05)
    for _ in range(len(PAYLOADS)):
        t.control("r")
    t.settle()
    t.press("escape", "up", "up", "up")
    t.settle()
    judged(t.raw, "in the history")
    t.close()


@scene
def a_store_of_a_hostile_name_is_prompted_for_harmlessly(world):
    for name in ("a\x1b]0;x\x07.permdb", "b\u202e.permdb", "\x9b2J.permdb"):
        t = Terminal([world.permql, "-s", name], world.folder)
        t.shows(">")
        t.type('create subaccount "A"\rshow store\r.open ' + "x\r")
        t.settle()
        judged(t.raw, f"with the store {name!r}")
        t.close()
    history = world.folder / "state" / "permql" / "history"
    history.write_bytes(b'print "\x1b]0;x\x07"\nprint "\xff\xfe"\nprint "\xe2\x80\xae"\n')
    history.chmod(0o600)
    t = Terminal([world.permql, "-s", "agency.permdb"], world.folder)
    t.shows("agency>")
    t.type("print ")
    t.settle()
    t.press("up", "up", "up")
    t.type("\r.history\r")
    t.settle()
    judged(t.raw, "from the history's file")
    t.close()
