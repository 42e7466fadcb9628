"""The request form: kept as it is typed, checked when it is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

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
    fee_class: FeeClass
    behalf: Behalf
    behalf_name: str = Field(default="", max_length=LONGEST["behalf_name"])
    remark: str = Field(default="", max_length=LONGEST["remark"])

    @model_validator(mode="after")
    def _named(self) -> "_Checked":
        if self.behalf is Behalf.OTHER_PERSON and not self.behalf_name:
            raise ValueError("behalf_name")
        return self


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
    """What keeps the request from being submitted, by field, in the language of the request."""
    faults = {} if lines else {"lines": _("Phiếu chưa có tài liệu nào.")}
    try:
        checked = _Checked.model_validate(vars(application))
    except ValidationError as error:
        fields = [str(fault["loc"][0]) if fault["loc"] else "behalf_name" for fault in error.errors()]
        return faults | {field: _(_FAULTS[field]) for field in fields}
    if not files and checked.fee_class is not FeeClass.OTHER:
        faults["files"] = _("Xin đính kèm giấy tờ chứng minh thuộc đối tượng đã chọn.")
    if not files and checked.behalf is Behalf.OTHER_PERSON:
        faults["files"] = _("Xin đính kèm giấy ủy quyền.")
    return faults


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
