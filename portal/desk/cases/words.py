"""Words of the desk for states, steps, piles, and for what stands against a step."""

from portal.i18n import N_
from portal.requests.case import Bar
from portal.requests.provisions.models import Approver
from portal.requests.queue import Pile
from portal.requests.states import State, Step

STATES = {
    State.SUBMITTED: N_("Mới đăng ký"),
    State.RECEIPT_REFUSED: N_("Không được tiếp nhận"),
    State.RECEIVED: N_("Được tiếp nhận"),
    State.IN_PROGRESS: N_("Đang xử lý"),
    State.AWAITING_SUPPLEMENT: N_("Chờ bổ sung"),
    State.AWAITING_PAYMENT: N_("Chờ nộp phí"),
    State.PROPOSED: N_("Đã đề xuất"),
    State.AT_AUTHORITY: N_("Đã gửi cấp có thẩm quyền"),
    State.DECIDED: N_("Đã quyết định"),
    State.WITHDRAWN: N_("Người yêu cầu rút"),
    State.STOPPED: N_("Dừng xử lý"),
    State.CLOSED: N_("Đã trả kết quả"),
}

STEPS = {
    Step.SUBMIT: N_("Gửi phiếu"),
    Step.RECEIVE: N_("Tiếp nhận"),
    Step.REFUSE_RECEIPT: N_("Không tiếp nhận"),
    Step.ASSIGN: N_("Giao"),
    Step.ASK_SUPPLEMENT: N_("Đề nghị bổ sung"),
    Step.SUPPLY: N_("Bổ sung"),
    Step.ASK_PAYMENT: N_("Thông báo phí"),
    Step.NOTE_PAYMENT: N_("Ghi đã nhận phí"),
    Step.PROPOSE: N_("Đề xuất"),
    Step.RETURN_PROPOSAL: N_("Trả lại đề xuất"),
    Step.SEND_TO_AUTHORITY: N_("Gửi cấp có thẩm quyền"),
    Step.DECIDE: N_("Quyết định"),
    Step.REPLY: N_("Viết cho người yêu cầu"),
    Step.REVOKE: N_("Thu hồi giấy phép"),
    Step.WITHDRAW: N_("Rút"),
    Step.STOP: N_("Dừng xử lý"),
    Step.CLOSE: N_("Đã trả kết quả"),
    Step.REOPEN: N_("Mở lại"),
    Step.RATE: N_("Đánh giá"),
}

PILES = {
    Pile.NEW: N_("Mới đến"),
    Pile.IN_PROGRESS: N_("Đang xử lý"),
    Pile.PROPOSED: N_("Chờ quyết định"),
    Pile.WAITING: N_("Chờ người yêu cầu"),
    Pile.OVERDUE: N_("Quá hạn"),
    Pile.TO_HAND_OVER: N_("Chờ trả kết quả"),
    Pile.FINISHED: N_("Đã xong"),
}

BARS = {
    Bar.NOT_IN_TABLE: N_("Hồ sơ ở tình trạng này không làm được việc đó, hoặc vai trò của ông/bà không được làm."),
    Bar.NOTHING_ASKED: N_("Hồ sơ không có tài liệu nào."),
    Bar.RATED: N_("Hồ sơ đã được đánh giá."),
    Bar.SUPPLEMENT_ONCE: N_("Chỉ được đề nghị bổ sung một lần."),
    Bar.STILL_TIME: N_("Người yêu cầu còn thời hạn để trả lời."),
    Bar.EVERY_RECORD: N_("Chọn kết quả cho từng tài liệu."),
    Bar.PAGES_BEYOND: N_("Có khoảng trang vượt quá số trang của tài liệu."),
    Bar.PROPOSAL_FIRST: N_("Việc này cần một người đề xuất trước."),
    Bar.OWN_PROPOSAL: N_("Người đề xuất không tự quyết định; cần người thứ hai."),
    Bar.HEAD_DECIDES: N_("Việc này do người đứng đầu lưu trữ quyết định."),
    Bar.AUTHORITY_FIRST: N_("Việc này phải gửi cấp có thẩm quyền trước, ghi số và ngày văn bản."),
    Bar.NO_SUCH_PERMIT: N_("Chọn một giấy phép còn hiệu lực."),
    Bar.NOT_GRANTABLE: N_(
        "Có tài liệu hiện không được công bố (đã rút, vào danh mục, hoặc chỉ mục chưa trả lời) nên chưa đồng ý được."
    ),
}

APPROVERS = {
    Approver.ARCHIVIST: N_("lưu trữ viên"),
    Approver.HEAD: N_("người đứng đầu lưu trữ"),
    Approver.AUTHORITY: N_("cấp có thẩm quyền"),
}
