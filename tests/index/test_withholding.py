"""What is withheld is gone from every answer at once, and comes back when nothing withholds it any more."""

import threading
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from access_policy.overlay import NO_OVERLAY, Overlay, Withholding
from access_policy.reader import ANONYMOUS
from access_policy.visibility import Visibility, visible_to
from indexer.index.document import Documents
from indexer.index.port import Follows, Generations, IndexReader, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

IDS = [f"h38.td.01.{number}" for number in range(1, 401)]
WITHHELD = {
    "nothing": (),
    "one record": (IDS[0],),
    "every second record": tuple(IDS[::2]),
    "a fonds": ("h38.td",),
    "an archive": ("h38",),
    "what is not there": ("h38.td.01.9999", "h99", "h38.td.01"),
    "thousands": tuple(f"{record_id}.x" for record_id in IDS for _ in range(3)) + tuple(IDS[5:300]),
}


def seeing(*withheld: str) -> Visibility:
    overlay = Overlay(1, tuple(Withholding(target) for target in withheld))
    return visible_to(reader=ANONYMOUS, today=TODAY, overlay=overlay)


@pytest.mark.parametrize("withheld", WITHHELD.values(), ids=WITHHELD)
def test_every_question_agrees_with_the_oracle(
    withheld: tuple[str, ...], engine: IndexReader, oracle: IndexReader
) -> None:
    visibility = seeing(*withheld)
    for typed, sort in product(("", "giao đất", "giao dat -xã"), (Sort.RELEVANCE, Sort.REFERENCE_CODE)):
        search = Search(parse(typed), sort=sort, limit=1000)
        ours, true = (index.search(search, visibility=visibility) for index in (engine, oracle))
        assert (ours.total, ours.facets, ours.years) == (true.total, true.facets, true.years)
        assert {hit.id for hit in ours.hits} == {hit.id for hit in true.hits}
        ours_pages, true_pages = (
            index.page_hits(parse(typed), IDS[:40], visibility=visibility) for index in (engine, oracle)
        )
        assert {i: hits.total for i, hits in ours_pages.items()} == {i: hits.total for i, hits in true_pages.items()}
    for ask in (
        lambda index: index.records(IDS, visibility=visibility),
        lambda index: index.children("h38.td", visibility=visibility, limit=1000),
        lambda index: index.page_total(visibility=visibility),
        lambda index: [index.page_text(record_id, 1, visibility=visibility) for record_id in IDS[:40]],
        lambda index: [index.acknowledged(record_id, visibility=visibility) for record_id in IDS],
        lambda index: {s.record_id for s in index.suggest("xã", visibility=visibility, limit=400)} & set(withheld),
    ):
        assert ask(engine) == ask(oracle)


@pytest.mark.parametrize("withheld", [("h38.td.01.1",), ("h38.td",), ("h38",)])
def test_a_withheld_record_is_in_no_answer(withheld: tuple[str, ...], generations: Generations) -> None:
    reader = filled(generations, [documents(record(1, "giao đất"), pages("zumkyra")), documents(record(12, "giao"))])
    seen, hidden = seeing(), seeing(*withheld)
    assert reader.search(Search(parse("zumkyra")), visibility=seen).total == 1
    assert reader.search(Search(parse("zumkyra")), visibility=hidden).total == 0
    assert reader.page_hits(parse("zumkyra"), ["h38.td.01.1"], visibility=hidden) == {}
    assert reader.suggest("giao đ", visibility=hidden) == ()
    assert reader.records(["h38.td.01.1"], visibility=hidden) == {}
    assert reader.page_text("h38.td.01.1", 1, visibility=hidden) is None
    assert reader.search(Search(parse("zumkyra")), visibility=seen).total == 1


def test_a_record_that_is_only_known_to_be_there_answers_by_id_alone(oracle: IndexReader, engine: IndexReader) -> None:
    anybody = seeing()
    there = [found for record_id in IDS if (found := oracle.acknowledged(record_id, visibility=anybody))]
    assert len(there) > 10
    for reader in (oracle, engine):
        assert [reader.acknowledged(one.id, visibility=anybody) for one in there] == there
        assert reader.records([one.id for one in there], visibility=anybody) == {}
        listed = {hit.id for hit in reader.search(Search(limit=1000), visibility=anybody).hits}
        assert listed.isdisjoint(one.id for one in there)
        assert all(one.title == "" and not one.ancestors for one in there)


def test_an_amended_generation_holds_the_new_and_says_what_it_follows(generations: Generations) -> None:
    first, second = documents(record(1, "giao đất"), pages("zumkyra")), documents(record(12, "giao đất"))
    reader = filled(generations, [made for made in (first, second) if made])
    assert (reader.revision(), reader.derived_on()) == (0, TODAY)
    other = documents(record(1, "thủy lợi"))
    assert other is not None
    generations.amend({"h38.td.01.1": 2, "h99": 0}, [other], Follows(7, date(2027, 1, 1)))
    after = generations.reader()
    assert (after.revision(), after.derived_on()) == (7, date(2027, 1, 1))
    assert {hit.title for hit in after.search(Search(), visibility=seeing()).hits} == {"giao đất", "thủy lợi"}
    assert after.page_total(visibility=seeing()) == 0
    generations.amend({"h38": 0}, [], Follows(8, TODAY))
    assert generations.reader().search(Search(), visibility=seeing()).total == 0


def test_an_amendment_that_fails_changes_nothing(generations: Generations) -> None:
    first = documents(record(1, "giao đất"))
    assert first is not None
    filled(generations, [first])

    def broken() -> Iterator[Documents]:
        yield first
        raise RuntimeError

    with pytest.raises(RuntimeError):
        generations.amend({"h38": 0}, broken(), Follows(7, TODAY))
    assert generations.reader().search(Search(), visibility=seeing()).total == 1
    assert generations.reader().revision() == 0
    generations.amend({"h38": 0}, [first], Follows(7, TODAY))
    assert generations.reader().search(Search(), visibility=seeing()).total == 1


def test_many_readers_see_one_change_at_once(engine: IndexReader) -> None:
    totals: set[tuple[int, int]] = set()

    def look() -> None:
        for size in (1, 50, 200):
            visibility = seeing(*IDS[:size])
            totals.add((size, engine.search(Search(limit=1), visibility=visibility).total))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(totals) == 3


def test_an_overlay_withholds_on_its_days_only() -> None:
    overlay = Overlay(3, (Withholding("a", TODAY), Withholding("b", until=TODAY), Withholding("c")))
    assert overlay.withheld(TODAY) == {"a", "c"}
    assert NO_OVERLAY.withheld(TODAY) == frozenset()
