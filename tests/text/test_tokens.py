"""Tokens and folding: the same cut for documents and queries, and folds that keep every position."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.tokens import MAX_TOKEN_LENGTH, fold, fold_prose, fold_tokens, has_accent, token_runs, tokens
from indexer.text.variants import variants
from tests.text.vietnamese import real_texts, sentences, syllables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số 67/KH-UBND, ngày 03/4/2020.", ["số", "67", "kh", "ubnd", "ngày", "03", "4", "2020"]),
        ("Đ'Ran_Đơn–Dương “Lưu trữ”", ["đ", "ran", "đơn", "dương", "lưu", "trữ"]),
        ("hoà hòa Hoá HỎA khoẻ xoè thuý tuỳ UỶ", ["hòa", "hòa", "hóa", "hỏa", "khỏe", "xòe", "thúy", "tùy", "ủy"]),
        ("quý quỳ quả giá hoàn toàn thuỷnh", ["quý", "quỳ", "quả", "giá", "hoàn", "toàn", "thuỷnh"]),
        ("Ha\u0300 No\u0323\u0302i", ["hà", "nội"]),
        ("\u0130stanbul", ["istanbul"]),
        ("x" * 70, ["x" * MAX_TOKEN_LENGTH]),
        ("…!?_ ", []),
        ("", []),
    ],
)
def test_cuts(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@settings(max_examples=300)
@given(st.text() | sentences)
def test_folded_tokens_run_parallel(text: str) -> None:
    assert fold_tokens(text) == [fold(token) for token in tokens(text)]


@settings(max_examples=300)
@given(st.text(max_size=300))
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    once = tokens(unicodedata.normalize("NFC", text))
    assert all(0 < len(token) <= MAX_TOKEN_LENGTH for token in once)
    assert tokens(" ".join(once)) == once


@settings(max_examples=200)
@given(st.lists(syllables, min_size=1))
def test_a_sentence_has_its_words(words: list[str]) -> None:
    found = tokens(", ".join(words).upper())
    assert [fold(word) for word in found] == [fold(word) for word in words]
    assert found == [tokens(word)[0] for word in words]


def test_both_tone_styles_meet() -> None:
    for first, second in (("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("toạ", "tọa"), ("huỵ", "hụy")):
        assert tokens(first) == tokens(second) == [second]


def test_fold_is_one_to_one_for_every_character() -> None:
    wrong = [code for code in range(sys.maxunicode + 1) if len(fold(chr(code))) != 1]
    assert wrong == []


@settings(max_examples=300)
@given(st.text())
def test_fold_keeps_positions_and_is_idempotent(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Đình Ổn", "nguyen dinh on"),
        ("ẤT DẬU, QUÝ HỢI, Ỷ, ƯỚT, ẴM", "at dau, quy hoi, y, uot, am"),
        ("Niño, François, Köln, Łukasz", "niño, françois, köln, łukasz"),
        ("\u0130zmir", "izmir"),
    ],
)
def test_folds_vietnamese_only(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=200)
@given(syllables)
def test_a_folded_syllable_is_plain(syllable: str) -> None:
    assert fold(syllable).isascii()
    assert has_accent(syllable) == (not syllable.isascii())


def test_two_kilobytes_are_cut_and_folded_in_a_blink() -> None:
    page = real_texts()[0][:2000]
    tokens(page), fold_tokens(page)
    best = min(_seconds(page) for _ in range(30))
    assert best < 0.002, "ten times what it takes on an idle machine"


def _seconds(page: str) -> float:
    started = time.perf_counter()
    tokens(page)
    fold_tokens(page)
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("token", "others"),
    [
        ("ly", ("li",)),
        ("li", ("ly",)),
        ("quy", ("qui",)),
        ("qui", ("quy",)),
        ("ti", ("ty",)),
        ("my", ("mi",)),
        ("thi", ()),
        ("lim", ()),
        ("yen", ()),
        ("di", ()),
        ("ly1", ()),
        ("", ()),
    ],
)
def test_i_y_variants(token: str, others: tuple[str, ...]) -> None:
    assert variants(token) == others


@pytest.mark.parametrize("onset", ["h", "k", "l", "m", "s", "t", "qu"])
def test_variants_are_mutual(onset: str) -> None:
    assert variants(onset + "i") == (onset + "y",)
    assert variants(onset + "y") == (onset + "i",)


@given(st.text(max_size=300))
def test_runs_are_the_tokens_and_the_folded_tokens(text: str) -> None:
    assert token_runs(text) == (" ".join(tokens(text)), " ".join(fold_tokens(text)))


@given(st.text(max_size=300))
def test_folding_prose_is_folding(text: str) -> None:
    assert fold_prose(text) == fold(text)
