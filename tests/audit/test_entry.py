"""What an entry can hold, and what it cannot."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from portal.audit.chain import GENESIS, LONGEST_LINE, chained
from portal.audit.entry import LONGEST, Event
from tests.audit.entries import KEY, START, entry

DOCUMENT = (Path(__file__).parents[2] / "deploy/docs/access_log.md").read_text()


def test_an_entry_has_these_facts_and_no_others() -> None:
    assert entry(3, allowed=False, permit="GP-7", size="").facts() == {
        "at": "2026-11-30T23:59:30.000000+00:00",
        "event": "page-image",
        "reader": "anonymous",
        "record": "qn.td.04.16.3",
        "page": 3,
        "size": "",
        "decision": "refused",
        "rule": "public-mode",
        "permit": "GP-7",
        "policy": "2026-11-2",
        "lists": 41,
        "generation": "g-7",
    }


def test_every_fact_and_every_event_stands_in_the_document() -> None:
    for name in (*entry(1).facts(), "sequence", "previous", "hash", "seal", *(event.value for event in Event)):
        assert f"`{name}`" in DOCUMENT


def test_times_are_kept_in_utc_with_microseconds() -> None:
    in_viet_nam = START.astimezone(timezone(timedelta(hours=7))) + timedelta(microseconds=7)
    assert entry(1, at=in_viet_nam).facts()["at"] == "2026-11-30T23:59:00.000007+00:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": datetime(2026, 11, 30)},  # noqa: DTZ001 - what is refused
        {"reader": "Nguyễn Văn An"},
        {"reader": "192.0.2.7"},
        {"rule": "x" * (LONGEST + 1)},
        {"permit": "x" * (LONGEST + 1)},
        {"size": "x" * (LONGEST + 1)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_does_not_belong_in_the_log_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"zone|pseudonym|longer"):
        entry(1, **wrong)


def test_whatever_stands_in_an_address_makes_a_line_of_bounded_length() -> None:
    longest = entry(1, record_id="\U0010ffff" * 4000, page=10**4000, **dict.fromkeys(("size", "rule"), "\0" * LONGEST))
    line, _ = chained(10**12, longest.facts(), previous=GENESIS, key=KEY)
    assert len(line) < LONGEST_LINE
    assert line.isascii()
    assert line.count(b"\n") == 1
