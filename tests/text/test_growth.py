"""The measure of growth tells work that grows with the text from work that grows with its square."""

from tests.text.growth import is_linear


def test_one_walk_is_linear() -> None:
    assert is_linear(lambda text: [letter for letter in text if letter == "x"], "ab")


def test_a_walk_from_every_place_is_not() -> None:
    assert not is_linear(lambda text: [text.count("x", at) for at in range(0, len(text), 64)], "ab")
