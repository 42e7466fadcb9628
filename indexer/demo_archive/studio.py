"""Drawing files of the page store on all processors while the rows are being written."""

import hashlib
import multiprocessing
import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from indexer.demo_archive.row_writer import RowWriter
from indexer.sources.schema import digital_objects

_WAITING = 48


class Drawing(Protocol):
    """Something that can be drawn; must be picklable and give the same bytes every time."""

    def render(self) -> bytes:
        """The whole file."""
        ...


@dataclass(frozen=True)
class Held:
    """The object to be: which record holds it, where it lies, what it is, how many pages it has."""

    record_level: str
    record_id: int
    path: str
    media_type: str
    page_count: int


class Studio:
    """A pool of drawing processes, started with the first drawing; objects get their rows in the order of asking."""

    def __init__(self, root: Path, writer: RowWriter) -> None:
        self._root = root
        self._writer = writer
        self._pool: ProcessPoolExecutor | None = None
        self._pending: deque[tuple[Held, Future[str]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=kind is not None)

    def draw(self, drawing: Drawing, held: Held) -> None:
        """Have a file drawn; waits for earlier ones when too many are under way."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(os.cpu_count(), mp_context=context)
        self._pending.append((held, self._pool.submit(_drawn, drawing, self._root / held.path)))
        if len(self._pending) > _WAITING:
            self._register(*self._pending.popleft())

    def finish(self) -> None:
        """Wait for every drawing and write its row."""
        while self._pending:
            self._register(*self._pending.popleft())

    def _register(self, held: Held, drawn: Future[str]) -> None:
        self._writer.add(
            digital_objects,
            record_level=held.record_level,
            record_id=held.record_id,
            path=held.path,
            media_type=held.media_type,
            sha256=drawn.result(),
            first_page=1,
            page_count=held.page_count,
            row_version=1,
        )


def _drawn(drawing: Drawing, path: Path) -> str:
    """Draw one file to its place; its SHA-256."""
    data = drawing.render()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()
