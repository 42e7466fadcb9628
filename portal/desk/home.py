"""The first page of the desk: who is signed in, as what, and what may be done."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.staff.member import StaffMember
from portal.accounts.staff.roles import Duty
from portal.desk.gate import Open, declares, member
from portal.desk.words import DUTIES, ROLES
from portal.i18n import N_, _, page_url


@dataclass(frozen=True)
class Way:
    """One thing to do: its page, its name, what it is for."""

    endpoint: str
    name: str
    what: str

    @property
    def url(self) -> str:
        """The page, in the language of the request."""
        return page_url(self.endpoint)


_WAYS = {
    Duty.HANDLE_CASES: ("desk.queue", N_("Tiếp nhận, giao, đề xuất, quyết định các phiếu yêu cầu của bạn đọc.")),
    Duty.LOOK_UP_HOLDINGS: (
        "desk.holdings",
        N_("Một tài liệu đang đóng hay mở, theo danh mục nào, ai đang xin, ai được phép đọc."),
    ),
    Duty.WITHDRAW: ("desk.withdrawals", N_("Đóng ngay một tài liệu, và mở lại khi đã rà soát xong.")),
    Duty.MANAGE_RESTRICTIONS: ("desk.lists", N_("Các bản danh mục hạn chế sử dụng: xem, xem trước, cho hiệu lực.")),
    Duty.EDIT_PROVISIONS: (
        "desk.provisions",
        N_("Thời hạn, ngày làm việc, phí, thẩm quyền, lý do từ chối, mẫu thư: mỗi lần sửa là một bản mới."),
    ),
    Duty.SEE_WORKLOAD: ("desk.workload", N_("Ai đang giữ bao nhiêu hồ sơ, bao nhiêu trả đúng hẹn.")),
    Duty.ISSUE_READER_ACCOUNTS: (
        "desk.issue",
        N_("Cho người không có định danh điện tử: xem giấy tờ, ghi thông tin, in phiếu mật khẩu."),
    ),
    Duty.DELETE_READER_ACCOUNTS: (
        "desk.deletions",
        N_("Xóa tài khoản của bạn đọc đã yêu cầu, trong thời hạn đã hứa."),
    ),
    Duty.MANAGE_STAFF: ("desk.staff", N_("Khóa, mở khóa, đặt lại mã xác thực, cấp lại mật khẩu.")),
    Duty.SEE_EVENTS: ("desk.events", N_("Ai đăng nhập, ai bị từ chối, ai đổi gì trong các tài khoản.")),
}


def add_routes(desk: Blueprint) -> None:
    """The first page."""

    @desk.get("/", endpoint="home")
    @declares(Open.STAFF)
    def home() -> ResponseReturnValue:
        return render_template("home.html", roles=role_names(member()), ways=ways_of(member()))


def ways_of(who: StaffMember) -> list[Way]:
    """What this member may do."""
    return [Way(page, _(DUTIES[duty]), _(what)) for duty, (page, what) in _WAYS.items() if who.may(duty)]


def role_names(who: StaffMember) -> str:
    """The roles of a member, in words."""
    return ", ".join(_(word) for role, word in ROLES.items() if role in who.roles)
