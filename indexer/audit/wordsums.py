"""Sums that two dictionaries have in common only when every word stands in as many documents of both.

For each field the numbers that stand for the words of each document are added up; on the other side, for each word of
the dictionary, its number times its documents. The numbers are keyed digests under a key of this run, so that nobody
can choose words whose numbers cancel out; and a sum needs no memory, however many words there are.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from indexer.index.inventory import Part
from indexer.text.tokens import fold, tokens

Field = tuple[Part, str]

WORD_FIELDS: tuple[Field, ...] = (
    *((Part.RECORDS, name) for name in ("exact", "folded", "pairs", "title_exact", "title_folded", "codes")),
    *((Part.PAGES, name) for name in ("exact", "folded")),
)

_REMEMBERED = 1 << 16


@dataclass(frozen=True)
class Worded:
    """Everything of one record that can be searched: title, other values, codes, texts of its pages."""

    title: str = ""
    about: Sequence[str] = ()
    codes: Sequence[str] = ()
    pages: Sequence[str] = ()


class _Numbers(dict[str, int]):
    """The number of each word, or of its bare letters; forgets all when there are too many."""

    def __init__(self, key: bytes, *, folded: bool) -> None:
        super().__init__()
        self._key, self._folded = key, folded
        self.beginnings: set[str] = set()

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        written = fold(word) if self._folded else word
        self.beginnings.add(written[:1])
        number = self[word] = int.from_bytes(blake2b(written.encode(), key=self._key, digest_size=6).digest())
        return number


class WordSums:
    """The sums of the documents taken in, and of the dictionaries that should agree with them."""

    def __init__(self) -> None:
        key = secrets.token_bytes(16)
        self._exact, self._folded = _Numbers(key, folded=False), _Numbers(key, folded=True)
        self.sums: Counter[Field] = Counter()

    def add(self, worded: Worded) -> None:
        """Take in one record with its pages."""
        exact, folded, pairs = self._title(worded.title)
        for value in worded.about:
            self._run(value, exact, folded, pairs)
        for text in worded.pages:
            own_exact: set[int] = set()
            own_folded: set[int] = set()
            self._run(text, own_exact, own_folded, pairs)
            self.sums[Part.PAGES, "exact"] += sum(own_exact)
            self.sums[Part.PAGES, "folded"] += sum(own_folded)
            exact |= own_exact
            folded |= own_folded
        self._record(exact, folded, pairs)
        self.sums[Part.RECORDS, "codes"] += sum(map(self._exact.__getitem__, set(worded.codes)))

    def add_pages(self, texts: Iterable[str]) -> None:
        """Take in pages that belong to no record of the index."""
        for text in texts:
            words = tokens(text)
            self.sums[Part.PAGES, "exact"] += sum(set(map(self._exact.__getitem__, words)))
            self.sums[Part.PAGES, "folded"] += sum(set(map(self._folded.__getitem__, words)))

    def number(self, field: Field, word: str) -> int:
        """What stands for a term of a dictionary."""
        if field[1] == "pairs":
            left, _, right = word.partition(" ")
            return hash((self._exact[left], self._exact[right]))
        return self._exact[word]

    def beginnings(self, field: Field) -> frozenset[str]:
        """The first letters of the terms of a field, as far as they should be there."""
        return frozenset(self._exact.beginnings if field[1].endswith(("exact", "codes")) else self._folded.beginnings)

    def _title(self, title: str) -> tuple[set[int], set[int], set[tuple[int, int]]]:
        exact: set[int] = set()
        folded: set[int] = set()
        pairs: set[tuple[int, int]] = set()
        self._run(title, exact, folded, pairs)
        self.sums[Part.RECORDS, "title_exact"] += sum(exact)
        self.sums[Part.RECORDS, "title_folded"] += sum(folded)
        return exact, folded, pairs

    def _run(self, text: str, exact: set[int], folded: set[int], pairs: set[tuple[int, int]]) -> None:
        words = tokens(text)
        bare = list(map(self._folded.__getitem__, words))
        exact.update(map(self._exact.__getitem__, words))
        folded.update(bare)
        pairs.update(pairwise(bare))

    def _record(self, exact: set[int], folded: set[int], pairs: set[tuple[int, int]]) -> None:
        self.sums[Part.RECORDS, "exact"] += sum(exact)
        self.sums[Part.RECORDS, "folded"] += sum(folded)
        self.sums[Part.RECORDS, "pairs"] += sum(map(hash, pairs))


def words_of(worded: Worded) -> Iterator[tuple[Field, frozenset[str]]]:
    """The same in words: the terms of each field of the record's document, and of each page's."""
    title, pages = _terms([worded.title]), [_terms([text]) for text in worded.pages]
    everything = _terms([worded.title, *worded.about, *worded.pages])
    yield from ((((Part.RECORDS, f"title_{name}"), words) for name, words in title.items() if name != "pairs"))
    yield from (((Part.RECORDS, name), words) for name, words in everything.items())
    yield (Part.RECORDS, "codes"), frozenset(worded.codes)
    for page in pages:
        yield from (((Part.PAGES, name), words) for name, words in page.items() if name != "pairs")


def _terms(values: Iterable[str]) -> dict[str, frozenset[str]]:
    runs = [tokens(value) for value in values]
    bare = [[fold(word) for word in run] for run in runs]
    return {
        "exact": frozenset(word for run in runs for word in run),
        "folded": frozenset(word for run in bare for word in run),
        "pairs": frozenset(" ".join(pair) for run in bare for pair in pairwise(run)),
    }
