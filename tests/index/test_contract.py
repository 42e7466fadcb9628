"""Every engine answers as the oracle does: hits, totals, every facet count, suggestions, highlights, by id, paging."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, product

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS, NOBODY, Reader
from access_policy.terms import Audience
from access_policy.visibility import Visibility, visible_to
from indexer.index.description import Description
from indexer.index.port import IndexReader, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from tests.index.corpus import TODAY

QUERIES = (
    "",
    "quyết định giao đất",
    "quyet dinh giao dat",
    '"giao đất" xã',
    '"giao dat"',
    "thuy loi -khiếu",
    "-giao",
    'hồ sơ -"tờ trình"',
    "12/QĐ-UB",
    "số 12 qd ub",
    "7/KH-UBND thủy",
    "Nguyễn Huệ",
    "ki ky Tam",
    "khôngcótừnày",
)
SELECTIONS: tuple[dict[str, frozenset[str]], ...] = (
    {},
    {"access": frozenset({"open"})},
    {"kind": frozenset({"file", "photo"}), "document_type": frozenset({"Quyết định"})},
    {"place": frozenset({"xã Tam Thăng", "quận Tam Kỳ"}), "language": frozenset({"Tiếng Việt"})},
    {"creator": frozenset({"không có"})},
)
YEARS = (None, (1960, 1969), (1000, 1955))
READERS = {
    "anonymous": ANONYMOUS,
    "nobody": NOBODY,
    "signed in": Reader(frozenset({Audience.EVERYONE, Audience.SIGNED_IN})),
    "reading room without the public": Reader(frozenset({Audience.READING_ROOM})),
}

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)


@pytest.mark.parametrize("reader", READERS, ids=str)
@pytest.mark.parametrize("typed", QUERIES)
def test_totals_facets_and_hits_agree(typed: str, reader: str, engine: IndexReader, oracle: IndexReader) -> None:
    visibility = visible_to(reader=READERS[reader], today=TODAY, overlay=NO_OVERLAY)
    for selections, years in product(SELECTIONS, YEARS):
        search = Search(parse(typed), selections, years, limit=1000)
        ours, true = (index.search(search, visibility=visibility) for index in (engine, oracle))
        assert ours.total == true.total
        assert ours.facets == true.facets
        assert ours.years == true.years
        assert {hit.id: hit for hit in ours.hits} == {hit.id: hit for hit in true.hits}


def _by_day(hits: Sequence[Description]) -> list[tuple[date | None, set[str]]]:
    return [(day, {hit.id for hit in found}) for day, found in groupby(hits, key=lambda hit: hit.dates.start)]


@pytest.mark.parametrize("sort", Sort)
def test_paging_reaches_every_hit_once_and_keeps_the_order(
    sort: Sort, engine: IndexReader, oracle: IndexReader
) -> None:
    query = parse("giao")
    whole = engine.search(Search(query, sort=sort, limit=1000), visibility=ANYBODY).hits
    paged = [
        hit
        for offset in range(0, len(whole), 7)
        for hit in engine.search(Search(query, sort=sort, offset=offset, limit=7), visibility=ANYBODY).hits
    ]
    assert [hit.id for hit in paged] == [hit.id for hit in whole]
    true = oracle.search(Search(query, sort=sort, limit=1000), visibility=ANYBODY).hits
    if sort is Sort.REFERENCE_CODE:
        assert [hit.id for hit in whole] == [hit.id for hit in true]
    elif sort is not Sort.RELEVANCE:
        assert _by_day(whole) == _by_day(true), "within one day every engine has an order of its own"


@pytest.mark.parametrize("typed", [typed for typed in QUERIES if typed])
def test_page_hits_and_highlights_agree(typed: str, engine: IndexReader, oracle: IndexReader) -> None:
    query = parse(typed)
    ids = [hit.id for hit in oracle.search(Search(limit=1000), visibility=ANYBODY).hits]
    ours, true = (index.page_hits(query, ids, visibility=ANYBODY, limit=50) for index in (engine, oracle))
    assert {i: sorted(hits.hits, key=lambda h: h.number) for i, hits in ours.items()} == {
        i: sorted(hits.hits, key=lambda h: h.number) for i, hits in true.items()
    }
    assert {i: hits.total for i, hits in ours.items()} == {i: hits.total for i, hits in true.items()}


@pytest.mark.parametrize(
    "typed", ["gia", "giao đ", "quyết đị", "tam k", "zzz", "", "  ", "xã tam thă", '"', ".*", "gi[a"]
)
def test_suggestions_agree(typed: str, engine: IndexReader, oracle: IndexReader) -> None:
    for limit in (3, 8):
        assert len(oracle.suggest(typed, visibility=ANYBODY, limit=limit)) <= limit
    ours, true = (set(index.suggest(typed, visibility=ANYBODY, limit=400)) for index in (engine, oracle))
    assert ours <= true
    assert ours == true or len(ours) >= 60


def test_by_id_and_page_text_agree(engine: IndexReader, oracle: IndexReader) -> None:
    ids = [f"h38.td.01.{number}" for number in range(1, 402)]
    for reader in READERS.values():
        visibility = visible_to(reader=reader, today=TODAY, overlay=NO_OVERLAY)
        assert engine.records(ids, visibility=visibility) == oracle.records(ids, visibility=visibility)
        assert engine.page_total(visibility=visibility) == oracle.page_total(visibility=visibility)
        for record_id in ids[:40]:
            for number in range(4):
                assert engine.page_text(record_id, number, visibility=visibility) == oracle.page_text(
                    record_id, number, visibility=visibility
                )


def test_children_agree(engine: IndexReader, oracle: IndexReader) -> None:
    for parent_id, offset in product(["h38.td", "", "absent"], [0, 5, 1000]):
        assert engine.children(parent_id, visibility=ANYBODY, offset=offset) == oracle.children(
            parent_id, visibility=ANYBODY, offset=offset
        )


def test_a_day_outside_every_document_finds_nothing(engine: IndexReader) -> None:
    nobody = Visibility(frozenset(), TODAY, frozenset())
    assert engine.search(Search(), visibility=nobody).total == 0
    assert not engine.search(Search(), visibility=nobody).years
