"""The rule of finding as a filter: what `decide` says of one record, said of all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from access_policy.conditions import AccessConditions
from access_policy.decide import decide
from access_policy.disclosure import Disclosure
from access_policy.overlay import Overlay
from access_policy.reader import Reader
from access_policy.terms import Action, Audience, Known


@dataclass(frozen=True)
class Visibility:
    """An engine-neutral filter. A document passes when its audience is among `audiences`, today is in its days, and
    neither it nor anything above it is among the `withheld` ids.

    Without audiences it passes nothing. Every search, count, facet, suggestion and by-id read takes one.
    """

    audiences: frozenset[Audience]
    today: date
    withheld: frozenset[str]

    def admits(self, disclosure: Disclosure, lineage: Iterable[str], known: Known = Known.DESCRIPTION) -> bool:
        """The filter on one document; engines say the same in their own language.

        Searching, counting and reading ask for documents that hold a description; the page that says why a record is
        closed asks for those that hold only its existence.
        """
        return (
            disclosure.known is known
            and disclosure.audience in self.audiences
            and disclosure.shown_from <= self.today < disclosure.shown_until
            and self.withheld.isdisjoint(lineage)
        )


def visible_to(*, reader: Reader, today: date, overlay: Overlay) -> Visibility:
    """The filter that finds exactly what `decide(Action.FIND, ...)` allows this reader today and nothing withholds."""
    return Visibility(reader.audiences, today, overlay.withheld(today))


def still_visible(
    conditions: AccessConditions, lineage: Iterable[str], *, record_id: str, reader: Reader, visibility: Visibility
) -> bool:
    """The same question asked of one hit on its way out."""
    if not visibility.withheld.isdisjoint(lineage):
        return False
    return decide(Action.FIND, conditions, record_id=record_id, reader=reader, today=visibility.today).allowed
