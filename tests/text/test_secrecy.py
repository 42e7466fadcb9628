"""Marks of secrecy: no stamp is overlooked where stamps stand, and the ordinary word is no stamp."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.secrecy import SecrecyLevel, SecrecyMark, secrecy_mark
from tests.text.growth import is_linear
from tests.text.secrecy_examples import MARKED, UNMARKED
from tests.text.vietnamese import real_texts, sentences

HEAD = "UBND TỈNH QUẢNG NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def test_there_are_enough_examples() -> None:
    assert len({text for text, _, _ in MARKED}) >= 60
    assert len(set(UNMARKED)) >= 60


@pytest.mark.parametrize(("text", "level", "line"), MARKED)
def test_finds_the_mark(text: str, level: SecrecyLevel, line: int) -> None:
    mark = secrecy_mark(text)
    assert mark is not None
    assert (mark.level, mark.line) == (level, line)
    assert mark.found in text.split("\n")[line - 1]


@pytest.mark.parametrize("text", UNMARKED)
def test_finds_no_mark_in_ordinary_words(text: str) -> None:
    assert secrecy_mark(text) is None


@pytest.mark.parametrize("text", [text for text in UNMARKED if len(text) < 200])
def test_finds_no_mark_in_them_below_the_head_of_a_page(text: str) -> None:
    assert secrecy_mark(f"{HEAD}\nSố: 12/BC-UB\n{text}\nKính gửi: Thường trực Tỉnh ủy") is None


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "M Ậ T", "[MẬT]", "MAT", "Độ mật: Mật"])
@pytest.mark.parametrize("at", range(4))
def test_finds_a_stamp_on_any_line_of_the_head(stamp: str, at: int) -> None:
    lines = HEAD.split("\n")
    mark = secrecy_mark("\n".join([*lines[:at], stamp, *lines[at:], *["Nội dung của văn bản."] * 60]))
    assert mark is not None
    assert mark.line == at + 1


def test_finds_nothing_in_the_real_documents() -> None:
    pages = [page for text in real_texts() for page in text.split("\f")]
    assert len(pages) == 14
    assert [page for page in pages if secrecy_mark(page)] == []


def test_the_head_is_fifteen_lines_or_nine_hundred_characters() -> None:
    short, long = "Dòng ngắn.", "Dòng này dài hơn nhiều, chừng sáu mươi ký tự, như một dòng đánh máy."
    end = ["Hết."] * 3
    assert secrecy_mark("\n".join([*[long] * 14, "MẬT", *end])) == SecrecyMark(SecrecyLevel.SECRET, "MẬT", 15)
    assert secrecy_mark("\n".join([*[long] * 15, "MẬT", *end])) is None
    assert secrecy_mark("\n".join([*[short] * 60, "MẬT", *end])) is not None
    assert secrecy_mark("\n".join([*[short] * 90, "MẬT", *end])) is None


def test_the_end_is_two_lines() -> None:
    body = ["Nội dung của văn bản."] * 60
    assert secrecy_mark("\n".join([*body, "MẬT", "- 3 -"])) == SecrecyMark(SecrecyLevel.SECRET, "MẬT", 61)
    assert secrecy_mark("\n".join([*body, "MẬT", "", "", ""])) == SecrecyMark(SecrecyLevel.SECRET, "MẬT", 61)
    assert secrecy_mark("\n".join([*body, "MẬT", "Nơi nhận:", "- Như trên;"])) is None


def test_levels_rise() -> None:
    assert SecrecyLevel.SECRET < SecrecyLevel.TOP < SecrecyLevel.MOST


@settings(max_examples=300)
@given(st.lists(sentences, max_size=12).map("\n".join))
def test_prose_in_small_letters_bears_no_mark(text: str) -> None:
    assert secrecy_mark(text) is None


@settings(max_examples=300)
@given(st.lists(sentences, min_size=1, max_size=8), st.integers(0, 7), st.sampled_from(list(SecrecyLevel)))
def test_a_stamp_among_any_lines_is_found(lines: list[str], at: int, level: SecrecyLevel) -> None:
    stamp = {SecrecyLevel.SECRET: "MẬT", SecrecyLevel.TOP: "TỐI MẬT", SecrecyLevel.MOST: "TUYỆT MẬT"}[level]
    mark = secrecy_mark("\n".join([*lines[:at], "Kính gửi:", stamp, *lines[at:]]))
    assert mark is not None
    assert mark.level is level


@pytest.mark.parametrize(
    "unit", ["MẬT ", "MẬT\n", "M Ậ ", "T Ố I ", "độ mật: ", " ", "\n", "ĐÃ GIẢI ", "[(", "M.", "1"]
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    assert is_linear(secrecy_mark, unit)
