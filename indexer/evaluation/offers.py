"""What can be asked for so that one record, and no other, is what was meant."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from indexer.demo_archive.dice import Dice
from indexer.evaluation.corpus import PAGE_BREAK
from indexer.evaluation.dataset import CorpusLine
from indexer.index.query import MAX_PARTS
from indexer.text.numbers import number_keys
from indexer.text.tokens import fold_tokens

RUN = 7
"""Words of a run that is remembered from a page."""

_SHORTEST_TITLE = 4
_RUNS_TRIED = 8
_WORDS_ONLY = re.compile(r"(?:[^\W\d_]| )+")


@dataclass(frozen=True)
class Offer:
    """Words, and the one record in which they stand so."""

    record_id: str
    words: str


@dataclass(frozen=True)
class Offers:
    """Titles, runs of words from pages and document numbers; at most one of each kind from a record."""

    titles: tuple[Offer, ...]
    runs: tuple[Offer, ...]
    numbers: tuple[Offer, ...]


def offers(lines: Callable[[], Iterable[CorpusLine]], *, seed: int) -> Offers:
    """Everything the corpus offers. `lines` is called twice: what is unique shows only once all of it was seen.

    Keeps some runs of words of each record in memory, about a kilobyte a record.
    """
    titles: list[Offer] = []
    numbers: list[Offer] = []
    tried: list[list[Offer]] = []
    for line in lines():
        titles += [Offer(line.id, line.title)] if _typed(line.title) else []
        numbers += [Offer(line.id, line.metadata.number)] if number_keys(line.metadata.number) else []
        tried.append([Offer(line.id, run) for run in _some_runs(Dice(seed, f"runs/{line.id}"), line.text)])
    lone = _lone_runs(lines(), {_folded(run.words) for run in chain.from_iterable(tried)})
    unique = (next((run for run in runs if _folded(run.words) in lone), None) for runs in tried)
    return Offers(
        _unique(titles, lambda title: (_folded(title),)), tuple(filter(None, unique)), _unique(numbers, number_keys)
    )


def _typed(title: str) -> bool:
    """Long enough to say something, and short enough that the search takes all of it."""
    return _SHORTEST_TITLE <= len(fold_tokens(title)) <= MAX_PARTS


def _folded(words: str) -> str:
    return " ".join(fold_tokens(words))


def _unique(found: Sequence[Offer], keys: Callable[[str], Sequence[str]]) -> tuple[Offer, ...]:
    """Those whose first key no other has among its keys."""
    times = Counter(chain.from_iterable(keys(each.words) for each in found))
    return tuple(each for each in found if times[keys(each.words)[0]] == 1)


def _some_runs(dice: Dice, text: str) -> list[str]:
    """A few runs of words that no mark, no figure and no end of a line parts."""
    spans = (span.split() for page in text.split(PAGE_BREAK) for span in _WORDS_ONLY.findall(page))
    runs = [" ".join(words[at : at + RUN]) for words in spans for at in range(len(words) - RUN + 1)]
    return dice.shuffled(runs)[:_RUNS_TRIED]


def _lone_runs(lines: Iterable[CorpusLine], wanted: set[str]) -> set[str]:
    """Those of the wanted runs that stand in one record only, title and pages taken together."""
    times: Counter[str] = Counter()
    for line in lines:
        times.update(wanted.intersection(chain.from_iterable(map(_runs, (line.title, *line.text.split(PAGE_BREAK))))))
    return {run for run, count in times.items() if count == 1}


def _runs(text: str) -> Iterator[str]:
    folded = fold_tokens(text)
    return (" ".join(folded[at : at + RUN]) for at in range(len(folded) - RUN + 1))
