"""Messages to readers that nobody took: of which case, what went wrong, and a button to try again."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.desk.gate import declares
from portal.desk.services import DeskServices
from portal.errors import NotFound
from portal.i18n import N_, _, language, page_url
from portal.notices.letters import LETTERS, subject_of
from portal.store.undelivered import DeadLetter

MOST_SHOWN = 200
LARGEST_ID = 2**31 - 1
"""Of the column: a larger number names nothing, and the store need not be asked."""

_FAULTS = {
    "SMTPRecipientsRefused": N_("Máy chủ thư không nhận địa chỉ của bạn đọc."),
    "SMTPDataError": N_("Máy chủ thư không nhận lá thư."),
    "SMTPAuthenticationError": N_("Máy chủ thư từ chối mật khẩu của cổng."),
    "ConnectionRefusedError": N_("Máy chủ thư không trả lời."),
    "TimeoutError": N_("Máy chủ thư trả lời quá chậm."),
    "HTTP 4": N_("Tổng đài tin nhắn không nhận tin."),
    "no outlet": N_("Cổng chưa được nối với máy chủ thư hoặc tổng đài tin nhắn."),
}
"""What a fault holds, and what it means to whoever reads it here."""


@dataclass(frozen=True)
class Line:
    """One message: `about` names it without what it said, `meaning` is the fault in words, "" when there are none."""

    letter: DeadLetter
    about: str
    meaning: str


def add_routes(desk: Blueprint, services: DeskServices) -> None:
    """The list, and trying again."""

    @desk.get("/tin-chua-gui-duoc", endpoint="undelivered")
    @declares(Duty.HANDLE_CASES)
    def undelivered() -> ResponseReturnValue:
        letters = services.undelivered.newest(most=MOST_SHOWN)
        lines = [Line(letter, _about(letter), meaning_of(letter.fault)) for letter in letters]
        return render_template("undelivered.html", lines=lines, count=services.undelivered.count())

    @desk.post(f"/tin-chua-gui-duoc/<int(max={LARGEST_ID}):notice_id>", endpoint="send_again")
    @declares(Duty.HANDLE_CASES)
    def again(notice_id: int) -> ResponseReturnValue:
        if not services.undelivered.again(notice_id, now=services.now()):
            raise NotFound
        flash(_("Tin sẽ được gửi lại trong ít phút."))
        return redirect(page_url("desk.undelivered"), 303)


def meaning_of(fault: str) -> str:
    """The fault in the language of the request."""
    return next((_(words) for part, words in _FAULTS.items() if part in fault), "")


def _about(letter: DeadLetter) -> str:
    if letter.template not in LETTERS or not letter.code:
        return letter.template
    return subject_of(letter.template, {"code": letter.code}, language=language())
