"""Reports in a folder: each signed, each naming the one before it, so that none can be changed or taken out unseen."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from indexer.audit.signing import is_signed

FIRST = "0" * 64
"""What the first report names as the one before it."""

_PATTERN = "audit-*.json"
_STAMP = "audit-%Y%m%dT%H%M%S.%fZ.json"


class ReportUnwritable(Exception):
    """The folder of reports cannot be written, or its last report cannot be read. One line."""


def write_report(folder: Path, report: Mapping[str, Any], *, key: Ed25519PrivateKey, now: datetime) -> Path:
    """Chain, sign and write a report; `now` in UTC. Raises ReportUnwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            chained = {**report, "previous": _last_digest(folder)}
            text = canonical(chained)
            sealed = {"report": chained, "sha256": _digest(text), "signature": key.sign(text).hex()}
            path = folder / now.strftime(_STAMP)
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(sealed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            os.replace(fresh, path)
            return path
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ReportUnwritable(f"reports in {folder}: {getattr(error, 'strerror', None) or error}") from None


def check_reports(files: Sequence[Path], *, key: Ed25519PublicKey) -> Iterator[tuple[Path, str]]:
    """What is wrong with each file, taken in the order of their names; nothing is said of those that are in order.

    The first may name a report that is not among them; every other one names the one before it.
    """
    before: str | None = None
    for path in sorted(files, key=lambda file: file.name):
        sealed = _read(path)
        wrong = _wrong(sealed, before, key)
        if wrong:
            yield path, wrong
        before = str(sealed.get("sha256", ""))


def canonical(report: Mapping[str, Any]) -> bytes:
    """The one way of writing a report that is digested and signed."""
    return json.dumps(report, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _wrong(sealed: Mapping[str, Any], before: str | None, key: Ed25519PublicKey) -> str:
    report = sealed.get("report")
    if not isinstance(report, dict):
        return "not a report"
    text = canonical(report)
    if _digest(text) != sealed.get("sha256"):
        return "changed after it was written"
    if not is_signed(key, _bytes(sealed.get("signature")), text):
        return "not signed with this key"
    if before is not None and report.get("previous") != before:
        return "does not follow the report before it"
    return ""


def _read(path: Path) -> Mapping[str, Any]:
    try:
        sealed = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return sealed if isinstance(sealed, dict) else {}


def _bytes(written: object) -> bytes:
    try:
        return bytes.fromhex(str(written))
    except ValueError:
        return b""


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _last_digest(folder: Path) -> str:
    last = max(folder.glob(_PATTERN), key=lambda file: file.name, default=None)
    return FIRST if last is None else str(json.loads(last.read_bytes())["sha256"])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two audits that end at the same time follow one another in the chain."""
    with (folder / "audit.lock").open("w") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        yield
