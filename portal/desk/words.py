"""Words of the desk for what the packages below name."""

from portal.accounts.credentials.events import Happened
from portal.accounts.credentials.passwords import PasswordFault
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.people.events import Happening
from portal.accounts.staff.roles import Duty, Role
from portal.i18n import N_, _

ROLES = {
    Role.ARCHIVIST: N_("Lưu trữ viên"),
    Role.HEAD: N_("Người đứng đầu lưu trữ"),
    Role.POLICY_OFFICER: N_("Cán bộ quản lý danh mục hạn chế"),
    Role.AUDITOR: N_("Kiểm soát viên"),
    Role.ADMINISTRATOR: N_("Quản trị viên"),
}

DUTIES = {
    Duty.HANDLE_CASES: N_("Hồ sơ yêu cầu"),
    Duty.LOOK_UP_HOLDINGS: N_("Tra hồ sơ trong kho"),
    Duty.WITHDRAW: N_("Rút tài liệu khỏi sử dụng"),
    Duty.MANAGE_RESTRICTIONS: N_("Danh mục hạn chế"),
    Duty.EDIT_PROVISIONS: N_("Quy định"),
    Duty.SEE_WORKLOAD: N_("Khối lượng và đúng hẹn"),
    Duty.MANAGE_STAFF: N_("Quản lý tài khoản nhân sự"),
    Duty.ISSUE_READER_ACCOUNTS: N_("Cấp tài khoản cho bạn đọc"),
    Duty.DELETE_READER_ACCOUNTS: N_("Yêu cầu xóa tài khoản bạn đọc"),
    Duty.SEE_EVENTS: N_("Xem sự kiện tài khoản"),
}

EVENTS = {
    Happened.REFUSED.value: N_("Đăng nhập không thành"),
    Happened.PASSWORD_PASSED.value: N_("Mật khẩu đúng"),
    Happened.SIGNED_IN.value: N_("Đã đăng nhập"),
    Happened.SIGNED_OUT.value: N_("Đã đăng xuất"),
    Happened.LOCKED.value: N_("Khóa"),
    Happened.UNLOCKED.value: N_("Mở khóa"),
    Happened.ISSUED.value: N_("Cấp thông tin đăng nhập"),
    Happened.PASSWORD_CHANGED.value: N_("Đổi mật khẩu"),
    Happened.PASSWORD_RESET.value: N_("Cấp lại mật khẩu"),
    Happened.TOTP_CONFIRMED.value: N_("Cài mã xác thực"),
    Happened.TOTP_RESET.value: N_("Đặt lại mã xác thực"),
    Happened.RECOVERY_CODES_MADE.value: N_("Tạo mã dự phòng mới"),
    Happened.RECOVERY_CODE_USED.value: N_("Dùng một mã dự phòng"),
    Happened.STAFF_ADDED.value: N_("Thêm nhân sự"),
    Happened.ROLES_CHANGED.value: N_("Đổi vai trò"),
    Happened.READER_DELETED.value: N_("Xóa tài khoản bạn đọc"),
    Happened.SESSION_ENDED.value: N_("Kết thúc phiên"),
    Happening.CREATED.value: N_("Tài khoản hình thành"),
    Happening.ISSUED.value: N_("Cấp tài khoản bạn đọc"),
    Happening.STEPPED_UP.value: N_("Xác thực mức cao hơn"),
    Happening.TERMS_ACCEPTED.value: N_("Đồng ý điều khoản"),
    Happening.CONTACT_VERIFIED.value: N_("Xác nhận địa chỉ liên hệ"),
    Happening.LANGUAGE_CHANGED.value: N_("Đổi tiếng của thư báo"),
    Happening.NUMBER_CHANGED.value: N_("Số định danh đổi khác"),
    Happening.LINKED.value: N_("Liên kết thêm một cách đăng nhập"),
    Happening.EXPORTED.value: N_("Xuất dữ liệu cá nhân"),
    Happening.DELETION_ASKED.value: N_("Yêu cầu xóa tài khoản"),
}

DETAILS = {
    "password wrong": N_("sai mật khẩu"),
    "password closed": N_("tài khoản đang khóa hoặc ngừng"),
    "password unknown": N_("không có tên đăng nhập này"),
    "code wrong": N_("sai mã xác thực"),
    "code closed": N_("tài khoản đang khóa hoặc ngừng"),
    "account locked": N_("quản trị viên đã khóa"),
    "password": N_("bằng mật khẩu"),
}


def password_fault(fault: PasswordFault, rules: PasswordRules) -> str:
    """What is wrong with a password, and what to do."""
    words = {
        PasswordFault.TOO_SHORT: _("Mật khẩu phải có ít nhất %(n)s ký tự.", n=rules.length),
        PasswordFault.TOO_LONG: _("Mật khẩu dài quá 128 ký tự."),
        PasswordFault.CLASSES: _("Mật khẩu phải có chữ thường, chữ hoa, chữ số và một ký tự khác, dấu cách cũng được."),
        PasswordFault.OWNER: _("Mật khẩu chứa tên đăng nhập hoặc họ tên; xin chọn cách khác."),
        PasswordFault.COMMON: _("Nhiều người dùng mật khẩu này, nên dễ bị đoán; xin chọn cách khác."),
        PasswordFault.USED_BEFORE: _("Mật khẩu này đã dùng trong %(n)s lần gần đây.", n=rules.history),
    }
    return words[fault]


def named(table: dict[str, str], name: str) -> str:
    """A word for a name from the store; the name itself when a newer release wrote it."""
    return _(table[name]) if name in table else name
