"""Requests as a channel: asking for what is hidden and for what is absent cannot be told apart by trying."""

from html import unescape

import pytest

from tests.leaks.archive import HIDDEN_IDS, ZUMKYRA
from tests.leaks.questions import ABSENT_ID
from tests.leaks.world import Answer, World, answer

ASKED = ("/yeu-cau/them?record={}", "/yeu-cau/{}", "/yeu-cau/{}/giay-hen.pdf")


def told(got: Answer, record_id: str) -> tuple[int, list[tuple[str, str]], str]:
    """An answer without the id it was asked by, and without its length, which follows from that."""
    status, headers, body = got
    named = [(name, value.replace(record_id, "#")) for name, value in headers if name != "Content-Length"]
    return status, named, body.decode().replace(record_id, "#")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ASKED)
def test_26_asking_for_what_is_hidden_and_for_what_is_absent_is_the_same_answer(
    world: World, path: str, prefix: str
) -> None:
    expected = told(answer(world.site, prefix + path.format(ABSENT_ID)), ABSENT_ID)
    for hidden in HIDDEN_IDS:
        got = told(answer(world.site, prefix + path.format(hidden)), hidden)
        assert got == expected, hidden
        assert ZUMKYRA.title not in unescape(got[2])
