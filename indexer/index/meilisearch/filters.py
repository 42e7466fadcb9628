"""From the engine-neutral query, filter and choices to Meilisearch filters: strings that must all be true."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.meilisearch.documents import grams
from indexer.index.meilisearch.fields import KEY, RUNS
from indexer.index.meilisearch.terms import term
from indexer.index.port import Search
from indexer.index.query import Number, Part, Phrase, Query, Word
from indexer.index.schema import circle
from indexer.index.suggesting import SuggestionWords

Filters = list[str]

AT_ONCE = 500
"""Withheld ids in one filter: the time to read a filter grows faster than its length."""

Strangers = Mapping[Part, Collection[str]]
"""For parts that filters cannot say fully: the keys of documents that fit the filter and do not hold the part."""


def access_filters(visibility: Visibility, known: Known = Known.DESCRIPTION) -> Filters:
    """The access filter of every question. Without an audience it matches nothing."""
    today = visibility.today.toordinal()
    withheld = sorted(visibility.withheld)
    return [
        any_of("audience", sorted(circle(audience, known) for audience in visibility.audiences)),
        f"shown_from <= {today}",
        f"shown_until > {today}",
        *(f"NOT {any_of('lineage', withheld[at : at + AT_ONCE])}" for at in range(0, len(withheld), AT_ONCE)),
    ]


def match_filters(query: Query, *, codes: bool, strangers: Strangers) -> Filters:
    """What a document must hold, and must not. `codes`: whether document numbers may match the field of codes."""
    wanted = [_holding(part, codes, strangers) for part in query.wanted]
    return [*wanted, *(f"NOT {_holding(part, codes, strangers)}" for part in query.excluded)]


def run_filter(part: Phrase | Number) -> str:
    """The documents that hold a run of words, and perhaps some that hold every three neighbours of it apart."""
    field, words = run_of(part)
    length = min(len(words), len(RUNS))
    held = (is_in(f"{field}{RUNS[length - 1]}", gram) for gram in dict.fromkeys(grams(words, length)))
    return f"({' AND '.join(held)})"


def run_of(part: Phrase | Number) -> tuple[str, Sequence[str]]:
    """The field and the words of a phrase, or of a number where it stands in running text."""
    if isinstance(part, Phrase) and part.accented:
        return "exact", part.words
    return "folded", Phrase(part.words).folded


def choice_filters(search: Search, *, but: str = "") -> Filters:
    """The chosen facet values and years, except those of one facet (whose counts ignore its own choice)."""
    filters = [
        any_of(f"facet_{name}", sorted(values))
        for name, values in sorted(search.selections.items())
        if values and name != but
    ]
    if search.years is not None and but != "years":
        filters.append("years {} TO {}".format(*search.years))
    return filters


def suggestion_filters(words: SuggestionWords) -> Filters:
    """Titles with every finished word and one that begins like the last."""
    finished = [is_in("title_folded", word) for word in words.finished]
    return [*finished, f'title_folded STARTS WITH "{term(words.beginning)}"']


def any_of(field: str, values: Iterable[str]) -> str:
    """Any of the values in a field; none of none."""
    return f"{field} IN [{', '.join(map(_quoted, values))}]"


def is_in(field: str, value: str) -> str:
    """One value in a field."""
    return f"{field} = {_quoted(value)}"


def without_keys(keys: Collection[str]) -> str:
    """Every document but some, by primary key."""
    return f"{KEY} NOT IN [{', '.join(sorted(keys))}]"


def _holding(part: Part, codes: bool, strangers: Strangers) -> str:
    if isinstance(part, Word):
        return any_of("folded", part.spellings)
    held = run_filter(part)
    if strangers.get(part):
        held = f"({held} AND {without_keys(strangers[part])})"
    return f"({is_in('codes', part.key)} OR {held})" if codes and isinstance(part, Number) else held


def _quoted(value: str) -> str:
    return f'"{term(value)}"'
