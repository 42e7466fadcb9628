"""Age alone opens nothing; it only says what staff should look at again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from access_policy.conditions import AccessConditions
from access_policy.opening import AGE_RULES, ripe_rule
from access_policy.record import DateSpan
from access_policy.register.errors import UnknownProposal
from access_policy.register.store import open_register
from access_policy.rules import conditions_of
from tests.policy.cases import OPEN, TODAY, listing, record

LISTED = conditions_of(record(), (listing(),))
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "rule"),
    [
        (date(1966, 11, 21), "sixty-years"),
        (date(1966, 11, 22), "forty-years"),
        (date(1986, 11, 21), "forty-years"),
        (date(1986, 11, 22), None),
        (None, None),
    ],
)
def test_a_closed_record_is_ripe_on_its_anniversary(ended: date | None, rule: str | None) -> None:
    found = ripe_rule(replace(record(), dates=DateSpan(end=ended)), LISTED, today=TODAY)
    assert (found.name if found else None) == rule


@pytest.mark.parametrize("conditions", [AccessConditions((OPEN,)), conditions_of(record("03"), ())])
def test_neither_what_is_open_nor_a_state_secret_is_ever_proposed(conditions: AccessConditions) -> None:
    assert ripe_rule(replace(record(), dates=DateSpan(end=date(1900, 1, 1))), conditions, today=TODAY) is None


def test_every_rule_cites_its_law() -> None:
    assert all(rule.citation.text and not rule.citation.confirmed for rule in AGE_RULES)


def test_a_proposal_waits_once_and_is_decided_once(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'register.db'}")
    register.migrate()
    revision = register.revision()
    assert register.propose([("a", "forty-years"), ("b", "sixty-years"), ("a", "forty-years")], today=TODAY) == 2
    assert register.propose([("a", "forty-years")], today=TODAY) == 0
    first, second = register.proposals()
    register.decide_proposal(first.id, accept=False, reason="còn thông tin đời tư", author="An", now=NOW)
    assert [each.id for each in register.proposals()] == [second.id]
    assert register.propose([("a", "forty-years")], today=TODAY) == 0
    with pytest.raises(UnknownProposal):
        register.decide_proposal(first.id, accept=True, reason="x", author="An", now=NOW)
    assert register.revision() == revision, "a decision opens nothing"
