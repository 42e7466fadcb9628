"""A rebuild counts everything, refuses bad rows, hides what must be hidden, and never breaks what serves."""

from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.record import Listing
from access_policy.register.restrictions import Restrictions
from access_policy.visibility import visible_to
from indexer.index.port import Follows, Generations, IndexUnavailable, Search
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.pipeline import Tally
from indexer.rebuild import ProbeFailed, probe, rebuild
from indexer.sources.port import BadRow, SourceRecord, SourceUnavailable
from tests.index.corpus import TODAY, documents, pages, record
from tests.indexer.archives import ListedSource

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
LISTED = Restrictions({"h38.td.01.4": (Listing("DM-1", "", "đời tư", "", since=TODAY),)})
ROWS = (
    SourceRecord(record(1, "Mở"), pages("một", "hai")),
    BadRow("items/2", "missing title"),
    SourceRecord(record(2, "Có điều kiện", mode="02"), pages("kín")),
    SourceRecord(record(3, "Mật", mode="03"), pages("kín")),
    SourceRecord(record(4, "Trong danh mục"), pages("kín")),
    BadRow("items/5", "impossible date"),
    SourceRecord(record(6, "Không rõ", mode=None)),
)


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return TantivyGenerations(tmp_path)


def test_it_counts_what_was_read_indexed_kept_out_and_refused(generations: Generations) -> None:
    bad: list[BadRow] = []
    done = rebuild(ListedSource(ROWS), LISTED, generations, today=TODAY, refused=bad.append)
    tally = done.tally
    assert (tally.records_read, tally.pages_read, tally.records_indexed, tally.pages_indexed) == (5, 5, 2, 2)
    assert tally.kept_out == {"state-secret": 1, "restricted-list": 1, "missing-mode": 1}
    assert tally.refused == {"missing title": 1, "impossible date": 1}
    assert [row.key for row in bad] == ["items/2", "items/5"]
    assert tally.rows == done.rows == 7
    titles = {hit.title for hit in generations.reader().search(Search(), visibility=ANYBODY).hits}
    assert titles == {"Mở", "Có điều kiện"}


def test_when_the_database_goes_away_the_old_generation_keeps_serving(generations: Generations, tmp_path: Path) -> None:
    rebuild(ListedSource(ROWS), LISTED, generations, today=TODAY)
    before = generations.reader().generation()
    with pytest.raises(SourceUnavailable):
        rebuild(ListedSource(ROWS, breaks_after=3), LISTED, generations, today=TODAY)
    assert generations.reader().generation() == before
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [before]


def test_an_empty_archive_does_not_replace_a_full_one(generations: Generations) -> None:
    rebuild(ListedSource(ROWS), LISTED, generations, today=TODAY)
    with pytest.raises(ProbeFailed):
        rebuild(ListedSource(()), LISTED, generations, today=TODAY)
    assert generations.reader().search(Search(), visibility=ANYBODY).total == 2


def test_two_rebuilds_at_once_are_refused(generations: Generations) -> None:
    with generations.begin(Follows(0, TODAY)), pytest.raises(IndexUnavailable), generations.begin(Follows(0, TODAY)):
        pass


def test_a_probe_finds_a_record_that_must_stay_hidden(generations: Generations) -> None:
    made = documents(record(1), pages("một"))
    assert made is not None
    with generations.begin(Follows(0, TODAY)) as writer:
        writer.add(*made)
        writer.seal()
        reader = writer.reader()
        tally = Tally(records_read=1, pages_read=1, records_indexed=1, pages_indexed=1)
        probe(reader, tally, [], today=TODAY)
        with pytest.raises(ProbeFailed, match="hidden"):
            probe(reader, tally, ["h38.td.01.1"], today=TODAY)
        with pytest.raises(ProbeFailed, match="pages"):
            probe(reader, Tally(records_indexed=1, pages_indexed=2), [], today=TODAY)
