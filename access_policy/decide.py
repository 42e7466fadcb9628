"""May this reader do this to this record today, and why."""

import math
from dataclasses import dataclass
from datetime import date

from access_policy.conditions import AccessConditions, Ground
from access_policy.parameters import POLICY_VERSION, Citation
from access_policy.permit import Permit
from access_policy.reader import Reader
from access_policy.rules import Rule, rule_named
from access_policy.terms import AccessStatus, Action, Audience, Known

FINDERS = Audience.EVERYONE
"""The circle for which the public index is made: what may be known at all may be known by everybody."""


@dataclass(frozen=True)
class Obligations:
    """What must be done with what is let through. `permit` is the code that the watermark names, when there is one;
    under it no more than `pages_per_day` may be let through on a day, None being no limit.
    """

    watermark: bool = True
    permit: str | None = None
    pages_per_day: int | None = None
    strong_watermark: bool = False


@dataclass(frozen=True)
class Decision:
    """The answer, with its ground and the rule behind it (citation, words), and the policy that gave it."""

    allowed: bool
    status: AccessStatus
    ground: Ground
    obligations: Obligations | None = None
    policy_version: str = POLICY_VERSION

    @property
    def rule(self) -> Rule:
        """The rule behind the governing ground."""
        return rule_named(self.ground.rule)

    @property
    def citation(self) -> Citation:
        """The article the answer rests on."""
        return self.rule.citation


def decide(
    action: Action,
    conditions: AccessConditions,
    *,
    record_id: str,
    reader: Reader,
    today: date,
    page: int | None = None,
) -> Decision:
    """Decide one action on a record, or on one page of it. An action nobody defined is refused, and a permit is used
    only for what would be refused without it.
    """
    relevant = conditions.for_record() if page is None else conditions.for_page(page)
    ground = relevant.governing(today)
    answer = _ANSWERS.get(action, _refuse)
    if answer(relevant, ground, reader, today):
        return Decision(True, ground.status, ground, Obligations())
    permit = _permit(action, record_id, reader, today, page) if _permittable(relevant, today) else None
    return Decision(permit is not None, ground.status, ground, _obligations(permit) if permit else None)


def _permittable(conditions: AccessConditions, today: date) -> bool:
    """No permit opens a state secret, nor what the archive has withdrawn since the permit was given."""
    in_force = [ground for ground in conditions.grounds if ground.in_force(today)]
    return all(g.status is not AccessStatus.SECRET and rule_named(g.rule).permittable for g in in_force)


def _permit(action: Action, record_id: str, reader: Reader, today: date, page: int | None) -> Permit | None:
    if action not in _PERMITTABLE:
        return None
    covering = (
        permit
        for permit in reader.permits
        if permit.covers(action, record_id=record_id, page=page, audiences=reader.audiences, today=today)
    )
    return min(covering, key=_burden, default=None)


def _burden(permit: Permit) -> tuple[float, bool]:
    """Of several permits for the same the one that obliges to least counts."""
    return (-math.inf if permit.pages_per_day is None else -permit.pages_per_day, permit.strong_watermark)


def _obligations(permit: Permit) -> Obligations:
    return Obligations(permit=permit.code, pages_per_day=permit.pages_per_day, strong_watermark=permit.strong_watermark)


def _may_find(conditions: AccessConditions, _ground: Ground, reader: Reader, today: date) -> bool:
    return FINDERS in reader.audiences and conditions.known(today) is Known.DESCRIPTION


def _may_know(conditions: AccessConditions, _ground: Ground, reader: Reader, today: date) -> bool:
    return FINDERS in reader.audiences and conditions.known(today) >= Known.EXISTENCE


def _may_read(conditions: AccessConditions, ground: Ground, reader: Reader, today: date) -> bool:
    return ground.status is AccessStatus.OPEN and conditions.audience(today) in reader.audiences


def _may_request(conditions: AccessConditions, ground: Ground, reader: Reader, today: date) -> bool:
    """Of what everybody may read, a copy may be asked for, and to read what has not been digitised."""
    askable = ground.requestable or ground.status is AccessStatus.OPEN
    return _may_find(conditions, ground, reader, today) and askable


def _refuse(_conditions: AccessConditions, _ground: Ground, _reader: Reader, _today: date) -> bool:
    return False


_ANSWERS = {Action.FIND: _may_find, Action.KNOW: _may_know, Action.READ: _may_read, Action.REQUEST: _may_request}
_PERMITTABLE = frozenset({Action.READ, Action.PRINT, Action.DOWNLOAD})
