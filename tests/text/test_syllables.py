"""Structural validity of syllables."""

import pytest

from indexer.text.syllables import SYLLABLES, is_folded_syllable, is_syllable
from indexer.text.tokens import tokens
from tests.text.vietnamese import real_texts

_SYLLABLES = """
lưu trữ lịch sử tỉnh phông hồ sơ mục lục tờ trang nghị quyết quyết định chỉ thị thông tư kế hoạch báo cáo khuya khuỷu
nguyễn nghiêng ngoằn ngoèo giếng giữ gìn gì giặt quốc quý quỳnh quyển quả yêu yếm uỷ ủy hoà hòa hoài xoáy khoẻ khỏe
thuở huơ huyện tuần thuế đường rượu hươu người xoong moóc ỷ y lý lí kỹ đắk lắk kạn bình a ồ ở à ướt
"""
_NOT_SYLLABLES = """
hòan tóan gía cúôc tieng viet truong nuoc lưuu trũư qe kà cê ngê ghà nghà cat lep hoch sôc đờng nớc th ng ubnd bnd
w café décembre province archives tôt mốcc aa oo zô fa ja lyl vyt
"""


@pytest.mark.parametrize("word", _SYLLABLES.split())
def test_accepts(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.capitalize())
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", ["", " ", "67", *_NOT_SYLLABLES.split()])
def test_rejects(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("closed", ["cac", "sach", "hop", "mat"])
def test_rhymes_closed_by_a_stop_take_only_two_tones(closed: str) -> None:
    toned = {closed.replace("a", vowel).replace("o", vowel) for vowel in "àảãáạòỏõóọ"}
    assert len([word for word in toned if is_syllable(word)]) in (2, 4)
    assert not is_syllable(closed)


def test_nearly_every_accented_word_of_real_documents_is_one() -> None:
    words = {word for text in real_texts() for word in tokens(text) if not word.isascii()}
    assert len(words) > 400
    odd = sorted(word for word in words if not is_syllable(word))
    assert len(odd) / len(words) < 0.03, odd


def test_folded_syllables() -> None:
    assert all(is_folded_syllable(word) for word in ("truong", "Trường", "nuoc", "HO", "gia", "tu"))
    assert not any(is_folded_syllable(word) for word in ("ubnd", "cp", "qd", "bnv", "kg"))


def test_size_of_the_language() -> None:
    assert 15_000 < len(SYLLABLES) < 20_000
