"""What the law asks of passwords and of accounts that have one: the rules with their source, and their numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from access_policy.parameters import Citation

RULES_VERSION = "2026-11"

QCVN_12 = Citation("QCVN 12 (viện dẫn TCVN 14423:2025)", "", "QCVN 12 (citing TCVN 14423:2025)")
TCVN_14423 = Citation("TCVN 14423:2026", "", "TCVN 14423:2026", confirmed=False)
OWN_PRACTICE = Citation("Quy tắc của cổng", "", "The portal's own rule")


@dataclass(frozen=True)
class Rule:
    """One thing that is asked, in words for whoever has to keep it, and by which text."""

    name: str
    citation: Citation
    words: str
    words_en: str


RULES = (
    Rule(
        "length",
        TCVN_14423,
        "Mật khẩu đủ dài: ít nhất 8 ký tự khi có lớp xác thực thứ hai, 14 khi không có.",
        "Passwords are long enough: at least 8 characters with a second factor, 14 without.",
    ),
    Rule(
        "classes",
        QCVN_12,
        "Mật khẩu có chữ thường, chữ hoa, chữ số và ký tự khác.",
        "Passwords hold a small letter, a capital, a digit and another character.",
    ),
    Rule(
        "not-the-owner",
        OWN_PRACTICE,
        "Mật khẩu không chứa tên đăng nhập hay họ tên.",
        "Passwords do not hold the login or the name of their owner.",
    ),
    Rule(
        "not-common",
        OWN_PRACTICE,
        "Mật khẩu không phải là mật khẩu nhiều người dùng.",
        "Passwords are not among those that many people use.",
    ),
    Rule(
        "first-login",
        QCVN_12,
        "Mật khẩu được cấp phải đổi ở lần đăng nhập đầu tiên.",
        "A password that was handed out is changed at the first sign-in.",
    ),
    Rule(
        "history",
        QCVN_12,
        "Mười mật khẩu gần nhất không được dùng lại.",
        "The last ten passwords are not used again.",
    ),
    Rule(
        "expiry",
        QCVN_12,
        "Quản trị viên đổi mật khẩu hai tháng một lần.",
        "Administrators change their password every two months.",
    ),
    Rule(
        "lock",
        QCVN_12,
        "Sai 5 lần thì khóa; tự mở sau 12 giờ đến 30 ngày, hoặc do quản trị viên mở.",
        "Five failures lock an account, for 12 hours to 30 days or until an administrator unlocks it.",
    ),
    Rule(
        "idle",
        QCVN_12,
        "Tài khoản 45 ngày không dùng thì ngừng hoạt động.",
        "An account that is not used for 45 days is disabled.",
    ),
)


@dataclass(frozen=True)
class PasswordRules:
    """The numbers of the rules. May be set stricter than the confirmed law, never laxer: ValueError.

    Lengths in characters; `failures` wrong answers lock for `lock_hours`; `administrator_days` is how old a password of
    an administrator gets; an account nobody used for `idle_days` is disabled; `history` is how many passwords are
    barred. The least length without a second factor is reported, not confirmed, so it may be set down to 8.
    """

    length: int = 8
    length_alone: int = 14
    history: int = 10
    administrator_days: int = 60
    failures: int = 5
    lock_hours: int = 12
    idle_days: int = 45

    def __post_init__(self) -> None:
        bounds = {
            "length": (8, 128),
            "length_alone": (self.length, 128),
            "history": (10, 100),
            "administrator_days": (1, 60),
            "failures": (1, 5),
            "lock_hours": (12, 30 * 24),
            "idle_days": (1, 45),
        }
        for name, (least, most) in bounds.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{name} must be from {least} to {most}, not {getattr(self, name)}")

    def lock_ends(self, locked_at: datetime) -> datetime:
        """When a lock by failures opens of itself."""
        return locked_at + timedelta(hours=self.lock_hours)

    def idle(self, used_at: datetime, *, now: datetime) -> bool:
        """Whether an account last used then counts as abandoned."""
        return used_at <= now - timedelta(days=self.idle_days)

    def expired(self, password_at: datetime, *, now: datetime) -> bool:
        """Whether an administrator's password set then has to be changed."""
        return password_at <= now - timedelta(days=self.administrator_days)
