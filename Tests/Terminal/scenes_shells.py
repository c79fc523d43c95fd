"""The completions that permql prints, at the prompts of the shells themselves."""

import pathlib
import shutil

from scenes import scene
from terminal import Terminal

# The shell, how it is started, what it is told first, and its prompt.
SHELLS = {
    "bash": (["--norc", "-i"], "PS1='sh$ '; source <(permql --completions bash)"),
    "zsh": (["-f", "-i"],
            "PS1='sh$ '; autoload -U compinit; compinit -u -D; source <(permql --completions zsh)"),
    "fish": (["--no-config", "-i"],
             "function fish_prompt; echo -n 'sh$ '; end; permql --completions fish | source"),
}

# What is typed before Tab, and what the shell makes of it.
POSITIONS = [
    ("permql --read-o", "permql --read-only"),
    ("permql --quie", "permql --quiet"),
    ("permql -o vert", "permql -o vertical"),
    ("permql --color nev", "permql --color never"),
    ("permql -c gran", "permql -c grant"),
    ("permql --explain E073", "permql --explain E0730"),
    ("permql --output=vert", "permql --output=vertical"),
    ("permql scri", "permql script.pql"),
    ("permql -s man", "permql -s many."),
]


def cleared(t):
    """An empty prompt on an empty screen; a shell that still completes may miss a key."""
    for _ in range(10):
        t.control("c")
        t.settle(0.1)
        t.control("l")
        t.settle(0.2)
        if t.line.strip() == "sh$":
            return
    raise AssertionError("no new prompt\n" + t.picture())


def tried(world, shell):
    program = shutil.which(shell)
    assert program, f"{shell} is not installed"
    folder = pathlib.Path(world.permql).parent
    options, setting = SHELLS[shell]
    t = Terminal([program, *options], world.folder, columns=100, rows=40,
                 PATH=f"{folder}:/usr/local/bin:/usr/bin:/bin")
    t.settle(0.5)
    t.type(setting + "\r")
    t.wait(lambda: t.line.startswith("sh$"), "no prompt", 20)
    t.settle(0.3)
    for typed, wanted in POSITIONS:
        t.type(typed)
        t.settle(0.2)
        t.press("tab")
        try:
            t.wait(lambda: any(wanted in line for line in t.lines), f"not seen: {wanted!r}", 20)
        except AssertionError as error:
            raise AssertionError(f"{shell} at {typed!r}: {error}") from None
        cleared(t)
    t.close()


@scene
def bash_completes_the_command_line(world):
    tried(world, "bash")


@scene
def zsh_completes_the_command_line(world):
    tried(world, "zsh")


@scene
def fish_completes_the_command_line(world):
    tried(world, "fish")
