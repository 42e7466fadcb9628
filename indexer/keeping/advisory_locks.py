"""Locks in the PostgreSQL database of the register: session locks on one connection that does nothing else."""

from contextlib import suppress
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from access_policy.register.connections import CONNECT_SECONDS
from access_policy.register.errors import RegisterUnavailable
from indexer.keeping.locks import LockLost, Purpose, this_process

_SILENCE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""How soon a connection to a server that has vanished counts as gone (libpq; seconds, and milliseconds)."""

_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND (l.classid::bigint << 32) | l.objid::bigint = :key"
)


class AdvisoryLocks:
    """See `indexer.keeping.locks.Locks`.

    Whoever loses the connection has lost every lock, and no new connection is opened behind the caller's back: that
    would be one without locks.
    """

    def __init__(self, register_url: str) -> None:
        name = this_process()[-63:]
        arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "application_name": name, **_SILENCE}
        self._engine = create_engine(
            register_url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=arguments
        )
        self._connection: Connection | None = None
        self._held: set[Purpose] = set()

    def take(self, purpose: Purpose) -> bool:
        """See the protocol."""
        taken = bool(self._ask(text("SELECT pg_try_advisory_lock(:key)"), purpose))
        if taken:
            self._held.add(purpose)
        return taken

    def release(self, purpose: Purpose) -> None:
        """See the protocol."""
        if purpose not in self._held:
            return
        with suppress(RegisterUnavailable, LockLost):
            self._ask(text("SELECT pg_advisory_unlock(:key)"), purpose)
        self._held.discard(purpose)
        if not self._held:
            self._hang_up()

    def check(self) -> None:
        """See the protocol."""
        if self._held:
            self._ask(text("SELECT 1"))

    def holder(self, purpose: Purpose) -> str:
        """See the protocol."""
        holder = self._ask(_HOLDER, purpose)
        if not self._held:
            self._hang_up()
        return str(holder or "")

    def _ask(self, question: Any, purpose: Purpose | None = None) -> Any:
        if self._connection is None and self._held:
            raise LockLost("the connection that held the lock is gone")
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return self._connection.execute(question, {} if purpose is None else {"key": key_of(purpose)}).scalar()
        except SQLAlchemyError as error:
            self._hang_up()
            said = (str(getattr(error, "orig", None) or error).splitlines() or ["no answer"])[0][:300]
            if self._held:
                raise LockLost(f"the connection that held the lock is gone: {said}") from None
            raise RegisterUnavailable(f"locks in {self._engine.url}: {said}") from None

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


def key_of(purpose: Purpose) -> int:
    """The number by which a database knows a lock: positive, and nobody else's by chance."""
    return int.from_bytes(blake2b(f"archive-indexer {purpose}".encode(), digest_size=8).digest()) >> 1
