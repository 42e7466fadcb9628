"""One of everything an audit can find, planted in an index and named."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access_policy.conditions import AccessConditions
from access_policy.overlay import Overlay, Withholding
from access_policy.record import Page
from access_policy.register.restrictions import Restrictions
from indexer.audit.finding import Kind, Side
from indexer.index.document import Documents
from indexer.index.port import Generations
from indexer.sources.port import SourceRecord
from tests.audit.index.planted import PLANTED, of_pages
from tests.audit.index.world import (
    LISTED,
    OPEN,
    RESTRICTIONS,
    ROWS,
    SECRET,
    TODAY,
    WITHDRAWN,
    Archive,
    audited,
    forbidden,
    held,
    only,
    told,
)
from tests.index.corpus import documents, pages, record

LATER = TODAY + timedelta(days=60)
CLOSING = replace(RESTRICTIONS[LISTED][0], since=TODAY + timedelta(days=30))
ARCHIVE = Archive(restrictions=Restrictions({**RESTRICTIONS, OPEN: (CLOSING,)}))
"""The open record closes in a month, so that showing it for longer is too long."""


def test_an_index_that_holds_what_it_may_is_clean(generations: Generations) -> None:
    held(generations, ARCHIVE)
    done = audited(generations, ARCHIVE)
    assert not done.findings.counts
    assert (done.compared.records, done.compared.pages, done.compared.kept_out) == (5, 4, 2)


@pytest.mark.parametrize("planted", PLANTED)
def test_what_was_planted_is_named(planted: str, generations: Generations) -> None:
    record_id, alter, side, kind, expected = PLANTED[planted]
    held(generations, ARCHIVE, only(record_id, alter))
    done = audited(generations, ARCHIVE)
    assert expected in told(done, side, kind)
    assert bool(done.leaks) is (side is Side.LEAK)


def test_a_record_that_may_not_be_there_is_named_with_its_pages(generations: Generations) -> None:
    held(generations, ARCHIVE, besides=[forbidden(ARCHIVE, SECRET), forbidden(ARCHIVE, LISTED)])
    done = audited(generations, ARCHIVE)
    assert told(done, Side.LEAK, Kind.EXTRA) == {("", SECRET, 0), ("", LISTED, 0)}
    assert told(done, Side.LEAK, Kind.EXTRA_PAGE) == {("", SECRET, 1), ("", LISTED, 1)}
    assert not told(done, Side.LEAK, Kind.TERM), "its words are explained by its being there"


def test_an_orphan_is_found_by_the_totals_and_named(generations: Generations) -> None:
    orphan = documents(record(99, "Đã xóa"), pages("chữ"))
    assert orphan is not None
    held(generations, ARCHIVE, besides=[orphan])
    done = audited(generations, ARCHIVE)
    assert told(done, Side.LEAK, Kind.EXTRA) == {("", "h38.td.01.99", 0)}
    assert told(done, Side.LEAK, Kind.EXTRA_PAGE) == {("", "h38.td.01.99", 1)}


def test_what_the_register_closed_since_is_pending_while_the_overlay_keeps_it_back(generations: Generations) -> None:
    held(generations, ARCHIVE)
    closed = Archive(
        restrictions=Restrictions({**RESTRICTIONS, OPEN: (WITHDRAWN,)}, revision=1),
        overlay=Overlay(1, (Withholding(OPEN),)),
    )
    done = audited(generations, closed)
    assert not done.leaks
    assert told(done, Side.PENDING, Kind.EXTRA) == {("", OPEN, 0)}
    assert told(done, Side.PENDING, Kind.EXTRA_PAGE) == {("", OPEN, 1), ("", OPEN, 2)}
    assert OPEN in done.asked.hidden
    without_overlay = replace(closed, overlay=Overlay(1))
    assert told(audited(generations, without_overlay), Side.LEAK, Kind.EXTRA) == {("", OPEN, 0)}


def test_what_is_withheld_but_cannot_be_is_a_leak(generations: Generations) -> None:
    held(generations, ARCHIVE, only(OPEN, lambda made: ((replace(made[0], lineage=("h38",)), made[1]),)))
    withheld = replace(ARCHIVE, overlay=Overlay(1, (Withholding(OPEN),)))
    assert told(audited(generations, withheld), Side.LEAK, Kind.LINEAGE) == {("lineage", OPEN, 0)}


def test_what_has_closed_by_its_date_is_pending_until_the_index_is_brought_up_to_date(generations: Generations) -> None:
    held(generations, ARCHIVE)
    later = replace(ARCHIVE, today=TODAY + timedelta(days=40))
    done = audited(generations, later)
    assert not done.leaks
    assert told(done, Side.PENDING, Kind.EXTRA) == {("", OPEN, 0)}


def test_what_has_opened_since_is_late(generations: Generations) -> None:
    opening = replace(RESTRICTIONS[LISTED][0], opens_on=TODAY + timedelta(days=1))
    archive = Archive(restrictions=Restrictions({**RESTRICTIONS, LISTED: (opening,)}))
    held(generations, archive)
    assert not audited(generations, archive).findings.counts
    done = audited(generations, replace(archive, today=TODAY + timedelta(days=1)))
    assert not done.leaks
    assert told(done, Side.LATE, Kind.MISSING) == {("", LISTED, 0)}


def test_a_box_that_is_not_covered_is_a_leak(generations: Generations) -> None:
    masked = Archive(rows=(*ROWS, _with_a_number()))
    held(generations, masked, only("h38.td.01.20", of_pages(lambda own: (replace(own[0], redactions=()),))))
    done = audited(generations, masked)
    assert told(done, Side.LEAK, Kind.STALE) == {("redactions", "h38.td.01.20", 1)}


def _with_a_number() -> SourceRecord:
    words = (("CCCD", (10, 10, 60, 30)), ("049204001234", (70, 10, 200, 30)))
    return SourceRecord(record(20, "Đơn", page_count=1), (Page(1, "CCCD 049204001234", words),))


def test_grounds_say_the_same_in_whatever_order_they_stand(generations: Generations) -> None:
    archive = Archive(restrictions=Restrictions({**RESTRICTIONS, OPEN: (CLOSING, replace(CLOSING, since=LATER))}))

    def turned(made: Documents) -> tuple[Documents]:
        grounds = made[0].description.conditions.grounds
        swapped = replace(made[0].description, conditions=AccessConditions(tuple(reversed(grounds))))
        return ((replace(made[0], description=swapped), made[1]),)

    held(generations, archive, turned)
    assert max(len(made[0].description.conditions.grounds) for made in archive.documents()) == 3
    assert not audited(generations, archive).findings.counts
