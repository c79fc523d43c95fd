"""Dot commands while they are typed."""

from scenes import PROMPT, same, scene, started

POSITIONS = [
    (".", [".help [TOPIC]", "lists these", "of 13"]),
    (".out", [PROMPT + ".output"]),
    (".output ", ["vertical", "markdown"]),
    (".output js", ["json", "jsonl"]),
    (".timing ", ["on", "off"]),
    (".width ", [PROMPT + ".width auto"]),
    (".open ", ["agency.permdb", "many.permdb", "store"]),
    (".open man", [PROMPT + ".open many.permdb"]),
    (".read ", ["script.pql", "many.csv"]),
    (".read scr", [PROMPT + ".read script.pql"]),
    (".tee o", [PROMPT + ".tee off"]),
    (".help wat", [PROMPT + ".help .watch"]),
    (".help gra", [PROMPT + ".help grant"]),
    ("qu", [PROMPT + "quit"]),
]


@scene
def dot_commands_are_completed_with_what_they_take(world):
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
def dot_commands_are_coloured_and_hinted(world):
    t = started(world)
    t.type(".out")
    t.shows(PROMPT + ".output [FORMAT]")
    same(t.looks("put [FORMAT]"), {"faint"})
    t.press("right")
    t.settle()
    same(t.looks(".output"), {"blue"})
    t.type(" tabel")
    t.settle()
    same(t.looks("tabel"), {"bad"})
    t.control("c")
    t.settle()
    t.type(".nope")
    t.settle()
    same(t.looks(".nope"), {"bad"})
    t.close()


@scene
def a_sandbox_offers_nothing_that_it_refuses(world):
    t = started(world, "--sandbox", rows=30, columns=100)
    t.type(".")
    t.press("tab")
    t.shows(".history [TEXT]")
    for command in (".open", ".read", ".edit", ".tee"):
        assert command not in t.text, t.picture()
    t.control("c")
    t.settle()
    t.type(".read ")
    t.press("tab")
    t.settle()
    assert "script.pql" not in t.text, t.picture()
    t.close()
