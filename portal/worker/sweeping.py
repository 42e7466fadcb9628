"""Removing what readers attached to cases that are no more: the folder outlived a draft that was given up."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from portal.clock import Now
from portal.requests.files import CaseFiles
from portal.store.database import Database
from portal.store.tables import cases
from portal.worker.job import Going, Job

EVERY = timedelta(hours=1)

LEFT_ALONE = timedelta(hours=1)
"""What was changed so lately may belong to a request that is just being made."""

AT_ONCE = 500

_CASE = re.compile(r"[0-9a-f]{32}")


def job(database: Database, folder: Path, *, now: Now) -> Job:
    """`folder` is where attachments lie, one folder for each case; nothing else in it is touched."""

    def run(going: Going) -> int:
        removed = 0
        for orphan in _orphans(database, folder, before=now() - LEFT_ALONE):
            if not going():
                break
            shutil.rmtree(orphan)
            removed += 1
        return removed

    return Job("attachments", run, EVERY)


def papers_job(files: CaseFiles, *, now: Now) -> Job:
    """Single papers in the folder of a case that is still there: of a reader who has gone, or half kept."""
    return Job("papers", lambda _going: files.sweep(now=now()), EVERY)


def _orphans(database: Database, folder: Path, *, before: datetime) -> Iterator[Path]:
    """Folders of cases that the store does not know. What is asked of the store comes after the folder was seen, so a
    case that is new by now is known.
    """
    seen = sorted(each.name for each in folder.iterdir() if _is_left(each, before)) if folder.is_dir() else []
    for start in range(0, len(seen), AT_ONCE):
        names = seen[start : start + AT_ONCE]
        known = _known(database, names)
        yield from (folder / name for name in names if name not in known)


def _is_left(path: Path, before: datetime) -> bool:
    if not _CASE.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    return path.stat().st_mtime < before.timestamp()


def _known(database: Database, case_ids: Sequence[str]) -> set[str]:
    with database.reading() as connection:
        return set(connection.execute(select(cases.c.id).where(cases.c.id.in_(case_ids))).scalars())
