"""What can stand in the way of signing in: plain words for each, and a reference that stands in the log too."""

import logging
import re
import secrets
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.local_path import local_path
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.reception import Reception
from portal.gate import declares
from portal.i18n import N_, _, page_url
from portal.sessions.session import current

log = logging.getLogger("portal.accounts")

_REFERENCE = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Obstacle:
    """The status of the page, what happened, and what to do about it; `again` when trying again may help."""

    status: int
    title: str
    message: str
    what_to_do: tuple[str, ...]
    again: bool = True


_SOMETHING_ELSE = Obstacle(
    503,
    N_("Chưa đăng nhập được"),
    N_("Nơi xác thực trả lời một điều mà cổng không chấp nhận. Không có gì bị thay đổi."),
    (N_("Thử lại sau ít phút."), N_("Nếu vẫn vậy, xin báo cho lưu trữ kèm mã dưới đây.")),
)

WRONG_READER = "wrong-reader"
LINK_NOT_POSSIBLE = "link-not-possible"
DELETION_ASKED = "deletion-asked"

OBSTACLES = {
    Fault.CANCELLED.value: Obstacle(
        200,
        N_("Ông/bà đã dừng đăng nhập"),
        N_("Nơi xác thực cho biết việc đăng nhập được hủy. Cổng không nhận thông tin gì về ông/bà."),
        (N_("Đăng nhập lại khi cần. Tra cứu và đọc tài liệu mở thì không cần tài khoản."),),
    ),
    Fault.EXPIRED.value: Obstacle(
        400,
        N_("Lần đăng nhập này đã quá lâu"),
        N_("Từ lúc bắt đầu tới lúc quay lại cổng đã quá 10 phút, nên cổng không dùng kết quả ấy nữa."),
        (N_("Bắt đầu đăng nhập lại."),),
    ),
    Fault.NOT_STARTED_HERE.value: Obstacle(
        400,
        N_("Cổng không nhận ra lần đăng nhập này"),
        N_("Lần đăng nhập không bắt đầu từ trình duyệt này, đã dùng rồi, hoặc cookie của cổng đã bị xóa."),
        (
            N_("Bắt đầu đăng nhập lại ngay trong trình duyệt này."),
            N_("Nếu trình duyệt chặn cookie, xin cho phép cookie của cổng: cookie ấy chỉ để giữ phiên đăng nhập."),
            N_("Không mở liên kết đăng nhập do người khác gửi."),
        ),
    ),
    Fault.PROVIDER_AWAY.value: Obstacle(
        503,
        N_("Nơi xác thực chưa trả lời"),
        N_("Cổng không liên lạc được với nơi xác thực, hoặc nơi ấy trả lời quá chậm. Không có gì bị mất."),
        (N_("Thử lại sau ít phút."), N_("Trong lúc chờ, ông/bà vẫn tra cứu và đọc tài liệu mở được.")),
    ),
    Fault.LEVEL_TOO_LOW.value: Obstacle(
        403,
        N_("Cần xác thực ở mức cao hơn"),
        N_("Tài khoản định danh của ông/bà chưa đạt mức mà việc này cần."),
        (
            N_("Đăng nhập lại và chọn mức xác thực cao hơn, nếu nơi xác thực cho chọn."),
            N_("Với VNeID: nâng tài khoản định danh điện tử lên mức độ 02 tại cơ quan công an."),
        ),
    ),
    Fault.NOT_CONFIGURED.value: Obstacle(
        503,
        N_("Cách đăng nhập này chưa dùng được"),
        N_("Lưu trữ chưa hoàn tất việc nối với nơi xác thực này."),
        (N_("Chọn cách đăng nhập khác, nếu có."), N_("Xin báo cho lưu trữ kèm mã dưới đây.")),
    ),
    WRONG_READER: Obstacle(
        403,
        N_("Đây là một người khác"),
        N_("Người vừa được xác thực không phải là người đang đăng nhập ở cổng, nên cổng giữ nguyên mọi thứ."),
        (N_("Thử lại bằng đúng tài khoản định danh của mình."), N_("Hoặc đăng xuất rồi đăng nhập lại.")),
    ),
    LINK_NOT_POSSIBLE: Obstacle(
        403,
        N_("Không nối được hai cách đăng nhập này"),
        N_("Cổng chỉ nối khi hai nơi cùng xác nhận một người ở mức đủ cao và cách mới chưa thuộc tài khoản nào."),
        (N_("Tiếp tục dùng cách đăng nhập hiện có."), N_("Nếu cho là nhầm, xin báo cho lưu trữ kèm mã dưới đây.")),
        again=False,
    ),
    DELETION_ASKED: Obstacle(
        403,
        N_("Tài khoản này đã được yêu cầu xóa"),
        N_("Theo yêu cầu của ông/bà, tài khoản đã đóng và không đăng nhập được nữa."),
        (
            N_("Nếu ông/bà không yêu cầu việc này, xin báo ngay cho lưu trữ kèm mã dưới đây."),
            N_("Tra cứu và đọc tài liệu mở thì không cần tài khoản."),
        ),
        again=False,
    ),
}


def stop(reason: str, *, provider: str, next_path: str, detail: str) -> ResponseReturnValue:
    """Note why and lead to the page that says it, at an address that holds nothing of what a provider sent.

    `detail` is for the log: never a code, token, state or number.
    """
    reference = secrets.token_hex(4)
    log.warning("sign-in stopped: %s provider=%s %s reference=%s", reason, provider, detail, reference)
    return redirect(page_url("accounts.stopped", why=reason, ref=reference, provider=provider, next=next_path), 303)


def stop_fault(fault: SignInFault, *, provider: str, next_path: str) -> ResponseReturnValue:
    """The same for what went wrong between us and the provider."""
    return stop(fault.fault.value, provider=provider, next_path=next_path, detail=fault.detail)


@dataclass(frozen=True)
class Stopped:
    """The page that says what happened."""

    reception: Reception

    @declares(None)
    def page(self) -> ResponseReturnValue:
        """Everything shown comes from the table above; of the address only what has the right form is used."""
        given = request.args
        obstacle = OBSTACLES.get(given.get("why", ""), _SOMETHING_ELSE)
        reference = given.get("ref", "")
        body = render_template(
            "accounts/stopped.html",
            title=_(obstacle.title),
            message=_(obstacle.message),
            what_to_do=tuple(_(step) for step in obstacle.what_to_do),
            reference=reference if _REFERENCE.fullmatch(reference) else "",
            provider=self.reception.readers_provider(given.get("provider", "")) if obstacle.again else None,
            next_path=local_path(given.get("next", ""), otherwise=page_url("catalogue.home")),
            signed_in=bool(current().known_owner),
        )
        return body, obstacle.status
