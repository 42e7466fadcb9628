"""Which closed records are old enough that staff should look at them again. Age alone never opens anything."""

from dataclasses import dataclass
from datetime import date

from access_policy.conditions import AccessConditions
from access_policy.parameters import LAW_2011, Citation
from access_policy.record import Record
from access_policy.terms import AccessStatus


@dataclass(frozen=True)
class AgeRule:
    """Material whose work ended so many years ago may be ripe for opening."""

    name: str
    years: int
    citation: Citation


AGE_RULES: tuple[AgeRule, ...] = (
    AgeRule("sixty-years", 60, LAW_2011),
    AgeRule("forty-years", 40, LAW_2011),
)
"""Oldest first; the first that fits speaks. Whether the law of 2024 keeps these terms is for the archive to confirm."""

_CLOSED = frozenset({AccessStatus.CLOSED, AccessStatus.CONDITIONAL})


def ripe_rule(record: Record, conditions: AccessConditions, *, today: date) -> AgeRule | None:
    """The rule by which a closed record should be looked at again today, or None.

    State secrets are never proposed: they are declassified elsewhere first. Undated material has no age.
    """
    ended = record.dates.end or record.dates.start
    if ended is None or conditions.for_record().governing(today).status not in _CLOSED:
        return None
    return next((rule for rule in AGE_RULES if _years_between(ended, today) >= rule.years), None)


def _years_between(ended: date, today: date) -> int:
    """Whole years; an anniversary counts from the day itself."""
    return today.year - ended.year - ((today.month, today.day) < (ended.month, ended.day))
