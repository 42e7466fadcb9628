"""What was written, asked back: a sample of the records of a new generation, whatever the engine made of them.

Totals tell whether a record is missing; only reading tells whether what is there is what was written. A checksum over
all of it would have to read all of it again, which is what `archive-indexer reconcile` is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.audit.sampling import Sample
from indexer.index.description import Description, to_json
from indexer.index.document import Documents
from indexer.index.port import IndexReader

SAMPLED = 300
"""Records that are asked back."""


@dataclass(frozen=True)
class _Written:
    """The digests of a record's description and of the texts of its pages."""

    record_id: str
    description: bytes
    pages: tuple[tuple[int, bytes], ...]


class ReadBack:
    """Takes note of a sample of what is written. Memory stays flat."""

    def __init__(self, seed: str) -> None:
        self._sample: Sample[_Written] = Sample(SAMPLED, seed, name=lambda written: written.record_id)

    def note(self, documents: Documents) -> None:
        """Something is being written."""
        record, pages = documents
        if record.disclosure.known is Known.DESCRIPTION:
            texts = tuple((page.number, _digest(page.text.encode())) for page in pages)
            self._sample.add(_Written(record.description.id, _described(record.description), texts))

    def differing(self, reader: IndexReader, *, visibility: Visibility) -> Iterator[str]:
        """The ids of the sample of which a generation says something else than was written."""
        sample = self._sample.drawn()
        found = reader.records([written.record_id for written in sample], visibility=visibility)
        for written in sample:
            shown = found.get(written.record_id)
            if shown is None or _described(shown) != written.description or not _same(written, reader, visibility):
                yield written.record_id


def _same(written: _Written, reader: IndexReader, visibility: Visibility) -> bool:
    texts = (
        (reader.page_text(written.record_id, number, visibility=visibility), digest) for number, digest in written.pages
    )
    return all(text is not None and _digest(text.encode()) == digest for text, digest in texts)


def _described(description: Description) -> bytes:
    return _digest(to_json(description))


def _digest(value: bytes) -> bytes:
    return blake2b(value, digest_size=16).digest()
