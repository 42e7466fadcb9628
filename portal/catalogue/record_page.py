"""The description page of one record."""

from access_policy.terms import CARRIES_MODE, Action, Level
from indexer.index.description import Description
from indexer.index.port import Listed, PageHits, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from portal.addresses import image_address, page_address, record_address
from portal.catalogue import labels
from portal.catalogue.facts import facts_of
from portal.catalogue.hits import page_links
from portal.catalogue.presented import Child, FondsPage, Link, RecordPage, Thumbnail
from portal.citation import cite
from portal.gate import Door
from portal.i18n import page_url
from portal.standing import status, why_closed

CHILDREN = 50
THUMBNAILS = 12
PAGE_HITS = 50
ONLY_FONDS = {"kind": frozenset({Level.FONDS.value})}


def present_record(door: Door, record: Description, words: str, part: int) -> RecordPage:
    """Lay out one record. `words` are those the reader came with, `part` which fifty of what is inside."""
    children = door.index.children(record.id, visibility=door.visibility, offset=(part - 1) * CHILDREN, limit=CHILDREN)
    readable = door.readable_pages(record)
    hits = _page_hits(door, record, words)
    return RecordPage(
        id=record.id,
        kind=labels.kind(record.level),
        title=record.title,
        status=status(record, door.decide(Action.READ, record), permitted=door.permitted(record)),
        trail=_trail(record),
        facts=facts_of(record),
        citation=cite(record),
        permalink=page_url("catalogue.record", record_id=record.id, _external=True),
        children=rows(door, children, first=(part - 1) * CHILDREN + 1),
        children_total=children.total,
        children_previous=_part_url(record, part - 1) if part > 1 else "",
        children_search=page_url("catalogue.search", fonds=record.id) if record.level is Level.FONDS else "",
        children_next=_part_url(record, part + 1) if part * CHILDREN < children.total else "",
        thumbnails=tuple(_thumbnail(record, number) for number in readable[:THUMBNAILS]),
        more_thumbnails=max(0, len(readable) - THUMBNAILS),
        read_url=page_address(record.id, readable[0], words) if readable else "",
        page_count=len(readable),
        words=words,
        page_hits=page_links(record.id, words, hits),
        page_hits_total=hits.total,
        why_closed=why_closed(door.decide(Action.READ, record)),
        request_url=_request_url(door, record),
    )


def present_fonds(door: Door, part: int) -> FondsPage:
    """The fonds of the archive in the order of their codes, fifty at a time."""
    first = (part - 1) * CHILDREN
    search = Search(selections=ONLY_FONDS, sort=Sort.REFERENCE_CODE, offset=first, limit=CHILDREN)
    found = door.index.search(search, visibility=door.visibility)
    return FondsPage(
        fonds=rows(door, Listed(found.total, found.hits), first + 1),
        total=found.total,
        previous_url=page_url("catalogue.fonds_list", phan=part - 1) if part > 1 else "",
        next_url=page_url("catalogue.fonds_list", phan=part + 1) if part * CHILDREN < found.total else "",
    )


def _page_hits(door: Door, record: Description, words: str) -> PageHits:
    found = door.page_hits(parse(words), [record], limit=PAGE_HITS).get(record.id, PageHits())
    return PageHits(found.total, tuple(sorted(found.hits, key=lambda hit: hit.number)))


def _trail(record: Description) -> tuple[Link, ...]:
    above = (Link(a.title, record_address(a.id)) for a in record.ancestors)
    return (Link(record.archive_name, page_url("catalogue.fonds_list")), *above)


def rows(door: Door, listed: Listed, first: int = 1) -> tuple[Child, ...]:
    """Rows of a list of records, each decided again; `first` is the number of the first row."""
    return tuple(
        Child(
            number,
            record.title,
            record_address(record.id),
            record.dates.written,
            status(record, door.decide(Action.READ, record), permitted=door.permitted(record)),
        )
        for number, record in enumerate(door.outward(listed.hits), start=first)
    )


def _request_url(door: Door, record: Description) -> str:
    """Where to ask for it. Fonds and inventories are not asked for as a whole."""
    askable = record.level in CARRIES_MODE and door.decide(Action.REQUEST, record).allowed
    return page_url("requests.add", record=record.id) if askable else ""


def _part_url(record: Description, part: int) -> str:
    return page_url("catalogue.record", record_id=record.id, phan=part if part > 1 else None)


def _thumbnail(record: Description, number: int) -> Thumbnail:
    seen = record.object_with(number) is not None
    image = image_address(record.id, number, "thumb") if seen else ""
    return Thumbnail(number, page_address(record.id, number), image)
