#!/usr/bin/env python3
"""The prompt as a person sees it: python3 Tests/Terminal/session.py PROGRAM [SCENE…]

Each scene runs the real program on a terminal of its own and looks at the screen. Plain reading
(--no-edit) is used throughout, so that the scenes are about the session and not about the editor.
Needs pyte (a terminal emulator). Ends with 1 if a scene fails.
"""

import concurrent.futures
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
import traceback

import pyte

from terminal import is_busy

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../samples/agency.csv")


class Failure(Exception):
    pass


class Terminal:
    """A program on a terminal, and what the terminal shows."""

    def __init__(self, arguments, folder, columns=80, rows=24, **environment):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status = None
        surroundings = {
            "PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": folder,
            "LANG": "C.UTF-8", "PAGER": "cat", "SWIFT_BACKTRACE": "enable=no",
        }
        surroundings.update(environment)
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execve(arguments[0], arguments, surroundings)
        self.resize(columns, rows)

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Takes what comes within a time; False at the end."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self.stream.feed(data)
        return bool(data)

    def type(self, text):
        os.write(self.master, text.encode())

    def enter(self, text):
        self.type(text + "\r")

    def settle(self, seconds=0.3):
        """Reads until nothing has come or is being done for a while."""
        quiet = time.monotonic() + seconds
        while time.monotonic() < quiet:
            before = len(self.raw)
            if not self.read(0.02):
                return
            if len(self.raw) != before or is_busy(self.process):
                quiet = time.monotonic() + seconds

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def see(self, wanted, seconds=20.0):
        """Waits until a text is on the screen."""
        end = time.monotonic() + seconds
        wanted = wanted.rstrip()
        while wanted not in self.text:
            if time.monotonic() > end:
                raise Failure(f"'{wanted}' is not on the screen:\n{self.text}")
            if not self.read(0.1):
                if wanted in self.text:
                    return
                raise Failure(f"'{wanted}' never came:\n{self.text}")

    def see_raw(self, wanted, seconds=20.0):
        end = time.monotonic() + seconds
        while wanted not in self.raw:
            if time.monotonic() > end or not self.read(0.1):
                raise Failure(f"{wanted!r} never came:\n{self.text}")

    def no(self, unwanted):
        if unwanted in self.text:
            raise Failure(f"'{unwanted}' is on the screen:\n{self.text}")

    def prompt(self, text="> "):
        """Waits until the program waits for a line: the last line is a prompt with nothing behind it."""
        end = time.monotonic() + 30
        while True:
            # The editor writes behind the cursor too: the change's number, a suggestion.
            before = self.screen.display[self.screen.cursor.y][: self.screen.cursor.x]
            if before.endswith(text.rstrip() + " "):
                return
            if time.monotonic() > end:
                raise Failure(f"no prompt:\n{self.text}")
            if not self.read(0.1):
                raise Failure(f"the program ended:\n{self.text}")

    def run(self, statement):
        self.enter(statement)
        self.settle(0.15)
        self.prompt()

    def ends(self, status=0):
        while self.read(5.0):
            if not select.select([self.master], [], [], 5.0)[0]:
                break
        _, code = os.waitpid(self.process, 0)
        self.status = os.waitstatus_to_exitcode(code)
        if self.status != status:
            raise Failure(f"it ended with {self.status}, not {status}:\n{self.text}")

    def close(self):
        if self.status is None:
            try:
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        os.close(self.master)


SCENES = []


def scene(function):
    SCENES.append(function)
    return function


class Place:
    """A folder with a store in it, and terminals on it."""

    program = None

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="permql-scene-")
        self.terminals = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def text(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def store(self, statements, name="agency.permdb"):
        """Makes a store by a script, as cron would."""
        self.write("make.pql", statements)
        result = os.spawnve(
            os.P_WAIT, "/bin/sh",
            ["sh", "-c", f'cd "{self.folder}" && "{self.program}" --quiet -s {name} make.pql >made 2>&1'],
            os.environ)
        if result != 0:
            raise Failure(f"the store could not be made: {self.text('made')}")

    def sample(self):
        shutil.copy(SAMPLE, self.path("agency.csv"))
        self.store('import "agency.csv"')

    def ask(self, statement, name="agency.permdb"):
        """What another process sees in the store."""
        command = f'cd "{self.folder}" && "{self.program}" -s {name} -o csv -c \'{statement}\' 2>&1'
        with os.popen(command) as output:
            return output.read().strip().split("\n")[-1]

    def open(self, *options, store="agency.permdb", edits=False, columns=80, rows=24, **environment):
        arguments = [self.program] + ([] if edits else ["--no-edit"])
        arguments += (["-s", store] if store else []) + list(options)
        terminal = Terminal(arguments, self.folder, columns, rows, **environment)
        self.terminals.append(terminal)
        return terminal

    def close(self):
        for terminal in self.terminals:
            terminal.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def equal(found, wanted):
    if found != wanted:
        raise Failure(f"found {found!r}, not {wanted!r}")


# --- scenes ------------------------------------------------------------------------------------------


@scene
def welcome(place):
    """Two lines say which store this is, how much is in it, and what was done to it last."""
    place.sample()
    terminal = place.open()
    terminal.prompt("agency> ")
    terminal.see("agency.permdb · 240 subaccounts, 36 permissions")
    terminal.see("change 1 by ")
    terminal.see("'help' explains, 'quit' leaves")
    terminal.enter("quit")
    terminal.ends(0)


@scene
def empty_store(place):
    """An empty store suggests an import."""
    terminal = place.open()
    terminal.prompt()
    terminal.see('empty: import "agency.csv" reads a file')
    terminal.run('create subaccount "A", "B"')
    terminal.see("created 2 subaccounts")


@scene
def confirmation_refused(place):
    """A write to more than a hundred subaccounts is asked about, with the preview's first rows."""
    place.sample()
    terminal = place.open()
    terminal.prompt()
    terminal.enter("grant mcp to all")
    terminal.see("go on? [y/N] ")
    terminal.see("gained")
    terminal.see("more")
    terminal.see(" of 240 subaccounts")
    before = place.ask("count having mcp")
    terminal.enter("n")
    terminal.see("nothing was changed")
    terminal.prompt()
    equal(place.ask("count having mcp"), before)


@scene
def confirmation_given(place):
    """A clear yes goes on, and nobody else is kept waiting while the question stands."""
    place.sample()
    terminal = place.open()
    terminal.prompt()
    terminal.enter("grant mcp to all")
    terminal.see("go on? [y/N] ")
    equal(place.ask('set plan = "seen" for "Acme Realty"'), "set,1,1,0,0,2")
    terminal.enter("y")
    terminal.see("others have changed the agency meanwhile")
    terminal.settle()
    terminal.see("go on? [y/N] ")
    terminal.enter("yes")
    terminal.see("granted mcp to ")
    terminal.prompt()
    equal(place.ask("count having mcp"), "240")


@scene
def expect_is_the_confirmation(place):
    """Who says how many it must be, or --yes, is not asked; a small write neither."""
    place.sample()
    terminal = place.open()
    terminal.prompt()
    terminal.run("delete subaccounts \"Acme Realty\" expect 1")
    terminal.see("deleted 1 subaccount")
    terminal.run('set plan = "x" for "Acme Dental"')
    terminal.see("set plan for 1 subaccount")
    terminal.no("go on?")
    other = place.open("--yes")
    other.prompt()
    other.run("grant mcp to all")
    other.see("granted mcp to ")
    other.no("go on?")


@scene
def deletes_and_default(place):
    """A delete is asked about however small, and so is what new subaccounts start with."""
    place.store('create subaccount "A", "B", "C"')
    terminal = place.open()
    terminal.prompt()
    terminal.enter('delete subaccounts "A"')
    terminal.see("this deletes 1 of 3 subaccounts: 'A'")
    terminal.no("would also")
    terminal.type("\x04")
    terminal.see("nothing was changed")
    terminal.prompt()
    terminal.enter('grant outbound to "C"')
    terminal.see("this changes what new subaccounts start with: 'C' is the newest")
    terminal.enter("y")
    terminal.see("granted outbound to 1 subaccount")
    terminal.prompt()
    equal(place.ask("count"), "3")


@scene
def transaction_shows(place):
    """The prompt shows an open transaction, and a rollback takes it back."""
    place.store('create subaccount "A", "B"')
    terminal = place.open()
    terminal.prompt("agency> ")
    terminal.run("begin")
    terminal.prompt("agency*> ")
    terminal.run('grant outbound to "A"')
    terminal.run("rollback")
    terminal.prompt("agency> ")
    equal(place.ask("count having outbound"), "0")


@scene
def leaving_a_transaction(place):
    """Ctrl-D asks while a transaction is open: stay, commit or roll back."""
    place.store('create subaccount "A", "B"')
    terminal = place.open()
    terminal.prompt()
    terminal.run("begin")
    terminal.run('grant outbound to "A"')
    terminal.type("\x04")
    terminal.see("a transaction is open, with 1 change not yet kept")
    terminal.see("commit, roll back, or stay? [c/r/S] ")
    terminal.enter("")
    terminal.prompt("agency*> ")
    terminal.enter("quit")
    terminal.settle()
    terminal.enter("c")
    terminal.ends(0)
    equal(place.ask("count having outbound"), "1")


@scene
def leaving_twice(place):
    """Ctrl-D, Ctrl-D leaves and rolls back."""
    place.store('create subaccount "A", "B"')
    terminal = place.open()
    terminal.prompt()
    terminal.run("begin")
    terminal.run('grant outbound to "A"')
    terminal.type("\x04")
    terminal.see("[c/r/S] ")
    terminal.type("\x04")
    terminal.see("rolled back: the transaction was not committed")
    terminal.ends(0)
    equal(place.ask("count having outbound"), "0")


def million(place, count=1_000_000):
    with open(place.path("big.csv"), "w", encoding="utf-8") as file:
        file.write("id,name,plan,agent_types.outbound\n")
        for number in range(count):
            file.write(f"i{number},Subaccount {number},plan{number % 5},false\n")


# Seconds after which an import of a million rows is under way and far from its end, on any machine.
READING = 0.2


@scene
def interrupted_import(place):
    """Ctrl-C in the middle of a million-row write leaves nothing of it, and the prompt lives on."""
    million(place)
    place.store('create subaccount "A"')
    terminal = place.open("--yes", "--quiet")
    terminal.prompt()
    terminal.enter('import "big.csv"')
    time.sleep(READING)
    terminal.type("\x03")
    terminal.see("interrupted: the statement changed nothing", 60)
    terminal.prompt()
    equal(place.ask("count"), "1")
    terminal.run('create subaccount "B"')
    terminal.see("created subaccount 'B'")
    equal(place.ask("count"), "2")


@scene
def interrupted_in_transaction(place):
    """Ctrl-C takes back its statement alone; the open transaction keeps what was before."""
    million(place)
    place.store('create subaccount "A"')
    terminal = place.open("--yes", "--quiet")
    terminal.prompt()
    terminal.run("begin")
    terminal.run('create subaccount "B"')
    terminal.enter('import "big.csv"')
    time.sleep(READING)
    terminal.type("\x03")
    terminal.see("interrupted: the statement changed nothing", 60)
    terminal.prompt("agency*> ")
    terminal.run("commit")
    equal(place.ask("count"), "2")


@scene
def progress(place):
    """Something long tells on standard error how far it is, and leaves no trace of that."""
    # Reading them takes longer than the half second without a word, on any machine.
    million(place, 3_000_000)
    terminal = place.open("--yes", store="new.permdb")
    terminal.prompt()
    terminal.enter('import "big.csv"')
    terminal.see_raw(b"importing", 60)
    terminal.see_raw(b" left", 60)
    terminal.see_raw(b"saving", 60)
    terminal.see_raw(b"taking a snapshot", 60)
    terminal.see("imported 'big.csv': 3,000,000 new", 240)
    terminal.prompt()
    for word in ("importing", "saving", "taking a snapshot"):
        terminal.no(word)


@scene
def progress_of_verifying(place):
    """Verifying tells how far it is, too."""
    million(place, 300_000)
    place.ask('import "big.csv"')
    terminal = place.open("--verify")
    terminal.see_raw(b"verifying", 60)
    terminal.see_raw(b" left", 60)
    terminal.see("all is well", 120)
    terminal.no("verifying")
    terminal.ends(0)


@scene
def pager(place):
    """What is taller than the screen goes through the pager; what is not does not."""
    place.sample()
    place.write("pager.sh", "echo PAGED; head -n 3; cat >/dev/null\n")
    terminal = place.open(edits=True, PAGER="sh pager.sh")
    terminal.prompt()
    terminal.run("show subaccounts")
    terminal.see("PAGED")
    terminal.enter("show subaccounts limit 3")
    terminal.settle()
    equal(terminal.raw.count(b"PAGED"), 1)


@scene
def pager_left_early(place):
    """Leaving the pager early is no failure, nor is Ctrl-C in it."""
    place.sample()
    place.write("pager.sh", "echo PAGED; head -n 2 >/dev/null; exit 0\n")
    terminal = place.open(edits=True, PAGER="sh pager.sh")
    terminal.prompt()
    terminal.run("show subaccounts")
    terminal.see("PAGED")
    terminal.run("count")
    terminal.see("240")


@scene
def real_less(place):
    """less shows the first screen, q leaves it, the prompt is back."""
    if not shutil.which("less"):
        return
    place.sample()
    terminal = place.open(edits=True, PAGER="")
    terminal.prompt()
    terminal.enter("show subaccounts")
    terminal.see(":")
    terminal.type("q")
    terminal.settle()
    terminal.run("count")
    terminal.see("240")


@scene
def watch(place):
    """A question is repeated until Ctrl-C, and sees what others do; a write is not repeated."""
    place.store('create subaccount "A"')
    terminal = place.open()
    terminal.prompt()
    terminal.run("count")
    terminal.enter(".watch 0.2")
    terminal.see("every 0.2 s until Ctrl-C")
    place.ask('create subaccount "B", "C", "D"')
    terminal.see("count  4", 10)
    terminal.type("\x03")
    terminal.settle()
    terminal.prompt()
    terminal.run('grant outbound to "A"')
    terminal.run(".watch")
    terminal.see("E0727")


@scene
def read_and_run(place):
    """A script is run as a whole, or not at all."""
    place.store('create subaccount "A"')
    place.write("good.pql", '#!/usr/bin/env permql\ngrant outbound to "A"\ncreate subaccount "B"\n')
    place.write("bad.pql", 'create subaccount "C"\nassert no subaccounts\n')
    terminal = place.open()
    terminal.prompt()
    terminal.run(".read good.pql")
    terminal.see("created subaccount 'B'")
    terminal.run(".read bad.pql")
    terminal.see("E0445")
    terminal.run(".read nothing.pql")
    terminal.see("nothing.pql")
    equal(place.ask("count"), "2")


@scene
def open_another(place):
    """Another store is opened in place, and a transaction stands in the way."""
    place.store('create subaccount "A"')
    place.store('create subaccount "X", "Y"', name="other.permdb")
    terminal = place.open()
    terminal.prompt("agency> ")
    terminal.run("begin")
    terminal.run(".open other.permdb")
    terminal.see("E0725")
    terminal.run("rollback")
    terminal.run(".open other.permdb")
    terminal.prompt("other> ")
    terminal.see("other.permdb · 2 subaccounts")
    terminal.run("count")
    terminal.see("count  2")
    terminal.run(".open make.pql")
    terminal.see("error[E05")
    terminal.prompt("other> ")


# Each dot command as it would leave the sandbox or write, if it could; None where it can't do either.
DOTS = {
    ".help": None, ".output": ".output csv", ".timing": ".timing on", ".width": ".width 70",
    ".clear": None, ".history": None, ".set": ".set x=1", ".quit": None,
    ".open": ".open x.permdb", ".read": ".read make.pql", ".edit": ".edit", ".tee": ".tee log",
    ".watch": ".watch 0.1",
}
# What each makes of its outcome: refused under --sandbox, or not.
LEAVES = {".open", ".read", ".edit", ".tee"}


def commands(terminal):
    """All dot commands, as the program itself lists them."""
    terminal.run(".help")
    names = {line.split()[0] for line in terminal.screen.display if line.startswith("  .")}
    equal(names, set(DOTS))
    return sorted(names)


@scene
def sandbox(place):
    """--sandbox holds in every dot command and in what it runs, and no program is started."""
    place.sample()
    place.write("make.pql", 'create subaccount "C"\nexport to "made.csv"\n')
    terminal = place.open("--sandbox", edits=True, PAGER="touch escaped; cat", rows=60,
                          VISUAL="touch escaped", EDITOR="touch escaped")
    terminal.prompt()
    terminal.run("show subaccounts limit 70")
    for name in commands(terminal):
        if DOTS[name] is None or name == ".watch":
            continue
        terminal.run(".clear")
        terminal.run(DOTS[name])
        (terminal.see if name in LEAVES else terminal.no)("is refused under --sandbox")
    for line in ['import "agency.csv"', 'export to "made.csv"', 'run "make.pql"']:
        terminal.run(".clear")
        terminal.run(line)
        terminal.see("--sandbox")
    for name in ["escaped", "x.permdb", "log", "made.csv"]:
        if os.path.exists(place.path(name)):
            raise Failure(f"{name} was made")


@scene
def read_only(place):
    """--read-only shows in the prompt and holds in every dot command; previews work."""
    place.store('create subaccount "A"')
    place.store('create subaccount "X"', name="other.permdb")
    place.write("make.pql", 'create subaccount "C"\n')
    place.write("edit.sh", 'echo \'create subaccount "E"\' >"$1"\n')
    terminal = place.open("--read-only", VISUAL="sh edit.sh", rows=60)
    terminal.prompt("agency (read-only)> ")
    names = commands(terminal)
    terminal.run("count")
    for name in names:
        if DOTS[name] and name not in (".open", ".watch"):
            terminal.run(DOTS[name])
    terminal.run(".output table")
    terminal.run("preview { grant outbound to all }")
    terminal.see("gained")
    terminal.run(".open x.permdb")
    terminal.run('create subaccount "Y"')
    terminal.see("E0450")
    terminal.run(".open other.permdb")
    terminal.prompt("other (read-only)> ")
    terminal.run('create subaccount "Y"')
    terminal.see("E0450")
    equal(place.ask("count"), "1")
    equal(place.ask("count", name="other.permdb"), "1")
    if os.path.exists(place.path("x.permdb")):
        raise Failure("a store was made")


@scene
def narrow(place):
    """On 20 columns a table still fits, and what was widened again is wide."""
    place.sample()
    terminal = place.open(columns=80, rows=50)
    terminal.prompt()
    terminal.resize(20, 50)
    terminal.settle()
    terminal.run('show subaccounts where name ~ "acme*" columns name, plan')
    terminal.see("Acme Dental")
    for line in terminal.raw.split(b"show subaccounts")[-1].split(b"\r\n")[1:6]:
        if len(line.decode()) > 20:
            raise Failure(f"too wide: {line!r}")
    terminal.resize(100, 50)
    terminal.settle()
    terminal.run('show subaccounts where name ~ "acme*" limit 2')
    terminal.see("permission_count")


@scene
def wide_names(place):
    """Korean, emoji and combining marks leave the columns in line."""
    place.store(
        'create subaccount "한국 치과", "Cafe\\u{301}", "🦷 Dental", "plain" set plan = "pro"')
    terminal = place.open()
    terminal.prompt()
    terminal.run("show subaccounts columns name, plan")
    columns = set()
    for row in range(terminal.screen.lines):
        cells = [terminal.screen.buffer[row][column].data for column in range(40)]
        for column in range(38):
            if cells[column:column + 3] == ["p", "r", "o"]:
                columns.add(column)
    equal(len(columns), 1)


@scene
def hostile_names(place):
    """What is in names never acts on the terminal: in tables, questions, errors, titles."""
    place.store(
        'create subaccount "a\\u{1B}]0;owned\\u{7}", "b\\u{1B}[31mred", "c\\u{202E}rtl", "d\\u{9B}2J"')
    terminal = place.open("--actor", "x\x1b[2J", rows=40)
    terminal.prompt()
    terminal.run("show subaccounts")
    terminal.see("\\u{1B}")
    terminal.enter("grant outbound to all")
    terminal.see("go on?")
    terminal.enter("y")
    terminal.prompt()
    terminal.run("show changes")
    terminal.run(".history")
    terminal.run(".read \x1b[2Jx")
    for bad in [b"\x1b]0;", b"\x1b[31mred", "\u202e".encode(), b"\xc2\x9b", b"\x1b[2J"]:
        # The terminal's own echo of what was typed shows a control as ^[.
        if bad in terminal.raw:
            raise Failure(f"{bad!r} reached the terminal")


@scene
def no_escape_sequences(place):
    """With --no-edit, or on a dumb terminal, there is not one escape sequence."""
    place.sample()
    for options, environment in [([], {}), (["--color", "auto"], {"TERM": "dumb"})]:
        terminal = place.open(*options, **environment)
        terminal.prompt()
        terminal.run("show \"Acme Dental\"")
        terminal.run("grant outbond to all")
        terminal.run(".clear")
        if b"\x1b" in terminal.raw:
            raise Failure("an escape sequence")


@scene
def suggestions(place):
    """quti, .hlep and grnat are answered with what was meant."""
    place.store('create subaccount "A"')
    terminal = place.open()
    terminal.prompt()
    for typed, meant in [("quti", "quit"), (".hlep", ".help"), ("grnat outbound to all", "grant"),
                         (".output tabel", "table")]:
        terminal.run(typed)
        terminal.see(f"did you mean '{meant}'?")


@scene
def help_on_this_store(place):
    """The examples of help name what is in this store, and run."""
    place.store('create subaccount "Zebra Clinic" set tier = "gold"\ncreate subaccount "Yak Ltd"')
    terminal = place.open(rows=50)
    terminal.prompt()
    terminal.run("help grant")
    terminal.see('grant outbound to "Zebra Clinic"')
    terminal.see('where tier = "gold"')
    terminal.run(".help watch")
    terminal.see(".watch [SECONDS]: repeats")
    terminal.run(".help")
    terminal.see(".tee [FILE|off]")


@scene
def settings(place):
    """Output format, timing, width and variables are chosen at the prompt."""
    place.store('create subaccount "A", "B" set plan = "pro"')
    terminal = place.open(rows=50)
    terminal.prompt()
    terminal.run(".output csv")
    terminal.run("count by plan")
    terminal.see("plan,count")
    terminal.run(".output table")
    terminal.run(".timing on")
    terminal.run(".set p=pro")
    terminal.run("count where plan = $p")
    terminal.see("count  2")
    terminal.see(" ms")
    terminal.run(".set")
    terminal.see('$p = "pro"')
    terminal.run(".width 12")
    terminal.run(".width")
    terminal.see("12")


@scene
def tee(place):
    """A copy of what is asked and answered goes to a file that only its owner reads."""
    place.store('create subaccount "A"')
    terminal = place.open("--color", "always")
    terminal.prompt()
    terminal.run(".tee log.txt")
    terminal.run("count")
    terminal.run("cuont")
    terminal.run(".tee off")
    terminal.run("count having outbound")
    text = place.text("log.txt")
    for part in ["> count\n", "count  1", "> cuont\n", "E01"]:
        if part not in text:
            raise Failure(f"{part!r} is not in {text!r}")
    if "\x1b" in text or "having" in text:
        raise Failure(f"too much in {text!r}")
    equal(os.stat(place.path("log.txt")).st_mode & 0o777, 0o600)
    os.mkfifo(place.path("pipe"))
    terminal.run(".tee pipe")
    terminal.see("can't use 'pipe'")


@scene
def edit(place):
    """The last statement is edited and run; unchanged, nothing is."""
    place.store('create subaccount "A", "B"')
    place.write("edit.sh", 'sed -i "s/count/count having outbound/" "$1"\n')
    place.write("leave.sh", "exit 0\n")
    terminal = place.open(EDITOR="sh edit.sh", VISUAL="")
    terminal.prompt()
    terminal.run(".edit")
    terminal.see("E0726")
    terminal.run("count")
    terminal.run(".edit")
    terminal.see("count having outbound")
    other = place.open(VISUAL="sh leave.sh")
    other.prompt()
    other.run("count")
    other.run(".edit")
    other.see("unchanged: nothing was run")


@scene
def history(place):
    """What was run is listed, and what of it contains a text."""
    place.store('create subaccount "A"')
    terminal = place.open()
    terminal.prompt()
    terminal.run("count having outbound")
    terminal.run("count lacking outbound")
    terminal.run(".clear")
    terminal.run(".history lack")
    terminal.see("2  count lacking outbound")


def played(name, program):
    """The problem of a scene, and how long it took."""
    Place.program = program
    one = next(one for one in SCENES if one.__name__ == name)
    place = Place()
    start = time.monotonic()
    try:
        one(place)
        problem = None
    except Failure as failure:
        problem = f"{one.__doc__}\n{failure}"
    except Exception:
        problem = traceback.format_exc()
    finally:
        place.close()
    return problem, time.monotonic() - start


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    chosen = [one.__name__ for one in SCENES if one.__name__ in sys.argv[2:] or not sys.argv[2:]]
    failed = 0
    # The long ones first: then nothing waits for them at the end.
    chosen.sort(key=lambda name: "progress" not in name and "interrupted" not in name)
    with concurrent.futures.ProcessPoolExecutor(4) as pool:
        plays = [(name, pool.submit(played, name, program)) for name in chosen]
        for name, play in plays:
            problem, seconds = play.result()
            print(f"{'failed' if problem else 'ok':<7}{name.replace('_', ' ')} ({seconds:.1f} s)",
                  flush=True)
            if problem:
                failed += 1
                print(problem, flush=True)
    print(f"session: {len(chosen) - failed} of {len(chosen)} scenes hold")
    sys.exit(1 if failed or not chosen else 0)


if __name__ == "__main__":
    main()
