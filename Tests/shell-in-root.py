#!/usr/bin/env python3
"""shell-in-root.py ROOT: types at the prompt of ROOT/permql, which sees ROOT and nothing else.

Ends with 0 where it answers and takes its leave.
"""

import os
import pty
import select
import sys
import time


def main():
    process, terminal = pty.fork()
    if process == 0:
        os.chroot(sys.argv[1])
        os.chdir("/")
        os.execve("/permql", ["permql"], {"TERM": "xterm-256color", "PATH": "/"})
    said = b""
    asked = b'create subaccount "Elm Street Dental"\r'
    deadline = time.monotonic() + 60

    def wait_for(wanted):
        nonlocal said
        while wanted not in said:
            if not select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                sys.exit(f"no {wanted!r} in {said!r}")
            try:
                said += os.read(terminal, 65536)
            except OSError:
                sys.exit(f"it ended after {said!r}")

    wait_for(b">")
    os.write(terminal, asked)
    wait_for(b"created")
    os.write(terminal, b"quit\r")
    try:
        while select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
            if not os.read(terminal, 65536):
                break
    except OSError:
        pass  # the terminal of a process that has ended
    _, status = os.waitpid(process, 0)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
