"""Masking: what is a person's is hidden to the last figure, what is not stays, and every character keeps its place."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.folding import fold
from indexer.text.masking import HIDDEN, PERSONAL_YEARS, Span, mask
from tests.text.growth import is_linear
from tests.text.personal_numbers import PERSONAL
from tests.text.public_numbers import PUBLIC
from tests.text.vietnamese import real_texts, sentences

TODAY = date(2026, 11, 21)


def hidden(text: str) -> list[str]:
    """What of a text is hidden, piece by piece."""
    return [text[start:end] for start, end in mask(text, today=TODAY).spans]


def unmarked(example: str) -> tuple[str, tuple[Span, ...]]:
    """An example without « and », and the places that they enclose."""
    text, spans, opened = "", [], 0
    for piece in re.split("([«»])", example):
        if piece == "«":
            opened = len(text)
        elif piece == "»":
            spans.append((opened, len(text)))
        else:
            text += piece
    return text, tuple(spans)


def test_there_are_enough_examples() -> None:
    assert len(set(PERSONAL)) >= 150
    assert len(set(PUBLIC)) >= 150
    assert all("«" in example for example in PERSONAL)


@pytest.mark.parametrize("example", PERSONAL)
def test_hides_what_is_a_persons_and_nothing_else(example: str) -> None:
    text, spans = unmarked(example)
    assert mask(text, today=TODAY).spans == spans


@pytest.mark.parametrize("example", PERSONAL)
def test_hides_it_within_a_page(example: str) -> None:
    before, after = "Kính gửi: UBND xã, ngày 12/3/2001\nXét đơn của đương sự;\n", "\nTrân trọng. Số: 12/UB"
    text, spans = unmarked(example)
    masked = mask(before + text + after, today=TODAY)
    assert masked.spans == tuple((start + len(before), end + len(before)) for start, end in spans)


@pytest.mark.parametrize("text", PUBLIC)
def test_keeps_what_is_not_a_persons(text: str) -> None:
    assert hidden(text) == []
    assert hidden(f"Xét báo cáo của địa phương;\n{text}\nTrân trọng.") == []


def test_hides_nothing_of_the_real_documents() -> None:
    assert [hidden(text) for text in real_texts()] == [[], []]


def test_what_is_hidden_keeps_its_marks() -> None:
    text = "CMND 012.345.678, ĐT (0510) 3852-739,\nsinh ngày 02/9/1950, mồng 5 tháng Giêng"
    assert (
        mask(text, today=TODAY).text == "CMND •••.•••.•••, ĐT (••••) ••••-•••,\nsinh ngày ••/•/1950, mồng 5 tháng Giêng"
    )


# Numbers as they are written: a paper, a telephone, an account, behind any of the words for it.
_PAPER_NAMES = ["CMND", "Chứng minh nhân dân", "giấy chứng minh", "CCCD", "Căn cước công dân", "C.M.N.D", "CMT"]
_PHONE_NAMES = ["Điện thoại", "ĐT", "SĐT", "Số điện thoại", "Tel", "Zalo", "Đ.T", "Điện thoại liên hệ"]
_ACCOUNT_NAMES = ["Số tài khoản", "STK", "TK số", "Tài khoản ngân hàng số", "Số TK"]
_JOINTS = [" ", ": ", " số ", " số: ", ":\n", " :", "\nsố\n", " số:", "  ", " - "]
_SPELLINGS = [str, str.lower, str.upper, fold]
_figures = st.text("0123456789", min_size=9, max_size=9)


def _grouped(digits: str, mark: str, sizes: tuple[int, ...]) -> str:
    cuts = [sum(sizes[:count]) for count in range(len(sizes) + 1)]
    return mark.join(digits[start:end] for start, end in pairwise(cuts))


def _misread(number: str, which: int) -> str:
    """The number with some of its 0 and 1 as letters; the first figure stays, and so at least one true figure."""
    letters = {"0": "oO"[which % 2], "1": "lI"[which % 2]}
    return number[0] + "".join(
        letters.get(figure, figure) if which >> at & 1 else figure for at, figure in enumerate(number[1:])
    )


@settings(max_examples=300)
@given(
    st.sampled_from(_PAPER_NAMES),
    st.sampled_from(_JOINTS),
    st.sampled_from(_SPELLINGS),
    _figures,
    st.sampled_from([("", (9,)), (" ", (3, 3, 3)), (".", (3, 3, 3)), (" ", (2, 7)), ("-", (3, 6))]),
    st.integers(0, 255),
)
def test_hides_any_number_behind_the_name_of_a_paper(
    name: str, joint: str, spell: type[str], digits: str, groups: tuple[str, tuple[int, ...]], which: int
) -> None:
    number = _misread(_grouped(digits, *groups), which)
    assert hidden(f"Tôi tên Hòa, {spell(name + joint)}{number} do Công an cấp") == [number]


@settings(max_examples=300)
@given(
    st.sampled_from(_PHONE_NAMES),
    st.sampled_from(_JOINTS),
    st.sampled_from(_SPELLINGS),
    st.sampled_from(["0905", "0987", "0345", "0701", "0812"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.sampled_from(
        [("", (10,)), (" ", (4, 3, 3)), (".", (4, 3, 3)), ("-", (4, 6)), (" ", (3, 3, 4)), (".", (4, 2, 2, 2))]
    ),
    st.integers(0, 255),
)
def test_hides_any_number_behind_the_word_for_a_telephone(
    name: str, joint: str, spell: type[str], code: str, rest: str, groups: tuple[str, tuple[int, ...]], which: int
) -> None:
    number = _grouped(code + rest, *groups)
    assert hidden(f"gặp ông Nam, {number} để hỏi") == [number]
    number = _misread(number, which)
    assert hidden(f"gặp ông Nam, {spell(name + joint)}{number} để hỏi") == [number]


@settings(max_examples=200)
@given(
    st.sampled_from(_ACCOUNT_NAMES),
    st.sampled_from(_JOINTS),
    st.sampled_from(_SPELLINGS),
    st.text("0123456789", min_size=13, max_size=13),
    st.sampled_from([("", (13,)), (" ", (4, 4, 5)), ("-", (4, 3, 6)), (".", (4, 9))]),
)
def test_hides_any_number_behind_the_word_for_an_account(
    name: str, joint: str, spell: type[str], digits: str, groups: tuple[str, tuple[int, ...]]
) -> None:
    number = _grouped(digits, *groups)
    assert hidden(f"chuyển tiền, {spell(name + joint)}{number} tại ngân hàng") == [number]


@settings(max_examples=300)
@given(
    st.dates(date(1900, 1, 1), date(2026, 11, 21)),
    st.sampled_from(
        ["sinh ngày ", "Ngày sinh: ", "SINH NGÀY ", "sinh ngay ", "Ngày, tháng, năm sinh:\n", "sanh ngày "]
    ),
    st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0.day}.{0.month}.{0.year}"]),
)
def test_hides_birthdays_of_the_living(born: date, words: str, form: str) -> None:
    masked = mask(f"Bà Lan {words}{form.format(born)} tại Hội An", today=TODAY)
    gone = born <= date(TODAY.year - PERSONAL_YEARS, TODAY.month, TODAY.day)
    assert len(masked.spans) == (0 if gone else 2)
    assert str(born.year) in masked.text


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("21/11/1926", 0),
        ("22/11/1926", 2),
        ("ngày 21 tháng 11 năm 1926", 0),
        ("ngày 22 tháng 11 năm 1926", 2),
        ("tháng 10 năm 1926", 0),
        ("tháng 11 năm 1926", 1),
        ("5/6/26", 2),
        ("5/6/27", 2),
        ("5/6/2091", 2),
        ("31/2/1950", 2),
        ("30/12/1899", 0),
    ],
)
def test_a_person_counts_as_alive_for_a_hundred_years(written: str, count: int) -> None:
    assert len(hidden(f"sinh {written} tại Tam Kỳ")) == count


_FRAGMENTS = sorted(
    {piece for text in (*PERSONAL, *PUBLIC) for piece in re.findall(r"[^\W\d]+|\d+|\W", text) if piece not in "«»"}
)
_scraps = st.lists(
    st.sampled_from(_FRAGMENTS)
    | st.sampled_from(
        ["CMND ", "ĐT: ", "STK ", "sinh ngày ", "số ", "0905123456", "201234567", "12/3/1990", "O", "l", "\n"]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=500)
@given(_scraps | st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    masked = mask(text, today=TODAY)
    assert len(masked.text) == len(text)
    covered = {at for start, end in masked.spans for at in range(start, end)}
    assert len(covered) == sum(end - start for start, end in masked.spans)
    assert sorted(masked.spans) == list(masked.spans)
    for at, (was, now) in enumerate(zip(text, masked.text, strict=True)):
        assert now == (HIDDEN if at in covered and was.isalnum() else was)


@settings(max_examples=500)
@given(_scraps)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text, today=TODAY)
    again = mask(once.text, today=TODAY)
    assert again.spans == ()
    assert again.text == once.text


@settings(max_examples=200)
@given(sentences)
def test_words_alone_hide_nothing(text: str) -> None:
    assert mask(text, today=TODAY).text is text


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "0905123456 ",
        "1.234.",
        "CMND 201234567 ",
        "CMND, ",
        "CMND 1 ",
        "ĐT: 0905 123 456 - ",
        "STK 1-",
        "sinh ngày 1/1/1990 ",
        "\n1 Lê Văn Tám 12/3/1990 201234567",
        "ngày sinh 12 tháng 3 ",
        "O1l",
        "+84 (0)",
        ".",
        "số ",
        "CMND 12345\n",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    assert is_linear(lambda text: mask(text, today=TODAY), unit)
