"""The public page of how the service does."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.gate import declares
from portal.i18n import language
from portal.requests.pages.office import Office


@dataclass(frozen=True)
class Openness:
    """For everybody; this year's figures."""

    office: Office

    @declares(None)
    def show(self) -> ResponseReturnValue:
        """Received, on time, median days, refusals by article."""
        today = self.office.today()
        provisions = self.office.provisions.in_force(today)
        first = today.replace(month=1, day=1)
        figures = self.office.figures.of(first, today, calendar=provisions.calendar.working_days())
        refusals = [
            (provisions.reasons.named(code) or self.office.provisions.reason_once(code), count)
            for code, count in sorted(figures.refusals.items())
        ]
        return render_template(
            "requests/figures.html",
            figures=figures,
            first=first,
            last=today,
            refusals=[(known, count) for known, count in refusals if known],
            vietnamese=language() == "vi",
            rated=sum(figures.ratings.values()),
        )
