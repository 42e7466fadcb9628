"""Putting a record into the request: the way from a description page to the form."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.decide import Decision
from access_policy.terms import Action
from indexer.index.description import Description
from portal.addresses import record_address
from portal.errors import NotFound
from portal.gate import declares, door
from portal.i18n import _, page_url
from portal.requests.case import MOST_LINES, Line, NoSuchCase
from portal.requests.cases import TooManyLines
from portal.requests.item_class import item_of
from portal.requests.pages.office import Office
from portal.requests.terms import Kind
from portal.standing import why_closed


@dataclass(frozen=True)
class Adding:
    """Both behind `needs_reader`. The record is in the query of the address, so that a sign-in leads back to it."""

    office: Office

    @declares(Action.REQUEST)
    def ask(self) -> ResponseReturnValue:
        """Which record it is, why it is closed, and what may be asked for."""
        return self._page(_askable(request.args.get("record", "")), fault="")

    @declares(Action.REQUEST)
    def add(self) -> ResponseReturnValue:
        """Put it in; a record that is in already is asked for as was said last."""
        record, decision = asked = _askable(request.form.get("record", ""))
        kinds = [kind for kind in Kind if request.form.get(kind.value) == "yes"]
        if not kinds:
            return self._page(asked, fault=_("Chọn đọc, sao chụp, hoặc cả hai."))
        try:
            for kind in kinds:
                line = _line(record, decision, kind)
                self.office.cases.put_in(self.office.account_id, line, now=self.office.now())
        except TooManyLines:
            return self._page(asked, fault=_("Một phiếu có nhiều nhất %(most)s tài liệu.", most=MOST_LINES))
        except NoSuchCase:
            return self._page(asked, fault=_("Phiếu vừa được gửi ở một cửa sổ khác; xin thêm lại vào phiếu mới."))
        return redirect(page_url("requests.draft"), 303)

    def _page(self, asked: tuple[Description, Decision], *, fault: str) -> ResponseReturnValue:
        record, _decision = asked
        reading = door().decide(Action.READ, record)
        body = render_template(
            "requests/add.html",
            record=record,
            record_url=record_address(record.id),
            readable=bool(door().readable_pages(record)),
            why=why_closed(reading),
            fault=fault,
        )
        return body, 422 if fault else 200


def _askable(record_id: str) -> tuple[Description, Decision]:
    """A record that may be asked for. Absent, hidden and not askable look the same."""
    record = door().record(record_id)
    decision = door().decide(Action.REQUEST, record)
    if not decision.allowed:
        raise NotFound
    return record, decision


def _line(record: Description, decision: Decision, kind: Kind) -> Line:
    return Line(
        number=0,
        record_id=record.id,
        reference_code=record.reference_code,
        title=record.title,
        kind=kind,
        item=item_of(decision),
        page_count=record.page_count,
    )
