"""The words by which Meilisearch puts in order what a filter has found; they leave nothing out."""

from collections.abc import Iterator
from typing import Any

from indexer.index.meilisearch.documents import ranking_word
from indexer.index.meilisearch.fields import EVERY
from indexer.index.meilisearch.terms import accented_word, number_word
from indexer.index.query import Number, Query, Word
from indexer.text.tokens import fold

MOST_WORDS = 10
"""Words of a question that Meilisearch reads."""


def ranking(query: Query) -> dict[str, Any]:
    """The members of a question that order its answer: numbers first, then the same letters, then the same accents.

    Meilisearch gives up the last words first, so what stands later only prefers among what is found already. Where
    letters and accents do not both have room, the accents alone rank a query that has them.
    """
    exact = list(dict.fromkeys(_wanted(query)))
    if not exact and not query.wanted:
        return {"q": ""}
    front = [EVERY, *(number_word(part.key) for part in query.wanted if isinstance(part, Number))]
    letters = list(dict.fromkeys(ranking_word(fold(word)) for word in exact))
    accents = [accented_word(word) for word in exact] if query.accented else []
    both = [*front, *letters, *accents]
    words = both if len(both) <= MOST_WORDS or not accents else [*front, *accents]
    return {"q": " ".join(words[:MOST_WORDS]), "matchingStrategy": "last"}


def _wanted(query: Query) -> Iterator[str]:
    for part in query.wanted:
        if isinstance(part, Word):
            yield part.exact
        elif not isinstance(part, Number):
            yield from part.words
