"""Categories are found by whatever lists call them, and no name means two of them."""

import unicodedata

import pytest

from access_policy.register.categories import CATEGORIES, Category, category_named, category_words

NAMES = [(name, each) for each in CATEGORIES for name in (each.code, each.words, each.words_en, *each.also)]


@pytest.mark.parametrize(("name", "category"), NAMES)
def test_every_name_is_understood_however_it_is_typed(name: str, category: Category) -> None:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(letter)
    )
    for written in (name, name.upper(), f"  {name} ", unicodedata.normalize("NFD", name), bare):
        assert category_named(written) is category


@pytest.mark.parametrize("written", ["", "xyz", "mật", "private", "đời tư!"])
def test_anything_else_is_no_category(written: str) -> None:
    assert category_named(written) is None


def test_codes_have_words_and_older_codes_stand_for_themselves() -> None:
    assert category_words("damaged") == "Tài liệu bị hư hỏng nặng"
    assert category_words("thông tin đời tư") == "thông tin đời tư"
    assert len({each.code for each in CATEGORIES}) == len(CATEGORIES) == 8
