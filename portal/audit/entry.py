"""What the log keeps of one decision. It has no room for a name, an address or the words of a search."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from portal.audit.keys import is_reader_id

LONGEST = 120
"""Characters of any one field; a record id from an address may be longer, and is cut."""


class Event(StrEnum):
    """What was asked for. Whether it was given stands in `Entry.allowed`."""

    PAGE_IMAGE = "page-image"
    PAGE_TEXT = "page-text"
    REQUEST = "request"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One decision: who asked for what, the answer and the rule behind it, and the state of things it was made in.

    `at` is aware and kept in UTC. `reader` is ANONYMOUS or a `reader_id`. `page` and `size` are None and empty where
    the whole record is meant. `rule` names a row of the rule table; `permit` the permit that opened the page, if one
    did. `list_revision` is the revision of the register, `generation` that of the index. ValueError for anything else.
    """

    at: datetime
    event: Event
    reader: str
    record_id: str
    page: int | None
    size: str
    allowed: bool
    rule: str
    permit: str | None
    policy_version: str
    list_revision: int
    generation: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an entry needs its zone")
        if not is_reader_id(self.reader):
            raise ValueError("a reader stands in the log under a pseudonym only")
        ours = (self.size, self.rule, self.permit or "", self.policy_version, self.generation)
        if any(len(text) > LONGEST for text in ours):
            raise ValueError(f"a field of an entry is longer than {LONGEST} characters")
        object.__setattr__(self, "at", self.at.astimezone(UTC))
        object.__setattr__(self, "record_id", self.record_id[:LONGEST])

    def facts(self) -> dict[str, str | int | None]:
        """The entry as plain values under the names it has in the file, always in this order."""
        return {
            "at": self.at.isoformat(timespec="microseconds"),
            "event": self.event.value,
            "reader": self.reader,
            "record": self.record_id,
            "page": self.page,
            "size": self.size,
            "decision": "allowed" if self.allowed else "refused",
            "rule": self.rule,
            "permit": self.permit,
            "policy": self.policy_version,
            "lists": self.list_revision,
            "generation": self.generation,
        }
