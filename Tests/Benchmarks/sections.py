#!/usr/bin/env python3
"""Accounts for the bytes of a store's newest snapshot, section by section.

  sections.py STORE          a line for each kind of section: bytes, and bytes a subaccount

Sections of texts and attributes are told apart by their number. What is called history are the sections
from 50 on: see grammar/store-format.md.
"""

import glob
import os
import struct
import sys

KINDS = {
    1: "agency", 2: "journal", 3: "origin", 10: "live", 11: "protected", 12: "permission",
    13: "created", 14: "inheritance", 15: "presence", 16: "values", 17: "booleans", 20: "heap",
    21: "offsets", 22: "order", 23: "fences", 24: "ties", 25: "numbers",
}
NUMBERED = {15, 16, 17, 20, 21, 22, 23, 24, 25}
FIRST_OF_HISTORY = 50
HEADER = 512


def varint(data, place):
    value = shift = 0
    while True:
        value |= (data[place] & 0x7F) << shift
        shift += 7
        place += 1
        if data[place - 1] < 0x80:
            return value


def account(store):
    """How many subaccounts the newest snapshot has, its bytes, and those of each section."""
    snapshots = glob.glob(os.path.join(store, "snap-*"))
    newest = max(snapshots, key=lambda path: int(path.rsplit("-", 1)[1]))
    with open(newest, "rb") as file:
        data = file.read()
    length, count = struct.unpack_from("<QQ", data, 56 + 8 * 5)
    sizes = {}
    subaccounts = 0
    for entry in range(count):
        kind, number, offset, size = struct.unpack_from("<IIQQ", data, HEADER + length + 24 * entry)
        if kind == 1:
            subaccounts = varint(data, HEADER + offset)
        name = KINDS.get(kind, f"history {kind}")
        if kind in NUMBERED:
            name += f" {number & 0xFFFFF}"
        sizes[kind, name] = sizes.get((kind, name), 0) + size
    return max(1, subaccounts), len(data), sizes


def without_history(size, sizes):
    """How many bytes of a snapshot are not about the past."""
    return size - sum(bytes for (kind, _), bytes in sizes.items() if kind >= FIRST_OF_HISTORY)


def main(store):
    subaccounts, length, sizes = account(store)
    for (_, name), size in sorted(sizes.items()):
        print(f"{name:16}{size:14}{size / subaccounts:10.3f}")
    print(f"{'the file':16}{length:14}{length / subaccounts:10.3f}")
    without = without_history(length, sizes)
    print(f"{'without history':16}{without:14}{without / subaccounts:10.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
