"""What is proposed or decided on one record of a case."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from access_policy.permit import Permit
from access_policy.terms import Action
from portal.requests.terms import Outcome, Place

LONGEST_WORDS = 2000
MOST_RANGES = 20

Page = Annotated[int, Field(ge=1, le=100_000)]


class Ruling(BaseModel):
    """The outcome, with the terms of the permit when something is granted, or the reason when not.

    `pages` are (first, last), both included; none means the whole record. `days` counts from the day of the decision.
    `pages_per_day` None is no limit. `reason` is the code of a reason and `words` what the archive adds to it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    outcome: Outcome
    pages: Annotated[tuple[tuple[Page, Page], ...], Field(max_length=MOST_RANGES)] = ()
    may_print: bool = False
    may_download: bool = False
    days: int = Field(default=30, ge=1, le=366)
    pages_per_day: int | None = Field(default=None, ge=1, le=10_000)
    strong_watermark: bool = False
    place: Place = Place.ANYWHERE
    reason: str = ""
    words: str = Field(default="", max_length=LONGEST_WORDS)

    @property
    def granted(self) -> bool:
        """Whether a permit follows."""
        return self.outcome is not Outcome.REFUSED

    @model_validator(mode="after")
    def _whole(self) -> "Ruling":
        if self.outcome is Outcome.REFUSED and not self.reason:
            raise ValueError("a refusal has a reason")
        if any(first > last for first, last in self.pages):
            raise ValueError("a range of pages ends before it begins")
        return self

    def permits(self, record_id: str, *, codes: Iterator[str], today: date) -> Iterator[Permit]:
        """One permit for each range of pages, with the next of the codes; none for a refusal."""
        if not self.granted:
            return
        for pages in self.pages or (None,):
            yield Permit(
                code=next(codes),
                record_id=record_id,
                actions=self._actions(),
                starts_on=today,
                ends_on=today + timedelta(days=self.days - 1),
                pages=pages,
                reading_room_only=self.place is Place.READING_ROOM,
                pages_per_day=self.pages_per_day,
                strong_watermark=self.strong_watermark,
            )

    def _actions(self) -> frozenset[Action]:
        chosen = {Action.PRINT: self.may_print, Action.DOWNLOAD: self.may_download}
        return frozenset({Action.READ, *(action for action, granted in chosen.items() if granted)})
