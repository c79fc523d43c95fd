"""SQL engines for tests: each runs a script's statements one by one and gives the rows of each query."""
import math
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path


def statements(script):
    """Statements end in `;` at the end of a line, which no literal and no comment holds."""
    lines = [line for line in script.splitlines() if not line.startswith(("--", ".bail"))]
    text, found = "", []
    for line in lines:
        text += line + "\n"
        if line.endswith(";"):
            found.append(text.strip())
            text = ""
    assert not text.strip(), text
    return found


class Failed(Exception):
    """A statement failed: the script ends, and its transaction is gone."""


class SQLite:
    dialect = "sqlite"

    def open(self):
        self.connection = sqlite3.connect(":memory:", isolation_level=None)

    def execute(self, statement):
        cursor = self.connection.execute(statement)
        if cursor.description is None:
            return None
        return [column[0] for column in cursor.description], cursor.fetchall()

    def close(self):
        self.connection.close()

    errors = (sqlite3.Error,)

    def stop(self):
        pass


class DuckDB:
    dialect = "duckdb"

    def __init__(self):
        import duckdb
        self.module, self.errors = duckdb, (duckdb.Error,)

    def open(self):
        self.connection = self.module.connect(":memory:")
        self.connection.execute("set threads to 1")

    def execute(self, statement):
        result = self.connection.execute(statement)
        if not statement.startswith("select"):
            return None
        return [column[0] for column in result.description], result.fetchall()

    def close(self):
        self.connection.close()

    def stop(self):
        pass


class PostgreSQL:
    """A server of its own in a temporary directory, reached by a socket there and by nothing else."""

    dialect = "postgresql"

    def __init__(self):
        import psycopg2
        self.module, self.errors = psycopg2, (psycopg2.Error,)
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
        if not versions:
            raise FileNotFoundError("PostgreSQL's server programs")
        self.programs = versions[-1]
        self.folder = tempfile.mkdtemp(prefix="permql-pg-")
        self.user = None
        if os.getuid() == 0:
            # The server refuses to run as root.
            self.user = pwd.getpwnam("nobody")
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.data = f"{self.folder}/data"
        try:
            self.program("initdb", "-D", self.data, "-U", "test", "-A", "trust", "-E", "UTF8",
                         "--no-sync", *self.locale())
            self.program("pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "-o",
                         f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' "
                         "-c fsync=off", "start")
        except BaseException:
            self.stop()
            raise
        self.serial = 0

    def locale(self):
        """Where it can, a locale that sorts as people do: ours must not depend on it."""
        if float(self.programs.parent.name) >= 15:
            return ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"]
        return ["--locale=C"]

    def program(self, name, *arguments):
        done = subprocess.run(
            [str(self.programs / name), *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None, extra_groups=[] if self.user else None)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: {done.stderr}")

    def connect(self, database):
        connection = self.module.connect(host=self.folder, user="test", dbname=database)
        connection.autocommit = True
        return connection

    def open(self):
        # A schema of its own is quicker than a database.
        self.serial += 1
        self.connection = self.connect("postgres")
        self.cursor = self.connection.cursor()
        self.cursor.execute(f"create schema s{self.serial}")
        self.cursor.execute(f"set search_path to s{self.serial}")

    def execute(self, statement):
        self.cursor.execute(statement)
        if not statement.startswith("select"):
            return None
        return [column[0] for column in self.cursor.description], self.cursor.fetchall()

    def close(self):
        self.cursor.execute("rollback")
        self.cursor.execute(f"drop schema s{self.serial} cascade")
        self.connection.close()

    def stop(self):
        if Path(f"{self.data}/postmaster.pid").exists():
            self.program("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def plain(value):
    """A value of any engine, or of permql's json, as they compare."""
    if isinstance(value, bool):
        return int(value)
    if value == "unlimited" or (isinstance(value, float) and math.isinf(value)):
        return "unlimited"
    if isinstance(value, (int, float)):
        return float(value)
    return value
