"""A case: what somebody asked, where it stands, what was decided. Whatever is personal is sealed at rest."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, Self

from portal.requests.ruling import Ruling
from portal.requests.states import EXTERNAL, ExternalStatus, State
from portal.requests.terms import ItemClass, Kind, Medium

MOST_LINES = 50


@dataclass(frozen=True)
class Requester:
    """Who asks, as the account said when the request was submitted. `kind` is that of the account."""

    account_id: str
    kind: str
    name: str
    number: str = ""
    organisation: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Application:
    """The form as it was typed, checked only when it is submitted; "" for whatever is not filled in. `lookup` are the
    digits that stand on the receipt.
    """

    purpose: str = ""
    purpose_text: str = ""
    topic: str = ""
    fee_class: str = ""
    behalf: str = ""
    behalf_name: str = ""
    remark: str = ""
    lookup: str = ""
    requester: Requester | None = None

    def to_json(self) -> str:
        """The text that is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What was sealed."""
        kept: dict[str, Any] = json.loads(text)
        asked_by = kept.pop("requester", None)
        return cls(requester=Requester(**asked_by) if asked_by else None, **kept)

    def handed_in(self, requester: Requester, lookup: str) -> Self:
        """With the requester as of now, and the digits of the receipt."""
        return replace(self, requester=requester, lookup=lookup)


@dataclass(frozen=True)
class Line:
    """One record of a case. `item` is how it stood in the table of approval when it was put in, `pages` the range asked
    for, None for the whole record; `page_count` 0 means that it has not been digitised.
    """

    number: int
    record_id: str
    reference_code: str
    title: str
    kind: Kind
    item: ItemClass
    page_count: int = 0
    certified: bool = False
    medium: Medium = Medium.DIGITAL
    pages: tuple[int, int] | None = None
    proposal: Ruling | None = None
    decision: Ruling | None = None

    @property
    def on_screen(self) -> bool:
        """Whether a grant opens it on the screen: it has been digitised, and staff have nothing to make of it."""
        made = self.kind is Kind.COPY and (self.certified or self.medium is Medium.PAPER)
        return self.page_count > 0 and not made


@dataclass(frozen=True)
class Case:
    """One case. Moments are UTC, days those of the archive.

    `turn` grows with every step. `due_on` is None before receipt and while the clock stands still; then `days_left`
    working days remain. `answer_by` is the day until which the reader may supply or pay.
    """

    id: str
    account_id: str
    state: State
    turn: int
    application: Application
    created_at: datetime
    changed_at: datetime
    lines: tuple[Line, ...] = field(default=())
    code: str = ""
    extends: str = ""
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    counted_from: date | None = None
    days: int | None = None
    due_on: date | None = None
    days_left: int | None = None
    answer_by: date | None = None
    supplements: int = 0
    assigned_to: str = ""
    proposed_by: str = ""
    fee: int | None = None
    authority_reference: str = ""
    authority_on: date | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    closed_at: datetime | None = None
    overdue_at: datetime | None = None
    rating: int | None = None

    @property
    def external(self) -> ExternalStatus | None:
        """What the provincial system is told; None for a draft."""
        return EXTERNAL.get(self.state)

    def line(self, number: int) -> Line | None:
        """The record with this number in the case."""
        return next((line for line in self.lines if line.number == number), None)


@dataclass(frozen=True)
class CaseEvent:
    """Something that was done. `words` is what was said by it, "" for nothing; `actor_id` an account or member of
    staff, as `actor` says.
    """

    at: datetime
    step: str
    state: State
    actor: str
    actor_id: str
    words: str


class NoSuchCase(Exception):
    """There is no such case, or it is somebody else's: nobody can tell which."""


class Overtaken(Exception):
    """Somebody else has done something with the case since it was looked at; look again."""


class Bar(Enum):
    """What stands against a step."""

    NOT_IN_TABLE = "not-in-table"
    NOTHING_ASKED = "nothing-asked"
    RATED = "rated"
    SUPPLEMENT_ONCE = "supplement-once"
    STILL_TIME = "still-time"
    EVERY_RECORD = "every-record"
    PAGES_BEYOND = "pages-beyond"
    PROPOSAL_FIRST = "proposal-first"
    OWN_PROPOSAL = "own-proposal"
    HEAD_DECIDES = "head-decides"
    AUTHORITY_FIRST = "authority-first"
    NO_SUCH_PERMIT = "no-such-permit"
    NOT_GRANTABLE = "not-grantable"


class NotAllowed(Exception):
    """The step is not in the table for this state and these actors, or a rule stands against it."""

    def __init__(self, bar: Bar) -> None:
        super().__init__(bar.value)
        self.bar = bar
