"""How text becomes the tokens that every engine indexes, so that none of them decides for itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.index.document import PageDocument, RecordDocument
from indexer.text.tokens import token_runs


@dataclass(frozen=True)
class Tokenized:
    """Some values of one field: each a run of tokens parted by single spaces, with accents and without."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]


def tokenized(values: Iterable[str]) -> Tokenized:
    """The tokens of each value. Phrases never reach from one value into the next."""
    runs = [token_runs(value) for value in values]
    return Tokenized(tuple(exact for exact, _ in runs), tuple(folded for _, folded in runs))


@dataclass(frozen=True)
class Analysed:
    """The searched words of a record: of its title, of everything (title, description, pages), and page by page."""

    title: Tokenized
    everything: Tokenized
    pages: tuple[Tokenized, ...]


def analyse(record: RecordDocument, pages: Sequence[PageDocument]) -> Analysed:
    """The tokens of a record and its pages, each text tokenized once."""
    title = tokenized((record.title,))
    about = tokenized(value for value in record.about if value)
    each_page = tuple(tokenized((page.text,)) for page in pages)
    parts = (title, about, *each_page)
    everything = Tokenized(
        tuple(run for part in parts for run in part.exact), tuple(run for part in parts for run in part.folded)
    )
    return Analysed(title, everything, each_page)
