"""The comparison in a process of its own: the same answer as here, and an end to it that is told."""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from indexer.audit.auditing import IndexMoved
from indexer.audit.beside import Beside, ComparisonBroken, OpenInventory, inventory_of
from indexer.audit.comparison import Comparison
from indexer.audit.derived import KeptOut, flat
from indexer.audit.standard import standard
from indexer.index.inventory import Inventory
from indexer.index.port import Follows, IndexUnavailable
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.settings import IndexSettings
from tests.audit.index.world import OPEN, SECRET, TODAY, Archive, audited, forbidden, held

ARCHIVE = Archive()


def batch() -> list[object]:
    return [*(flat(made, withheld=frozenset()) for made in ARCHIVE.documents()), KeptOut(SECRET)]


def compare_many(open_inventory: OpenInventory, *, batches: int) -> None:
    """Large batches, more of them than a pipe holds."""
    with Beside(open_inventory, today=TODAY) as beside:
        for _ in range(batches):
            beside.take(batch() * 50)
        beside.close([], 1)


def test_it_answers_as_a_comparison_in_this_process(embedded: TantivyGenerations, tmp_path: Path) -> None:
    held(embedded, ARCHIVE, besides=[forbidden(ARCHIVE, SECRET)])
    here = Comparison(embedded.inventory(today=TODAY, withheld=frozenset()), today=TODAY)
    here.take(batch())
    expected = here.close(["vexoluth", "giao"], 5)
    with Beside(
        inventory_of(IndexSettings(index_dir=tmp_path / "index"), today=TODAY, withheld=frozenset()), today=TODAY
    ) as beside:
        beside.take(batch()[:3])
        beside.take(batch()[3:])
        found = beside.close(["vexoluth", "giao"], 5)
    assert vars(found) | {"findings": None} == vars(expected) | {"findings": None}
    assert (found.findings.counts, found.findings.named) == (expected.findings.counts, expected.findings.named)
    assert found.canaries == ["vexoluth"]


def test_an_index_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="no generation"):
        compare_many(inventory_of(IndexSettings(index_dir=tmp_path), today=TODAY, withheld=frozenset()), batches=1000)


def _die() -> Inventory:
    os._exit(9)


@pytest.mark.parametrize("batches", [0, 200])
def test_a_process_that_dies_is_told_and_nobody_waits_for_it(batches: int) -> None:
    with pytest.raises(ComparisonBroken):
        compare_many(partial(_die), batches=batches)


def test_an_index_that_moved_on_meanwhile_is_told(embedded: TantivyGenerations) -> None:
    before = held(embedded, ARCHIVE)
    embedded.amend({}, (), Follows(7, TODAY))
    with pytest.raises(IndexMoved, match="run it again"):
        audited(embedded, ARCHIVE, index=before)


class Changing:
    """A register that changes between two readings, a few times."""

    def __init__(self, changes: int) -> None:
        self.revision, self._left = 1, changes

    def restrictions(self) -> object:
        found = replace(ARCHIVE).restrictions
        found.revision = self.revision
        if self._left:
            self._left -= 1
            self.revision += 1
        return found

    def overlay(self, _since: int) -> object:
        return replace(ARCHIVE.overlay, revision=self.revision)


def test_the_register_is_read_at_one_revision(embedded: TantivyGenerations) -> None:
    index = held(embedded, ARCHIVE)
    measure = standard(Changing(3), index, today=TODAY)  # type: ignore[arg-type]
    assert measure.restrictions.revision == measure.overlay.revision == 4
    assert OPEN in {made[0].description.id for made in ARCHIVE.documents()}
