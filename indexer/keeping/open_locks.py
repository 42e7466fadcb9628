"""Opening the locks beside a register."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from access_policy.register.errors import RegisterUnavailable
from indexer.keeping.advisory_locks import AdvisoryLocks
from indexer.keeping.file_locks import FileLocks
from indexer.keeping.locks import Locks


def open_locks(register_url: str) -> Locks:
    """The locks beside a register. Raises RegisterUnavailable for an address that has no place for them."""
    try:
        url = make_url(register_url)
    except ArgumentError:
        raise RegisterUnavailable("the address of the register is no SQLAlchemy URL") from None
    if url.get_backend_name() == "postgresql":
        return AdvisoryLocks(register_url)
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise RegisterUnavailable("a register without a file of its own has no place for locks")
    return FileLocks(Path(url.database))
