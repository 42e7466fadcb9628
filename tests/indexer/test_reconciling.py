"""Every way in which the index can differ from the archive database is found, told apart, and mended."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from access_policy.record import DateSpan, Place
from access_policy.terms import Audience
from indexer.index.document import Documents
from indexer.index.port import Follows
from indexer.keeping import reconciling
from indexer.keeping.differing import Difference
from indexer.keeping.reconciling import Reconciled, Reconciler
from indexer.pipeline import Tally, documents
from tests.indexer.changing import item
from tests.indexer.kept import DAY, FONDS, IDS, Kept, in_memory

OTHER = "h38.td.01.77"


@pytest.fixture(params=[Kept, in_memory], ids=["tantivy", "memory"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    made: Kept = request.param(tmp_path)
    one = made.source.kept[IDS[0]]
    rich = replace(
        one.record,  # type: ignore[union-attr]
        dates=DateSpan(date(1960, 1, 1), date(1961, 1, 1), "1960"),
        creator="Ty Điền địa",
        places=(Place("xã Tam Thăng", "Đà Nẵng"),),
    )
    made.source.put(replace(one, record=rich))  # type: ignore[type-var]
    made.build()
    return made


def reconciler(kept: Kept) -> Reconciler:
    return Reconciler(kept.source, kept.register, kept.generations, DAY)


def derived(kept: Kept, record_id: str) -> Documents:
    """What the index should hold of a record."""
    made = documents(
        [kept.source.kept[record_id]],
        kept.register.restrictions(),
        today=DAY,
        tally=Tally(),
        refused=lambda _: None,
    )
    return next(made)


def plant(kept: Kept, *made: Documents, without: tuple[str, ...] = ()) -> None:
    """Put something into the index, or take it out, behind everybody's back."""
    reader = kept.reader
    follows = Follows(reader.revision(), reader.derived_on(), reader.position())
    kept.generations.amend(dict.fromkeys(without, 0), made, follows)


Alter = Callable[[Documents], Documents]


def description(**fields: object) -> Alter:
    return lambda made: (replace(made[0], description=replace(made[0].description, **fields)), made[1])  # type: ignore[arg-type]


def record(**fields: object) -> Alter:
    return lambda made: (replace(made[0], **fields), made[1])  # type: ignore[arg-type]


def page(**fields: object) -> Alter:
    return lambda made: (made[0], (replace(made[1][0], **fields),))  # type: ignore[arg-type]


def disclosed(**fields: object) -> Alter:
    return lambda made: (replace(made[0], disclosure=replace(made[0].disclosure, **fields)), made[1])  # type: ignore[arg-type]


def facet(name: str, *values: str) -> Alter:
    return lambda made: (replace(made[0], facets={**made[0].facets, name: values}), made[1])


ALTERED: dict[str, tuple[Alter, Difference]] = {
    "title": (description(title="Khác"), Difference.STALE),
    "creator": (description(creator="Khác"), Difference.STALE),
    "facet": (facet("creator", "Khác"), Difference.STALE),
    "place facet": (facet("place_today"), Difference.STALE),
    "years": (record(years=(1960,)), Difference.STALE),
    "date order": (record(date_order=5), Difference.STALE),
    "parent": (record(parent_id="h38.khac"), Difference.STALE),
    "page text": (page(text="khác"), Difference.STALE),
    "redactions": (page(redactions=((1, 2, 3, 4),)), Difference.STALE),
    "page missing": (lambda made: (made[0], ()), Difference.STALE),
    "page of another": (lambda made: (made[0], (*made[1], replace(made[1][0], number=2))), Difference.FORBIDDEN),
    "shown for longer": (
        lambda made: disclosed(shown_until=made[0].disclosure.shown_until - timedelta(days=1))(made),
        Difference.STALE,
    ),
    "shown later": (disclosed(shown_from=DAY + timedelta(days=3)), Difference.STALE),
    "to others": (disclosed(audience=Audience.STAFF), Difference.FORBIDDEN),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_record_that_lies_otherwise_in_the_index_is_found_and_mended(kept: Kept, name: str) -> None:
    alter, difference = ALTERED[name]
    plant(kept, alter(derived(kept, IDS[0])))
    found = reconciler(kept).compare()
    assert found.ids == {difference: [IDS[0]]}
    reconciler(kept).mend(found)
    assert reconciler(kept).compare().clean
    assert kept.differences() == []


def test_missing_orphaned_and_forbidden_records_are_told_apart_and_mended(kept: Kept) -> None:
    closed = derived(kept, IDS[1])
    orphan = (replace(derived(kept, IDS[0])[0], row_key=OTHER), derived(kept, IDS[0])[1])
    orphan = (
        replace(
            orphan[0], description=replace(orphan[0].description, id=OTHER), lineage=(*orphan[0].lineage[:-1], OTHER)
        ),
        tuple(replace(page, record_id=OTHER, lineage=(*page.lineage[:-1], OTHER)) for page in orphan[1]),
    )
    kept.source.change(IDS[1], mode="03")
    kept.catch_up()
    plant(kept, closed, orphan, without=(IDS[2],))
    found = reconciler(kept).compare()
    assert found.ids == {
        Difference.FORBIDDEN: [IDS[1]],
        Difference.ORPHAN: [OTHER],
        Difference.MISSING: [IDS[2]],
    }
    assert (found.counts.total(), found.clean) == (3, False)
    reconciler(kept).mend(found)
    assert reconciler(kept).compare().clean
    assert kept.found() == [FONDS, IDS[0], IDS[2]]


def test_an_index_in_step_is_clean_and_everything_was_read(kept: Kept) -> None:
    kept.source.change(IDS[0], title="Đo đạc")
    kept.withdraw(IDS[1])
    found = reconciler(kept).compare()
    assert found.clean, "what only waits is caught up with before the comparison"
    assert found.tally.records_read == 4


def test_what_changes_during_the_walk_is_no_difference(kept: Kept) -> None:
    """Both sides move while one is read; whatever differs is looked at again."""
    whole = kept.source.entries

    def entries(*, after: str = "") -> Iterator[object]:
        kept.source.entries = whole  # type: ignore[method-assign]
        kept.source.change(IDS[0], title="Đo đạc")
        kept.source.delete(IDS[1])
        kept.source.put(item(9))
        yield from whole()

    kept.source.entries = entries  # type: ignore[method-assign, assignment]
    assert reconciler(kept).compare().clean
    assert kept.differences() == []


def test_more_differences_than_are_remembered_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "MOST_REMEMBERED", 3)
    found = Reconciled()
    found.add((f"a{number}", Difference.STALE) for number in range(5))
    found.add([("b", Difference.ORPHAN)])
    assert found.counts == {Difference.STALE: 5, Difference.ORPHAN: 1}
    assert found.remembered == ["a0", "a1", "a2"]
