"""Sending documents to the two indexes of a generation, a piece at a time."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from meilisearch.models.task import TaskInfo

from indexer.index.document import Documents
from indexer.index.inventory import Part
from indexer.index.meilisearch.documents import Made, documents_of, refused
from indexer.index.meilisearch.fields import KEY
from indexer.index.meilisearch.filters import any_of, without_keys
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.server import Server
from indexer.index.port import Unwritten

PIECE_BYTES = 16_000_000
"""About how much is sent at once; the server takes 100 MB unless told otherwise."""

PARTS = (Part.PAGES, Part.RECORDS)
"""Pages first, since a record says that it has them."""

_ID_FIELDS = {Part.RECORDS: "id", Part.PAGES: "record"}


class Sending:
    """Gathers documents and sends them; the server works on them in the order in which they came."""

    def __init__(self, server: Server, names: Names, generation: str) -> None:
        self._server = server
        self._indexes = {part: names.index(generation, part) for part in PARTS}
        self._lines: dict[Part, list[bytes]] = {part: [] for part in PARTS}
        self._keys: dict[Part, list[str]] = {part: [] for part in PARTS}
        self._ids: list[str] = []
        self._bytes = 0
        self._tasks: list[TaskInfo] = []
        self.unwritten: list[Unwritten] = []

    def take(self, documents: Documents) -> None:
        """Gather one record with its pages; one that the server would refuse is noted instead."""
        record, pages = documents
        self._ids.append(record.description.id)
        reason = refused(record)
        if reason:
            self.unwritten.append(Unwritten(record.description.id, reason))
            return
        made, made_pages = documents_of(record, pages)
        self._gather(Part.RECORDS, made)
        for page in made_pages:
            self._gather(Part.PAGES, page)

    @property
    def full(self) -> bool:
        """Whether a piece has been gathered."""
        return self._bytes >= PIECE_BYTES

    def remove_rest(self, targets: Collection[str]) -> None:
        """Remove whatever there is of the gathered records, and at or below the targets, and was not gathered anew."""
        for part, index in self._indexes.items():
            concerned = [any_of(field, ids) for field, ids in self._concerned(part, targets) if ids]
            if concerned:
                condition = f"({' OR '.join(concerned)}) AND {without_keys(self._keys[part])}"
                self._tasks.append(self._server.delete(index, condition))

    def send(self) -> None:
        """Send what was gathered. Raises IndexUnavailable."""
        for part, index in self._indexes.items():
            self._tasks += (self._server.add(index, piece) for piece in _pieces(self._lines[part]))
            self._lines[part], self._keys[part] = [], []
        self._ids, self._bytes = [], 0

    def settle(self) -> None:
        """Wait until all that was sent can be found. Raises IndexUnavailable."""
        tasks, self._tasks = self._tasks, []
        self._server.settle(*tasks)

    def _gather(self, part: Part, made: Made) -> None:
        line = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
        self._lines[part].append(line)
        self._keys[part].append(made[KEY])
        self._bytes += len(line)

    def _concerned(self, part: Part, targets: Collection[str]) -> Iterable[tuple[str, Collection[str]]]:
        return ("lineage", sorted(targets)), (_ID_FIELDS[part], self._ids)


def _pieces(lines: Sequence[bytes]) -> Iterator[bytes]:
    """The lines together, as many at once as make a piece."""
    piece: list[bytes] = []
    length = 0
    for line in lines:
        piece.append(line)
        length += len(line)
        if length >= PIECE_BYTES:
            yield b"\n".join(piece)
            piece, length = [], 0
    if piece:
        yield b"\n".join(piece)
