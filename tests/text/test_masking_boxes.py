"""The boxes of masked words: every hidden figure is covered on the image, or it is said that it is not."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.record import Box, Page
from indexer.text.masking import boxes_of, mask, masked_words, spans_under, uncovered
from tests.text.growth import is_linear

TODAY = date(2026, 11, 21)
TEXT = (
    "Tôi tên là Lê Văn Hòa, sinh ngày 12/03/1965,\nsố CMND: 201 234 567 do Công an tỉnh cấp ngày 5/6/1998, "
    "điện thoại (0510) 3852-739.\nDiện tích 1.250 m2, thửa số 123, tờ bản đồ 201."
)
HIDDEN_WORDS = ["12/03/1965,", "201", "234", "567", "(0510)", "3852-739."]


def box(at: int) -> Box:
    """The box of the word at a place in reading order, ten words a line."""
    left, top = at % 10 * 100, at // 10 * 20
    return (left, top, left + 90, top + 15)


def page(text: str, words: list[str] | None = None) -> Page:
    given_words = text.split() if words is None else words
    return Page(1, text, tuple((word, box(at)) for at, word in enumerate(given_words)))


def covered(whole: Page) -> list[str]:
    spans = mask(whole.text, today=TODAY).spans
    found = masked_words(whole.words, spans, whole.text)
    assert boxes_of(whole, spans) == tuple(own for _, own in found)
    return [word for word, _ in found]


def test_covers_the_words_that_are_hidden_and_no_others() -> None:
    whole = page(TEXT)
    spans = mask(TEXT, today=TODAY).spans
    assert covered(whole) == HIDDEN_WORDS
    assert uncovered(whole, spans) == ()


def test_a_page_with_nothing_to_hide_has_no_boxes() -> None:
    whole = page("Diện tích 1.250 m2, thửa số 123456")
    assert boxes_of(whole, mask(whole.text, today=TODAY).spans) == ()
    assert masked_words(whole.words, (), whole.text) == ()
    assert uncovered(whole, ()) == ()


def test_words_cut_otherwise_than_the_text_find_their_places() -> None:
    words = TEXT.replace("CMND: 201", "CMND:201").replace("12/03/1965,", "12/03/ 1965 ,").split()
    assert covered(page(TEXT, words)) == ["12/03/", "CMND:201", "234", "567", "(0510)", "3852-739."]


def test_a_number_in_one_word_of_the_text_is_covered_in_all_its_words() -> None:
    assert covered(page("gọi 0905.123.456 ngay", ["gọi", "0905.", "123.", "456", "ngay"])) == ["0905.", "123.", "456"]


@pytest.mark.parametrize("lost", ["Tôi", "sinh", "số", "CMND:", "do", "tỉnh", "điện", "Diện"])
def test_a_word_that_is_missing_or_misread_takes_no_cover_away(lost: str) -> None:
    words = TEXT.split()
    assert covered(page(TEXT, [word for word in words if word != lost])) == HIDDEN_WORDS
    assert covered(page(TEXT, ["#?!" if word == lost else word for word in words])) == HIDDEN_WORDS


@pytest.mark.parametrize("at", [0, 5, 12, 20, 30])
def test_words_that_the_text_has_not_are_passed_over(at: int) -> None:
    words = TEXT.split()
    assert covered(page(TEXT, [*words[:at], "con", "dấu", "đỏ", *words[at:]])) == HIDDEN_WORDS


@pytest.mark.parametrize("at", [0, 5, 20])
def test_text_that_the_words_have_not_is_passed_over(at: int) -> None:
    words = TEXT.split()
    text = " ".join([*words[:at], *(["chữ", "viết", "tay"] * 20), *words[at:]])
    assert covered(page(text, words)) == HIDDEN_WORDS


def test_words_without_a_place_are_covered_when_they_look_like_what_is_hidden() -> None:
    words = ["#", "201", "#", "567", "#", "0905123456", "#", "1.250.000", "#", "12345", "#", "m2"]
    text = f"số CMND: 201 234 567 {'…' * 3000}"
    assert covered(page(text, words)) == ["201", "567", "0905123456", "1.250.000"]


def test_hidden_figures_without_words_are_reported() -> None:
    spans = mask(TEXT, today=TODAY).spans
    assert uncovered(page(TEXT, []), spans) == spans
    without = page(TEXT, [word for word in TEXT.split() if word != "234"])
    assert [TEXT[start:end] for start, end in uncovered(without, spans)] == ["201 234 567"]


def test_boxes_drawn_by_hand_give_the_places_under_them() -> None:
    whole = page(TEXT)
    names = [at for at, (word, _) in enumerate(whole.words) if word in ("Lê", "Văn", "Hòa,")]
    spans = spans_under(whole, [(box(names[0])[0], box(names[0])[1], box(names[-1])[2], box(names[-1])[3])])
    assert spans is not None
    assert [TEXT[start:end] for start, end in spans] == ["Lê", "Văn", "Hòa,"]
    assert spans_under(page(TEXT, []), [box(0)]) is None
    assert spans_under(page(TEXT, ["#?!", *TEXT.split()]), [box(0)]) is None
    assert spans_under(whole, [(990, 990, 1000, 1000)]) == ()


_word_lists = st.lists(st.sampled_from([*TEXT.split(), "0905123456", "CMND", "số", "1", "#"]), max_size=40)


@settings(max_examples=300)
@given(_word_lists)
def test_words_in_their_places_are_covered_exactly(words: list[str]) -> None:
    text = " ".join(words)
    spans = mask(text, today=TODAY).spans
    expected, at = [], 0
    for word in words:
        if any(start < at + len(word) and at < end for start, end in spans):
            expected.append(word)
        at += len(word) + 1
    assert covered(page(text)) == expected
    assert uncovered(page(text), spans) == ()


@settings(max_examples=300)
@given(_word_lists, st.sets(st.integers(0, 40)))
def test_what_is_not_reported_is_covered(words: list[str], lost: set[int]) -> None:
    text = " ".join(words)
    whole = page(text, [word for at, word in enumerate(words) if at not in lost])
    spans = mask(text, today=TODAY).spans
    seen = covered(whole)
    for start, end in set(spans) - set(uncovered(whole, spans)):
        assert all(any(piece in word for word in seen) for piece in re.findall(r"\w+", text[start:end]))


@pytest.mark.parametrize("unit", ["số CMND 201234567 ", "1 ", "0905 123 456 "])
def test_many_words_take_no_longer_than_there_are(unit: str) -> None:
    def place(text: str) -> None:
        whole = page(text, [*text.split()[1:], "#"] if len(unit) > 2 else [word + "#" for word in text.split()])
        spans = mask(text + " CMND 201234567", today=TODAY).spans
        boxes_of(whole, spans)
        uncovered(whole, spans)

    assert is_linear(place, unit)
