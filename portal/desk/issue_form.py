"""What staff write down about a reader without electronic identity."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from babel import Locale
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from portal.accounts.people.contact import contact_address
from portal.i18n import N_, _, language
from portal.notices.message import Channel

_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{3,39}")


class DocumentKind(Enum):
    """Which paper was seen. No picture of it is kept."""

    PASSPORT = "passport"
    RESIDENCE_CARD = "residence-card"
    OTHER = "other"


DOCUMENT_KINDS = {
    DocumentKind.PASSPORT: N_("Hộ chiếu"),
    DocumentKind.RESIDENCE_CARD: N_("Thẻ tạm trú, thường trú"),
    DocumentKind.OTHER: N_("Giấy tờ tùy thân khác"),
}

_FAULTS = {
    "name": N_("Ghi họ tên như trên giấy tờ, nhiều nhất 200 ký tự."),
    "kind": N_("Chọn loại giấy tờ."),
    "number": N_("Số giấy tờ chỉ có chữ, chữ số, dấu chấm, gạch; từ 4 đến 40 ký tự."),
    "nationality": N_("Chọn quốc tịch trong danh sách."),
    "email": N_("Thư điện tử chưa đúng, ví dụ đúng: ten@example.org."),
    "phone": N_("Số điện thoại chưa đúng, ví dụ đúng: +33 6 12 34 56 78."),
    "language": N_("Chọn tiếng Việt hoặc tiếng Anh."),
    "": N_("Ghi thư điện tử hoặc số điện thoại, để lưu trữ báo tin được."),
}


class IssueForm(BaseModel):
    """The form, read: texts trimmed, the number in capitals, contacts in the form in which they are kept."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True, hide_input_in_errors=True)

    name: str
    kind: DocumentKind
    number: str
    nationality: str
    email: str = ""
    phone: str = ""
    language: str

    @field_validator("name")
    @classmethod
    def _named(cls, name: str) -> str:
        if not 0 < len(name) <= 200 or not name.isprintable():
            raise ValueError("name")
        return name

    @field_validator("number")
    @classmethod
    def _numbered(cls, number: str) -> str:
        if not _NUMBER.fullmatch(number.upper()):
            raise ValueError("number")
        return number.upper()

    @field_validator("nationality")
    @classmethod
    def _of_a_country(cls, code: str) -> str:
        if code not in dict(countries("vi")):
            raise ValueError("nationality")
        return code

    @field_validator("email")
    @classmethod
    def _email(cls, email: str) -> str:
        return contact_address(Channel.EMAIL, email) if email else ""

    @field_validator("phone")
    @classmethod
    def _phone(cls, phone: str) -> str:
        return contact_address(Channel.SMS, phone) if phone else ""

    @field_validator("language")
    @classmethod
    def _spoken(cls, spoken: str) -> str:
        if spoken not in ("vi", "en"):
            raise ValueError("language")
        return spoken

    @model_validator(mode="after")
    def _reachable(self) -> "IssueForm":
        if not self.email and not self.phone:
            raise ValueError("contact")
        return self

    @property
    def document(self) -> str:
        """Kind and number in one line."""
        return f"{self.kind.value} {self.number}"


@dataclass(frozen=True)
class Asked:
    """What was typed, to be shown again, and what is wrong with it by field."""

    values: Mapping[str, str]
    faults: Mapping[str, str]


def read_form(given: Mapping[str, str]) -> IssueForm | Asked:
    """The form when it is right, else what is wrong with each field in the language of the request."""
    try:
        return IssueForm.model_validate(dict(given))
    except ValidationError as error:
        wrong = [str(fault["loc"][0]) if fault["loc"] else "" for fault in error.errors()]
        return Asked(given, {field or "email": _(_FAULTS[field]) for field in wrong})


def countries(spoken: str) -> list[tuple[str, str]]:
    """Codes (ISO 3166, two letters) and names of countries, by name in this language."""
    names = Locale(spoken).territories
    found = [(code, str(name)) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRIES]
    return sorted(found, key=lambda each: each[1])


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the lists of the form hold, in the language of the request."""
    kinds = [(kind.value, _(word)) for kind, word in DOCUMENT_KINDS.items()]
    return {"kinds": kinds, "countries": countries(language())}
