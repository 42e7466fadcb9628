"""What a query means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.query import EMPTY_QUERY, MAX_PARTS, Number, Phrase, Word, parse


def test_words_are_read_with_their_spellings() -> None:
    assert parse("Quyết ĐỊNH").wanted == (Word("quyết", ("quyet",)), Word("định", ("dinh",)))
    assert "li" in parse("lý").words()[0].spellings


def test_quotes_make_phrases_and_a_minus_excludes() -> None:
    query = parse('"giao đất" xã -đất -"hợp tác xã"')
    assert query.wanted == (Phrase(("giao", "đất")), Word("xã", ("xa",)))
    assert set(query.excluded) == {Phrase(("đất",)), Phrase(("hợp", "tác", "xã"))}
    assert parse("“giao đất”").wanted == (Phrase(("giao", "đất")),)


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("Bà Rịa-Vũng Tàu").excluded == ()
    assert [word.exact for word in parse("Bà Rịa-Vũng Tàu").words()] == ["bà", "rịa", "vũng", "tàu"]


@pytest.mark.parametrize("typed", ["67/KH-UBND", "67/kh-ubnd", "67 kh ubnd", "67-KH-UBND", "067/KH-UBND", "67KH-UBND"])
def test_every_spelling_of_a_number_is_the_same_number(typed: str) -> None:
    numbers = [part.key for part in parse(f"kế hoạch {typed}").wanted if isinstance(part, Number)]
    assert numbers == [part.key for part in parse("67/KH-UBND").wanted if isinstance(part, Number)] != []


@pytest.mark.parametrize("typed", ["", " ", '"', '""', "-", "--", "...", "“”", "\x00", '-""'])
def test_without_words_there_is_the_empty_query(typed: str) -> None:
    assert parse(typed) == EMPTY_QUERY


@given(st.text(max_size=600))
def test_every_text_can_be_read(typed: str) -> None:
    query = parse(typed)
    assert len(query.wanted) <= MAX_PARTS
    assert len(query.excluded) <= MAX_PARTS
