"""Personal data is sealed: unreadable, never twice the same, openable after its key has been replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.store.sealing import SealBroken, Sealing

OLD, NEW, MATCHING = b"o" * 32, b"n" * 32, b"m" * 32


@given(st.text())
def test_what_is_sealed_opens_again_and_shows_nothing(text: str) -> None:
    sealing = Sealing([NEW], matching_key=MATCHING)
    sealed = sealing.seal(text)
    assert sealing.open(sealed) == text
    assert sealed != sealing.seal(text)
    assert len(text) < 4 or text not in sealed


def test_a_replaced_key_still_opens_and_no_longer_seals() -> None:
    sealed = Sealing([OLD], matching_key=MATCHING).seal("079201012345")
    both = Sealing([NEW, OLD], matching_key=MATCHING)
    assert both.open(sealed) == "079201012345"
    with pytest.raises(SealBroken):
        Sealing([OLD], matching_key=MATCHING).open(both.seal("079201012345"))


@pytest.mark.parametrize("broken", ["", "x", "gAAAAA", "é"])
def test_what_was_not_sealed_here_does_not_open(broken: str) -> None:
    with pytest.raises(SealBroken):
        Sealing([NEW], matching_key=MATCHING).open(broken)


def test_the_digest_for_matching_is_the_same_for_every_sealing_key_and_another_for_every_matching_key() -> None:
    found = Sealing([NEW], matching_key=MATCHING).match("079201012345")
    assert found == Sealing([OLD], matching_key=MATCHING).match("079201012345")
    assert found != Sealing([NEW], matching_key=OLD).match("079201012345")
    assert len(found) == 64
