"""The form once more before it is handed in: what is asked for and what was said, and one button to send it."""

from flask import render_template, request

from portal.i18n import _
from portal.requests.case import Case
from portal.requests.pages.known_titles import as_may_be_known
from portal.requests.pages.office import Office
from portal.requests.pages.presented import asked_in_words
from portal.requests.terms import BEHALVES, FEE_CLASSES, PURPOSES, Behalf, FeeClass, Purpose

_OF_THE_PAGE = ("csrf_token", "act", "seen")


def review(office: Office, draft: Case) -> str:
    """The page for a draft that has been kept and in which nothing is wrong. It carries the form along, so that what is
    sent is what was looked at.
    """
    known = as_may_be_known(draft)
    return render_template(
        "requests/review.html",
        lines=[(line, asked_in_words(line)) for line in known.lines],
        answers=_answers(draft),
        files=[each.name for each in office.files.of(draft.id)],
        requester=office.requester_of(draft.account_id),
        carried=[
            *(each for each in request.form.items(multi=True) if each[0] not in _OF_THE_PAGE),
            ("seen", _seen(draft)),
        ],
    )


def as_seen(draft: Case) -> bool:
    """Whether a form that comes from this page shows every record that another tab may have put in meanwhile."""
    return request.form.get("seen", _seen(draft)) == _seen(draft)


def _seen(draft: Case) -> str:
    return " ".join(f"{line.record_id}:{line.kind.value}" for line in draft.lines)


def _answers(draft: Case) -> list[tuple[str, str]]:
    said = draft.application
    answers = [
        (_("Dùng tài liệu cho việc gì?"), _(PURPOSES[Purpose(said.purpose)])),
        (_("Mục đích cụ thể"), said.purpose_text),
        (_("Đề tài hoặc việc cần tài liệu"), said.topic),
        (_("Ông/bà xin cho ai?"), _(BEHALVES[Behalf(said.behalf)])),
        (_("Tên người hoặc cơ quan đó"), said.behalf_name),
        (_("Đối tượng được giảm hoặc miễn phí"), _(FEE_CLASSES[FeeClass(said.fee_class)])),
        (_("Ghi chú cho lưu trữ"), said.remark),
    ]
    return [(label, words) for label, words in answers if words]
