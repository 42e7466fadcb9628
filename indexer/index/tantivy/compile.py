"""From the engine-neutral query, filter and choices to Tantivy queries."""

from collections.abc import Sequence
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.port import Search
from indexer.index.query import Part, Phrase, Word
from indexer.index.query import Query as TypedQuery
from indexer.index.ranking import PHRASE, VARIANT, Preference, preferences, word_weight
from indexer.index.schema import circle
from indexer.index.suggesting import SuggestionWords

Clause = tuple[Occur, Query]

MOST_TERMS_APART = 20
"""Above this a set of terms is looked up at once, at the price of a pass over all documents."""


def access_clauses(schema: tantivy.Schema, visibility: Visibility, known: Known = Known.DESCRIPTION) -> list[Clause]:
    """The access filter, but for what is withheld (see `withholding`). Without an audience it matches nothing."""
    if not visibility.audiences:
        return [(Occur.Must, Query.empty_query())]
    today = visibility.today.toordinal()
    audiences = sorted(circle(audience, known) for audience in visibility.audiences)
    return [
        any_of(schema, "audience", audiences),
        _filter(_between(schema, "shown_from", date.min.toordinal(), today)),
        _filter(_between(schema, "shown_until", today + 1, date.max.toordinal())),
    ]


def match_clauses(schema: tantivy.Schema, query: TypedQuery, *, codes: bool) -> list[Clause]:
    """What a document must hold, and must not. `codes`: whether document numbers may match the field of codes."""
    wanted = [(Occur.Must, _wanted(schema, part, query, codes)) for part in query.wanted]
    excluded = [(Occur.MustNot, _matching(schema, part, codes)) for part in query.excluded]
    return wanted + excluded


def preferring(schema: tantivy.Schema, wanted: Query, query: TypedQuery, fields: frozenset[str]) -> Query:
    """The wanted documents, lifted by every preference the index has a field for.

    One preference at a time around the last: only matches are scored then, where a flat list of optional clauses
    makes Tantivy score every document that fits any of them.
    """
    for preference in preferences(query):
        if preference.field in fields:
            optional = (Occur.Should, _preference(schema, preference))
            wanted = Query.boolean_query([(Occur.Must, wanted), optional])
    return wanted


def choice_clauses(schema: tantivy.Schema, search: Search, *, but: str = "") -> list[Clause]:
    """The chosen facet values and years, except those of one facet (whose counts ignore its own choice)."""
    clauses = [
        any_of(schema, f"facet_{name}", sorted(values))
        for name, values in sorted(search.selections.items())
        if values and name != but
    ]
    if search.years is not None and but != "years":
        clauses.append(_filter(_between(schema, "years", *search.years)))
    return clauses


def suggestion_clauses(schema: tantivy.Schema, words: SuggestionWords) -> list[Clause]:
    """Titles with every finished word and one that begins like the last. The words are letters and digits only."""
    finished = [(Occur.Must, Query.term_query(schema, "title_folded", word)) for word in words.finished]
    return [*finished, _filter(Query.regex_query(schema, "title_folded", f"{words.beginning}.*"))]


def all_of(clauses: Sequence[Clause]) -> Query:
    """Every clause together. There is always one: the access filter."""
    return Query.boolean_query(clauses)


def any_of(schema: tantivy.Schema, field: str, values: Sequence[str]) -> Clause:
    """A filter on one keyword field: any of the values. A few terms cost less apart than as a set."""
    if len(values) > MOST_TERMS_APART:
        return _filter(Query.term_set_query(schema, field, values))
    terms = [(Occur.Should, Query.term_query(schema, field, value)) for value in values]
    return _filter(terms[0][1] if len(terms) == 1 else Query.boolean_query(terms))


def required(query: Query) -> Clause:
    """A query that has to match, and that scores."""
    return (Occur.Must, query)


def exactly(schema: tantivy.Schema, field: str, number: int) -> Clause:
    """A filter on one number field."""
    return _filter(Query.term_query(schema, field, number))


def _filter(query: Query) -> Clause:
    return (Occur.Must, Query.const_score_query(query, 0.0))


def _between(schema: tantivy.Schema, field: str, first: int, last: int) -> Query:
    return Query.range_query(schema, field, FieldType.Unsigned, first, last)


def _wanted(schema: tantivy.Schema, part: Part, query: TypedQuery, codes: bool) -> Query:
    if isinstance(part, Word):
        return _spellings(schema, part, word_weight(query))
    if isinstance(part, Phrase):
        return Query.boost_query(_matching(schema, part, codes), PHRASE)
    return Query.const_score_query(_matching(schema, part, codes), 0.0)


def _spellings(schema: tantivy.Schema, word: Word, weight: float) -> Query:
    own, *others = word.spellings
    best = Query.boost_query(Query.term_query(schema, "folded", own), weight)
    if not others:
        return best
    rest = [Query.boost_query(Query.term_query(schema, "folded", other), weight * VARIANT) for other in others]
    return Query.boolean_query([(Occur.Should, query) for query in (best, *rest)])


def _matching(schema: tantivy.Schema, part: Part, codes: bool) -> Query:
    if isinstance(part, Word):
        return _spellings(schema, part, 1.0)
    if isinstance(part, Phrase):
        return _run(schema, "exact" if part.accented else "folded", part.words if part.accented else part.folded)
    in_text = _run(schema, "folded", Phrase(part.words).folded)
    if not codes:
        return in_text
    return Query.boolean_query([(Occur.Should, in_text), (Occur.Should, Query.term_query(schema, "codes", part.key))])


def _preference(schema: tantivy.Schema, preference: Preference) -> Query:
    if preference.field == "codes":
        return Query.const_score_query(Query.term_query(schema, "codes", preference.words[0]), preference.weight)
    if preference.anywhere:
        words = [(Occur.Must, Query.term_query(schema, preference.field, word)) for word in preference.words]
        return Query.boost_query(Query.boolean_query(words), preference.weight)
    return Query.boost_query(_run(schema, preference.field, preference.words), preference.weight)


def _run(schema: tantivy.Schema, field: str, words: Sequence[str]) -> Query:
    if len(words) == 1:
        return Query.term_query(schema, field, words[0])
    return Query.phrase_query(schema, field, list(words))
