"""From a record and its conditions to what the index may hold of it: a white-list. What is not named stays out."""

from collections.abc import Sequence
from datetime import date

from access_policy.conditions import AccessConditions
from access_policy.disclosure import Disclosure, disclosure_of, page_disclosed
from access_policy.record import DateSpan, Record
from access_policy.terms import AccessStatus, Audience, Known, Level
from indexer.index.description import Ancestor, Description
from indexer.index.document import Documents, PageDocument, RecordDocument
from indexer.index.schema import Access, PagesShown
from indexer.protection import ProtectedPage
from indexer.text.numbers import number_keys
from indexer.text.tokens import fold

MOST_YEARS = 150
"""Years of one record that are counted in the histogram; a longer span is a mistake in the dates or a whole fonds."""


def to_documents(
    record: Record, pages: Sequence[ProtectedPage], conditions: AccessConditions, *, today: date
) -> Documents | None:
    """The documents of one record, or None when not even its being there may be known.

    Record and pages come as `protection` leaves them, without what nobody may read.
    """
    disclosure = disclosure_of(conditions, today=today)
    if disclosure is None:
        return None
    if disclosure.known is not Known.DESCRIPTION:
        return _acknowledged(record, conditions, disclosure), ()
    open_pages = tuple(
        each for each in pages if disclosure.text and page_disclosed(conditions, each.page.number, today=today)
    )
    description = _description(record, conditions, disclosure)
    document = RecordDocument(
        description=description,
        disclosure=disclosure,
        lineage=record.lineage,
        title=record.title,
        about=_about(record),
        codes=_codes(record),
        facets=_facets(description, pages=_pages_shown(description, open_pages), access=_access(conditions, today)),
        years=_years(record.dates),
        parent_id=record.parents[-1].id if record.parents else "",
        date_order=_date_order(record.dates),
        code_order=_code_order(record.reference_code),
        row_key=record.row_key,
        row_version=record.row_version,
    )
    return document, tuple(
        PageDocument(record.id, each.page.number, each.page.text, disclosure, record.lineage, each.boxes)
        for each in open_pages
        if each.page.text
    )


def _acknowledged(record: Record, conditions: AccessConditions, disclosure: Disclosure) -> RecordDocument:
    """That the record is there, where it stands, and why it is closed; no word of what it is about."""
    return RecordDocument(
        description=Description(
            id=record.id,
            level=record.level,
            reference_code=record.reference_code,
            archive_name=record.archive_name,
            title="",
            conditions=conditions,
        ),
        disclosure=disclosure,
        lineage=record.lineage,
        title="",
        about=(),
        codes=(),
        facets={},
        years=(),
        parent_id="",
        date_order=None,
        code_order="",
        row_key=record.row_key,
        row_version=record.row_version,
    )


def _description(record: Record, conditions: AccessConditions, disclosure: Disclosure) -> Description:
    return Description(
        id=record.id,
        level=record.level,
        reference_code=record.reference_code,
        archive_name=record.archive_name,
        title=record.title,
        conditions=conditions,
        ancestors=tuple(Ancestor(p.id, p.level, p.title, p.reference_code) for p in record.parents),
        dates=record.dates,
        creator=record.creator,
        creator_today=record.creator_today,
        document_type=record.document_type,
        number=record.number,
        language=record.language,
        places=record.places,
        scope=record.scope,
        keywords=record.keywords,
        extent=record.extent,
        condition=record.condition,
        retention=record.retention,
        signs=record.signs,
        details=record.details,
        page_count=record.page_count,
        objects=record.objects if disclosure.text else (),
    )


def _about(record: Record) -> tuple[str, ...]:
    places = (name for place in record.places for name in (place.written, place.today))
    details = (value for _, value in record.details)
    described = (record.scope, record.creator, record.creator_today, record.number, record.document_type, record.signs)
    return tuple(value for value in (*described, *record.keywords, *places, *details, record.reference_code) if value)


def _codes(record: Record) -> tuple[str, ...]:
    return number_keys(record.number)


def _facets(description: Description, *, pages: PagesShown, access: Access) -> dict[str, tuple[str, ...]]:
    fonds = next((a.id for a in description.ancestors if a.level is Level.FONDS), description.id)
    values = {
        "access": (access.value,),
        "fonds": (fonds,),
        "kind": (description.level.value,),
        "document_type": (description.document_type,),
        "creator": (description.creator,),
        "place": tuple(place.written for place in description.places),
        "place_today": tuple(place.today for place in description.places),
        "language": (description.language,),
        "has_pages": (pages.value,),
    }
    return {name: tuple(dict.fromkeys(v for v in each if v)) for name, each in values.items()}


def _access(conditions: AccessConditions, today: date) -> Access:
    whole = conditions.for_record()
    status = whole.governing(today).status
    if status is AccessStatus.OPEN:
        return Access.READ_NOW if whole.audience(today) is Audience.EVERYONE else Access.READING_ROOM
    return Access.ON_REQUEST if whole.governing(today).requestable else Access.NOT_OPEN


def _pages_shown(description: Description, open_pages: Sequence[ProtectedPage]) -> PagesShown:
    if any(held.page_count for held in description.objects):
        return PagesShown.IMAGES
    return PagesShown.TEXT if open_pages else PagesShown.NONE


def _years(dates: DateSpan) -> tuple[int, ...]:
    first, last = dates.start or dates.end, dates.end or dates.start
    if first is None or last is None or last.year - first.year >= MOST_YEARS:
        return ()
    return tuple(range(first.year, last.year + 1))


def _date_order(dates: DateSpan) -> int | None:
    day = dates.start or dates.end
    return None if day is None else day.toordinal()


def _code_order(reference_code: str) -> str:
    """Numbers padded, so that file 9 comes before file 10."""
    runs = "".join(letter if letter.isalnum() else " " for letter in fold(reference_code)).split()
    return " ".join(run.zfill(8) if run.isdigit() else run for run in runs)
