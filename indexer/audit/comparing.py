"""One record as it may be in the index beside all that the index has of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from indexer.audit.derived import Derived, DerivedPage
from indexer.audit.differences import description_differences, shown_differences, text_side
from indexer.audit.finding import Finding, Kind, Side
from indexer.index.inventory import HeldPage, HeldRecord, Shown
from indexer.text.tokens import fold_prose


def compare(
    derived: Derived, records: Sequence[HeldRecord], pages: Sequence[HeldPage], *, today: date
) -> Iterator[Finding]:
    """Everything in which the documents of a record differ from what may be there of it."""
    found = (*_record(derived, records, today), *_pages(derived, pages, today))
    if not derived.kept_back:
        yield from found
        return
    if reachable(records, pages):
        yield Finding(Side.LEAK, Kind.LINEAGE, "lineage", derived.record_id)
    yield from (replace(finding, side=Side.PENDING) for finding in found)


def forbidden(record_id: str, records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> Iterator[Finding]:
    """Whatever the index has of a record of which nothing may be there."""
    yield from (Finding(_leak(held.shown), Kind.EXTRA, "", record_id) for held in records)
    yield from (Finding(_leak(held.shown), Kind.EXTRA_PAGE, "", record_id, held.number) for held in pages)


def reachable(records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> bool:
    """True when some reader's filter admits one of these documents."""
    return any(held.shown.reachable for held in records) or any(held.shown.reachable for held in pages)


def _record(derived: Derived, records: Sequence[HeldRecord], today: date) -> Iterator[Finding]:
    if not records:
        yield Finding(Side.LATE, Kind.MISSING, "", derived.record_id)
        return
    held, *copies = records
    yield from (Finding(_leak(copy.shown), Kind.EXTRA, "", derived.record_id) for copy in copies)
    for side, name in description_differences(held.description, derived.description, today=today):
        yield Finding(_softened(side, held.shown), Kind.STALE, name, derived.record_id)
    if held.date_order != derived.date_order:
        yield Finding(Side.LATE, Kind.STALE, "date_order", derived.record_id)
    for side, name in shown_differences(held.shown, derived.circle, derived.end_day, today=today):
        yield Finding(_softened(side, held.shown), Kind.SHOWN, name, derived.record_id)


def _pages(derived: Derived, pages: Sequence[HeldPage], today: date) -> Iterator[Finding]:
    expected = {page.number: page for page in derived.pages}
    for held in pages:
        page = expected.pop(held.number, None)
        if page is None:
            yield Finding(_leak(held.shown), Kind.EXTRA_PAGE, "", derived.record_id, held.number)
        else:
            yield from _page(derived.record_id, held, page, today)
    yield from (Finding(Side.LATE, Kind.MISSING_PAGE, "", derived.record_id, number) for number in expected)


def _page(record_id: str, held: HeldPage, page: DerivedPage, today: date) -> Iterator[Finding]:
    differing = []
    for name, ours, true in (("text", held.text, page.text), ("folded_text", held.folded, fold_prose(page.text))):
        if ours != true.encode():
            differing.append((Kind.TEXT, text_side(ours.decode(errors="replace"), true), name))
    if held.redactions != set(page.redactions):
        uncovered = set(page.redactions) - held.redactions
        differing.append((Kind.STALE, Side.LEAK if uncovered else Side.LATE, "redactions"))
    if not held.keyed:
        differing.append((Kind.STALE, Side.LEAK, "record_key"))
    days = shown_differences(held.shown, page.circle, page.end_day, today=today)
    differing += [(Kind.SHOWN, side, name) for side, name in days]
    for kind, side, name in differing:
        yield Finding(_softened(side, held.shown), kind, name, record_id, page.number)


def _leak(shown: Shown) -> Side:
    return _softened(Side.LEAK, shown)


def _softened(side: Side, shown: Shown) -> Side:
    """What no reader can reach is not leaking, only still there."""
    return Side.PENDING if side is Side.LEAK and not shown.reachable else side
