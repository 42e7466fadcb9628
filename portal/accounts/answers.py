"""What readers type into the forms of their account: parsed once, with what is wrong in plain words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts.people.contact import contact_address
from portal.i18n import LANGUAGES, _
from portal.notices.message import Channel

LONGEST_NAME = 120
FIELDS = {Channel.EMAIL: "email", Channel.SMS: "phone"}
_CODE = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Wrong:
    """One field that cannot be used as it is; `field` is its id on the page."""

    field: str
    message: str


@dataclass(frozen=True)
class ContactAnswer:
    """The contact that was given, in the form in which it is kept, or what is wrong with it."""

    contact: tuple[Channel, str] | None
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True)
class TermsAnswer:
    """The other half of a first sign-in. `name` is who acts for an organisation, "" where nobody was asked."""

    language: str
    name: str
    wrong: tuple[Wrong, ...]


def read_contact(form: Mapping[str, str], channels: tuple[Channel, ...]) -> ContactAnswer:
    """One of the fields of the channels that lead somewhere, and not two."""
    given = {channel: form.get(FIELDS[channel], "").strip() for channel in channels}
    filled = [channel for channel in channels if given[channel]]
    if len(filled) != 1:
        first = FIELDS[channels[0]] if channels else "email"
        return ContactAnswer(None, (Wrong(first, _one_contact(channels)),))
    channel = filled[0]
    try:
        return ContactAnswer((channel, contact_address(channel, given[channel])), ())
    except ValueError:
        return ContactAnswer(None, (Wrong(FIELDS[channel], _malformed(channel)),))


def read_terms(form: Mapping[str, str], *, asks_name: bool) -> TermsAnswer:
    """Agreement is a box that was ticked; its absence is no agreement."""
    wrong = []
    name = " ".join(form.get("name", "").split()) if asks_name else ""
    if asks_name and not (1 < len(name) <= LONGEST_NAME and name.isprintable()):
        wrong.append(Wrong("name", _("Xin ghi họ tên người thay mặt tổ chức.")))
    spoken = form.get("language", "")
    if spoken not in LANGUAGES:
        wrong.append(Wrong("language", _("Xin chọn ngôn ngữ.")))
    if form.get("terms") != "yes":
        wrong.append(
            Wrong("terms", _("Xin đánh dấu vào ô này nếu ông/bà đồng ý. Chưa đồng ý thì chưa dùng tài khoản được."))
        )
    return TermsAnswer(spoken, name, tuple(wrong))


def read_code(form: Mapping[str, str]) -> str | None:
    """Six digits, however they were spaced; None for anything else."""
    digits = re.sub(r"\s", "", form.get("code", ""))
    return digits if _CODE.fullmatch(digits) else None


def _one_contact(channels: tuple[Channel, ...]) -> str:
    if len(channels) > 1:
        return _("Xin ghi địa chỉ thư điện tử hoặc số điện thoại: một trong hai, không cả hai.")
    return _malformed(channels[0]) if channels else _("Lưu trữ chưa có cách gửi tin nhắn.")


def _malformed(channel: Channel) -> str:
    if channel is Channel.EMAIL:
        return _("Xin ghi địa chỉ thư điện tử đầy đủ, ví dụ ten@vidu.vn.")
    return _("Xin ghi số điện thoại, ví dụ 0912 345 678; số nước ngoài bắt đầu bằng dấu +.")
