"""Real processes against a real store: python3 processes.py PERMQL [SECONDS]

Each test is a function named test_...; what can't run here is skipped with its reason.
Ends with 1 where one fails.
"""
import errno
import fcntl
import os
import pty
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

PERMQL = os.path.abspath(sys.argv[1])
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 3.0


class Skipped(Exception):
    pass


def command(store, statement, *options):
    return [PERMQL, "-s", store, *options, "-c", statement]


def run(store, statement, *options, before=None, prefix=(), **more):
    more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([*prefix, *command(store, statement, *options)], capture_output=True,
                          text=True, preexec_fn=before, timeout=60, **more)


def done(result):
    assert result.returncode == 0, f"status {result.returncode}: {result.stderr}"
    return result


class Prompt:
    """A process with a prompt on a terminal of its own."""

    def __init__(self, store, actor):
        self.terminal, other = pty.openpty()
        self.process = subprocess.Popen(
            [PERMQL, "-s", store, "--actor", actor, "--yes", "--color", "never"], stdin=other,
            stdout=other, stderr=other, start_new_session=True,
            env={**os.environ, "TERM": "dumb", "PERMQL_STORE": ""})
        os.close(other)
        self.answer()

    def answer(self):
        """What is written up to the next prompt."""
        text = b""
        end = time.monotonic() + 20
        while not text.rstrip(b" ").endswith(b">"):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                raise AssertionError(f"no prompt after {text!r}")
            text += os.read(self.terminal, 65536)
        return text.decode().replace("\r\n", "\n")

    def type(self, line):
        os.write(self.terminal, line.encode() + b"\n")
        return self.answer()

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


def changes(store):
    """How many changes there are, by a check of everything."""
    result = done(subprocess.run([PERMQL, "-s", store, "--verify"], capture_output=True, text=True))
    return int(result.stdout.split(":")[0])


def made(folder, rows=3):
    store = os.path.join(folder, "agency.permdb")
    names = ", ".join(f'"First {n}"' for n in range(rows))
    done(run(store, f"create subaccount {names}"))
    return store


def test_kill_9(folder):
    """8 writers and 8 readers under random kill -9: what was acknowledged is there."""
    store = made(folder)
    end = time.monotonic() + SECONDS
    lock = threading.Lock()
    acknowledged, attempted, faults = [], [], []

    def write(number):
        random_ = random.Random(number)
        count = 0
        while time.monotonic() < end:
            count += 1
            name = f"Writer {number} {count}"
            with lock:
                attempted.append(name)
            process = subprocess.Popen(
                command(store, f'create subaccount "{name}"', "-o", "json"),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            if random_.random() < 0.5:
                time.sleep(random_.random() * 0.03)
                process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
            with lock:
                if '"change":' in out:
                    acknowledged.append(name)
                elif process.returncode not in (0, -signal.SIGKILL):
                    faults.append(f"writer: {process.returncode}: {err}")

    def read():
        seen = 0
        while time.monotonic() < end:
            result = run(store, "count", "-o", "list")
            if result.returncode != 0:
                with lock:
                    faults.append(f"reader: {result.returncode}: {result.stderr}")
                continue
            count = int(result.stdout)
            if count < seen:
                with lock:
                    faults.append(f"reader: {count} after {seen}")
            seen = count

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    threads += [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults[:3]
    names = done(run(store, "show subaccounts columns name", "-o", "list")).stdout.splitlines()
    there = {name for name in names if name.startswith("Writer")}
    assert set(acknowledged) <= there, set(acknowledged) - there
    assert there <= set(attempted), there - set(attempted)
    assert len(names) == len(set(names))
    assert changes(store) == len(there) + 1, (changes(store), len(there))
    return f"{len(attempted)} writes, {len(acknowledged)} acknowledged, {len(there)} there"


def care(store, *options, **more):
    return subprocess.run([PERMQL, "-s", store, *options], capture_output=True, text=True,
                          timeout=60, **more)


def test_care_while_writing(folder):
    """--verify, --backup and --snapshot while others write, some of them killed: none finds fault."""
    store = made(folder)
    end = time.monotonic() + SECONDS
    written, faults, copies = [], [], []

    def write(number):
        while time.monotonic() < end:
            result = run(store, f'create subaccount "W{number} {len(written)}"')
            (written if result.returncode == 0 else faults).append(result.stderr)

    def snapshot():
        random_ = random.Random(1)
        while time.monotonic() < end:
            process = subprocess.Popen([PERMQL, "-s", store, "--snapshot"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if random_.random() < 0.5:
                time.sleep(random_.random() * 0.01)
                process.kill()
            _, err = process.communicate()
            if process.returncode not in (0, -signal.SIGKILL):
                faults.append(f"snapshot: {process.returncode}: {err}")

    def look():
        while time.monotonic() < end:
            copy = os.path.join(folder, f"copy-{len(copies)}.permdb")
            copies.append(copy)
            for path, options in [(store, ["--verify"]), (store, ["--backup", copy]),
                                  (copy, ["--verify"])]:
                result = care(path, *options)
                if result.returncode != 0:
                    faults.append(f"{options}: {result.returncode}: {result.stderr}")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    threads += [threading.Thread(target=snapshot), threading.Thread(target=look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults[:3]
    done(care(store, "--snapshot"))
    snapshots = [name for name in os.listdir(store) if name.startswith("snap-")]
    assert 1 <= len(snapshots) <= 2, snapshots
    assert not [name for name in os.listdir(store) if name.startswith("new-")], os.listdir(store)
    assert all(os.stat(os.path.join(store, name)).st_mode & 0o777 == 0o400 for name in snapshots)
    assert changes(store) == len(written) + 1, (changes(store), len(written))
    # A snapshot that a disk has damaged loses nothing, and the next writer moves it away.
    for name in snapshots:
        path = os.path.join(store, name)
        os.chmod(path, 0o600)
        with open(path, "r+b") as file:
            file.seek(os.path.getsize(path) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 0xFF]))
    assert care(store, "--verify").returncode == 5
    result = done(run(store, "show subaccounts columns name", "-o", "list"))
    assert len(result.stdout.splitlines()) == len(written) + 3, result.stderr
    return f"{len(written)} writes, {len(copies)} copies"


def test_created_by_many(folder):
    """8 processes that create the same store: each goes on after the others."""
    store = os.path.join(folder, "agency.permdb")
    processes = [subprocess.Popen(command(store, f'create subaccount "N{n}"'),
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True) for n in range(8)]
    for process in processes:
        _, err = process.communicate()
        assert process.returncode == 0, err
    assert changes(store) == 8
    assert os.listdir(folder) == ["agency.permdb"], os.listdir(folder)


def test_file_size_limit(folder):
    """RLIMIT_FSIZE: a commit that does not fit fails whole, and the next one that fits is kept."""
    store = made(folder)
    size = os.path.getsize(os.path.join(store, "log-0"))

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 600, size + 600))

    names = ", ".join(f'"Many {n}"' for n in range(400))
    result = run(store, f"create subaccount {names}", before=limit)
    assert result.returncode == 5, (result.returncode, result.stderr)
    assert changes(store) == 1
    done(run(store, 'create subaccount "One"', before=limit))
    assert changes(store) == 2


def test_no_space(folder):
    """ENOSPC on a small tmpfs: said, nothing is changed, and what fits later is kept."""
    mount = os.path.join(folder, "small")
    os.mkdir(mount)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", mount],
                      capture_output=True).returncode != 0:
        raise Skipped("no tmpfs can be mounted")
    try:
        store = made(mount)
        names = ", ".join(f'"A subaccount with a long name {n}"' for n in range(3000))
        result = run(store, f"create subaccount {names}")
        assert result.returncode == 5, (result.returncode, result.stderr)
        assert "no space" in result.stderr, result.stderr
        assert changes(store) == 1
        done(run(store, 'create subaccount "One"'))
        assert changes(store) == 2
    finally:
        subprocess.run(["umount", mount], check=True)


def test_read_only_directory(folder):
    """A directory that may not be written: reading works, writing ends with status 5."""
    store = made(folder)
    prefix = ()
    if os.getuid() == 0:
        mount = os.path.join(folder, "mounted")
        os.mkdir(mount)
        if subprocess.run(["mount", "--bind", store, mount], capture_output=True).returncode != 0:
            raise Skipped("permissions do not bind root, and nothing can be mounted")
        subprocess.run(["mount", "-o", "remount,bind,ro", mount], check=True)
        path = mount
    else:
        os.chmod(store, 0o500)
        os.chmod(os.path.join(store, "log-0"), 0o400)
        path = store
    try:
        assert done(run(path, "count", "-o", "list", prefix=prefix)).stdout == "3\n"
        result = run(path, 'create subaccount "One"')
        assert result.returncode == 5, (result.returncode, result.stderr)
    finally:
        if path != store:
            subprocess.run(["umount", path], check=True)
    assert changes(store) == 1


def test_closed_streams(folder):
    """Standard streams that are closed are not the store's files."""
    store = made(folder)
    for number, closed in enumerate(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"]):
        subprocess.run(["sh", "-c", f'"$0" -s "$1" -c "$2" {closed}', PERMQL, store,
                        f'create subaccount "Closed {number}"'], capture_output=True)
    found = changes(store)
    assert found == 5, found


def test_transactions_of_two(folder):
    """Between 'begin' and 'commit' nobody waits; what was told is committed, or nothing is."""
    store = made(folder)
    anna = Prompt(store, "anna")
    try:
        anna.type("begin")
        told = anna.type("grant chat to lacking mcp")
        assert "granted chat to 3 subaccounts" in told, told
        # Nobody is kept waiting, and nobody sees what is not committed.
        done(run(store, 'grant outbound to "First 2"', "--actor", "ben"))
        assert done(run(store, "count having chat", "-o", "list")).stdout == "0\n"
        told = anna.type("commit")
        assert "change 2 by 'ben' came in between" in told and "now change 3" in told, told
        assert done(run(store, "count having chat", "-o", "list")).stdout == "3\n"

        anna.type("begin")
        anna.type("grant ivr_handling to lacking mcp")
        done(run(store, 'grant mcp to "First 1"', "--actor", "ben"))
        told = anna.type("commit")
        assert "error[E0457]" in told and "no longer 'First 1'" in told, told
        assert done(run(store, "count having ivr_handling", "-o", "list")).stdout == "0\n"
        assert changes(store) == 4

        # Who is killed while a transaction is open leaves nothing behind.
        anna.type("begin")
        anna.type("grant ivr_handling to all")
    finally:
        anna.close()
    done(run(store, 'grant mcp to "First 0"'))
    assert changes(store) == 5


def test_failed_sync(folder):
    """EIO from fdatasync: the change is not saved, it says so, and the next one is."""
    strace = shutil.which("strace")
    if strace is None:
        raise Skipped("strace is not installed")
    store = made(folder)
    result = run(store, 'create subaccount "Lost"',
                 prefix=[strace, "-f", "-o", os.path.join(folder, "trace"), "-e", "trace=fdatasync",
                         "-e", "inject=fdatasync:error=EIO:when=1"])
    if "ptrace" in result.stderr.lower():
        raise Skipped("ptrace is not permitted")
    assert result.returncode == 5, (result.returncode, result.stderr)
    assert changes(store) == 1
    done(run(store, 'create subaccount "Kept"'))
    assert changes(store) == 2
    assert not run(store, 'show "Lost"').returncode == 0


def test_ext4_power_cut(folder):
    """A real file system whose power is cut while there are writers: nothing acknowledged is lost."""
    image, mount = os.path.join(folder, "image"), os.path.join(folder, "disk")
    os.mkdir(mount)
    with open(image, "wb") as file:
        file.truncate(32 << 20)
    mkfs = shutil.which("mkfs.ext4", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
    if mkfs is None:
        raise Skipped("mkfs.ext4 is not installed")
    subprocess.run([mkfs, "-q", image], check=True, capture_output=True)
    mounted = ["mount", "-o", "loop", image, mount]
    if subprocess.run(mounted, capture_output=True).returncode != 0:
        raise Skipped("no loop device can be mounted")
    store = os.path.join(mount, "agency.permdb")
    acknowledged = 0
    for cut in range(3):
        end = time.monotonic() + SECONDS / 6
        try:
            while time.monotonic() < end:
                done(run(store, f'create subaccount "N{acknowledged}"'))
                acknowledged += 1
            descriptor = os.open(mount, os.O_RDONLY)
            try:
                fcntl.ioctl(descriptor, 0x8004587D, (2).to_bytes(4, "little"))
            except OSError as error:
                raise Skipped(f"the file system can't be shut down: {errno.errorcode[error.errno]}")
            finally:
                os.close(descriptor)
        finally:
            subprocess.run(["umount", mount], check=True)
        subprocess.run(mounted, check=True)
        found = changes(store)
        if found != acknowledged:
            subprocess.run(["umount", mount], check=True)
        assert found == acknowledged, (found, acknowledged)
    subprocess.run(["umount", mount], check=True)
    return f"{acknowledged} changes through 3 cuts"


def main():
    failed = 0
    for name, test in [(n, t) for n, t in globals().items() if n.startswith("test_")]:
        folder = tempfile.mkdtemp(prefix="permql-processes-")
        try:
            print(f"{name}: {test(folder) or 'passed'}", flush=True)
        except Skipped as reason:
            print(f"{name}: skipped: {reason}", flush=True)
        except (AssertionError, subprocess.SubprocessError, OSError, ValueError) as problem:
            failed += 1
            print(f"{name}: FAILED: {problem}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


main()
