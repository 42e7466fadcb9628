"""BM25 over token runs, with the usual k1 and b, as the other engines compute it."""

import math
from collections.abc import Callable, Sequence

from indexer.index.analysis import Analysed
from indexer.index.query import Phrase, Query
from indexer.index.ranking import PHRASE, VARIANT, preferences, word_weight

K1, B = 1.2, 0.75

Runs = tuple[str, ...]

FIELDS: dict[str, Callable[[Analysed], Runs]] = {
    "exact": lambda text: text.everything.exact,
    "folded": lambda text: text.everything.folded,
    "pairs": lambda text: text.everything.folded,
    "title_exact": lambda text: text.title.exact,
    "title_folded": lambda text: text.title.folded,
}


class Scorer:
    """Scores records of one generation against each other."""

    def __init__(self, texts: Sequence[Analysed], codes: Sequence[frozenset[str]]) -> None:
        self._texts, self._codes = texts, codes
        self._lengths = {name: [_length(runs(text)) for text in texts] for name, runs in FIELDS.items()}
        self._averages = {name: sum(lengths) / len(lengths) for name, lengths in self._lengths.items() if lengths}
        self._idfs: dict[tuple[str, str], float] = {}

    def score(self, index: int, query: Query) -> float:
        """The score of one record; comparable only within one query and one generation."""
        total = 0.0
        for word in query.words():
            own, *others = word.spellings
            total += word_weight(query) * self._bm25(index, "folded", (own,))
            total += sum(word_weight(query) * VARIANT * self._bm25(index, "folded", (other,)) for other in others)
        for phrase in (part for part in query.wanted if isinstance(part, Phrase)):
            total += PHRASE * self._bm25(index, *_field_and_words(phrase))
        for preference in preferences(query):
            if preference.field == "codes":
                total += preference.weight * (preference.words[0] in self._codes[index])
            elif preference.anywhere:
                each = [self._bm25(index, preference.field, (word,)) for word in preference.words]
                total += preference.weight * sum(each) if all(each) else 0.0
            else:
                total += preference.weight * self._bm25(index, preference.field, preference.words)
        return total

    def _bm25(self, index: int, field: str, words: tuple[str, ...]) -> float:
        frequency = _frequency(FIELDS[field](self._texts[index]), " ".join(words))
        if not frequency:
            return 0.0
        norm = K1 * (1 - B + B * self._lengths[field][index] / self._averages[field])
        return sum(self._idf(field, word) for word in words) * frequency * (K1 + 1) / (frequency + norm)

    def _idf(self, field: str, word: str) -> float:
        if (field, word) not in self._idfs:
            holding = sum(1 for text in self._texts if _frequency(FIELDS[field](text), word))
            self._idfs[field, word] = math.log(1 + (len(self._texts) - holding + 0.5) / (holding + 0.5))
        return self._idfs[field, word]


def _field_and_words(phrase: Phrase) -> tuple[str, tuple[str, ...]]:
    return ("exact", phrase.words) if phrase.accented else ("folded", phrase.folded)


def _length(runs: Runs) -> int:
    return sum(len(run.split()) for run in runs)


def _frequency(runs: Runs, wanted: str) -> int:
    return sum(f" {run} ".replace(" ", "  ").count(f" {wanted.replace(' ', '  ')} ") for run in runs)
