"""Every key of the editor: what is typed, what is pressed, and the line and cursor that come of it."""

from scenes import PROMPT, same, scene, started
from terminal import KEYS

CTRL = {letter: chr(ord(letter) & 0x1F) for letter in "abefghknptuwy"}
ALT = {letter: "\x1b" + letter for letter in "bfdul"}

# What is typed, the keys, the line that they leave, and how far from its start the cursor is.
CASES = [
    ("home", "count all", [KEYS["home"]], "count all", 0),
    ("home of vt terminals", "count all", ["\x1b[1~"], "count all", 0),
    ("home in application mode", "count all", ["\x1bOH"], "count all", 0),
    ("ctrl-a", "count all", [CTRL["a"]], "count all", 0),
    ("end", "count all", [KEYS["home"], KEYS["end"]], "count all", 9),
    ("ctrl-e", "count all", [CTRL["a"], CTRL["e"]], "count all", 9),
    ("left", "count all", [KEYS["left"]], "count all", 8),
    ("left in application mode", "count all", ["\x1bOD"], "count all", 8),
    ("ctrl-b", "count all", [CTRL["b"]], "count all", 8),
    ("right", "count all", [KEYS["home"], KEYS["right"]], "count all", 1),
    ("ctrl-f", "count all", [KEYS["home"], CTRL["f"]], "count all", 1),
    ("alt-b", "count all", [ALT["b"]], "count all", 6),
    ("alt-f", "count all", [KEYS["home"], ALT["f"]], "count all", 5),
    ("alt-right", "count all", [KEYS["home"], KEYS["alt-right"]], "count all", 5),
    ("ctrl-right", "count all", [KEYS["home"], "\x1b[1;5C"], "count all", 5),
    ("backspace", "count all", [KEYS["left"], KEYS["backspace"]], "count al", 7),
    ("ctrl-h", "count all", [KEYS["left"], CTRL["h"]], "count al", 7),
    ("delete", "count all", [KEYS["home"], KEYS["delete"]], "ount all", 0),
    ("ctrl-d in a line", "count all", [KEYS["home"], "\x04"], "ount all", 0),
    ("ctrl-k", "count all", [KEYS["home"], KEYS["right"], CTRL["k"]], "c", 1),
    ("ctrl-w", "print 1, 22", [CTRL["w"]], "print 1, ", 9),
    ("ctrl-u", "count all", [CTRL["u"]], "", 0),
    ("ctrl-y brings back", "print 1, 22", [CTRL["w"], CTRL["y"]], "print 1, 22", 11),
    ("ctrl-t swaps", "print 12", [CTRL["t"]], "print 21", 8),
    ("alt-d", "print 1, 22", [KEYS["home"], ALT["d"]], " 1, 22", 0),
    ("alt-u", "print ab", [ALT["b"], ALT["u"]], "print AB", 8),
    ("undo", "print 12", [CTRL["w"], KEYS["undo"]], "print 12", 8),
    ("ctrl-g", "print 12", [CTRL["g"]], "print 12", 8),
    ("escape takes no key with it", "print 1", [KEYS["escape"], "", "2"], "print 12", 8),
    ("a combining mark goes with its letter", 'print "e\u0301', [KEYS["backspace"]], 'print "', 7),
    ("a flag is one step", 'print "🇩🇪', [KEYS["left"]], 'print "🇩🇪', 7),
]


@scene
def every_key_does_what_it_says(world):
    t = started(world, columns=100, NO_COLOR="1")
    for name, typed, keys, line, column in CASES:
        t.type(typed)
        t.wait(lambda: typed.split()[0] in t.line, f"nothing was typed before {name}")
        t.settle(0.06)
        for key in keys:
            if key:
                t.type(key)
            # An escape by itself is known as such once nothing has followed it.
            t.settle(0.06 if key not in ("", "\x1b") else 0.12)
        found = (t.line.removeprefix(PROMPT.rstrip()).strip(), t.screen.cursor.x - len(PROMPT))
        try:
            # The emulator keeps a mark with its letter in one cell.
            same(found[0].replace(" ", ""), line.strip().replace(" ", ""))
            same(found[1], column)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}\n{t.picture()}") from None
        t.control("c")
        t.wait(lambda: t.line == PROMPT.rstrip(), f"the line is not empty after {name}")
    t.close()


@scene
def alt_enter_begins_a_line_and_down_goes_there(world):
    t = started(world)
    t.type("count all")
    t.press("alt-enter")
    t.wait(lambda: "..." in t.line, "no second line")
    t.type("having mcp")
    t.settle()
    y = t.screen.cursor.y
    t.control("p")
    t.wait(lambda: t.screen.cursor.y == y - 1, "Ctrl-P does not go up")
    t.control("n")
    t.wait(lambda: t.screen.cursor.y == y, "Ctrl-N does not go down")
    t.press("enter")
    t.shows("count  ")
    t.close()


@scene
def a_slow_link_takes_no_key_apart(world):
    t = started(world)
    t.type("count all\r")
    t.shows("count  240")
    t.settle()
    for byte in "\x1b[A":
        t.type(byte)
        t.take(0.01)
    t.wait(lambda: t.line == PROMPT + "count all", "Up came to pieces")
    t.control("c")
    data = 'print "가é'.encode()
    for index in range(len(data)):
        t.type_bytes(data[index:index + 1])
        t.take(0.01)
    t.wait(lambda: 'print "가' in t.line, "a character came to pieces")
    t.close()


@scene
def words_of_other_prompts_are_answered(world):
    t = started(world)
    for typed, meant in [("\\q", "quit"), ("?", "help"), ("\\d", "show subaccounts"), ("quti", "quit")]:
        t.type(typed + "\r")
        t.shows(f"did you mean '{meant}'?")
        t.wait(lambda: t.line == PROMPT + meant, "it is not offered")
        t.control("c")
        t.control("l")
        t.settle()
    t.close()
