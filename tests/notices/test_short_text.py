"""A text message says what fits into a few parts, as telephones count them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.notices.short_text import CUT, MOST_PARTS, parts, shortened


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ồ" * 70, 1),
        ("ồ" * 71, 2),
        ("ồ" * 134, 2),
        ("ồ" * 135, 3),
        ("a" * 70 + "ồ", 2),
        ("📜" * 35, 1),
        ("📜" * 36, 2),
    ],
)
def test_signs_are_counted_as_a_telephone_counts_them(text: str, count: int) -> None:
    assert parts(text) == count


def test_what_fits_stays_as_it_is_on_one_line() -> None:
    assert shortened("Hồ sơ đã có\nkết quả. ") == "Hồ sơ đã có kết quả."


def test_what_does_not_fit_is_cut_behind_a_word() -> None:
    short = shortened("tài liệu, " * 60)
    assert short.removesuffix(CUT).split(" ")[-1] in ("tài", "liệu")
    assert short.endswith(CUT)
    assert parts(short) == MOST_PARTS


@settings(max_examples=100)
@given(st.text(max_size=700), st.integers(1, 4))
def test_it_always_fits_and_is_the_beginning(text: str, most: int) -> None:
    short = shortened(text, most=most)
    assert parts(short) <= most
    assert "\n" not in short
    assert " ".join(text.split()).startswith(short.removesuffix(CUT))
