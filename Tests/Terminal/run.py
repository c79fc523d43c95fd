"""Plays every scene at a prompt on a terminal: run.py EXECUTABLE [part of a scene's name].

Needs pyte, a terminal emulator (Debian: python3-pyte). Ends with 1 if a scene fails.
"""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

import scenes
import scenes_dots
import scenes_hostile
import scenes_keys
import scenes_shells

SAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / "samples"


class World:
    """A folder of a scene's own, with the sample agency and two odd ones."""

    def __init__(self, permql, template, folder):
        self.permql = permql
        self.folder = folder
        shutil.copytree(template, folder)

    def fresh(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    @staticmethod
    def template(permql, folder):
        folder.mkdir()
        shutil.copy(SAMPLES / "agency.csv", folder)
        (folder / "script.pql").write_text("count all\n")
        rows = "".join(f"many{i},Name {i:05}\n" for i in range(10_000))
        (folder / "many.csv").write_text("id,name\n" + rows)
        statements = [
            ("agency.permdb", 'import "agency.csv"; define $basic as permissions logs, contacts'),
            ("many.permdb", 'import "many.csv"'),
            ("odd.permdb",
             'create subaccount "서울 치과", "가족 👨‍👩‍👧", "Evil \\u{1B}]52;c;aGk=\\u{7}", "Evil \\u{202E}x"'),
        ]
        for store, statement in statements:
            subprocess.run([permql, "-s", store, "--quiet", "-c", statement], cwd=folder, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def played(function, permql, template, root):
    start = time.monotonic()
    try:
        function(World(permql, template, root / function.__name__))
        problem = None
    except Exception:
        problem = traceback.format_exc()
    return function.__name__.replace("_", " "), problem, time.monotonic() - start


def main():
    permql = str(pathlib.Path(sys.argv[1]).resolve())
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    chosen = [function for function in scenes.SCENES if wanted in function.__name__]
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        World.template(permql, root / "template")
        with concurrent.futures.ProcessPoolExecutor(4) as pool:
            plays = [pool.submit(played, function, permql, root / "template", root)
                     for function in chosen]
            for play in plays:
                words, problem, seconds = play.result()
                print(f"{'failed' if problem else 'ok':<7}{words} ({seconds:.1f} s)", flush=True)
                if problem:
                    failed += 1
                    print(problem, flush=True)
    print(f"{len(chosen) - failed} of {len(chosen)} scenes passed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
