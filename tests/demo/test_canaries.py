"""The canaries: each in one record, exactly where the policy hides something, and nowhere else."""

import re
from collections import defaultdict
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from access_policy.disclosure import disclosure_of, page_disclosed
from access_policy.rules import conditions_of
from access_policy.terms import Known, Level
from indexer.demo_archive.canary import PREFIX, canary_word
from indexer.secrecy_net import secrecy_marks
from indexer.sources import schema
from indexer.sources.stages import TABLES
from tests.demo.conftest import TODAY

_CANARY = re.compile(rf"{PREFIX}[a-z]{{8}}")


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_every_number_has_its_own_word(one, other):
    assert (canary_word(one) == canary_word(other)) == (one == other)
    assert _CANARY.fullmatch(canary_word(one))


@pytest.mark.parametrize("number", [-1, 60**4])
def test_words_run_out(number):
    with pytest.raises(ValueError, match="canary words"):
        canary_word(number)


def test_each_canary_stands_in_one_record_only_and_all_are_laid(written):
    holders = defaultdict(set)
    with written.engine.connect() as connection:
        for level, table in TABLES.items():
            for row in connection.execute(select(table)):
                for word in _CANARY.findall(str(row)):
                    holders[word].add((level.value, row.id))
        for row in connection.execute(select(schema.pages)):
            for word in _CANARY.findall(row.ocr_text):
                holders[word].add((row.record_level, row.record_id))
    assert set(holders) == set(written.summary.canaries)
    assert {word: where for word, where in holders.items() if len(where) > 1} == {}


def test_canaries_stand_exactly_where_the_policy_hides_something(written):
    restrictions, hidden_words = written.restrictions(), 0
    for entry in written.records().values():
        said = (*restrictions.of(entry.record), *secrecy_marks(entry.pages))
        conditions = conditions_of(entry.record, said)
        disclosure = _described(conditions, TODAY)
        described = _CANARY.findall(str(asdict(replace(entry.record, objects=(), parents=()))))
        if disclosure is None:
            assert described, f"{entry.record.id} is hidden but its description has no canary"
        else:
            assert not described, f"{entry.record.id} is known but its description has a canary"
        for page in entry.pages:
            if disclosure is not None and page_disclosed(conditions, page.number, today=TODAY):
                assert not _CANARY.search(page.text), f"{entry.record.id}, page {page.number} is open and has a canary"
        if entry.pages and not (disclosure and disclosure.text):
            assert any(_CANARY.search(page.text) for page in entry.pages), entry.record.id
        hidden_words += bool(described)
    assert hidden_words > 50


def test_a_hidden_description_has_its_canary_in_every_field(written):
    records = written.records()
    for name in ("mode:03", "mode:", "mode:??", "item:listed", "item:opens-tomorrow", "item:closed-today"):
        entry = records[written.summary.landmarks[name]]
        record = entry.record
        (word,) = set(_CANARY.findall(record.title))
        assert word in record.creator
        assert any(word in place.written for place in record.places)
        assert word in " ".join(record.keywords)
        assert word in record.scope
        assert any(word in page.text for page in entry.pages)


@pytest.mark.long
def test_paths_of_hidden_pages_have_the_canary_too(drawn):
    held = {}
    for entry in drawn.records().values():
        for one in entry.record.objects:
            held[entry.record.id] = one.path
    assert _CANARY.search(held[drawn.summary.landmarks["mode:03"]])
    assert _CANARY.search(held[drawn.summary.landmarks["mode:02"]])
    assert not _CANARY.search(held[drawn.summary.landmarks["mode:01"]])


@pytest.mark.parametrize(
    ("landmark", "yesterday", "today", "tomorrow"),
    [
        ("item:opens-tomorrow", False, False, True),
        ("item:opened-yesterday", True, True, True),
        ("item:opened-today", False, True, True),
        ("item:closed-today", True, False, False),
        ("item:closed-tomorrow", True, True, False),
        ("item:list-ended", False, True, True),
        ("item:listed", False, False, False),
        ("file:opens-tomorrow", False, False, True),
        ("file:closed-today", True, False, False),
        ("in-listed-inventory", False, False, False),
        ("mode:01", True, True, True),
        ("mode:09", False, False, False),
        ("file-mode:", False, False, False),
    ],
)
def test_landmarks_open_and_close_on_their_day(written, landmark, yesterday, today, tomorrow):
    record = written.records()[written.summary.landmarks[landmark]].record
    conditions = conditions_of(record, written.restrictions().of(record))
    days = [TODAY + timedelta(days=shift) for shift in (-1, 0, 1)]
    assert [_described(conditions, day) is not None for day in days] == [yesterday, today, tomorrow]


def _described(conditions, day):
    """What may be disclosed on a day, when that is more than that the record is there."""
    disclosure = disclosure_of(conditions, today=day)
    return disclosure if disclosure is not None and disclosure.known is Known.DESCRIPTION else None


def test_pages_closed_on_their_own(written):
    entry = written.records()[written.summary.landmarks["item:listed-pages"]]
    conditions = conditions_of(entry.record, written.restrictions().of(entry.record))
    assert len(entry.pages) >= 3
    for page in entry.pages:
        is_open = page.number not in (2, 3)
        assert page_disclosed(conditions, page.number, today=TODAY) is is_open
        assert bool(_CANARY.search(page.text)) is not is_open


def test_the_list_has_lines_of_every_level(written):
    restrictions, records = written.restrictions(), written.records()
    listed = {entry.record.level for entry in records.values() if restrictions.of(replace(entry.record, parents=()))}
    assert {Level.INVENTORY, Level.FILE, Level.ITEM} <= listed
    assert Level.FONDS not in listed
