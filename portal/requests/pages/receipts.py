"""The slip of a case for its reader: what was handed in when, and until when there is an answer."""

from flask import Response

from portal.i18n import _, day, language, page_url
from portal.requests.case import Case
from portal.requests.pages.office import Office
from portal.requests.pages.presented import asked_in_words, moment
from portal.requests.slips import Slip, lookup_address, slip_pdf


def receipt(office: Office, case: Case) -> Response:
    """A PDF named by the code. `case` is as its reader may know it now (`as_may_be_known`)."""
    content = slip_pdf(_slip(office, case))
    answer = Response(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{case.code}.pdf")
    return answer


def _slip(office: Office, case: Case) -> Slip:
    requester = case.application.requester
    rows = {
        _("Người yêu cầu"): requester.name if requester else "",
        _("Nộp lúc"): moment(case.submitted_at) if case.submitted_at else "",
        _("Tiếp nhận lúc"): moment(case.received_at) if case.received_at else _("chưa tiếp nhận"),
        _("Hẹn trả kết quả"): day(case.due_on) if case.due_on else _("tính từ khi tiếp nhận"),
        _("Mã tra cứu"): case.application.lookup,
    }
    return Slip(
        archive=office.archive_names[language()],
        title=_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả") if case.received_at else _("Giấy xác nhận đã gửi phiếu"),
        code=case.code,
        rows={label: value for label, value in rows.items() if value},
        records=tuple(
            f"{line.title or _('Tài liệu hiện không được công bố')} ({line.reference_code}): {asked_in_words(line)}"
            for line in case.lines
        ),
        remark=_("Giữ kín mã tra cứu: ai biết mã hồ sơ và mã này xem được hồ sơ đến đâu."),
        address=lookup_address(f"{office.base_url}{page_url('requests.look_up')}", case.code),
    )
