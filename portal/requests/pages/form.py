"""The request form: kept as it is typed, checked when it is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from portal.i18n import N_, _
from portal.requests.case import Application, Line
from portal.requests.cases import CONTROL
from portal.requests.files import CaseFile
from portal.requests.terms import Behalf, FeeClass, Kind, Medium, Purpose

LONGEST = {"purpose_text": 500, "topic": 250, "behalf_name": 200, "remark": 1000}
_CHOICES = ("purpose", "fee_class", "behalf")

_FAULTS = {
    "purpose": N_("Chọn mục đích sử dụng tài liệu."),
    "purpose_text": N_("Ghi mục đích cụ thể, nhiều nhất 500 ký tự."),
    "topic": N_("Ghi đề tài hoặc việc cần tài liệu, nhiều nhất 250 ký tự."),
    "fee_class": N_("Chọn đối tượng; nếu không thuộc diện nào, chọn “Không thuộc diện trên”."),
    "behalf": N_("Chọn ông/bà xin cho ai."),
    "behalf_name": N_("Ghi tên người đã ủy quyền cho ông/bà."),
    "remark": N_("Ghi chú dài nhất 1.000 ký tự."),
}


class _Checked(BaseModel):
    """What a request must say before it can be submitted."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True, hide_input_in_errors=True)

    purpose: Purpose
    purpose_text: str = Field(min_length=1, max_length=LONGEST["purpose_text"])
    topic: str = Field(min_length=1, max_length=LONGEST["topic"])
    behalf: Behalf
    behalf_name: str = Field(default="", max_length=LONGEST["behalf_name"])
    fee_class: FeeClass
    remark: str = Field(default="", max_length=LONGEST["remark"])


def read_application(given: Mapping[str, str]) -> Application:
    """The form as it was typed. What is far too long for its field is cut, so that a draft stays a draft."""
    texts = {name: CONTROL.sub("", given.get(name, ""))[: 2 * most].strip() for name, most in LONGEST.items()}
    chosen = {name: given.get(name, "")[:20] for name in _CHOICES}
    typed: dict[str, Any] = texts | chosen
    return Application(**typed)


def read_lines(given: Mapping[str, str], lines: Sequence[Line]) -> tuple[list[Line], dict[str, str]]:
    """The records of the draft as the form asks for them, and what is wrong by field; a record whose pages make no
    sense stays as it was, and so does one that stands elsewhere in the form, since another tab has changed the draft.
    """
    read, faults = [], {}
    for line in lines:
        if given.get(f"record-{line.number}", line.record_id) != line.record_id:
            read.append(line)
            continue
        pages = _pages(given, line)
        if pages is _SENSELESS:
            faults[f"first-{line.number}"] = _pages_fault(line)
        read.append(_asked(given, line, line.pages if pages is _SENSELESS else pages))
    return read, faults


def faults_of(application: Application, lines: Sequence[Line], files: Sequence[CaseFile]) -> dict[str, str]:
    """All that keeps the request from being submitted, by field in the order of the page, in the language of the
    request.
    """
    faults = {} if lines else {"lines": _("Phiếu chưa có tài liệu nào.")}
    wrong = _wrong_fields(application)
    faults |= {field: _(_FAULTS[field]) for field in _Checked.model_fields if field in wrong}
    papers = "" if files else _papers_wanted(application)
    return faults | {"files": papers} if papers else faults


def _wrong_fields(application: Application) -> set[str]:
    unnamed = application.behalf == Behalf.OTHER_PERSON.value and not application.behalf_name.strip()
    wrong = {"behalf_name"} if unnamed else set()
    try:
        _Checked.model_validate(vars(application))
    except ValidationError as error:
        wrong |= {str(fault["loc"][0]) for fault in error.errors()}
    return wrong


def _papers_wanted(application: Application) -> str:
    """Which papers have to come along with what was chosen; "" for none."""
    relieved = application.fee_class in {each.value for each in FeeClass if each is not FeeClass.OTHER}
    mandated = application.behalf == Behalf.OTHER_PERSON.value
    if relieved and mandated:
        return _("Xin đính kèm giấy ủy quyền và giấy tờ chứng minh thuộc đối tượng đã chọn.")
    if relieved:
        return _("Xin đính kèm giấy tờ chứng minh thuộc đối tượng đã chọn.")
    return _("Xin đính kèm giấy ủy quyền.") if mandated else ""


_SENSELESS = (0, 0)
"""What stands for page numbers that cannot be read."""


def _pages(given: Mapping[str, str], line: Line) -> tuple[int, int] | None:
    first, last = (given.get(f"{edge}-{line.number}", "").strip() for edge in ("first", "last"))
    if not first and not last:
        return None
    if not (first.isascii() and last.isascii() and first.isdigit() and last.isdigit() and len(first + last) <= 12):
        return _SENSELESS
    if not 1 <= int(first) <= int(last) <= (line.page_count or 100_000):
        return _SENSELESS
    return int(first), int(last)


def _pages_fault(line: Line) -> str:
    if line.page_count:
        return _(
            "Ghi trang đầu và trang cuối, trong khoảng 1 đến %(most)s; để trống nếu cần cả hồ sơ.", most=line.page_count
        )
    return _("Ghi trang đầu và trang cuối bằng số; để trống nếu cần cả hồ sơ.")


def _asked(given: Mapping[str, str], line: Line, pages: tuple[int, int] | None) -> Line:
    if line.kind is Kind.READING:
        return replace(line, pages=pages)
    paper = given.get(f"medium-{line.number}") == Medium.PAPER.value
    certified = given.get(f"certified-{line.number}") == "yes"
    return replace(line, pages=pages, certified=certified, medium=Medium.PAPER if paper else Medium.DIGITAL)
