"""Documents of a corpus as records of an archive: open to everybody, with pages as long as real ones."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from access_policy.record import Page, Parent, Record
from access_policy.rules import conditions_of
from access_policy.terms import Level
from indexer.documents import to_documents
from indexer.evaluation.dataset import CorpusLine, Dataset
from indexer.index.document import Documents
from indexer.protection import protected_page, protected_record
from indexer.text.repair import repair

SYLLABLES_A_PAGE = 350
"""About what stands on a typed page; words between spaces, which in Vietnamese are syllables."""

PAGE_BREAK = "\f"

_ARCHIVE = "corpus"
_FONDS = Parent(f"{_ARCHIVE}.fonds", Level.FONDS, "", "")
_WORD = re.compile(r"\S+")


def into_pages(text: str) -> tuple[Page, ...]:
    """The text as pages numbered from 1: parted at its form feeds or, without any, after so many syllables."""
    parts = text.split(PAGE_BREAK) if PAGE_BREAK in text else list(_cut(text))
    return tuple(Page(number, repair(part)) for number, part in enumerate(parts, start=1) if part.strip())


def _cut(text: str) -> Iterator[str]:
    starts = [word.start() for word in _WORD.finditer(text)][::SYLLABLES_A_PAGE]
    for start, end in pairwise((*starts, len(text))):
        yield text[start:end]


def record_id(ordinal: int) -> str:
    """The id of the document that is so far down the corpus (from 0); its own id might not suit every engine."""
    return f"{_ARCHIVE}.{ordinal}"


def ordinal_of(record: str) -> int:
    """The inverse of `record_id`."""
    return int(record.removeprefix(f"{_ARCHIVE}."))


def as_record(ordinal: int, line: CorpusLine) -> Record:
    """The record of one document. What is said about it goes where keywords do, and is searched as they are."""
    return Record(
        id=record_id(ordinal),
        level=Level.ITEM,
        reference_code="",
        archive_code=_ARCHIVE,
        archive_name="",
        title=repair(line.title).strip(),
        mode="01",
        parents=(_FONDS,),
        number=line.metadata.number,
        keywords=tuple(map(repair, line.metadata.about)),
    )


def corpus_documents(dataset: Dataset, *, today: date) -> Iterator[Documents]:
    """What the index holds of each document: as in production, but nothing is kept out for what stands on it."""
    for ordinal, line in enumerate(dataset.lines()):
        record = as_record(ordinal, line)
        pages = [protected_page(page, (), today=today) for page in into_pages(line.text)]
        made = to_documents(protected_record(record, today=today), pages, conditions_of(record, ()), today=today)
        assert made is not None, "a record with a public mode and no restriction is open"
        yield made
