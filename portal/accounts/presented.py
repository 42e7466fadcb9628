"""Words and moments of accounts, as readers see them."""

from collections.abc import Mapping
from datetime import datetime

from portal.accounts.people.events import Event, Happening
from portal.accounts.providers.identity import AccountKind
from portal.clock import ARCHIVE_ZONE
from portal.i18n import N_, _

WORDS_OF_KINDS: Mapping[AccountKind, str] = {
    AccountKind.CITIZEN: N_("Cá nhân"),
    AccountKind.ORGANISATION: N_("Cơ quan, tổ chức"),
    AccountKind.FOREIGNER: N_("Tài khoản do lưu trữ cấp"),
}

WORDS_OF_EVENTS: Mapping[str, str] = {
    Happening.CREATED: N_("Lập tài khoản"),
    Happening.ISSUED: N_("Lưu trữ cấp tài khoản"),
    Happening.SIGNED_IN: N_("Đăng nhập"),
    Happening.SIGN_IN_REFUSED: N_("Đăng nhập bị từ chối"),
    Happening.SIGNED_OUT: N_("Đăng xuất"),
    Happening.STEPPED_UP: N_("Xác thực ở mức cao hơn"),
    Happening.TERMS_ACCEPTED: N_("Đồng ý điều khoản"),
    Happening.CONTACT_VERIFIED: N_("Xác nhận liên lạc"),
    Happening.LANGUAGE_CHANGED: N_("Đổi ngôn ngữ"),
    Happening.NUMBER_CHANGED: N_("Nơi xác thực báo số định danh khác trước"),
    Happening.LINKED: N_("Nối thêm cách đăng nhập"),
    Happening.SESSION_ENDED: N_("Kết thúc phiên"),
    Happening.EXPORTED: N_("Tải dữ liệu của mình"),
    Happening.DELETION_ASKED: N_("Yêu cầu xóa tài khoản"),
    "sign-in-tried": N_("Thử đăng nhập bằng mật khẩu"),
    "password-passed": N_("Mật khẩu đúng, chờ mã xác thực"),
    "locked": N_("Khóa đăng nhập"),
    "unlocked": N_("Mở khóa đăng nhập"),
    "credentials-issued": N_("Lưu trữ cấp mật khẩu dùng một lần"),
    "password-changed": N_("Đổi mật khẩu"),
    "password-reset": N_("Lưu trữ cấp lại mật khẩu"),
    "totp-confirmed": N_("Gắn ứng dụng tạo mã"),
    "totp-reset": N_("Gỡ ứng dụng tạo mã"),
    "recovery-codes-made": N_("Lập mã dự phòng"),
    "recovery-code-used": N_("Dùng một mã dự phòng"),
    "reader-account-issued": N_("Lưu trữ cấp tài khoản"),
}


def words_of(event: Event) -> str:
    """What happened, in plain words; what this release has no words for is told as it was noted."""
    return _(WORDS_OF_EVENTS[event.what]) if event.what in WORDS_OF_EVENTS else event.what


def moment(at: datetime) -> str:
    """Time and day at the archive: 14:05, 21/11/2026."""
    there = at.astimezone(ARCHIVE_ZONE)
    return f"{there:%H:%M}, {there.day}/{there.month}/{there.year}"
