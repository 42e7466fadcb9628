"""Queries are misspelt as people and machines do it, and not further."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.demo_archive.dice import Dice
from indexer.evaluation.misspelling import respelt, retyped_number, unaccented, with_ocr_noise
from indexer.text.syllables import SYLLABLES
from indexer.text.tokens import fold, tokens
from indexer.text.variants import variants

DICE = Dice(1, "tests")
TITLE = "Quyết định giao đất cho xã Hòa Phước, thị xã Tam Kỳ"

syllables = st.sampled_from(sorted(SYLLABLES))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("hòa", "hoà"),
        ("hoà", "hòa"),
        ("HÒA", "HOÀ"),
        ("thủy,", "thủy,"),
        ("Thủy", "Thuỷ"),
        ("khỏe", "khoẻ"),
        ("kỹ", "kĩ"),
        ("Lí", "Lý"),
        ("ty", "ti"),
        ("quý", "quí"),
        ("ủy", "uỷ"),
        ("hoàn", "hoàn"),
        ("thoa", "thoa"),
        ("đất", "đất"),
        ("y", "y"),
    ],
)
def test_the_other_spelling_of_a_word(word: str, other: str) -> None:
    assert respelt(DICE, word) == other


@settings(max_examples=200)
@given(syllables)
def test_another_spelling_is_still_a_syllable_that_the_search_takes_for_the_same(syllable: str) -> None:
    other = respelt(DICE, syllable)
    assert other in SYLLABLES
    assert tokens(other) == tokens(syllable) or fold(other) in variants(fold(syllable))
    assert tokens(respelt(DICE, other)) == tokens(syllable)


def test_without_accents_is_plain_ascii() -> None:
    assert unaccented(DICE, TITLE) == "quyet dinh giao dat cho xa hoa phuoc, thi xa tam ky"


@settings(max_examples=100)
@given(st.integers(0, 10_000))
def test_noise_mistakes_something_but_not_much(seed: int) -> None:
    noisy = with_ocr_noise(Dice(seed, "noise"), TITLE)
    assert noisy != TITLE
    assert len(noisy.split()) == len(TITLE.split())
    assert sum(a != b for a, b in zip(noisy.split(), TITLE.split(), strict=True)) <= 9
    assert with_ocr_noise(Dice(seed, "noise"), TITLE) == noisy


def test_noise_leaves_what_it_cannot_mistake() -> None:
    assert with_ocr_noise(DICE, "KHDT") == "KHDT"


@settings(max_examples=100)
@given(st.integers(0, 10_000), st.sampled_from(["67/KH-UBND", "45/2020/NĐ-CP", "416/TTC-NC", "142-CP", "299/QĐ-ĐC"]))
def test_a_retyped_number_keeps_its_letters_and_figures(seed: int, number: str) -> None:
    retyped = fold(retyped_number(Dice(seed, "numbers"), number)).removeprefix("so ")
    assert re.sub(r"\W", "", retyped) == re.sub(r"\W", "", fold(number))
    assert re.findall(r"\d+", retyped) == re.findall(r"\d+", number)


def test_numbers_are_typed_in_several_ways() -> None:
    typed = {retyped_number(Dice(seed, "numbers"), "6/KH-UBĐĐ") for seed in range(60)}
    assert typed == {"6/KH-UBĐĐ", "6/kh-ubđđ", "6/kh-ubdd", "6/khubdd", "6 KH UBĐĐ", "6khubdd", "số 6/KH-UBĐĐ"}
