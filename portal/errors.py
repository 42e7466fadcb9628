"""The portal's own errors, and the one table that turns every error into a status and a page in plain words."""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, render_template, request
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException, SecurityError

from access_policy.decide import Decision
from indexer.index.description import Description
from indexer.index.port import IndexUnavailable
from indexer.index.query import MAX_QUERY_LENGTH
from portal.addresses import record_address
from portal.audit.log import LogUnavailable
from portal.i18n import N_, _
from portal.register_watch import RegisterAway
from portal.sessions.store import SessionsAway
from portal.standing import why_closed
from portal.store.database import StoreUnavailable

log = logging.getLogger("portal.errors")


class NotFound(Exception):
    """Absent, or not to be known: the reader cannot tell which."""


class BadQuestion(Exception):
    """The address asks something that cannot be understood; the argument says what, in the reader's language."""


class PageClosed(Exception):
    """The record may be known but this page of it may not be read now."""

    def __init__(self, record: Description, decision: Decision) -> None:
        super().__init__(record.id)
        self.record, self.decision = record, decision


class PermitSpent(Exception):
    """The reader's permit has opened as many pages today as it may."""

    def __init__(self, record: Description) -> None:
        super().__init__(record.id)
        self.record = record


class RecordClosed(Exception):
    """Only that the record is there may be known, and why it is closed."""

    def __init__(self, record: Description, decision: Decision) -> None:
        super().__init__(record.id)
        self.record, self.decision = record, decision


@dataclass(frozen=True)
class Words:
    """What happened, and what to do about it."""

    title: str
    message: str
    what_to_do: tuple[str, ...] = ()


NOT_FOUND = Words(
    N_("Không tìm thấy trang này"),
    N_("Địa chỉ này không có trên cổng, hoặc tài liệu ở đây không được công bố."),
    (N_("Kiểm tra lại địa chỉ."), N_("Tìm lại bằng từ khóa, số hoặc ký hiệu văn bản.")),
)
BAD_QUESTION = Words(
    N_("Yêu cầu chưa đúng"),
    N_("Cổng không hiểu yêu cầu này."),
    (N_("Quay lại trang tra cứu và thử lại với ít điều kiện hơn."),),
)
TOO_MANY = Words(
    N_("Có quá nhiều yêu cầu"),
    N_("Máy của ông/bà, hoặc mạng đang dùng, đã gửi quá nhiều yêu cầu trong thời gian ngắn."),
    (N_("Đợi một phút rồi tải lại trang."),),
)
PERMIT_SPENT = Words(
    N_("Đã đọc hết số trang của hôm nay"),
    N_("Giấy phép của ông/bà cho đọc một số trang mỗi ngày, và hôm nay đã đủ."),
    (N_("Ngày mai đọc tiếp; những trang đã mở hôm nay vẫn mở lại được."),),
)
TOO_LARGE = Words(
    N_("Tệp gửi lên quá lớn"),
    N_("Lưu trữ không nhận được tệp lớn như vậy, nên chưa có gì thay đổi."),
    (N_("Quay lại trang trước; phần đã lưu vẫn còn."), N_("Chọn tệp nhỏ hơn, hoặc gửi từng tệp một.")),
)
BUSY = Words(
    N_("Dịch vụ đang tạm gián đoạn"),
    N_("Một phần của cổng chưa trả lời. Không có dữ liệu nào bị mất."),
    (N_("Thử lại sau ít phút."),),
)

_BY_STATUS = {
    400: BAD_QUESTION,
    403: NOT_FOUND,
    404: NOT_FOUND,
    405: BAD_QUESTION,
    413: TOO_LARGE,
    414: BAD_QUESTION,
    429: TOO_MANY,
    500: BUSY,
    503: BUSY,
}


def install(app: Flask) -> None:
    """Map errors to pages: domain errors by the table below, those of the framework by their status."""
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(BadQuestion, lambda error: _page(400, message=str(error)))
    app.register_error_handler(PageClosed, _closed_page)
    app.register_error_handler(RecordClosed, _closed_record)
    app.register_error_handler(PermitSpent, lambda _error: _page(429, words=PERMIT_SPENT))
    app.register_error_handler(RegisterAway, _unavailable)
    app.register_error_handler(IndexUnavailable, _unavailable)
    app.register_error_handler(RedisError, _unavailable)
    app.register_error_handler(LogUnavailable, _unavailable)
    app.register_error_handler(SessionsAway, _unavailable)
    app.register_error_handler(StoreUnavailable, _unavailable)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, lambda error: _page(error.code or 500))
    app.register_error_handler(Exception, _unexpected)


def _closed_record(error: RecordClosed) -> tuple[str, int]:
    record = error.record
    body = render_template(
        "closed_record.html",
        code=record.reference_code,
        archive=record.archive_name,
        why=why_closed(error.decision),
    )
    return body, 403


def _closed_page(error: PageClosed) -> tuple[str, int]:
    record_url = record_address(error.record.id)
    body = render_template(
        "closed_page.html",
        title=error.record.title,
        code=error.record.reference_code,
        why=why_closed(error.decision),
        record_url=record_url,
    )
    return body, 403


def _foreign_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Asked under a name that is not ours: no address of the site can be built, so the answer is bare text."""
    return "Tên máy chủ không đúng. / Wrong host name.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _unavailable(error: Exception) -> tuple[str, int]:
    log.error("unavailable: %s", type(error).__name__)
    return _page(503)


def _unexpected(error: Exception) -> tuple[str, int]:
    """A fault of ours: logged with its trace and no query, answered with a page that says to come back."""
    log.error("unexpected %s at %s", type(error).__name__, request.endpoint, exc_info=error)
    return _page(503)


def _page(status: int, message: str = "", words: Words | None = None) -> tuple[str, int]:
    words = words or _BY_STATUS.get(status, BAD_QUESTION if status < 500 else BUSY)
    body = render_template(
        "error.html",
        title=_(words.title),
        message=message or _(words.message),
        what_to_do=tuple(_(step) for step in words.what_to_do),
        reference="" if status == 404 else secrets.token_hex(4),
        status=status,
        words=request.args.get("q", "")[:MAX_QUERY_LENGTH] if status == 400 else "",
    )
    return body, status
