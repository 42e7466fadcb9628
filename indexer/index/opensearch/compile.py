"""From the engine-neutral query, filter and choices to bodies of OpenSearch requests."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.port import Search
from indexer.index.query import Part, Phrase, Query, Word
from indexer.index.ranking import PHRASE, VARIANT, Preference, preferences, word_weight
from indexer.index.schema import FACETS, MAX_FACET_VALUES, Sort, circle
from indexer.index.suggesting import SuggestionWords

Clause = dict[str, Any]

MOST_TERMS = 50_000
"""Ids in one clause; the cluster refuses more than 65,536."""

RECORD_PREFERENCES = frozenset({"exact", "folded", "pairs", "title_exact", "title_folded", "codes"})
PAGE_PREFERENCES = frozenset({"exact", "folded"})

_FIELDS = {"pairs": "folded.pairs"}

ORDERS: dict[Sort, list[Clause]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"id": "asc"}],
    Sort.OLDEST: [{"date_order": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
    Sort.NEWEST: [{"date_order": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.REFERENCE_CODE: [{"code_order": "asc"}, {"id": "asc"}],
}
"""Every order ends with the id, so that no two records tie and paging never repeats or skips one."""


def access_clauses(visibility: Visibility, known: Known = Known.DESCRIPTION) -> list[Clause]:
    """The access filter. Without an audience it matches nothing."""
    if not visibility.audiences:
        return [{"match_none": {}}]
    today = visibility.today.toordinal()
    return [
        any_of("audience", sorted(circle(audience, known) for audience in visibility.audiences)),
        {"range": {"shown_from": {"lte": today}}},
        {"range": {"shown_until": {"gt": today}}},
        *_none_of_lineage(visibility.withheld),
    ]


@lru_cache(maxsize=4)
def _none_of_lineage(withheld: frozenset[str]) -> tuple[Clause, ...]:
    """Made once for each state of the register: thousands of ids may be withheld until the index has caught up."""
    ids = sorted(withheld)
    parts = [ids[at : at + MOST_TERMS] for at in range(0, len(ids), MOST_TERMS)]
    return tuple({"bool": {"must_not": [any_of("lineage", part)]}} for part in parts)


def any_of(field: str, values: Sequence[str]) -> Clause:
    """A filter on one keyword field: any of the values."""
    return {"terms": {field: list(values)}}


def all_of(filters: Sequence[Clause], wanted: Sequence[Clause] = (), **others: Sequence[Clause]) -> Clause:
    """What passes every filter and is wanted; `should` and `must_not` may stand beside. Filters never score."""
    kinds = {"filter": filters, "must": wanted, **others}
    return {"bool": {kind: list(clauses) for kind, clauses in kinds.items() if clauses}}


def matching(filters: Sequence[Clause], query: Query, fields: frozenset[str]) -> Clause:
    """What passes the filters and holds what the query wants, lifted by every preference the index has a field for.

    Document numbers may match the field of codes where the index has one.
    """
    codes = "codes" in fields
    return all_of(
        filters,
        [_wanted(part, query, codes) for part in query.wanted],
        must_not=[_matching(part, codes) for part in query.excluded],
        should=[_preference(each) for each in preferences(query) if each.field in fields],
    )


def choice_clauses(search: Search, *, but: str = "") -> list[Clause]:
    """The chosen facet values and years, except those of one facet (whose counts ignore its own choice)."""
    clauses = [
        any_of(f"facet_{name}", sorted(values))
        for name, values in sorted(search.selections.items())
        if values and name != but
    ]
    if search.years is not None and but != "years":
        first, last = search.years
        clauses.append({"range": {"years": {"gte": first, "lte": last}}})
    return clauses


def facet_counts(search: Search) -> Clause:
    """Every facet counted without its own choice: those without one together, one group more for each with."""
    chosen = [name for name, values in search.selections.items() if values and name in FACETS]
    chosen += ["years"] if search.years is not None else []
    free = [name for name in (*FACETS, "years") if name not in chosen]
    groups = [("free", free, ""), *((name, [name], name) for name in chosen)]
    return {
        group: {
            "filter": all_of(choice_clauses(search, but=but)) if choice_clauses(search, but=but) else {"match_all": {}},
            "aggs": {name: _terms(name) for name in names},
        }
        for group, names, but in groups
    }


def suggestion_clauses(words: SuggestionWords) -> list[Clause]:
    """Titles with every finished word and one that begins like the last."""
    finished = [_term("title_folded", word) for word in words.finished]
    return [*finished, {"constant_score": {"filter": {"prefix": {"title_folded": words.beginning}}, "boost": 0}}]


def _terms(name: str) -> Clause:
    field = "years" if name == "years" else f"facet_{name}"
    return {"terms": {"field": field, "size": MAX_FACET_VALUES}}


def _wanted(part: Part, query: Query, codes: bool) -> Clause:
    if isinstance(part, Word):
        return _spellings(part, word_weight(query))
    if isinstance(part, Phrase):
        return _boosted(_matching(part, codes), PHRASE)
    return {"constant_score": {"filter": _matching(part, codes), "boost": 0}}


def _spellings(word: Word, weight: float) -> Clause:
    own, *others = word.spellings
    best = _term("folded", own, weight)
    if not others:
        return best
    return _any([best, *(_term("folded", other, weight * VARIANT) for other in others)])


def _matching(part: Part, codes: bool) -> Clause:
    if isinstance(part, Word):
        return _spellings(part, 1.0)
    if isinstance(part, Phrase):
        return _run("exact", part.words) if part.accented else _run("folded", part.folded)
    in_text = _run("folded", Phrase(part.words).folded)
    return _any([in_text, _term("codes", part.key)]) if codes else in_text


def _preference(preference: Preference) -> Clause:
    field = _FIELDS.get(preference.field, preference.field)
    if preference.field == "codes":
        code = any_of("codes", preference.words[:1])
        return {"constant_score": {"filter": code, "boost": preference.weight}}
    if preference.field == "pairs":
        return _term(field, preference.words[0], preference.weight)
    if preference.anywhere:
        return _boosted(all_of((), [_term(field, word) for word in preference.words]), preference.weight)
    return _boosted(_run(field, preference.words), preference.weight)


def _run(field: str, words: Sequence[str]) -> Clause:
    if len(words) == 1:
        return _term(field, words[0])
    return {"match_phrase": {field: {"query": " ".join(words)}}}


def _any(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _term(field: str, word: str, boost: float = 1.0) -> Clause:
    return {"term": {field: {"value": word, "boost": boost}}}


def _boosted(clause: Clause, boost: float) -> Clause:
    """The clause itself with a boost; each of ours has one kind, which takes one."""
    (kind, body), *_ = clause.items()
    if kind == "bool":
        return {"bool": {**body, "boost": boost}}
    (field, settings), *_ = body.items()
    return {kind: {field: {**settings, "boost": settings.get("boost", 1.0) * boost}}}
