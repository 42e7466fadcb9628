"""Display-safe repair: what it takes away, what it puts right, and that it leaves everything else."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.clean import clean, reveal
from tests.text.vietnamese import real_texts, sentences

_PIECES = [
    "&",
    ";",
    "#",
    "amp",
    "lt",
    "shy",
    "38",
    "x26",
    "97",
    "semi",
    "\u200b",
    "\u00ad",
    "\u037e",
    " ",
    "\n",
    "a",
    "\u0301",
]
_ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.lists(st.sampled_from(_PIECES)).map("".join)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("ng&agrave;y 03 th&aacute;ng 4", "ngày 03 tháng 4"),
        ("ng&amp;agrave;y", "ngày"),
        ("ng&amp;amp;amp;#224;y", "ngày"),
        ("K&#x1EBF; ho&#7841;ch", "Kế hoạch"),
        ("&&#97;mp;lt;b&gt;", "<b>"),
        ("Sở KH&ĐT, R&D; a&b;", "Sở KH&ĐT, R&D; a&b;"),
        ("?a=1&copy=2&region=3", "?a=1&copy=2&region=3"),
        ("Văn thƣ - Lƣu trữ", "Văn thư - Lưu trữ"),
        ("ƢU TIÊN", "ƯU TIÊN"),
        ("Ðảng bộ, Ɖoàn, ðất", "Đảng bộ, Đoàn, đất"),
        ("Ha\u0300 No\u0323\u0302i", "Hà Nội"),
        ("lƣ\u0323c", "lực"),
        ("\ufeffLưu\u200b trữ\u2060", "Lưu trữ"),
        ("lưu\u00adtrữ", "lưutrữ"),
        ("67/KH-UBND\u00a0ngày\u2003nay\tvà\u3000mai", "67/KH-UBND ngày nay và mai"),
        ("Điều\x00 1\x07\x1b[0m", "Điều 1[0m"),
        ("lẻ\ud800 đôi\udfff", "lẻ đôi"),
        ("một \r\nhai\t\rba  \n\nbốn ", "một\nhai\nba\n\nbốn"),
        ("trang một\x0ctrang hai\u2028dòng", "trang một\ntrang hai\ndòng"),
        ("&shy;&#8203;&nbsp;x", " x"),
        ("&#1;&#0;&#xD800;", "\ufffd\ufffd"),
        ("", ""),
    ],
)
def test_repairs_what_it_names(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@settings(max_examples=500)
@given(_ANY_TEXT)
def test_is_idempotent(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=200)
@given(_ANY_TEXT)
def test_result_is_composed_and_can_be_shown(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in cleaned.replace("\n", ""))
    cleaned.encode("utf-8")  # would raise on a lone surrogate


@settings(max_examples=100)
@given(sentences)
def test_leaves_vietnamese_alone(sentence: str) -> None:
    assert clean(sentence) == sentence
    assert clean(sentence.upper()) == sentence.upper()


def test_leaves_real_documents_alone_but_for_page_breaks() -> None:
    for text in real_texts():
        kept = "\n".join(line.rstrip(" ") for line in text.replace("\x0c", "\n").split("\n"))
        assert clean(text) == kept


def test_nested_references_cost_no_more_than_their_length() -> None:
    hostile = "&" * 20_000 + "#97;mp;" * 20_000
    started = time.perf_counter()
    clean(hostile)
    assert time.perf_counter() - started < 5


def test_reveal_keeps_what_legacy_encodings_need() -> None:
    assert reveal("L&shy;u tr&divide;\u200b Ð") == "L\u00adu tr÷ Ð"
