"""A message cannot carry a header that nobody wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.notices.message import Channel, Message

HOSTILE = st.sampled_from(["\r", "\n", "\r\n", "\x00", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])


@settings(max_examples=100)
@given(st.text(max_size=30), HOSTILE, st.text(max_size=30))
def test_no_control_character_gets_into_address_or_subject(before: str, hostile: str, after: str) -> None:
    for values in (
        {"to": before + hostile + after, "subject": ""},
        {"to": "a@b.vn", "subject": before + hostile + after},
    ):
        with pytest.raises(ValueError, match="one"):
            Message(Channel.EMAIL, text="", **values)


@pytest.mark.parametrize("to", ["", "a@b.vn, c@d.vn", "x" * 255])
def test_a_message_goes_to_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="one address"):
        Message(Channel.EMAIL, to, "", "")
