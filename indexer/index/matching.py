"""The meaning of a query, said once in plain Python: what every engine has to agree with."""

from indexer.index.analysis import Tokenized
from indexer.index.query import Number, Part, Phrase, Query, Word


def matches(query: Query, text: Tokenized, codes: frozenset[str]) -> bool:
    """True when every wanted part stands in the text (or among the codes) and no excluded part does."""
    return all(part_matches(part, text, codes) for part in query.wanted) and not any(
        part_matches(part, text, codes) for part in query.excluded
    )


def part_matches(part: Part, text: Tokenized, codes: frozenset[str]) -> bool:
    """True when one part stands in one of the values of a text."""
    if isinstance(part, Word):
        return any(_has_run(text.folded, spelling) for spelling in part.spellings)
    if isinstance(part, Phrase):
        runs = text.exact if part.accented else text.folded
        return _has_run(runs, " ".join(part.words if part.accented else part.folded))
    return part.key in codes or _has_run(text.folded, " ".join(_folded(part)))


def _folded(number: Number) -> tuple[str, ...]:
    return Phrase(number.words).folded


def _has_run(runs: tuple[str, ...], wanted: str) -> bool:
    return any(f" {wanted} " in f" {run} " for run in runs)
