"""Locks as files beside a register that is a file itself."""

import fcntl
import os
from pathlib import Path

from access_policy.register.errors import RegisterUnavailable
from indexer.keeping.locks import LockLost, Purpose, this_process


class FileLocks:
    """See `indexer.keeping.locks.Locks`. The files stay; only whether they are locked counts."""

    def __init__(self, register: Path) -> None:
        self._register = register
        self._held: dict[Purpose, int] = {}

    def take(self, purpose: Purpose) -> bool:
        """See the protocol."""
        descriptor = self._open(purpose)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, this_process().encode(), 0)
        self._held[purpose] = descriptor
        return True

    def release(self, purpose: Purpose) -> None:
        """See the protocol."""
        if purpose in self._held:
            os.close(self._held.pop(purpose))

    def check(self) -> None:
        """See the protocol: a lock is lost when its file was moved or removed, since others would lock a new one."""
        for purpose, descriptor in self._held.items():
            path, ours = self._path(purpose), os.fstat(descriptor)
            if not path.exists() or not os.path.samestat(ours, path.stat()):
                raise LockLost(f"the lock file {path} is not the one that was locked")

    def holder(self, purpose: Purpose) -> str:
        """See the protocol."""
        if purpose in self._held:
            return this_process()
        if not self._path(purpose).exists():
            return ""
        descriptor = self._open(purpose)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return os.pread(descriptor, 200, 0).decode(errors="replace") or "another process"
        finally:
            os.close(descriptor)
        return ""

    def _path(self, purpose: Purpose) -> Path:
        return self._register.with_name(f"{self._register.name}.{purpose}.lock")

    def _open(self, purpose: Purpose) -> int:
        try:
            return os.open(self._path(purpose), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        except OSError as error:
            raise RegisterUnavailable(f"lock {self._path(purpose)}: {error.strerror}") from None
