"""An index as it must never be: documents in it that nobody may be shown, so that the filter alone keeps them back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from access_policy.disclosure import Disclosure
from access_policy.overlay import NO_OVERLAY, Overlay, Withholding
from access_policy.reader import ANONYMOUS
from access_policy.record import DateSpan, Place
from access_policy.terms import Audience, Known
from access_policy.visibility import Visibility, visible_to
from indexer.index.document import Documents
from indexer.index.port import IndexReader, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from tests.index.corpus import TODAY, documents, pages, record
from tests.leaks.archive import DAY, ZUMKYRA

ID = "h38.td.01.7"
MARK = "planted"
"""Stands in the lineage of every planted document, so that a question can be asked which of them it would find."""

OPEN = documents(record(1, "Quyết định giao đất"), pages("giao đất"))

EVER = Disclosure(Known.DESCRIPTION, True, Audience.EVERYONE, date.min, date.max)

FORBIDDEN: dict[str, Disclosure] = {
    "for the reading room": replace(EVER, audience=Audience.READING_ROOM),
    "for staff": replace(EVER, audience=Audience.STAFF),
    "from tomorrow": replace(EVER, shown_from=TODAY + DAY),
    "until yesterday": replace(EVER, shown_until=TODAY),
    "only known to be there": replace(EVER, known=Known.EXISTENCE),
}

WITHHELD = {"itself": ID, "its fonds": "h38.td", "its archive": "h38"}

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)


def withholding(target: str) -> Visibility:
    """The filter of anybody while the register withholds a target."""
    return visible_to(reader=ANONYMOUS, today=TODAY, overlay=Overlay(1, (Withholding(target),)))


def planted(disclosure: Disclosure) -> Documents:
    """A record full of words, with a page, that says of itself how far it may be shown."""
    full = record(
        7,
        f"Quyết định giao đất {ZUMKYRA.title}",
        number=ZUMKYRA.number,
        creator=ZUMKYRA.creator,
        document_type=ZUMKYRA.keyword,
        language=ZUMKYRA.keyword,
        places=(Place(ZUMKYRA.place, ZUMKYRA.place),),
        dates=DateSpan(ZUMKYRA.date, ZUMKYRA.date, ""),
        page_count=1,
    )
    made = documents(full, pages(f"giao đất {ZUMKYRA.text}"))
    assert made is not None
    description, own = made
    lineage = (*description.lineage, MARK)
    return (
        replace(description, disclosure=disclosure, lineage=lineage),
        tuple(replace(page, disclosure=disclosure, lineage=lineage, redactions=((1, 2, 3, 4),)) for page in own),
    )


def archive(disclosure: Disclosure) -> Iterator[Documents]:
    """The planted record beside an open one."""
    assert OPEN is not None
    yield OPEN
    yield planted(disclosure)


QUESTIONS: dict[str, Callable[[IndexReader, Visibility], object]] = {
    "search": lambda index, v: [index.search(Search(sort=sort), visibility=v) for sort in Sort],
    "search for a word": lambda index, v: index.search(Search(parse(ZUMKYRA.text)), visibility=v),
    "search for a number": lambda index, v: index.search(Search(parse(ZUMKYRA.number)), visibility=v),
    "search without a word": lambda index, v: index.search(Search(parse("-khác")), visibility=v),
    "facets": lambda index, v: index.search(Search(limit=1), visibility=v).facets,
    "facets with a choice": lambda index, v: index.search(
        Search(selections={"creator": frozenset({"không có"}), "place": frozenset({ZUMKYRA.place})}), visibility=v
    ),
    "years": lambda index, v: index.search(Search(years=(1900, 1910)), visibility=v),
    "page hits": lambda index, v: index.page_hits(parse(ZUMKYRA.text), [ID, "h38.td.01.1"], visibility=v),
    "suggestions": lambda index, v: index.suggest("quyết định giao đất zum", visibility=v),
    "records": lambda index, v: index.records([ID, "h38.td.01.1"], visibility=v),
    "children": lambda index, v: index.children("h38.td", visibility=v),
    "page text": lambda index, v: index.page_text(ID, 1, visibility=v),
    "page redactions": lambda index, v: index.page_redactions(ID, 1, visibility=v),
    "page total": lambda index, v: index.page_total(visibility=v),
}
"""Every way to ask an index but `acknowledged`."""
