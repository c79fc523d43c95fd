"""What a person does at the prompt, and what the screen then shows."""

import os
import random
import stat
import time

from terminal import Terminal

SCENES = []
PROMPT = "agency> "


def scene(function):
    SCENES.append(function)
    return function


def started(world, *options, store="agency.permdb", prompt=None, **more):
    terminal = Terminal([world.permql, "-s", store, *options], world.folder, **more)
    prompt = store.removesuffix(".permdb") + ">" if prompt is None else prompt
    terminal.wait(lambda: prompt in terminal.line, "no prompt")
    return terminal


def same(found, wanted):
    assert found == wanted, f"\n  found  {found!r}\n  wanted {wanted!r}"


# --- typing ---------------------------------------------------------------------------------------


@scene
def what_is_typed_stands_behind_the_prompt(world):
    t = started(world)
    t.type("count al")
    t.shows(PROMPT + "count al")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT + "count al"))
    t.press("left", "left", "backspace")
    t.type("(")
    t.settle()
    same(t.line, PROMPT + "count(al")
    same(t.screen.cursor.x, len(PROMPT + "count("))
    t.press("home")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT))
    t.press("delete")
    t.settle()
    same(t.line, PROMPT + "ount(al")
    t.close()


@scene
def words_have_colours_and_unknown_ones_are_red_at_once(world):
    t = started(world)
    t.type('grant outbound, "Logs" to where plan = "growth" and minutes_used > 5')
    t.settle()
    same(t.looks("grant"), {"blue"})
    same(t.looks("outbound"), {"cyan"})
    same(t.looks('"Logs"'), {"cyan"})
    same(t.looks('"growth"'), {"green"})
    same(t.looks("minutes_used"), {"default"})
    t.control("c")
    t.settle()
    t.type("grant outbo")
    t.settle()
    same(t.looks("outbo"), {"cyan"})
    t.type("nd")
    t.settle()
    same(t.looks("outbond"), {"bad"})
    t.control("c")
    t.settle()
    t.type("count where plam = 1")
    t.settle()
    same(t.looks("plam"), {"bad"})
    t.control("c")
    t.settle()
    t.type("gramt outbound")
    t.settle()
    same(t.looks("gramt"), {"bad"})
    t.close()


@scene
def a_name_that_nobody_has_is_red(world):
    t = started(world)
    t.type('show "Acme Dental"')
    t.settle()
    same(t.looks('"Acme Dental"'), {"green"})
    t.press("backspace")
    t.type('x"')
    t.settle()
    same(t.looks('"Acme Dentalx"'), {"bad"})
    t.close()


# --- suggestions and hints ------------------------------------------------------------------------


@scene
def the_rest_of_a_word_is_suggested_and_right_takes_it(world):
    t = started(world)
    t.type("gra")
    t.shows(PROMPT + "grant")
    same(t.looks("nt <permissions>"), {"faint"})
    t.press("right")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT + "grant"))
    t.close()


@scene
def the_hint_says_what_may_follow_and_shrinks(world):
    t = started(world)
    t.type("grant ")
    t.shows(PROMPT + "grant <permissions> to <subaccounts>")
    t.type("outbound ")
    t.shows(PROMPT + "grant outbound to <subaccounts>")
    same(t.looks("to <subaccounts>"), {"faint"})
    t.type("to ")
    t.settle()
    same(t.line, PROMPT + "grant outbound to <subaccounts>")
    same(t.screen.cursor.x, len(PROMPT + "grant outbound to "))
    t.type("all")
    t.hides("<subaccounts>")
    t.close()


@scene
def a_write_being_typed_says_how_many_it_would_change(world):
    t = started(world)
    t.type('protect where name ~ "acme*"')
    t.shows("7 of 240")
    same(t.looks("7 of 240"), {"faint"})
    t.press("enter")
    t.hides("7 of 240")
    t.type('count where name ~ "acme*"')
    t.settle(0.3)
    assert "of 240" not in t.line, t.line
    t.control("c")
    t.settle()
    t.type('unprotect where name ~ "acme*"')
    t.shows("7 of 240")
    t.press("enter")
    t.hides("7 of 240")
    t.close()


@scene
def history_is_suggested_and_taken_word_by_word(world):
    t = started(world)
    t.type("count lacking outbound, inbound\r")
    t.settle()
    t.type("count la")
    t.shows(PROMPT + "count lacking outbound, inbound")
    t.press("alt-right")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT + "count lacking"))
    t.press("alt-right")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT + "count lacking outbound,"))
    t.press("end")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT + "count lacking outbound, inbound"))
    t.close()


# --- completion -----------------------------------------------------------------------------------


@scene
def tab_completes_what_is_certain(world):
    t = started(world)
    t.type("gra")
    t.press("tab")
    t.shows(PROMPT + "grant")
    t.type("knowl")
    t.press("tab")
    t.type("t")
    t.press("tab")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT + "grant knowledge_base to "))
    t.close()


@scene
def tab_shows_a_menu_and_cycles(world):
    t = started(world)
    t.type('count where plan = "')
    t.press("tab")
    t.shows("starter")
    lines = t.lines
    row = t.screen.cursor.y
    same([line.split()[0] for line in lines[row + 1:row + 5]],
         ["enterprise", "growth", "scale", "starter"])
    assert "97 subaccounts" in lines[row + 4], lines
    t.press("tab")
    t.shows(PROMPT + 'count where plan = "enterprise"')
    t.press("tab")
    t.shows(PROMPT + 'count where plan = "growth"')
    same(t.looks("growth    "), {"selected"})
    t.press("shift-tab", "shift-tab")
    t.shows(PROMPT + 'count where plan = "starter"')
    t.press("escape")
    t.hides("97 subaccounts")
    same(t.line, PROMPT + 'count where plan = "')
    t.press("tab", "tab", "enter")
    t.hides("22 subaccounts")
    same(t.line, PROMPT + 'count where plan = "enterprise"')
    t.close()


POSITIONS = [
    # what is typed, what the menu or the line then shows
    ("", ["assert", "of 32"]),
    ("gr", ["grant"]),
    ("grant ", ["assistants", "240 of 240 have it"]),
    ("grant know", ["knowledge_base"]),
    ("grant actions.", ["actions.live_transfer"]),
    ('grant "', ["Test Center (Simulations)"]),
    ("grant $", ["$basic"]),
    ("grant outbound ", ["without", "but not these"]),
    ("grant outbound to ", ["all", "every subaccount"]),
    ("count where ", ["plan", "text"]),
    ("count where plan ", ["~", "fits a pattern"]),
    ("count where plan = ", ["growth", "85 subaccounts"]),
    ('count where plan in ("', ["growth"]),
    ("count by ", ["region", "number or unlimited"]),
    ("show ", ["subaccounts", "matrix"]),
    ("show subaccounts ", ["columns", "sort"]),
    ("show subaccounts columns m", ["max_minutes", "minutes_used"]),
    ('show "Acme D', ["Acme Dental West", "permissions, #"]),
    ("show #1740575375", ["#1740575375733x881413094077133163"]),
    ("undo ", ["last", "change"]),
    ("drop ", ["$basic"]),
    ('import "agen', ['import "agency.']),
    ('run "scr', ['run "script.pql"']),
    ("help gr", ["help grant"]),
    ("create permission inte", ["integrations."]),
    ("count where created within 3 ", ["days", "weeks"]),
]


@scene
def completion_knows_every_position(world):
    t = started(world, rows=30, columns=100)
    for typed, wanted in POSITIONS:
        t.type(typed)
        t.settle(0.08)
        t.press("tab")
        for text in wanted:
            try:
                t.shows(text)
            except AssertionError as error:
                raise AssertionError(f"at {typed!r}: {error}") from None
        t.control("c")
        t.wait(lambda: t.line == PROMPT.rstrip(), f"the line is not empty after {typed!r}")
        t.control("l")
        t.settle(0.05)
    t.close()


@scene
def ten_thousand_candidates_are_counted_and_not_all_shown(world):
    t = started(world, store="many.permdb")
    t.type('show "N')
    t.press("tab")
    t.shows("of 10,000")
    assert len([line for line in t.lines if "#many" in line]) <= 10
    t.press("tab", "shift-tab")
    t.shows("of 10,000")
    t.close()


@scene
def a_hostile_name_does_nothing_in_the_list(world):
    t = started(world, store="odd.permdb")
    t.type('show "Evil')
    t.press("tab")
    t.settle()
    assert b"\x1b]52" not in t.raw and b"\x07" not in t.raw, t.raw
    t.press("tab")
    t.settle()
    assert "u{1B}" in t.text, t.picture()
    t.press("enter", "enter")
    t.settle()
    assert b"\x1b]52" not in t.raw, t.raw
    t.close()


@scene
def wide_names_leave_the_cursor_where_it_belongs(world):
    t = started(world, store="odd.permdb")
    t.type('show "서울')
    t.press("tab")
    t.shows('show "서울 치과"')
    t.settle()
    same(t.screen.cursor.x, len("odd> show ") + 11 + 1)
    t.control("c")
    t.settle()
    t.type('show "가족 👨‍👩‍👧 x')
    t.settle()
    x = t.screen.cursor.x
    same(x, len('odd> show "') + 5 + 2 + 2)
    t.press("left", "left", "left")
    t.settle()
    same(t.screen.cursor.x, x - 4)
    t.press("delete")
    t.settle()
    t.type("é")
    t.settle()
    same(t.screen.cursor.x, x - 3)
    t.close()


# --- several lines --------------------------------------------------------------------------------


@scene
def enter_goes_on_until_the_statement_is_whole(world):
    t = started(world)
    t.type("count lacking\r")
    t.wait(lambda: "... " in t.line, "no second line")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT) + 2)
    t.type("outbound\r")
    t.shows("count  98")
    t.close()


@scene
def up_and_down_move_within_lines_and_then_through_history(world):
    t = started(world)
    t.type("count all\r")
    t.settle()
    t.type("if some subaccounts {\rcount having mcp\r}")
    t.settle()
    y = t.screen.cursor.y
    t.press("up")
    t.settle()
    same(t.screen.cursor.y, y - 1)
    t.press("up")
    t.settle()
    same(t.screen.cursor.y, y - 2)
    t.press("up")
    t.shows(PROMPT + "count all")
    t.hides("having mcp")
    t.press("down")
    t.shows("having mcp")
    t.press("enter")
    t.settle()
    t.press("up")
    t.settle()
    assert "having mcp" in "\n".join(t.lines[t.screen.cursor.y - 2:]), t.picture()
    t.close()


@scene
def a_line_longer_than_the_terminal_wraps(world):
    t = started(world, columns=40)
    t.type("count where plan = 'growth' and minutes_used > 1000")
    t.settle()
    same(t.cursor[1], (len(PROMPT) + 51) % 40)
    t.press("home")
    t.settle()
    same(t.screen.cursor.x, len(PROMPT))
    t.press("end")
    t.type(" or plan = 'scale'\r")
    t.settle()
    assert PROMPT.rstrip() in t.line
    t.close()


# --- history --------------------------------------------------------------------------------------


@scene
def two_shells_share_one_history_file(world):
    folder = world.fresh("two")
    first = started(world, XDG_STATE_HOME=str(folder))
    second = started(world, XDG_STATE_HOME=str(folder))
    first.type("count all\r")
    first.settle()
    first.type("count all\r")
    first.type(" count having mcp\r")
    first.settle()
    second.type("count lacking mcp\r")
    second.settle()
    first.type("count by plan\r")
    first.settle()
    path = folder / "permql" / "history"
    same(path.read_text(), "count all\ncount lacking mcp\ncount by plan\n")
    same(stat.S_IMODE(os.stat(path).st_mode), 0o600)
    same(stat.S_IMODE(os.stat(path.parent).st_mode), 0o700)
    second.type("print 1\r")
    second.settle()
    second.press("up", "up")
    second.wait(lambda: second.line == PROMPT + "count lacking mcp", "one's own come first")
    second.press("up")
    second.wait(lambda: second.line == PROMPT + "count by plan", "then those of others")
    first.close()
    second.close()
    third = started(world, XDG_STATE_HOME=str(folder))
    third.press("up")
    third.shows(PROMPT + "print 1")
    third.close()


@scene
def a_history_of_others_is_left_alone(world):
    folder = world.fresh("others")
    (folder / "permql").mkdir()
    target = folder / "target"
    target.write_text("count all\n")
    path = folder / "permql" / "history"
    path.symlink_to(target)
    t = started(world, XDG_STATE_HOME=str(folder))
    t.shows("symbolic link")
    t.type("print 1\r")
    t.settle()
    same(target.read_text(), "count all\n")
    t.close()
    path.unlink()
    path.write_text("count all\n")
    path.chmod(0o666)
    t = started(world, XDG_STATE_HOME=str(folder))
    t.shows("can be written by others")
    t.press("up")
    t.settle()
    same(t.line, PROMPT.rstrip())
    t.type("print 1\r")
    t.settle()
    same(path.read_text(), "count all\n")
    t.close()


@scene
def a_statement_of_several_lines_is_one_entry(world):
    folder = world.fresh("several")
    t = started(world, XDG_STATE_HOME=str(folder))
    t.type('count lacking\routbound\r')
    t.settle()
    t.type('print "a\\\\nb"\r')
    t.settle()
    t.close()
    t = started(world, XDG_STATE_HOME=str(folder))
    t.press("up")
    t.shows(PROMPT + 'print "a\\\\nb"')
    t.press("up")
    t.shows(PROMPT + "count lacking")
    t.shows("... ")
    t.close()


@scene
def control_r_finds_an_earlier_statement(world):
    folder = world.fresh("search")
    t = started(world, XDG_STATE_HOME=str(folder))
    for statement in ["count having mcp", "count having inbound", "print 5"]:
        t.type(statement + "\r")
        t.settle(0.1)
    t.control("r")
    t.shows("search the history")
    t.type("HAVING")
    t.shows(PROMPT + "count having inbound")
    t.control("r")
    t.shows(PROMPT + "count having mcp")
    t.press("enter")
    t.hides("search '")
    same(t.line, PROMPT + "count having mcp")
    t.control("r")
    t.type("zzz")
    t.shows("nothing has 'zzz'")
    t.press("escape")
    t.hides("zzz")
    same(t.line, PROMPT + "count having mcp")
    t.close()


# --- pasting --------------------------------------------------------------------------------------


@scene
def a_paste_never_runs(world):
    t = started(world)
    t.paste('grant mcp to all\r\ngrant logs to all\nrevoke chat from all\n')
    t.shows("pasted 3 statements: 2 grant, 1 revoke")
    assert "granted" not in t.text
    t.control("c")
    t.hides("pasted")
    t.type("count having mcp\r")
    t.settle()
    t.shows("count  ")
    assert "count  240" not in t.text, t.picture()
    t.close()


@scene
def sixty_kilobytes_are_pasted_in_no_time(world):
    t = started(world)
    lines = [f'grant outbound to where name ~ "n{i:04}*"' for i in range(1500)]
    text = "\n".join(lines)
    assert len(text) > 60_000 - 100
    start = time.monotonic()
    t.paste(text)
    t.shows("1,500 grant")
    assert time.monotonic() - start < 10
    assert lines[-1] in t.text
    t.type(" or")
    t.shows('n1499*" or')
    t.press("up", "up")
    t.settle()
    t.control("c")
    t.wait(lambda: t.line == PROMPT.rstrip(), "not cleared")
    t.type("print 123 \r")
    t.shows("\n123")
    t.close()


# --- keys -----------------------------------------------------------------------------------------


@scene
def control_c_clears_the_line(world):
    t = started(world)
    t.type('count where plan = "x')
    t.settle()
    t.control("c")
    t.shows('plan = "x^C')
    t.wait(lambda: t.line == PROMPT.rstrip(), "no new prompt")
    t.type("count all\r")
    t.shows("count  240")
    t.close()


@scene
def control_d_deletes_and_leaves_where_nothing_is_typed(world):
    t = started(world)
    t.type("zy")
    t.press("left")
    t.control("d")
    t.settle()
    same(t.line, PROMPT + "z")
    t.press("backspace")
    t.control("d")
    t.ends(0)


@scene
def what_was_edited_can_be_undone(world):
    t = started(world)
    t.type("count all lacking mcp")
    t.settle()
    t.control("w")
    t.settle()
    same(t.line, PROMPT + "count all lacking <permissions>")
    t.press("undo")
    t.settle()
    same(t.line, PROMPT + "count all lacking mcp")
    t.press("undo", "undo", "undo", "undo", "undo", "undo", "undo")
    t.settle()
    same(t.line, PROMPT.rstrip())
    t.close()


@scene
def control_l_clears_the_screen_and_keeps_the_line(world):
    t = started(world)
    t.type("count a")
    t.control("l")
    t.wait(lambda: t.screen.cursor.y == 0, "not cleared")
    t.settle()
    same(t.line, PROMPT + "count all")
    same(t.screen.cursor.x, len(PROMPT + "count a"))
    t.close()


@scene
def control_z_stops_and_goes_on(world):
    t = Terminal(["/bin/bash", "--norc", "-i"], world.folder, PS1="sh$ ")
    t.shows("sh$")
    t.type(f"{world.permql} -s agency.permdb\r")
    t.shows(PROMPT.rstrip())
    t.settle()
    t.type("count al")
    t.settle()
    t.control("z")
    t.shows("Stopped")
    t.type("echo be''tween\r")
    t.shows("between")
    t.type("fg\r")
    t.wait(lambda: t.line.startswith(PROMPT + "count al"), "the line is not back")
    t.type("l\r")
    t.shows("count  240")
    t.close()


@scene
def vi_keys_are_used_where_the_editrc_asks(world):
    home = world.fresh("vi")
    (home / ".editrc").write_text("bind -v\n")
    t = started(world, HOME=str(home))
    t.type("count axx")
    t.press("escape")
    t.settle()
    t.type("xx")
    t.settle()
    same(t.line.rstrip(), PROMPT + "count a")
    t.type("A")
    t.type("ll")
    t.press("left", "right")
    t.type(" ")
    t.settle()
    same(t.line, PROMPT + "count all")
    t.press("enter")
    t.shows("count  240")
    t.press("escape")
    t.settle()
    t.type("k")
    t.shows(PROMPT + "count all")
    t.close()


@scene
def an_editrc_binds_keys(world):
    home = world.fresh("editrc")
    (home / ".editrc").write_text('permql:bind -s "^O" "count all"\nbind "^T" ed-kill-line\n')
    t = started(world, HOME=str(home))
    t.control("o")
    t.settle()
    same(t.line, PROMPT + "count all")
    t.press("home")
    t.control("t")
    t.settle()
    same(t.line, PROMPT.rstrip())
    t.close()


# --- terminals ------------------------------------------------------------------------------------


@scene
def a_narrow_terminal_shows_everything(world):
    t = started(world)
    t.type("count where minutes_used > 5 and plan = 'growth'")
    t.settle()
    t.resize(20, 24)
    t.wait(lambda: t.line.endswith("growth'"), "not painted anew")
    t.settle()
    y = t.screen.cursor.y
    same("".join(line.ljust(20) for line in t.lines[y - 2:y + 1]).rstrip(),
         PROMPT + "count where minutes_used > 5 and plan = 'growth'")
    t.type("\r")
    t.settle()
    same(t.line, PROMPT.rstrip())
    t.resize(100, 24)
    t.wait(lambda: t.line == PROMPT.rstrip(), "not painted anew")
    t.close()


@scene
def without_colours_nothing_is_only_suggested(world):
    t = started(world, NO_COLOR="1")
    t.type("grant outb")
    t.settle()
    same(t.line, PROMPT + "grant outb")
    assert b"[2m" not in t.raw and b"[1;34m" not in t.raw
    t.press("tab")
    t.settle()
    same(t.line, PROMPT + "grant outbound")
    t.close()


@scene
def a_dumb_terminal_gets_plain_lines(world):
    for more in ({"TERM": "dumb"}, {}):
        options = [] if more else ["--no-edit", "--color", "never"]
        t = started(world, *options, **more)
        t.type("count all\r")
        t.shows("count  240")
        assert b"\x1b" not in t.raw, t.raw
        t.control("d")
        t.ends(0)


@scene
def typing_ahead_gives_the_same_line(world):
    """Keys that come one by one are painted, keys that come at once are not: the line is the same."""
    pieces = ["a", "b ", "grant ", "\x1b[D", "\x1b[D", "\x1b[C", "\x7f", "\x01", "\x05", "\x0b",
              "\x19", "\x17", "é", "가", "\"", "\x1b[3~", "\x1bb", "\x1bf", "\x14", "\x1f"]
    random.seed(7)
    for round_number in range(6):
        keys = [random.choice(pieces) for _ in range(60)]
        # What is suggested depends on what was seen, so nothing is taken that was not typed.
        keys = [key for key in keys if key not in ("\x05", "\x1bf", "\x1b[C", "\x1f")] + ["\x05"]
        found = []
        for is_slow in (True, False):
            t = started(world, "--color", "never", columns=200)
            if is_slow:
                for key in keys:
                    t.type(key)
                    t.take(0.004)
            else:
                t.type("".join(keys))
            t.settle()
            found.append((t.line, t.screen.cursor.x))
            t.close()
        same(found[0], found[1])
