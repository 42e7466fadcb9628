"""A reader's own requests: all of them, one of them, and the steps that are the reader's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.terms import Action
from portal.errors import NotFound
from portal.gate import declares
from portal.i18n import _, day, page_url
from portal.requests.case import Case, CaseEvent, NoSuchCase, NotAllowed, Overtaken
from portal.requests.cases import TooManyLines, spoken
from portal.requests.files import MOST_WITH_SUPPLEMENT
from portal.requests.pages.attaching import attach
from portal.requests.pages.known_titles import as_may_be_known
from portal.requests.pages.messages import shown_messages
from portal.requests.pages.next_step import next_step
from portal.requests.pages.office import Office
from portal.requests.pages.presented import moment, reader_steps, shown_events, shown_lines, state_word, tone
from portal.requests.pages.receipts import receipt
from portal.requests.states import State, Step

MOST_CASES = 100
MOST_MESSAGES = 50


@dataclass(frozen=True)
class OwnCases:
    """All behind `needs_reader`."""

    office: Office

    @declares(None)
    def all(self) -> ResponseReturnValue:
        """Every request, the newest first."""
        cases = self.office.cases.all_own(self.office.account_id, most=MOST_CASES)
        return render_template(
            "requests/own.html",
            draft=next((case for case in cases if case.state is State.DRAFT), None),
            cases=[
                (case, state_word(case.state), tone(case.state), moment(case.submitted_at))
                for case in cases
                if case.submitted_at
            ],
            unread=self.office.inbox.unread(self.office.account_id),
            most=MOST_CASES,
        )

    @declares(Action.FIND)
    def one(self, case_id: str) -> ResponseReturnValue:
        """Where one request stands, what was decided, what may be done."""
        return self._page(self._case(case_id))

    @declares(Action.FIND)
    def receipt(self, case_id: str) -> ResponseReturnValue:
        """The slip, as PDF."""
        return receipt(self.office, as_may_be_known(self._case(case_id)))

    @declares(None)
    def messages(self) -> ResponseReturnValue:
        """What the archive has told the reader; seen with this page."""
        received = self.office.inbox.newest(self.office.account_id, most=MOST_MESSAGES)
        body = render_template("requests/messages.html", messages=shown_messages(received))
        if received:
            newest = received[0].id
            self.office.inbox.mark_read(self.office.account_id, up_to=newest, now=self.office.now())
        return body

    @declares(Action.FIND)
    def supply(self, case_id: str) -> ResponseReturnValue:
        """Answer what the archive asked to be added, with files and words."""
        case = self._case(case_id)
        if "supply" in reader_steps(case) and _turn() == case.turn:
            faults = _supply_faults() or attach(
                self.office.files, case.id, most=MOST_WITH_SUPPLEMENT, now=self.office.now()
            )
            if faults:
                return self._page(case, faults)
        return self._step(case, lambda words: self._supply(case, words))

    @declares(Action.FIND)
    def withdraw(self, case_id: str) -> ResponseReturnValue:
        """Take the request back."""
        case = self._case(case_id)
        if request.form.get("sure") != "yes":
            return self._page(case, {"sure": _("Xin đánh dấu vào ô này để xác nhận.")})
        return self._step(case, lambda words: self._withdraw(case, words))

    @declares(Action.FIND)
    def rate(self, case_id: str) -> ResponseReturnValue:
        """From one to five stars."""
        case, stars = self._case(case_id), request.form.get("stars", "")
        if stars not in ("1", "2", "3", "4", "5"):
            return self._page(case, {"stars": _("Chọn từ 1 đến 5 sao.")})
        return self._step(case, lambda words: self._rate(case, int(stars), words))

    @declares(Action.REQUEST)
    def again(self, case_id: str) -> ResponseReturnValue:
        """A new request for the same records, with what was said of the reader and the purpose: an extension."""
        case = self._case(case_id)
        begun = self.office.cases.draft(case.account_id) is not None
        try:
            for line in case.lines:
                again = replace(line, proposal=None, decision=None)
                draft = self.office.cases.put_in(case.account_id, again, now=self.office.now(), extends=case.code)
            if not begun:
                said = replace(case.application, lookup="", requester=None)
                self.office.cases.save(case.account_id, said, draft.lines, now=self.office.now())
        except TooManyLines:
            flash(_("Phiếu đang làm dở đã đầy; xin gửi phiếu đó trước."))
        except NoSuchCase:
            flash(_("Phiếu vừa được gửi ở một cửa sổ khác; xin làm lại."))
        return redirect(page_url("requests.draft"), 303)

    def _supply(self, case: Case, words: str) -> None:
        self.office.cases.supply(case.id, case.account_id, turn=_turn(), words=words, now=self.office.now())

    def _withdraw(self, case: Case, words: str) -> None:
        self.office.cases.withdraw(case.id, case.account_id, turn=_turn(), words=words, now=self.office.now())

    def _rate(self, case: Case, stars: int, words: str) -> None:
        self.office.cases.rate(case.id, case.account_id, turn=_turn(), stars=stars, words=words, now=self.office.now())

    def _step(self, case: Case, take: Callable[[str], None]) -> ResponseReturnValue:
        try:
            take(request.form.get("words", ""))
        except (Overtaken, NotAllowed):
            flash(_("Hồ sơ vừa thay đổi; xin xem lại rồi làm tiếp."))
            if request.form.get("words", "").strip():
                return self._page(self._case(case.id), status=409)
        except ValueError:
            return self._page(case, {"words": _("Xin viết ngắn hơn 2.000 ký tự.")})
        return redirect(page_url("requests.case", case_id=case.id), 303)

    def _case(self, case_id: str) -> Case:
        try:
            case = self.office.cases.own(case_id, self.office.account_id)
        except NoSuchCase:
            raise NotFound from None
        if case.state is State.DRAFT:
            raise NotFound
        return case

    def _page(
        self, case: Case, wrong: dict[str, str] | None = None, *, status: int | None = None
    ) -> ResponseReturnValue:
        events = self.office.cases.own_events(case.id, case.account_id)
        reasons = self.office.provisions.reasons_at(_decided_at(events) or self.office.now())
        permits = self.office.permits.of_case(case.account_id, case.id)
        body = render_template(
            "requests/case.html",
            case=case,
            state=state_word(case.state),
            next_step=next_step(case),
            tone=tone(case.state),
            submitted=moment(case.submitted_at) if case.submitted_at else "",
            due=day(case.due_on) if case.due_on else "",
            late=case.due_on is not None and case.decided_at is None and self.office.today() > case.due_on,
            answer_by=day(case.answer_by) if case.answer_by else "",
            lines=shown_lines(as_may_be_known(case), permits, reasons, today=self.office.today()),
            events=shown_events(events),
            asked_to_add=_newest_words(events, Step.ASK_SUPPLEMENT),
            files=self.office.files.of(case.id),
            steps=reader_steps(case),
            reasons=reasons,
            refused=any(line.decision and not line.decision.granted for line in case.lines),
            wrong=wrong or {},
            typed=request.form,
            just_submitted="submitted" in request.args,
        )
        return body, status or (422 if wrong else 200)


def _decided_at(events: Sequence[CaseEvent]) -> datetime | None:
    """When what stands on the records was decided; a case that was opened again still shows it."""
    return next((event.at for event in reversed(events) if event.step == Step.DECIDE.value), None)


def _newest_words(events: Sequence[CaseEvent], step: Step) -> str:
    return next((event.words for event in reversed(events) if event.step == step.value), "")


def _supply_faults() -> dict[str, str]:
    """What is wrong with an answer, before its files are kept. The archive asks once, so an empty one helps nobody."""
    try:
        words = spoken(request.form.get("words", ""))
    except ValueError:
        return {"words": _("Xin viết ngắn hơn 2.000 ký tự.")}
    if words or any(given.filename for given in request.files.getlist("files")):
        return {}
    return {"words": _("Xin viết câu trả lời, hoặc chọn tệp để gửi.")}


def _turn() -> int:
    """The turn of the page on which the button was pressed."""
    given = request.form.get("turn", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
