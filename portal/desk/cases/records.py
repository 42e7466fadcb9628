"""What the policy says of a record of a case, as anybody may know it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from access_policy.decide import decide
from access_policy.reader import ANONYMOUS
from access_policy.terms import Action
from access_policy.visibility import visible_to
from indexer.index.port import IndexReader, IndexUnavailable
from portal.register_watch import RegisterAway, RegisterWatch
from portal.requests.item_class import item_of
from portal.requests.terms import ItemClass
from portal.standing import Status, WhyClosed, status, why_closed


@dataclass(frozen=True)
class Standing:
    """How a record stands today: the status word, why it is closed, the version of the policy that says so, and the
    row of the table of approval in which that puts it.
    """

    title: str
    status: Status
    why: WhyClosed | None
    policy_version: str
    item: ItemClass


class Records:
    """Asks the public index and the register; what is not in that index has no standing here."""

    def __init__(self, index: Callable[[], IndexReader], register: RegisterWatch) -> None:
        self._index, self._register = index, register

    def standing(self, record_ids: Iterable[str], *, today: date) -> Mapping[str, Standing]:
        """By id, for those that may be known; nothing at all while the index or the register is away."""
        try:
            reader = self._index()
            overlay = self._register.overlay(reader.revision())
            visibility = visible_to(reader=ANONYMOUS, today=today, overlay=overlay)
            found = reader.records(sorted(set(record_ids)), visibility=visibility)
        except (IndexUnavailable, RegisterAway):
            return {}
        standings = {}
        for record_id, record in found.items():
            decision = decide(Action.READ, record.conditions, record_id=record_id, reader=ANONYMOUS, today=today)
            standings[record_id] = Standing(
                title=record.title,
                status=status(record, decision),
                why=why_closed(decision),
                policy_version=decision.policy_version,
                item=item_of(decision),
            )
        return standings
