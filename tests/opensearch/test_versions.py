"""Whatever order changes arrive in, the newest fact stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.inventory import Part
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows, IndexUnavailable, Search
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
ONE = "h38.td.01.1"


def made(title: str, row_version: int, *texts: str) -> Documents:
    found = documents(record(1, title, row_version=row_version, row_key="items 1"), pages(*texts))
    assert found is not None
    return found


def amend(
    index: OpenSearchGenerations, *fresh: Documents, targets: Iterable[tuple[str, int]] = (), revision: int = 0
) -> None:
    assert list(index.amend(dict(targets), fresh, Follows(revision, TODAY))) == []


def titles(index: OpenSearchGenerations) -> list[str]:
    return [hit.title for hit in index.reader().search(Search(), visibility=ANYBODY).hits]


def test_an_old_change_after_a_newer_one_changes_nothing(generations: OpenSearchGenerations) -> None:
    filled(generations, [made("đầu", 1, "một")])
    amend(generations, made("mới", 9, "chín"))
    amend(generations, made("cũ", 5, "năm", "sáu"))
    reader = generations.reader()
    assert titles(generations) == ["mới"]
    assert reader.page_text(ONE, 1, visibility=ANYBODY) == "chín"


def test_the_same_version_again_is_written(generations: OpenSearchGenerations) -> None:
    filled(generations, [made("đầu", 1)])
    amend(generations, made("che bớt", 1))
    assert titles(generations) == ["che bớt"], "masking may have changed though the row has not"


def test_what_was_deleted_stays_deleted(generations: OpenSearchGenerations) -> None:
    filled(generations, [made("đầu", 1, "một")])
    amend(generations, targets=[(ONE, 9)])
    assert titles(generations) == []
    amend(generations, made("muộn", 5, "một", "hai"))
    assert titles(generations) == []
    assert generations.reader().page_text(ONE, 1, visibility=ANYBODY) is None
    inventory = generations.inventory(today=TODAY, withheld=frozenset())
    assert inventory.size(Part.RECORDS).live == 0
    amend(generations, made("về lại", 12, "mới"))
    assert titles(generations) == ["về lại"]
    assert generations.reader().page_text(ONE, 1, visibility=ANYBODY) == "mới"


def test_a_page_that_is_gone_does_not_come_back_with_an_old_change(generations: OpenSearchGenerations) -> None:
    filled(generations, [made("đầu", 1, "một", "hai")])
    amend(generations, made("đầu", 7, "một"))
    assert generations.reader().page_total(visibility=ANYBODY) == 1
    amend(generations, made("đầu", 3, "một", "hai"))
    assert generations.reader().page_text(ONE, 2, visibility=ANYBODY) is None


def test_another_row_takes_over_a_name_whatever_its_version(generations: OpenSearchGenerations) -> None:
    twin = documents(record(1, "hàng sinh đôi", row_version=3, row_key="items 2"), pages("ba"))
    older, newer = (documents(record(1, t, row_version=v, row_key="items 2")) for t, v in (("cũ", 2), ("mới", 4)))
    assert twin
    assert older
    assert newer
    filled(generations, [made("đầu", 5, "một", "hai")])
    amend(generations, twin, targets=[(ONE, 9)])
    assert titles(generations) == ["hàng sinh đôi"]
    assert generations.reader().page_total(visibility=ANYBODY) == 1
    amend(generations, older)
    assert titles(generations) == ["hàng sinh đôi"]
    amend(generations, newer)
    assert titles(generations) == ["mới"]
    assert generations.reader().page_total(visibility=ANYBODY) == 0


def test_a_row_that_is_gone_leaves_its_name_to_another(generations: OpenSearchGenerations) -> None:
    twin = documents(record(1, "hàng sinh đôi", row_version=3, row_key="items 2"), pages("ba"))
    assert twin
    filled(generations, [made("đầu", 5)])
    amend(generations, targets=[(ONE, 9)])
    amend(generations, twin)
    assert titles(generations) == ["hàng sinh đôi"]
    assert generations.reader().page_text(ONE, 1, visibility=ANYBODY) == "ba"


def test_an_older_register_does_not_undo_a_newer_one(generations: OpenSearchGenerations) -> None:
    filled(generations, [made("đầu", 1)])
    amend(generations, made("theo sổ mới", 1), revision=8)
    with pytest.raises(IndexUnavailable, match="rebuild"):
        amend(generations, made("theo sổ cũ", 1), revision=3)
    assert titles(generations) == ["theo sổ mới"]
    assert generations.reader().revision() == 8


def test_rows_are_found_again(generations: OpenSearchGenerations) -> None:
    other = documents(replace(record(2), row_key="files 2"))
    assert other is not None
    filled(generations, [made("đầu", 1), other])
    assert generations.ids_of(["items 1", "items 7"]) == {ONE: "items 1"}
    assert generations.ids_of([]) == {}
    amend(generations, targets=[(ONE, 2)])
    assert generations.ids_of(["items 1", "files 2"]) == {"h38.td.01.2": "files 2"}


class Told(NamedTuple):
    """One change of one row: its version, and whether the row was there then."""

    ordinal: int
    row_version: int
    there: bool


@dataclass(frozen=True)
class History:
    """What happened to some rows, each a life of its own, and the order in which it is told: any, and parts twice."""

    happened: tuple[Told, ...]
    told: tuple[Told, ...]

    @property
    def last(self) -> list[Told]:
        """The newest state of each row."""
        newest = {each.ordinal: each for each in sorted(self.happened, key=lambda each: each.row_version)}
        return list(newest.values())

    @property
    def newest(self) -> dict[str, str]:
        """The titles of what is there at the end, by id."""
        return {f"h38.td.01.{each.ordinal}": title(each) for each in self.last if each.there}


def title(told: Told) -> str:
    return f"lần {told.row_version}"


@st.composite
def histories(draw: st.DrawFn) -> History:
    lives = [draw(st.lists(st.booleans(), min_size=1, max_size=4)) for _ in range(3)]
    happened = tuple(
        Told(ordinal, version, there)
        for ordinal, life in enumerate(lives, start=1)
        for version, there in enumerate(life, start=2)
    )
    twice = draw(st.lists(st.sampled_from(happened), max_size=4))
    return History(happened, tuple(draw(st.permutations([*happened, *twice]))))


def tell(index: OpenSearchGenerations, told: Told) -> None:
    key = f"items {told.ordinal}"
    fresh = documents(
        record(told.ordinal, title(told), row_version=told.row_version, row_key=key),
        pages(*["một"] * (told.row_version % 3)),
    )
    assert fresh is not None
    amend(index, *([fresh] if told.there else []), targets=[(f"h38.td.01.{told.ordinal}", told.row_version)])


def shown(index: OpenSearchGenerations) -> dict[str, str]:
    return {hit.id: hit.title for hit in index.reader().search(Search(), visibility=ANYBODY).hits}


@settings(
    max_examples=8,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories())
def test_in_whatever_order_changes_are_told_nothing_older_than_the_newest_stands(
    generations: OpenSearchGenerations, history: History
) -> None:
    """A late deletion may close a newer record, since closing wins; told again, the newest stands."""
    begun = [documents(record(n, "đầu", row_version=1, row_key=f"items {n}"), pages("một")) for n in (1, 2, 3)]
    filled(generations, [each for each in begun if each])
    for told in history.told:
        tell(generations, told)
    assert shown(generations).items() <= history.newest.items()
    for told in history.last:
        tell(generations, told)
    assert shown(generations) == history.newest
    kept = [told.row_version % 3 for told in history.last if told.there]
    assert generations.reader().page_total(visibility=ANYBODY) == sum(kept)
