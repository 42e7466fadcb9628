"""What readers attach to a request: checked, scanned, sealed, and kept outside of whatever is served."""

import hashlib
import io
import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from sqlalchemy import Row, delete, func, insert, select

from portal.requests.rows import ID_FORM
from portal.requests.scanning import Scanned, Scanner
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import case_files, cases

MOST_FILES = 5
MOST_WITH_SUPPLEMENT = 2 * MOST_FILES
"""What the archive asks to be added must find room beside what came with the request."""

LONGEST_NAME = 150

_MAGIC = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
}
_ENDINGS = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_ON_ITS_WAY = timedelta(hours=1)
_MOST_PIXELS = 80_000_000  # an A3 page at 600 dpi; a few bytes may claim to be very many more
_UNSAFE = re.compile(r"[^\w .()-]+")
_F = case_files.c


class FileRefused(Exception):
    """The file is not kept; the argument is `type`, `size`, `empty`, `many`, `infected` or `broken`."""


@dataclass(frozen=True)
class CaseFile:
    """An attachment. `bytes` is its size, `scanned` what the scanner said of it."""

    id: str
    case_id: str
    name: str
    media_type: str
    bytes: int
    scanned: Scanned
    added_at: datetime


class CaseFiles:
    """Attachments of cases. `most_bytes` bounds each. May raise StoreUnavailable, and SealBroken for another key."""

    def __init__(self, database: Database, seal: Sealing, folder: Path, scanner: Scanner, *, most_bytes: int) -> None:
        self._database, self._seal, self._folder, self._scanner = database, seal, folder, scanner
        self.most_bytes = most_bytes

    def add(self, case_id: str, name: str, content: bytes, *, now: datetime, most: int = MOST_FILES) -> CaseFile:
        """Keep a file with a case, which may have so many. The type is what the content says, not what its name claims.
        Raises FileRefused and ScannerAway.
        """
        media_type = self._checked(content)
        if len(self.of(case_id)) >= most:
            raise FileRefused("many")
        scanned = self._scanner.scan(content)
        if scanned is Scanned.INFECTED:
            raise FileRefused("infected")
        name = _plain(name, _ENDINGS[media_type])
        kept = CaseFile(secrets.token_hex(16), case_id, name, media_type, len(content), scanned, now)
        self._write(kept, content)
        try:
            self._note(kept, hashlib.sha256(content).hexdigest(), most)
        except Exception:
            self._path(case_id, kept.id).unlink()
            raise
        return kept

    def _note(self, kept: CaseFile, sha256: str, most: int) -> None:
        """Put the row down; of several at once for one case one after another."""
        row = {
            "id": kept.id,
            "case_id": kept.case_id,
            "sealed_name": self._seal.seal(kept.name),
            "media_type": kept.media_type,
            "bytes": kept.bytes,
            "sha256": sha256,
            "scanned": kept.scanned.value,
            "added_at": kept.added_at,
        }
        with self._database.writing() as connection:
            connection.execute(select(cases.c.id).where(cases.c.id == kept.case_id).with_for_update())
            there = select(func.count()).select_from(case_files).where(_F.case_id == kept.case_id)
            if connection.execute(there).scalar_one() >= most:
                raise FileRefused("many")
            connection.execute(insert(case_files).values(row))

    def of(self, case_id: str) -> Sequence[CaseFile]:
        """The attachments of a case, the oldest first."""
        query = select(case_files).where(_F.case_id == case_id).order_by(_F.added_at, _F.id)
        with self._database.reading() as connection:
            return [self._read(row) for row in connection.execute(query)]

    def opened(self, case_id: str, file_id: str) -> tuple[CaseFile, bytes] | None:
        """An attachment of this case with its content, or None when there is none such or it cannot be read."""
        if not ID_FORM.fullmatch(file_id):
            return None
        with self._database.reading() as connection:
            row = connection.execute(select(case_files).where(_F.id == file_id, _F.case_id == case_id)).one_or_none()
        if row is None:
            return None
        try:
            content = self._seal.open_bytes(self._path(case_id, file_id).read_bytes())
        except OSError:
            return None
        return (self._read(row), content) if hashlib.sha256(content).hexdigest() == row.sha256 else None

    def remove(self, case_id: str, file_id: str) -> None:
        """Take an attachment away; one that is not there is away already."""
        if not ID_FORM.fullmatch(file_id):
            return
        with self._database.writing() as connection:
            known = connection.execute(delete(case_files).where(_F.id == file_id, _F.case_id == case_id)).rowcount
        if known:
            self._path(case_id, file_id).unlink(missing_ok=True)

    def sweep(self, *, now: datetime) -> int:
        """Remove content that no row knows of, once it is old enough not to be on its way in; how many."""
        before = (now - _ON_ITS_WAY).timestamp()
        lying = [path for path in self._folder.glob("*/*") if path.stat().st_mtime < before]
        with self._database.reading() as connection:
            known = {(row.case_id, row.id) for row in connection.execute(select(_F.case_id, _F.id))}
        unknown = [path for path in lying if (path.parent.name, path.name) not in known]
        for path in unknown:
            path.unlink(missing_ok=True)
        return len(unknown)

    def _checked(self, content: bytes) -> str:
        if not content:
            raise FileRefused("empty")
        if len(content) > self.most_bytes:
            raise FileRefused("size")
        media_type = next((kind for kind, starts in _MAGIC.items() if content.startswith(starts)), None)
        if media_type is None:
            raise FileRefused("type")
        if media_type.startswith("image/") and not _picture(content):
            raise FileRefused("broken")
        return media_type

    def _write(self, kept: CaseFile, content: bytes) -> None:
        path = self._path(kept.case_id, kept.id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(self._seal.seal_bytes(content))
            out.flush()
            os.fsync(out.fileno())

    def _path(self, case_id: str, file_id: str) -> Path:
        return self._folder / case_id / file_id

    def _read(self, row: Row[tuple[str, ...]]) -> CaseFile:
        name = self._seal.open(row.sealed_name)
        scanned = Scanned(row.scanned)
        return CaseFile(row.id, row.case_id, name, row.media_type, row.bytes, scanned, row.added_at)


def _picture(content: bytes) -> bool:
    """Whether the content is a picture through and through."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            sensible = picture.width * picture.height <= _MOST_PIXELS
            picture.verify()
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return False
    return sensible


def _plain(name: str, endings: tuple[str, ...]) -> str:
    """The last part of what a browser called the file, without what has a meaning elsewhere, and with an ending that is
    true of its content.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    stem, dot, ending = _UNSAFE.sub("_", last).strip(" .").rpartition(".")
    true = dot + ending.lower() in endings
    kept = stem if true else f"{stem}{dot}{ending}"
    return f"{kept[:LONGEST_NAME].strip(' .') or 'tep'}{dot + ending if true else endings[0]}"
