"""Marked stretches of plain text as safe HTML."""

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

from indexer.index.highlight import Snippet, marks
from indexer.index.query import Query


def marked(text: str, places: Iterable[tuple[int, int]]) -> Markup:
    """The text escaped, with <mark> around each (start, end). Nothing else in it is HTML."""
    parts, last = [], 0
    for start, end in places:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return Markup("".join([*parts, escape(text[last:])]))  # noqa: S704 - every piece of text was escaped just above


def marked_snippet(snippet: Snippet) -> Markup:
    """A snippet with its marks, and an ellipsis where it was cut."""
    before, after = "…" if snippet.cut_before else "", "…" if snippet.cut_after else ""
    return before + marked(snippet.text, snippet.marks) + after


def marked_text(text: str, query: Query) -> Markup:
    """A whole text with the words of a query marked."""
    return marked(text, marks(text, query))
