"""A permql in a terminal of its own: keys go in, and what a person would see comes out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte

KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H",
    "end": "\x1b[F", "delete": "\x1b[3~", "shift-tab": "\x1b[Z", "alt-right": "\x1b[1;3C",
    "tab": "\t", "enter": "\r", "escape": "\x1b", "backspace": "\x7f", "undo": "\x1f",
    "alt-enter": "\x1b\r",
}


def is_busy(process):
    """Whether a process, or one that it waits for, has work to do, however long the machine lets it wait."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            state = file.read().rpartition(")")[2].split()[0]
        with open(f"/proc/{process}/task/{process}/children", encoding="utf-8") as file:
            children = file.read().split()
    except (OSError, IndexError):
        return False
    return state in "RD" or any(is_busy(child) for child in children)


class Terminal:
    """One process on a pseudo-terminal, and the screen that it has written."""

    def __init__(self, arguments, folder, columns=80, rows=24, **environment):
        self.columns, self.rows = columns, rows
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        surroundings = {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8", "LOGNAME": "sam", "USER": "sam", "XDG_STATE_HOME": str(folder / "state"),
            "SWIFT_BACKTRACE": "enable=no",
        }
        surroundings.update(environment)
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execve(arguments[0], arguments, surroundings)
        self.set_size(columns, rows)

    def set_size(self, columns, rows):
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.set_size(columns, rows)

    def type(self, text):
        self.type_bytes(text.encode())

    def type_bytes(self, data):
        while data:
            # A terminal takes only so much at once, and shows meanwhile what it was told.
            _, ready, _ = select.select([], [self.file], [], 5)
            if not ready:
                raise AssertionError("the terminal takes no more input")
            data = data[os.write(self.file, data[:1024]):]
            self.take(0)

    def press(self, *names):
        for name in names:
            self.type(KEYS[name])
            self.take(0.02)

    def control(self, letter):
        self.type(chr(ord(letter) & 0x1F))

    def paste(self, text):
        self.type("\x1b[200~" + text + "\x1b[201~")

    def take(self, seconds):
        """Shows what comes within a time; false at the end."""
        ready, _, _ = select.select([self.file], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.file, 1 << 16)
        except OSError:
            return False
        self.raw += data
        # The emulator knows no faint text; here it is what it would call italics.
        self.stream.feed(data.replace(b"\x1b[2m", b"\x1b[3m"))
        return bool(data)

    def wait(self, test, what, seconds=10):
        """Waits until the screen is as it should be."""
        limit = time.monotonic() + seconds
        while not test():
            if time.monotonic() > limit:
                raise AssertionError(f"{what}\n{self.picture()}")
            if not self.take(0.02) and not test():
                raise AssertionError(f"the program ended: {what}\n{self.picture()}")

    def settle(self, seconds=0.15):
        """Waits until nothing more is written or to be done for a while."""
        limit = time.monotonic() + 30
        quiet = time.monotonic() + seconds
        while time.monotonic() < min(quiet, limit):
            before = len(self.raw)
            self.take(0.01)
            if len(self.raw) != before or is_busy(self.process):
                quiet = time.monotonic() + seconds

    def shows(self, text):
        self.wait(lambda: text in self.text, f"not seen: {text!r}")

    def hides(self, text):
        self.wait(lambda: text not in self.text, f"still seen: {text!r}")

    def ends(self, status=0):
        limit = time.monotonic() + 10
        while time.monotonic() < limit:
            self.take(0.02)
            done, found = os.waitpid(self.process, os.WNOHANG)
            if done:
                self.process = 0
                assert os.waitstatus_to_exitcode(found) == status, os.waitstatus_to_exitcode(found)
                return
        raise AssertionError("it goes on\n" + self.picture())

    def close(self):
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.file)

    @property
    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self):
        return "\n".join(self.lines)

    @property
    def line(self):
        """The row that the cursor is on, without the prompt's right end."""
        return re.sub(r"\s+change \d+$", "", self.lines[self.screen.cursor.y])

    @property
    def cursor(self):
        return self.screen.cursor.y, self.screen.cursor.x

    def looks(self, text):
        """How the characters of a text look, where it is last on the screen."""
        for y in reversed(range(self.rows)):
            row = "".join(self.screen.buffer[y][x].data or " " for x in range(self.columns))
            x = row.rfind(text)
            if x >= 0:
                return {look(self.screen.buffer[y][x + i]) for i in range(len(text))}
        raise AssertionError(f"not seen: {text!r}\n{self.picture()}")

    def picture(self):
        edge = "+" + "-" * self.columns + "+"
        rows = "\n".join(f"|{line:<{self.columns}}|" for line in self.screen.display)
        return f"{edge}\n{rows}\n{edge} cursor {self.cursor}"


def look(cell):
    if cell.italics:
        return "faint"
    if cell.reverse:
        return "selected"
    if cell.fg == "red" and cell.underscore:
        return "bad"
    return cell.fg
