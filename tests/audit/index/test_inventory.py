"""Every engine's inventory says the same of the same documents, and reads what no filter shows."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from access_policy.terms import Audience, Known
from indexer.audit.wordsums import WORD_FIELDS
from indexer.index.document import Documents
from indexer.index.inventory import Inventory, Part
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import Generations, IndexUnavailable
from indexer.index.schema import FACETS
from indexer.index.tantivy.generations import TantivyGenerations
from tests.index.conftest import filled
from tests.index.corpus import TODAY, random_archive

IDS = [f"h38.td.01.{number}" for number in range(1, 302)]
WITHHELD = frozenset({"h38.td.01.3", "h38.td.01.77"})
FIELDS = [
    *WORD_FIELDS,
    (Part.RECORDS, "parent_id"),
    (Part.RECORDS, "lineage"),
    (Part.PAGES, "lineage"),
    *((Part.RECORDS, f"facet_{name}") for name in FACETS),
]


@pytest.fixture(scope="module")
def archive() -> tuple[Documents, ...]:
    return tuple(random_archive(300))


@pytest.fixture(scope="module")
def both(archive: tuple[Documents, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[Inventory, Inventory]:
    found = []
    for generations in (MemoryGenerations(), TantivyGenerations(tmp_path_factory.mktemp("inventory"))):
        filled(generations, archive)
        found.append(generations.inventory(today=TODAY, withheld=WITHHELD))
    return found[0], found[1]


def test_documents_agree(both: tuple[Inventory, Inventory], archive: tuple[Documents, ...]) -> None:
    true, ours = both
    assert ours.records(IDS) == true.records(IDS)
    assert _sorted(ours.pages(IDS)) == _sorted(true.pages(IDS))
    assert set(true.records(IDS)) == {made[0].description.id for made in archive}
    assert ours.records([]) == ours.pages([]) == {}
    for part in Part:
        assert ours.size(part) == true.size(part)
        assert set(ours.ids(part)) == set(true.ids(part))
    circles = {circle for several in true.records(IDS).values() for held in several for circle in held.shown.circles}
    assert circles == {(Audience.EVERYONE, Known.DESCRIPTION), (Audience.EVERYONE, Known.EXISTENCE)}


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_dictionaries_agree(both: tuple[Inventory, Inventory], field: tuple[Part, str]) -> None:
    true, ours = both
    expected = {term.word: (term.live, term.counted) for term in true.terms(*field, ())}
    for beginnings in ((), ("a", "b"), tuple({word[:1] for word in expected}), ("",)):
        assert {term.word: (term.live, term.counted) for term in ours.terms(*field, beginnings)} == expected
    for word in sorted(expected)[:20]:
        assert ours.having(*field, word, IDS) == true.having(*field, word, IDS)
        assert ours.lacking(*field, [word], IDS) == true.lacking(*field, [word], IDS)
        assert ours.lacking(*field, sorted(expected)[:25], IDS) == true.lacking(*field, sorted(expected)[:25], IDS)
        assert ours.count(*field, word, but=IDS[:50]) == true.count(*field, word, but=IDS[:50])


def test_columns_agree(both: tuple[Inventory, Inventory]) -> None:
    true, ours = both
    for ids in (None, IDS[:7], IDS[:1], ["absent"]):
        counted, expected = ours.values(ids), true.values(ids)
        assert {name: dict(values) for name, values in counted.items()} == {
            name: dict(values) for name, values in expected.items()
        }


def test_it_reads_what_no_reader_reaches(generations: Generations, archive: tuple[Documents, ...]) -> None:
    filled(generations, archive)
    for withheld, today, reachable in (
        (frozenset({"h38"}), TODAY, False),
        (frozenset[str](), date.max, False),
        (frozenset[str](), TODAY, True),
    ):
        inventory = generations.inventory(today=today, withheld=withheld)
        held = [one for several in inventory.records(IDS).values() for one in several]
        assert len(held) == len(archive)
        assert {one.shown.reachable for one in held} == {reachable}


def test_there_is_none_of_an_index_that_is_not_there_or_broken(tmp_path: Path) -> None:
    generations = TantivyGenerations(tmp_path)
    with pytest.raises(IndexUnavailable, match="no generation"):
        generations.inventory(today=TODAY, withheld=frozenset())
    filled(generations, random_archive(3))
    (generation,) = (tmp_path / "generations").iterdir()
    (generation / "records" / "meta.json").write_text("{")
    with pytest.raises(IndexUnavailable):
        generations.inventory(today=TODAY, withheld=frozenset())


def _sorted(pages: Mapping[str, object]) -> dict[str, object]:
    return {record_id: sorted(several, key=lambda page: page.number) for record_id, several in pages.items()}  # type: ignore[call-overload]
