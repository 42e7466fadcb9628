"""Reading a part gives what a walk through the whole gives of it, however faulty the archive is."""

from collections.abc import Collection, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.demo_archive.build import build_demo_archive
from indexer.sources.open import open_source
from indexer.sources.port import BadRow, Source, SourceRecord, SourceUnavailable
from tests.sources.dirty import Legacy, Reference, is_row, key_of, legacy_rows, reference_rows

LAYOUTS = pytest.mark.parametrize(
    ("drawn", "opened"), [(reference_rows(), Reference), (legacy_rows(), Legacy)], ids=["reference", "legacy"]
)
FEW = settings(max_examples=25)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A small demonstration archive, faults included."""
    folder = tmp_path_factory.mktemp("partial")
    url = f"sqlite:///{folder / 'archive.db'}"
    register = f"sqlite:///{folder / 'register.db'}"
    build_demo_archive(
        url, folder / "pages", register_url=register, pages=300, seed=3, today=date(2026, 11, 2), scans=0
    )
    return open_source(url)


def assert_suffixes(source: Source, *, every: int = 1) -> None:
    whole = list(source.entries())
    for place in range(0, len(whole), every):
        if is_row(whole[place]):
            assert list(source.entries(after=key_of(whole[place]))) == whole[place + 1 :]


@LAYOUTS
def test_a_resumed_walk_gives_the_rest_of_the_whole_one(drawn, opened):
    archive = opened()

    @FEW
    @given(drawn)
    def check(rows):
        archive.fill(rows)
        assert_suffixes(archive.source)

    check()


def test_a_resumed_walk_through_the_demonstration(demo):
    assert_suffixes(demo, every=9)


def test_a_walk_goes_on_after_a_row_that_is_gone(demo):
    whole = list(demo.entries())
    last = max(number for table, number in map(_split, whole) if table == "items")
    (cut,) = (place for place, entry in enumerate(whole) if key_of(entry) == f"items {last}")
    assert list(demo.entries(after=f"items {last + 5}")) == [
        entry for entry in whole[cut + 1 :] if not key_of(entry).startswith(f"pages of items {last + 1}")
    ]


@pytest.mark.parametrize("key", ["shop 1", "items", "items x", "pages of items 1"])
def test_a_walk_cannot_go_on_after_what_is_no_row(demo, key):
    with pytest.raises(SourceUnavailable, match="no table of the row"):
        list(demo.entries(after=key))


def assert_rows(source: Source, keys: Collection[str], entries: Sequence[SourceRecord | BadRow] = ()) -> None:
    """What is given is there in the whole walk, in its order, and nothing that has to be given is missing."""
    whole = [entry for entry in entries or source.entries() if is_row(entry)]
    found = list(source.rows(keys))
    given_keys = {key_of(entry) for entry in found}
    assert len(found) == len(given_keys)
    assert found == [entry for entry in whole if key_of(entry) in given_keys]
    by_key = {key_of(entry): entry for entry in whole}
    assert given_keys >= {key for key in keys if key in by_key}
    roots = {entry.record.id for key in keys if isinstance(entry := by_key.get(key), SourceRecord)}
    for entry in whole:
        if isinstance(entry, SourceRecord) and not roots.isdisjoint(entry.record.lineage):
            assert key_of(entry) in given_keys


@LAYOUTS
def test_some_rows(drawn, opened):
    archive = opened()

    @FEW
    @given(drawn, st.data())
    def check(rows, data):
        archive.fill(rows)
        source = archive.source
        keys = sorted({key_of(entry) for entry in source.entries()} | {"files 9", "File 9", "shop 1", "files", ""})
        assert_rows(source, data.draw(st.lists(st.sampled_from(keys), max_size=3)))

    check()


def test_some_rows_of_the_demonstration(demo):
    whole = list(demo.entries())
    keys = [key_of(entry) for entry in whole]
    for place in range(0, len(keys), 17):
        assert_rows(demo, keys[place : place + 40 : 13], whole)


def test_rows_of_the_same_code_come_with_a_row(demo):
    twice = [entry for entry in demo.entries() if isinstance(entry, BadRow) and "same code" in entry.reason]
    assert twice
    for entry in twice:
        table = entry.key.split(" ")[0]
        assert sum(key_of(found).startswith(f"{table} ") for found in demo.rows([entry.key])) > 1


def assert_below(source: Source, targets: Collection[str], entries: Sequence[SourceRecord | BadRow] = ()) -> None:
    wanted = frozenset(targets)
    whole = [entry for entry in entries or source.entries() if isinstance(entry, SourceRecord)]
    found = [entry for entry in source.below(targets) if isinstance(entry, SourceRecord)]
    assert found == [entry for entry in whole if not wanted.isdisjoint(entry.record.lineage)]


@LAYOUTS
def test_everything_below_some_ids(drawn, opened):
    archive = opened()

    @FEW
    @given(drawn, st.data())
    def check(rows, data):
        archive.fill(rows)
        source = archive.source
        ids = {part for entry in source.entries() if isinstance(entry, SourceRecord) for part in entry.record.lineage}
        known = sorted(ids | {"", "h99", "h47.none", "h47.stnmt-04.hs-9", "h47.stnmt-04.x-9", "h47.stnmt-04.hs-9.1.2"})
        assert_below(source, data.draw(st.lists(st.sampled_from(known), max_size=3)))

    check()


def test_everything_below_each_id_of_the_demonstration(demo):
    whole = list(demo.entries())
    ids = sorted({entry.record.id for entry in whole if isinstance(entry, SourceRecord)})
    for place in range(0, len(ids), 11):
        assert_below(demo, [ids[place]], whole)
    assert_below(demo, ids[::3], whole)
    assert_below(demo, ["h38", "h47"], whole)


@pytest.mark.postgres
@pytest.mark.long
@LAYOUTS
def test_both_databases_give_the_same_parts(drawn, opened, postgres_database):
    here, there = opened(), opened(postgres_database)

    @settings(max_examples=10)
    @given(drawn)
    def check(rows):
        here.fill(rows)
        there.fill(rows)
        whole = list(here.source.entries())
        assert list(there.source.entries()) == whole
        assert_suffixes(there.source, every=5)
        for entry in whole[::3]:
            assert list(there.source.rows([key_of(entry)])) == list(here.source.rows([key_of(entry)]))
            targets = entry.record.lineage[-1:] if isinstance(entry, SourceRecord) else ["h47"]
            assert list(there.source.below(targets)) == list(here.source.below(targets))

    check()
    there.engine.dispose()


def _split(entry: SourceRecord | BadRow) -> tuple[str, int]:
    table, _, number = key_of(entry).rpartition(" ")
    return table, int(number)
