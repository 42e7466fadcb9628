"""Judged queries are read whole or not at all, and what is wrong is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.evaluation.lines import DatasetRefused
from tests.evaluation.datasets import HEADER, Files, written

CORPUS = {"d1": ("Giao đất", "Giao đất cho hộ gia đình"), "d2": ("Thủy lợi", ""), "d3": ("", "Kênh mương")}
QUERIES = {"q1": "giao đất", "q2": "kênh mương", "q3": "cầu đường"}
JUDGED = [("q1", "d1", 2), ("q1", "d2", 0), ("q2", "d3", 1), ("q3", "d1", 0)]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return written(tmp_path, CORPUS, QUERIES, JUDGED)


def test_what_is_written_is_read(files: Files) -> None:
    dataset = files.read()
    assert dataset.documents == ("d1", "d2", "d3")
    assert dataset.queries == {"q1": "giao đất", "q2": "kênh mương"}
    assert dataset.judgements == {"q1": {"d1": 2, "d2": 0}, "q2": {"d3": 1}}
    assert [(line.id, line.title, line.text) for line in dataset.lines()] == [(k, *v) for k, v in CORPUS.items()]


def test_a_query_that_nothing_answers_is_counted_and_not_asked(files: Files) -> None:
    dataset = files.read()
    assert dataset.unjudged == 1
    assert "q3" not in dataset.queries


def test_byte_order_mark_carriage_returns_and_blank_lines_do_not_matter(files: Files) -> None:
    for path in (files.corpus, files.queries, files.qrels):
        text = path.read_text().replace("\n", "\r\n") + "\r\n\n"
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert files.read().judgements == {"q1": {"d1": 2, "d2": 0}, "q2": {"d3": 1}}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "not JSON"),
        (b'{"_id": "x", "title": "", "text": "\xff"}', "not JSON"),
        (b'["d9"]', "not a JSON object"),
        (b'{"title": "", "text": ""}', "_id: missing"),
        (b'{"_id": "x", "text": ""}', "title: missing"),
        (b'{"_id": "x", "title": ""}', "text: missing"),
        (b'{"_id": 7, "title": "", "text": ""}', "_id: not a text"),
        (b'{"_id": "x", "title": null, "text": ""}', "title: not a text"),
        (b'{"_id": "", "title": "", "text": ""}', "_id: empty, or has white space in it"),
        (b'{"_id": "a b", "title": "", "text": ""}', "_id: empty, or has white space in it"),
        (b'{"_id": "d1", "title": "", "text": ""}', "the id d1 a second time"),
        (b'{"_id": "x", "title": "", "text": "", "metadata": {"number": 5}}', "metadata.number: not a text"),
    ],
)
def test_a_bad_document_is_named_by_its_line(files: Files, line: bytes, reason: str) -> None:
    with files.corpus.open("ab") as corpus:
        corpus.write(line + b"\n")
    with pytest.raises(DatasetRefused) as refusal:
        files.read()
    assert str(refusal.value) == f"{files.corpus}, line 4: {reason}"


def test_a_bad_query_is_named_by_its_line(files: Files) -> None:
    files.queries.write_text('{"_id": "q1", "text": "a"}\n\n{"_id": "q1", "text": "b"}\n')
    with pytest.raises(DatasetRefused) as refusal:
        files.read()
    assert str(refusal.value) == f"{files.queries}, line 3: the id q1 a second time"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("q1\td3", "should be a query, a document and a whole number, parted by tabs"),
        ("q1 d3 1", "should be a query, a document and a whole number, parted by tabs"),
        ("q1\td3\t1.5", "should be a query, a document and a whole number, parted by tabs"),
        ("q9\td3\t1", "there is no query q9"),
        ("q1\td9\t1", "there is no document d9"),
        ("q1\td1\t1", "document d1 is judged twice for query q1"),
    ],
)
def test_a_bad_judgement_is_named_by_its_line(files: Files, row: str, reason: str) -> None:
    with files.qrels.open("a") as qrels:
        qrels.write(row + "\n")
    with pytest.raises(DatasetRefused) as refusal:
        files.read()
    assert str(refusal.value) == f"{files.qrels}, line 6: {reason}"


@pytest.mark.parametrize("header", ["", "q1\td1\t1\n", "query-id corpus-id score\n"])
def test_judgements_need_their_header(files: Files, header: str) -> None:
    files.qrels.write_text(header + "q1\td1\t1\n")
    with pytest.raises(DatasetRefused, match="line 1: should be the header"):
        files.read()


def test_bytes_that_are_no_text_are_refused(files: Files) -> None:
    files.qrels.write_bytes(HEADER.encode() + b"q1\t\xff\t1\n")
    with pytest.raises(DatasetRefused, match="line 2: not UTF-8"):
        files.read()


def test_nothing_can_be_measured_without_documents_or_answers(files: Files) -> None:
    files.qrels.write_text(HEADER + "q1\td1\t0\n")
    with pytest.raises(DatasetRefused, match="no query has a document that answers it"):
        files.read()
    files.corpus.write_text("\n")
    with pytest.raises(DatasetRefused, match="is empty"):
        files.read()


def test_a_corpus_that_changes_meanwhile_is_noticed(files: Files) -> None:
    dataset = files.read()
    lines = files.corpus.read_text().splitlines(keepends=True)
    files.corpus.write_text("".join(reversed(lines)))
    with pytest.raises(DatasetRefused, match="line 1: changed"):
        list(dataset.lines())
    files.corpus.write_text("".join(lines[:2]))
    with pytest.raises(DatasetRefused, match="became shorter"):
        list(dataset.lines())
