"""Queries drawn from the archive: always the same, each meant for one record that everybody may find."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS, NOBODY
from access_policy.visibility import visible_to
from indexer.evaluation.corpus import corpus_documents
from indexer.evaluation.known_item_files import FolderTaken, findable, write_known_items
from indexer.evaluation.known_items import CLASSES, TooFewItems, known_items
from indexer.evaluation.offers import Offer, Offers
from indexer.index.document import Documents
from indexer.text.numbers import number_keys
from indexer.text.tokens import fold_tokens
from tests.evaluation.datasets import KNOWN, TODAY, Archive, Files


def searched(documents: Documents) -> tuple[object, ...]:
    """Everything of a record that words are looked for in."""
    record, pages = documents
    return record.title, record.codes, sorted(record.about), [page.text for page in pages]


def test_every_class_has_as_many_queries_and_each_one_answer(known: Files) -> None:
    dataset = known.read()
    assert Counter(query.rpartition("-")[0] for query in dataset.queries) == dict.fromkeys(
        CLASSES, KNOWN // len(CLASSES)
    )
    assert all(list(judged.values()) == [1] for judged in dataset.judgements.values())


def test_the_same_seed_draws_the_same_and_another_seed_others(
    small: Archive, small_known: Files, tmp_path: Path
) -> None:
    same, other = (small.draw(tmp_path / str(seed), queries=120, seed=seed) for seed in (1, 2))
    assert [path.read_bytes() for path in (same.corpus, same.queries, same.qrels)] == [
        path.read_bytes() for path in (small_known.corpus, small_known.queries, small_known.qrels)
    ]
    assert other.corpus.read_bytes() == same.corpus.read_bytes()
    assert other.queries.read_bytes() != same.queries.read_bytes()


def test_what_is_searched_of_the_corpus_is_what_is_searched_of_the_archive(small: Archive, small_known: Files) -> None:
    of_archive = map(searched, findable(small.source(), small.restrictions(), today=TODAY))
    of_corpus = map(searched, corpus_documents(small_known.read(), today=TODAY))
    for ours, theirs in zip(of_corpus, of_archive, strict=True):
        assert ours == theirs


def test_nothing_is_written_that_not_everybody_may_find(small: Archive, small_known: Files) -> None:
    secrets = list(small.summary.canaries)
    assert len(secrets) > 20
    text = small_known.corpus.read_text() + small_known.queries.read_text() + small_known.qrels.read_text()
    assert [word for word in secrets if word in text] == []
    nobody = visible_to(reader=NOBODY, today=TODAY, overlay=NO_OVERLAY)
    anybody = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
    for record, _ in findable(small.source(), small.restrictions(), today=TODAY):
        assert anybody.admits(record.disclosure, record.lineage)
        assert not nobody.admits(record.disclosure, record.lineage)


def test_titles_phrases_and_numbers_stand_in_their_record_and_in_no_other(known: Files) -> None:
    dataset = known.read()
    lines = {line.id: line for line in dataset.lines()}
    titles = Counter(" ".join(fold_tokens(line.title)) for line in lines.values())
    texts = {key: f" {' '.join(fold_tokens(f'{line.title} {line.text}'))} " for key, line in lines.items()}
    for query, text in dataset.queries.items():
        [meant] = dataset.judgements[query]
        words = " ".join(fold_tokens(text))
        if query.startswith("title"):
            assert (lines[meant].title, titles[words]) == (text, 1)
        if query.startswith("phrase"):
            assert [key for key, stands in texts.items() if f" {words} " in stands] == [meant]
        if query.startswith("number"):
            assert number_keys(lines[meant].metadata.number)


def test_a_record_is_asked_for_once_in_a_class_of_titles(known: Files) -> None:
    dataset = known.read()
    meant = [next(iter(dataset.judgements[query])) for query in dataset.queries if query.startswith("title")]
    assert len(set(meant)) == len(meant)


def test_an_archive_too_small_says_so_and_leaves_nothing(small: Archive, tmp_path: Path) -> None:
    with pytest.raises(TooFewItems, match=r"offers only \d+ of 10000 queries of the class title"):
        small.draw(tmp_path / "drawn", queries=60_000)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").write_text("mine")
    with pytest.raises(FolderTaken):
        write_known_items(tmp_path / "taken", (), queries=300, seed=1)
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["mine"]


def test_an_empty_folder_may_be_there_already(small: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = findable(small.source(), small.restrictions(), today=TODAY)
    assert write_known_items(Path(), found, queries=6, seed=1) == 6
    assert len(list(tmp_path.iterdir())) == 3


def test_a_spelling_class_takes_only_what_has_another_spelling() -> None:
    plain = tuple(Offer(f"r{number}", f"KHDT {number}") for number in range(9))
    with pytest.raises(TooFewItems, match="offers only 0 of 1 queries of the class tone"):
        known_items(Offers(plain, plain, plain), queries=6, seed=1)


def test_a_line_holds_the_pages_each_ended_by_a_form_feed(known: Files) -> None:
    lines = [json.loads(line) for line in known.corpus.read_text().splitlines()]
    assert all(line["text"] == "" or line["text"].endswith("\f") for line in lines)
    assert any(line["text"].count("\f") > 3 for line in lines)
