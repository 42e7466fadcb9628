"""The people of the demonstration: made up, with numbers that no real person or company can have.

A citizen number begins with the code of a province, 001 to 096; those here begin with 999. The tenth digit of a tax
code is a check digit; the one here is wrong.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from authlib.oidc.core import UserInfo


class DemoKind(StrEnum):
    """Kinds of account. 1 and 2 are those of `LoaiTaiKhoan`; 4 is the demonstration's own."""

    CITIZEN = "1"
    ENTERPRISE = "2"
    FOREIGNER = "4"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as; `highest_level` is the level of the electronic identity, 1 or 2."""

    key: str
    subject: str
    tech_id: str
    kind: DemoKind
    name: str
    number: str
    birth_date: date
    highest_level: int
    organisation: str = ""
    tax_code: str = ""


PEOPLE: dict[str, DemoPerson] = {
    person.key: person
    for person in (
        DemoPerson(
            "mau",
            "5e0c1f9a-6d0b-4b53-9f57-0c3c2f6a1a01",
            "c1d3a7f2-1f1e-4c8e-8f43-6a0d3b9e2b01",
            DemoKind.CITIZEN,
            "Nguyễn Thị Mẫu",
            "999178000101",
            date(1978, 3, 14),
            2,
        ),
        DemoPerson(
            "thu",
            "5e0c1f9a-6d0b-4b53-9f57-0c3c2f6a1a02",
            "c1d3a7f2-1f1e-4c8e-8f43-6a0d3b9e2b02",
            DemoKind.CITIZEN,
            "Trần Văn Thử",
            "999045000202",
            date(1945, 9, 2),
            2,
        ),
        DemoPerson(
            "vi-du",
            "5e0c1f9a-6d0b-4b53-9f57-0c3c2f6a1a03",
            "c1d3a7f2-1f1e-4c8e-8f43-6a0d3b9e2b03",
            DemoKind.CITIZEN,
            "Lê Hoàng Ví Dụ",
            "999204000303",
            date(2004, 12, 31),
            1,
        ),
        DemoPerson(
            "cong-ty",
            "5e0c1f9a-6d0b-4b53-9f57-0c3c2f6a1a04",
            "c1d3a7f2-1f1e-4c8e-8f43-6a0d3b9e2b04",
            DemoKind.ENTERPRISE,
            "Phạm Thị Minh Họa",
            "999185000404",
            date(1985, 6, 21),
            2,
            "Công ty TNHH Trình Diễn",
            "9900000001",
        ),
        DemoPerson(
            "foreigner",
            "5e0c1f9a-6d0b-4b53-9f57-0c3c2f6a1a05",
            "c1d3a7f2-1f1e-4c8e-8f43-6a0d3b9e2b05",
            DemoKind.FOREIGNER,
            "Jane Example",
            "999190000505",
            date(1990, 2, 28),
            2,
        ),
    )
}


@dataclass(frozen=True)
class Presence:
    """A person signed in at a level, in the session `sid` of the provider."""

    person: DemoPerson
    level: int
    sid: str


def userinfo(presence: Presence) -> UserInfo:
    """The claims as the national sign-in words them: Vietnamese names, the birth date as yyyyMMdd, no contact."""
    person = presence.person
    claims = UserInfo(
        {
            "sub": person.subject,
            "TechID": person.tech_id,
            "LoaiTaiKhoan": person.kind.value,
            "HoVaTen": person.name,
            "SoDinhDanh": person.number,
            "NgayThangNamSinh": f"{person.birth_date:%Y%m%d}",
            "loginIdp": "BCA",
            "loAs": acr(presence.level),
            "IAL": presence.level,
        }
    )
    if person.kind is DemoKind.ENTERPRISE:
        claims.update(TenDoanhNghiep=person.organisation, MaSoThue=person.tax_code, NguoiDaiDien=person.name)
    return claims


def acr(level: int) -> str:
    """How a level is asked for and told: LoA1, LoA2."""
    return f"LoA{level}"
