"""A document becomes a record with pages, and nothing of it is lost on the way."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.terms import Audience, Known
from indexer.evaluation.corpus import SYLLABLES_A_PAGE, corpus_documents, into_pages, ordinal_of, record_id
from indexer.evaluation.dataset import CorpusLine
from tests.evaluation.datasets import TODAY, json_lines, written


@settings(max_examples=60)
@given(st.integers(0, 3 * SYLLABLES_A_PAGE), st.sampled_from([" ", "\n", " \n  "]))
def test_a_long_text_is_cut_between_words_into_full_pages(count: int, between: str) -> None:
    words = [f"tiếng{number}" for number in range(count)]
    pages = into_pages(between.join(words))
    assert [word for page in pages for word in page.text.split()] == words
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(len(page.text.split()) == SYLLABLES_A_PAGE for page in pages[:-1])
    assert len(pages) == -(-count // SYLLABLES_A_PAGE)


def test_form_feeds_part_pages_however_long_they_are() -> None:
    long = " ".join(["đất"] * (SYLLABLES_A_PAGE + 5))
    assert [page.text for page in into_pages(f"{long}\fhai\f\f")] == [long, "hai"]
    assert [page.text for page in into_pages(f"{long}\f")] == [long]


@given(st.integers(0, 10**9))
def test_the_id_of_a_record_tells_its_document(ordinal: int) -> None:
    assert ordinal_of(record_id(ordinal)) == ordinal


def test_a_document_is_open_to_everybody_and_cleaned_as_in_production(tmp_path: Path) -> None:
    files = written(tmp_path, {"a": ("Quyết định  ", "Giao d\u0061\u0302\u0301t")}, {"q": "đất"}, [("q", "a", 1)])
    [(record, [page])] = corpus_documents(files.read(), today=TODAY)
    assert (record.disclosure.known, record.disclosure.audience) == (Known.DESCRIPTION, Audience.EVERYONE)
    assert record.title == "Quyết định"
    assert page.text == "Giao d\u1ea5t"


def test_personal_numbers_are_not_searched_here_either(tmp_path: Path) -> None:
    text = "CMND số 201 123 456 của ông"
    files = written(tmp_path, {"a": ("", text)}, {"q": "ông"}, [("q", "a", 1)])
    [(_, [page])] = corpus_documents(files.read(), today=TODAY)
    assert "123" not in page.text


def test_a_number_and_what_is_said_about_a_document_are_searched(tmp_path: Path) -> None:
    files = written(tmp_path, {"a": ("", "")}, {"q": "đất"}, [("q", "a", 1)])
    described = {"number": "67/KH-UBND", "about": ["Ty Điền địa"], "url": 5}
    files.corpus.write_text(json_lines([{"_id": "a", "title": "t", "text": "", "metadata": described}]))
    [(record, pages)] = corpus_documents(files.read(), today=TODAY)
    assert "67/kh-ubnd" in record.codes
    assert set(record.about) == {"67/KH-UBND", "Ty Điền địa"}
    assert pages == ()


def test_metadata_may_be_left_out() -> None:
    assert CorpusLine.model_validate_json('{"_id": "a", "title": "", "text": ""}').metadata.number == ""
