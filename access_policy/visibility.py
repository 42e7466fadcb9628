"""The rule of finding as a filter: what `decide` says of one record, said of all of them at once."""

from dataclasses import dataclass
from datetime import date

from access_policy.conditions import AccessConditions
from access_policy.decide import decide
from access_policy.disclosure import Disclosure
from access_policy.reader import Reader
from access_policy.terms import Action, Audience


@dataclass(frozen=True)
class Visibility:
    """An engine-neutral filter. A document passes when its audience is among `audiences` and today is in its days.

    Without audiences it passes nothing. Every search, count, facet, suggestion and by-id read takes one.
    """

    audiences: frozenset[Audience]
    today: date

    def admits(self, disclosure: Disclosure) -> bool:
        """The filter on one document; engines say the same in their own language."""
        return disclosure.audience in self.audiences and disclosure.shown_from <= self.today < disclosure.shown_until


def visible_to(*, reader: Reader, today: date) -> Visibility:
    """The filter that finds exactly what `decide(Action.FIND, ...)` allows this reader today."""
    return Visibility(reader.audiences, today)


def still_visible(conditions: AccessConditions, *, record_id: str, reader: Reader, today: date) -> bool:
    """The same question asked of one hit on its way out."""
    return decide(Action.FIND, conditions, record_id=record_id, reader=reader, today=today).allowed
