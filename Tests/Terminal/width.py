"""Compares the columns that permql gives each character with Unicode's data: width.py EXECUTABLE.

Every assigned character becomes a name in a table; the blanks behind it tell how wide permql takes it
to be. The authorities are Python's own Unicode data (East Asian Width, categories) and the wcwidth
package, which pyte brings along. Where permql means to differ, a rule below says why. Ends with 1
where a difference has no reason, or a reason no difference.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

from wcwidth import wcwidth

SKIPPED = {"Cn": "not assigned", "Cs": "half of a character", "Co": "nobody knows"}


def jamo(point):
    return 0x1160 <= point <= 0x11FF or 0xD7B0 <= point <= 0xD7FF


# What permql says otherwise than wcwidth, and why.
REASONS = [
    ("a vowel or final of Hangul joins the syllable before it", jamo, {0}),
    ("a format character takes no room of its own",
     lambda point: unicodedata.category(chr(point)) == "Cf", {0}),
    ("a sign of Ahom that later versions of Unicode have as a spacing mark",
     lambda point: point == 0x1171E, {1}),
]


def expected(point):
    """What both authorities say; None where they differ."""
    character = chr(point)
    wide = 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
    found = wcwidth(character)
    return found if found in (0, wide) else None


def points():
    for point in range(0x20, 0x110000):
        if unicodedata.category(chr(point)) not in SKIPPED:
            yield point


def measured(permql, folder):
    """Code point to columns, without those that are shown as an escape."""
    with open(folder / "names.jsonl", "w", encoding="utf-8") as file:
        for point in points():
            file.write(json.dumps({"id": f"{point:X}", "name": f"x{chr(point)}x", "plan": "|"}) + "\n")
    for statement in ('import "names.jsonl"', "show subaccounts columns id, name, plan"):
        shown = subprocess.run(
            [permql, "-s", "names.permdb", "--quiet", "-c", statement], cwd=folder, check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    lines = shown.split("\n")
    start, width = (len(column) for column in lines[1].split("  ")[:2])
    widths = {}
    for line in lines[2:]:
        point, rest = line[:start].strip(), line[start + 2:]
        if not rest.endswith("|"):
            continue
        cell = rest[:-3]
        text = cell.rstrip(" ")
        if len(text) == 3 and text[0] == text[2] == "x":
            widths[int(point, 16)] = width - (len(cell) - len(text)) - 2
    return widths


def main():
    permql = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        found = measured(permql, pathlib.Path(name))
    used, wrong = set(), []
    for point, columns in found.items():
        wanted = expected(point)
        if columns == wanted:
            continue
        reason = next((reason for reason in REASONS if reason[1](point) and columns in reason[2]), None)
        if reason is None:
            wrong.append((point, columns, wanted))
        else:
            used.add(reason[0])
    for point, columns, wanted in wrong[:200]:
        print(f"U+{point:04X} {unicodedata.name(chr(point), '')}: {columns}, Unicode says {wanted}")
    unused = [reason[0] for reason in REASONS if reason[0] not in used]
    for reason in unused:
        print(f"no character needs this reason: {reason}")
    print(f"width: {len(found) - len(wrong)} of {len(found)} characters agree or differ for a reason")
    # All but a few thousand escapes must have been measured, or nothing was.
    return 1 if wrong or unused or len(found) < 100_000 else 0


if __name__ == "__main__":
    sys.exit(main())
