"""A throw-away PostgreSQL cluster on a private socket."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import uuid
from collections.abc import Mapping
from pathlib import Path

import psycopg
from sqlalchemy import URL

from tests.servers.leash import Leash, new_folder
from tests.servers.waiting import wait_until

_OWNER = "archive"

# Nothing in this cluster is worth keeping: no setting below makes it safer, all make it quicker.
_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "jit": "off",
    "timezone": "UTC",
}


class PostgresServer:
    """Its only door is a socket in a folder that no other account can enter, so it needs no port and no password."""

    def __init__(self) -> None:
        self._account = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        self._folder = new_folder("postgres", owner=self._account)
        self._leash = Leash(
            ["sh", "-ec", self._script()],
            folder=self._folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            cwd=Path("/"),
            user=self._account,
            stop_signal=signal.SIGQUIT,
        )
        wait_until(self._answers, leash=self._leash, what="PostgreSQL")

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database, for the driver psycopg."""
        url = URL.create("postgresql+psycopg", username=_OWNER, database=database, query={"host": str(self._folder)})
        return url.render_as_string(hide_password=False)

    def create_database(self, like: str = "template0") -> str:
        """The name of a new database with the content of another one, to which nobody is connected; empty by itself."""
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database, ending the connections that are still open."""
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def restart(self) -> None:
        """Ends every connection at once and returns when the server answers again; what was committed is kept."""
        pid_file = self._folder / "data" / "postmaster.pid"
        ended = int(pid_file.read_text().split()[0])
        (self._folder / "again").touch()
        os.kill(ended, signal.SIGINT)  # SIGQUIT would lose what is not on the disk yet, with the settings above
        wait_until(lambda: not _runs(ended) and self._answers(), leash=self._leash, what="PostgreSQL")

    def stop(self) -> None:
        self._leash.end()

    def _script(self) -> str:
        programs, data = _programs(), self._folder / "data"
        initdb = [programs / "initdb", "--pgdata", data, "--username", _OWNER, "--auth", "trust", "--encoding", "UTF8"]
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        server = [programs / "postgres", "-D", data, "-k", self._folder, *options]
        again = shlex.quote(str(self._folder / "again"))
        run = f"{_shell(server)} & server=$!; wait $server || true"
        return (
            f"server=; trap 'kill -QUIT $server; wait $server; exit' QUIT; {_shell(initdb)} --no-locale --no-sync; "
            f"{run}; while [ -e {again} ]; do rm -f {again}; {run}; done"
        )

    def _answers(self) -> bool:
        try:
            self._execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self._folder), user=_OWNER, dbname="postgres", autocommit=True, connect_timeout=5
        ) as connection:
            connection.execute(statement.encode())


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _shell(words: list[object]) -> str:
    return shlex.join(map(str, words))


def _programs() -> Path:
    """The folder of the newest server's programs; Debian keeps each version's apart and off the search path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which("initdb")
    if found is None:
        raise RuntimeError("no PostgreSQL server is installed; run deploy/bin/install --dev")
    return Path(found).parent
