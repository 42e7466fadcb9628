"""Everything that can be planted through the port of an index, and the finding that has to name it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from access_policy.conditions import AccessConditions, Ground
from access_policy.disclosure import Disclosure
from access_policy.terms import AccessStatus, Audience, Known
from indexer.audit.finding import Kind, Side
from indexer.index.document import PageDocument, RecordDocument
from tests.audit.index.world import CONDITIONAL, OPEN, PARTLY, STUB, TODAY, Alter, dropped


def of_record(change: Callable[[RecordDocument], RecordDocument]) -> Alter:
    return lambda made: ((change(made[0]), made[1]),)


def of_pages(change: Callable[[tuple[PageDocument, ...]], tuple[PageDocument, ...]]) -> Alter:
    return lambda made: ((made[0], change(made[1])),)


def described(**changes: object) -> Alter:
    return of_record(lambda one: replace(one, description=replace(one.description, **changes)))  # type: ignore[arg-type]


def shown(**changes: object) -> Alter:
    return of_record(lambda one: replace(one, disclosure=replace(one.disclosure, **changes)))  # type: ignore[arg-type]


def first_page(**changes: object) -> Alter:
    return of_pages(lambda own: (replace(own[0], **changes), *own[1:]))  # type: ignore[arg-type]


def faceted(name: str, *values: str) -> Alter:
    return of_record(lambda one: replace(one, facets={**one.facets, name: values}))


def placed(lineage: tuple[str, ...]) -> Alter:
    return of_record(lambda one: replace(one, lineage=lineage))


CLOSED_TOO = AccessConditions((Ground("restricted-list", AccessStatus.CLOSED),))
OPEN_PAGES = AccessConditions((Ground("public-mode", AccessStatus.OPEN, known=Known.DESCRIPTION),))
HIDDEN_BOX = (100, 100, 200, 200)

PLANTED: dict[str, tuple[str, Alter, Side, Kind, tuple[str, str, int]]] = {
    "a record left out": (OPEN, dropped, Side.LATE, Kind.MISSING, ("", OPEN, 0)),
    "a page left out": (OPEN, of_pages(lambda own: own[:1]), Side.LATE, Kind.MISSING_PAGE, ("", OPEN, 2)),
    "a page too many": (
        PARTLY,
        of_pages(lambda own: (*own, replace(own[0], number=2))),
        Side.LEAK,
        Kind.EXTRA_PAGE,
        ("", PARTLY, 2),
    ),
    "a page twice": (
        OPEN,
        of_pages(lambda own: (*own, own[0])),
        Side.LEAK,
        Kind.EXTRA_PAGE,
        ("", OPEN, 1),
    ),
    "a record twice": (OPEN, lambda made: (made, (made[0], ())), Side.LEAK, Kind.EXTRA, ("", OPEN, 0)),
    "a title that says more": (
        OPEN,
        described(title="Quyết định giao đất cho ông Lê Lý"),
        Side.LEAK,
        Kind.STALE,
        ("title", OPEN, 0),
    ),
    "a title that says less": (OPEN, described(title="Quyết định"), Side.LATE, Kind.STALE, ("title", OPEN, 0)),
    "a title in a stub": (STUB, described(title="biết có"), Side.LEAK, Kind.STALE, ("title", STUB, 0)),
    "conditions that allow more": (
        PARTLY,
        described(conditions=OPEN_PAGES),
        Side.LEAK,
        Kind.STALE,
        ("conditions", PARTLY, 0),
    ),
    "conditions that allow less": (
        OPEN,
        described(conditions=CLOSED_TOO),
        Side.LATE,
        Kind.STALE,
        ("conditions", OPEN, 0),
    ),
    "another order": (
        OPEN,
        of_record(lambda one: replace(one, date_order=700_000)),
        Side.LATE,
        Kind.STALE,
        ("date_order", OPEN, 0),
    ),
    "another parent": (
        OPEN,
        of_record(lambda one: replace(one, parent_id="h38.other")),
        Side.LATE,
        Kind.STALE,
        ("parent_id", OPEN, 0),
    ),
    "a text that says more": (
        OPEN,
        first_page(text="Điều 1. Giao đất cho 41 hộ gia đình ông Lý"),
        Side.LEAK,
        Kind.TEXT,
        ("text", OPEN, 1),
    ),
    "a text that says less": (OPEN, first_page(text="Điều 1. Giao đất"), Side.LATE, Kind.TEXT, ("text", OPEN, 1)),
    "a box too many": (
        OPEN,
        first_page(redactions=(HIDDEN_BOX,)),
        Side.LATE,
        Kind.STALE,
        ("redactions", OPEN, 1),
    ),
    "shown too long": (
        OPEN,
        shown(shown_until=date.max),
        Side.LEAK,
        Kind.SHOWN,
        ("shown_until", OPEN, 0),
    ),
    "shown not long enough": (
        PARTLY,
        shown(shown_until=TODAY + timedelta(days=3)),
        Side.LATE,
        Kind.SHOWN,
        ("shown_until", PARTLY, 0),
    ),
    "a stub that is found": (STUB, shown(known=Known.DESCRIPTION), Side.LEAK, Kind.SHOWN, ("known", STUB, 0)),
    "shown to others": (
        OPEN,
        shown(audience=Audience.STAFF),
        Side.LEAK,
        Kind.SHOWN,
        ("audience", OPEN, 0),
    ),
    "a description that is not found": (
        OPEN,
        shown(known=Known.EXISTENCE),
        Side.LATE,
        Kind.SHOWN,
        ("known", OPEN, 0),
    ),
    "a page shown too long": (
        OPEN,
        first_page(disclosure=Disclosure(Known.DESCRIPTION, True, Audience.EVERYONE, date.min, date.max)),
        Side.LEAK,
        Kind.SHOWN,
        ("shown_until", OPEN, 1),
    ),
    "a record that nothing above it withholds": (
        OPEN,
        placed((OPEN,)),
        Side.LEAK,
        Kind.LINEAGE,
        ("lineage", OPEN, 0),
    ),
    "a page that nothing withholds": (
        OPEN,
        first_page(lineage=("h38",)),
        Side.LEAK,
        Kind.LINEAGE,
        ("lineage", OPEN, 0),
    ),
    "a facet value too many": (
        OPEN,
        faceted("creator", "Ty Điền địa", "Ty Công an"),
        Side.LEAK,
        Kind.FACET,
        ("creator", OPEN, 0),
    ),
    "a record that counts as less open": (
        OPEN,
        faceted("access", "conditional"),
        Side.LATE,
        Kind.FACET,
        ("access", OPEN, 0),
    ),
    "a record that counts as more open": (
        CONDITIONAL,
        faceted("access", "open"),
        Side.LEAK,
        Kind.FACET,
        ("access", CONDITIONAL, 0),
    ),
    "a facet value too few": (OPEN, faceted("place"), Side.LATE, Kind.FACET, ("place", OPEN, 0)),
    "a year too many": (
        OPEN,
        of_record(lambda one: replace(one, years=(*one.years, 1999))),
        Side.LEAK,
        Kind.FACET,
        ("years", OPEN, 0),
    ),
    "a word too many": (
        OPEN,
        of_record(lambda one: replace(one, about=(*one.about, "Lê Lý"))),
        Side.LEAK,
        Kind.TERM,
        ("folded", OPEN, 0),
    ),
    "a word of the title too many": (
        OPEN,
        of_record(lambda one: replace(one, title=f"{one.title} Lý")),
        Side.LEAK,
        Kind.TERM,
        ("title_folded", OPEN, 0),
    ),
    "words of a stub": (
        STUB,
        of_record(lambda one: replace(one, about=("đơn xin ly hôn",))),
        Side.LEAK,
        Kind.TERM,
        ("folded", STUB, 0),
    ),
    "a word too few": (
        OPEN,
        of_record(lambda one: replace(one, about=one.about[1:])),
        Side.LATE,
        Kind.TERM,
        ("folded", OPEN, 0),
    ),
    "a code too many": (
        OPEN,
        of_record(lambda one: replace(one, codes=(*one.codes, "99/qd"))),
        Side.LEAK,
        Kind.TERM,
        ("codes", OPEN, 0),
    ),
}
