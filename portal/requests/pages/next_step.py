"""What comes next in a case and by when, in one sentence that holds nothing personal."""

from portal.i18n import N_, _, day
from portal.requests.case import Case
from portal.requests.states import State

_EXAMINED = N_("Lưu trữ đang xem xét và trả lời chậm nhất ngày %(due)s.")

_NEXT = {
    State.SUBMITTED: N_("Lưu trữ xem phiếu rồi tiếp nhận; khi đó ông/bà nhận được tin báo ngày hẹn trả."),
    State.RECEIPT_REFUSED: N_("Lưu trữ không tiếp nhận phiếu này; lý do ghi trong phần diễn biến của hồ sơ."),
    State.RECEIVED: _EXAMINED,
    State.IN_PROGRESS: _EXAMINED,
    State.PROPOSED: _EXAMINED,
    State.AT_AUTHORITY: N_("Việc này do cơ quan cấp trên quyết định; lưu trữ báo ngay khi có trả lời."),
    State.AWAITING_SUPPLEMENT: N_(
        "Xin ông/bà bổ sung chậm nhất ngày %(answer_by)s; trong lúc chờ, thời hạn trả lời tạm dừng."
    ),
    State.AWAITING_PAYMENT: N_(
        "Xin ông/bà nộp phí chậm nhất ngày %(answer_by)s; trong lúc chờ, thời hạn trả lời tạm dừng."
    ),
    State.DECIDED: N_("Đã có kết quả cho từng tài liệu trong hồ sơ."),
    State.CLOSED: N_("Kết quả đã trả cho từng tài liệu; hồ sơ đã xong."),
    State.WITHDRAWN: N_("Lưu trữ không xử lý tiếp. Khi cần lại, xin gửi phiếu mới."),
    State.STOPPED: N_("Lưu trữ không xử lý tiếp vì chưa nhận được trả lời của ông/bà. Khi cần lại, xin gửi phiếu mới."),
}


def next_step(case: Case) -> str:
    """One sentence for the reader of a case that has been handed in; "" where the day it needs is not known."""
    sentence = _NEXT.get(case.state, "")
    days = {"due": case.due_on, "answer_by": case.answer_by}
    known = {name: day(value) for name, value in days.items() if value is not None}
    if any(f"%({name})s" in sentence for name in days.keys() - known.keys()):
        return ""
    return _(sentence, **known) if sentence else ""
