"""The inventory of a generation on a cluster says what the oracle's says of the same archive."""

from datetime import date
from itertools import product

import pytest

from indexer.index.inventory import Inventory, Part
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows
from tests.index.conftest import filled, on_cluster
from tests.index.corpus import TODAY, random_archive
from tests.servers.opensearch import OpenSearchServer

WITHHELD = frozenset({"h38.td.01.3", "h38.td.01.17"})
FIELDS = {
    Part.RECORDS: ("exact", "folded", "pairs", "title_exact", "title_folded", "codes", "parent_id", "facet_place"),
    Part.PAGES: ("exact", "folded", "lineage"),
}


@pytest.fixture(scope="module")
def both(opensearch_server: OpenSearchServer) -> tuple[Inventory, Inventory, list[str]]:
    oracle, ours = MemoryGenerations(), on_cluster(opensearch_server.urls)
    some = tuple(random_archive(140))
    for generations in (oracle, ours):
        filled(generations, some)
    inventory, true = (generations.inventory(today=TODAY, withheld=WITHHELD) for generations in (ours, oracle))
    return inventory, true, [record.description.id for record, _ in some]


def test_records_and_pages_agree(both: tuple[Inventory, Inventory, list[str]]) -> None:
    ours, true, ids = both
    assert {i: list(held) for i, held in ours.records(ids).items()} == {
        i: list(h) for i, h in true.records(ids).items()
    }
    pages = {
        i: sorted(held, key=lambda page: page.number)
        for inventory in (true,)
        for i, held in inventory.pages(ids).items()
    }
    assert {i: list(held) for i, held in ours.pages(ids).items()} == pages
    assert any(not held[0].shown.reachable for held in ours.records(ids).values())


def test_dictionaries_agree_word_by_word(both: tuple[Inventory, Inventory, list[str]]) -> None:
    ours, true, _ = both
    for part, fields in FIELDS.items():
        for field in fields:
            assert set(ours.terms(part, field, "a")) == set(true.terms(part, field, "a")), field
        assert ours.size(part).live == true.size(part).live
        assert set(ours.ids(part)) == set(true.ids(part))


def test_counts_agree(both: tuple[Inventory, Inventory, list[str]]) -> None:
    ours, true, ids = both
    assert ours.values() == true.values()
    assert ours.values(ids[:9]) == true.values(ids[:9])
    for part, word in product(Part, ("dat", "giao", "khongco")):
        assert ours.count(part, "folded", word, but=ids[:5]) == true.count(part, "folded", word, but=ids[:5])
        assert ours.having(part, "folded", word, ids[:30]) == true.having(part, "folded", word, ids[:30])
        assert ours.lacking(part, "folded", [word], ids[:30]) == true.lacking(part, "folded", [word], ids[:30])


def test_what_is_gone_is_counted_apart(opensearch_server: OpenSearchServer) -> None:
    archive = tuple(random_archive(20))
    generations: OpenSearchGenerations = on_cluster(opensearch_server.urls)
    filled(generations, archive[:5])
    gone = archive[0][0].description.id
    generations.amend({gone: 1}, (), Follows(1, date(2026, 11, 21)))
    inventory = generations.inventory(today=TODAY, withheld=frozenset())
    assert inventory.size(Part.RECORDS).live == 4
    assert inventory.size(Part.RECORDS).deleted >= 1
    assert gone not in set(inventory.ids(Part.RECORDS))
