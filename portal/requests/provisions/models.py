"""What each kind of provision says. Whatever an archive still has to confirm says so (`confirmed`)."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import Enum
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from portal.requests.terms import FeeClass, ItemClass, Kind
from portal.requests.working_days import WorkingDays, shifted

Line = Annotated[str, Field(min_length=1, max_length=500)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Deadline(_Said):
    """So many working days from receipt for a request of this kind and class of record."""

    kind: Kind
    item: ItemClass
    days: int = Field(ge=1, le=60)
    citation: Line
    confirmed: bool = True


class Deadlines(_Said):
    """The longest deadline of a case's records binds the case. Receipt itself is due in `receipt_days`; what the reader
    does not answer in `patience_days` is stopped.
    """

    rows: tuple[Deadline, ...]
    receipt_days: int = Field(ge=1, le=10)
    patience_days: int = Field(ge=5, le=120)

    def days_for(self, kind: Kind, item: ItemClass) -> int:
        """Working days; a combination that nobody named gets the longest of the table."""
        found = [row.days for row in self.rows if row.kind is kind and row.item is item]
        return max(found or [row.days for row in self.rows])

    @model_validator(mode="after")
    def _some(self) -> "Deadlines":
        if not self.rows:
            raise ValueError("a table without deadlines promises nothing")
        return self


class Calendar(_Said):
    """What the public holidays of the library do not know, and the hour from which the next working day counts."""

    off: tuple[date, ...] = ()
    working: tuple[date, ...] = ()
    cut_off: time = time(17)

    def working_days(self) -> WorkingDays:
        """Days to count with."""
        return shifted(self.off, self.working, cut_off=self.cut_off)

    @model_validator(mode="after")
    def _never_both(self) -> "Calendar":
        self.working_days()
        return self


class Fee(_Said):
    """An amount in đồng for one unit. `relief` says which part of it, in per cent, a fee class does not pay."""

    code: Code
    name: Line
    unit: Line
    amount: int = Field(ge=0, le=100_000_000)
    relief: Mapping[FeeClass, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    legal_basis: Line
    confirmed: bool = True

    def owed(self, count: int, fee_class: FeeClass) -> int:
        """Đồng for so many units, whole đồng rounded down in the reader's favour."""
        return self.amount * count * (100 - self.relief.get(fee_class, 0)) // 100


class Fees(_Said):
    """The table of fees."""

    rows: tuple[Fee, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Fees":
        codes = [row.code for row in self.rows]
        if len(codes) != len(set(codes)):
            raise ValueError("a code of a fee stands twice")
        return self


class Approver(Enum):
    """Who decides. Above the archive, the authority does, and its number and date are recorded."""

    ARCHIVIST = "archivist"
    HEAD = "head"
    AUTHORITY = "authority"


class Requester(Enum):
    """Whom a row of the table of approval is about."""

    ANYONE = "anyone"
    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    FOREIGNER = "foreigner"


class Approval(_Said):
    """Who decides on records of a class for requesters of a class; with `four_eyes` not who proposed it."""

    item: ItemClass
    kind: Kind | None = None
    requester: Requester = Requester.ANYONE
    approver: Approver
    four_eyes: bool
    authority: str = ""
    citation: Line
    confirmed: bool = True

    @model_validator(mode="after")
    def _named_authority(self) -> "Approval":
        if self.approver is Approver.AUTHORITY and not self.authority:
            raise ValueError("an authority above the archive has a name")
        return self


class Approvals(_Said):
    """Of the rows that match, the strictest binds; what no row names is the head's, with four eyes."""

    rows: tuple[Approval, ...]

    def needed(self, item: ItemClass, kind: Kind, requester: Requester) -> Approval:
        """The row that binds."""
        matching = [row for row in self.rows if _about(row, item, kind, requester)]
        return strictest(matching or [UNNAMED])


def strictest(rows: Sequence[Approval]) -> Approval:
    """The row with the highest approver; with four eyes when any of the rows wants them."""
    highest = max(rows, key=lambda row: (tuple(Approver).index(row.approver), row.four_eyes))
    return highest.model_copy(update={"four_eyes": any(row.four_eyes for row in rows)})


UNNAMED = Approval(
    item=ItemClass.CLOSED,
    approver=Approver.HEAD,
    four_eyes=True,
    citation="Không có dòng nào trong bảng thẩm quyền / No row of the table of approval",
    confirmed=False,
)


def _about(row: Approval, item: ItemClass, kind: Kind, requester: Requester) -> bool:
    return row.item is item and row.kind in (None, kind) and row.requester in (Requester.ANYONE, requester)


class Reason(_Said):
    """Why something is refused, in words a reader understands, by which article."""

    code: Code
    text: Line
    text_en: Line
    article: Line
    article_en: Line
    confirmed: bool = True


class Reasons(_Said):
    """The reasons that may be given, and how to appeal against a refusal."""

    rows: tuple[Reason, ...]
    appeal: Line
    appeal_en: Line
    appeal_article: Line

    def named(self, code: str) -> Reason | None:
        """The reason of this code."""
        return next((row for row in self.rows if row.code == code), None)


LETTER_VALUES = ("code", "name", "due", "archive")
"""Mã hồ sơ, the requester, the day on which the answer is due, the archive."""


class Letter(_Said):
    """A reply that staff start from. Texts may name the values of `LETTER_VALUES` in braces, and no others."""

    code: Code
    name: Line
    text: Annotated[str, Field(min_length=1, max_length=8000)]
    text_en: Annotated[str, Field(min_length=1, max_length=8000)]

    def filled(self, language: str, values: Mapping[str, str]) -> str:
        """The text in a language, with these values in place of their names."""
        return (self.text if language == "vi" else self.text_en).format_map(
            {**dict.fromkeys(LETTER_VALUES, ""), **values}
        )

    @field_validator("text", "text_en")
    @classmethod
    def _names_what_is_known(cls, text: str) -> str:
        for _literal, name, form, conversion in Formatter().parse(text):
            if name is not None and (name not in LETTER_VALUES or form or conversion):
                raise ValueError(f"{{{name}}} is no value of a letter")
        return text


class Letters(_Said):
    """Templates of replies that staff start from."""

    rows: tuple[Letter, ...]

    def named(self, code: str) -> Letter | None:
        """The letter of this code."""
        return next((row for row in self.rows if row.code == code), None)


class Provision(Enum):
    """The kinds of provisions, each with versions of its own."""

    DEADLINES = "deadlines"
    CALENDAR = "calendar"
    FEES = "fees"
    APPROVALS = "approvals"
    REASONS = "reasons"
    LETTERS = "letters"


Content = Deadlines | Calendar | Fees | Approvals | Reasons | Letters

MODELS: Mapping[Provision, type[Content]] = {
    Provision.DEADLINES: Deadlines,
    Provision.CALENDAR: Calendar,
    Provision.FEES: Fees,
    Provision.APPROVALS: Approvals,
    Provision.REASONS: Reasons,
    Provision.LETTERS: Letters,
}
