"""From a dataset to its rows: what the product finds, asked as its search page asks."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from indexer.evaluation.evaluating import Evaluation, evaluate
from indexer.evaluation.measures import MeasuresMissing
from indexer.evaluation.scores import ALL
from indexer.evaluation.showing import remarks
from indexer.index.query import MAX_QUERY_LENGTH
from indexer.settings import IndexerSettings
from tests.evaluation.datasets import TODAY, Files, written

CORPUS = {
    "land": ("Quyết định giao đất", "Giao đất cho hộ gia đình tại xã Hòa Phước. " * 200),
    "canal": ("Nạo vét kênh", "Kênh mương nội đồng xã Hoà Phước\fTrang hai nói về thủy lợi"),
    "road": ("Sửa đường", "Sửa chữa cầu đường"),
}
QUERIES = {
    "title-1": "quyết định giao đất",
    "title-2": "nao vet kenh",
    "page-1": "thuỷ lợi",
    "page-2": "giao đất nạo vét",
    "page-3": "hòa phước",
}
JUDGED = [
    ("title-1", "land", 1),
    ("title-2", "canal", 1),
    ("page-1", "canal", 1),
    ("page-2", "land", 1),
    ("page-3", "canal", 1),
    ("page-3", "land", 1),
]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return written(tmp_path / "files", CORPUS, QUERIES, JUDGED)


def measure(files: Files) -> Evaluation:
    return evaluate(files.read(), IndexerSettings(index_dir=files.folder / "index"), depth=100, today=TODAY)


def test_queries_find_as_in_the_product(files: Files) -> None:
    found = measure(files).found.by_query
    assert found["title-1"] == ("land",)
    assert found["title-2"] == ("canal",), "without accents every spelling matches"
    assert found["page-1"] == ("canal",), "the second page is searched, in either style of tone marks"
    assert found["page-2"] == (), "all words have to stand in one record"
    assert set(found["page-3"]) == {"canal", "land"}


def test_rows_say_how_much_was_found(files: Files) -> None:
    rows = {row.name: row for row in measure(files).rows}
    assert list(rows) == ["title", "page", ALL]
    assert (rows["title"].queries, rows["title"].measures["nDCG@10"].mean, rows["title"].zero_hits) == (2, 1.0, 0.0)
    assert rows["page"].measures["recall@100"].mean == pytest.approx(2 / 3)
    assert rows["page"].zero_hits == pytest.approx(1 / 3)
    assert rows[ALL].measures["MRR@10"].mean == pytest.approx(4 / 5)


def test_the_index_in_service_is_not_touched_and_nothing_is_left(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    place = files.folder / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    measure(files)
    assert not (files.folder / "index").exists()
    assert list(place.iterdir()) == []


def test_a_query_longer_than_the_portal_takes_is_remarked(tmp_path: Path) -> None:
    long = "giao đất " * MAX_QUERY_LENGTH
    files = written(tmp_path, CORPUS, {"q1": long, "q2": "không ai hỏi"}, [("q1", "land", 1)])
    evaluation = measure(files)
    assert evaluation.found.by_query == {"q1": ("land",)}
    assert len(list(remarks(evaluation))) == 2


def test_no_more_documents_are_asked_for_than_wanted(tmp_path: Path) -> None:
    corpus = {f"d{number}": ("Giao đất", "") for number in range(120)}
    files = written(tmp_path, corpus, {"q": "giao đất"}, [("q", "d0", 1)])
    assert len(measure(files).found.by_query["q"]) == 100


def test_a_missing_library_is_found_out_before_the_work(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.evaluation.measures.find_spec", lambda _name: None)
    steps: list[str] = []
    with pytest.raises(MeasuresMissing):
        evaluate(files.read(), IndexerSettings(), depth=100, today=TODAY, progress=lambda step, *_: steps.append(step))
    assert steps == []
