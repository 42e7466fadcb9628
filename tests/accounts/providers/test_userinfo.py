"""Identity from userinfo: who it is about, how it is asked for, and what becomes of its claims."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.accounts.providers.faults import Fault
from portal.accounts.providers.identity import AccountKind
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.reading import identity_of
from tests.accounts.providers.signing_in import SignIn, faulty, opened, profile
from tests.servers.hostile_provider import HostileProvider

DVCQG: dict[str, Any] = {
    "id": "vnconnect",
    "preset": "dvcqg",
    "name": "VNeID",
    "client_id": "portal",
    "client_secret": "secret",
}
CITIZEN = {
    "sub": "0b0f3c66-0000-4000-8000-000000000001",
    "LoaiTaiKhoan": 1,
    "HoVaTen": "NGUYỄN THỊ MẪU",
    "SoDinhDanh": "999178000101",
    "NgayThangNamSinh": "19780314",
    "loAs": "LoA2",
    "IAL": 2,
    "logoutUri": "https://sso.dancuquocgia.gov.vn/api/idp/third-party/logout?token=secret",
}


@pytest.mark.parametrize("sub", ["subject-2", "", None, ["subject-1"]])
def test_userinfo_about_somebody_else_is_refused(sign_in_both: SignIn, hostile: HostileProvider, sub: object) -> None:
    hostile.told = {"sub": sub}
    with faulty(Fault.ANSWER_NOT_TRUSTED, "sub is not that of the id_token"):
        sign_in_both.done()


def test_userinfo_without_subject_is_refused(sign_in_both: SignIn, hostile: HostileProvider) -> None:
    hostile.told = {"name": "Ai đó"}
    with faulty(Fault.ANSWER_NOT_TRUSTED, "sub"):
        sign_in_both.done()


def test_userinfo_adds_to_what_is_signed_and_cannot_change_it(sign_in_both: SignIn, hostile: HostileProvider) -> None:
    hostile.claims = {"name": "Tên đã ký"}
    hostile.told = {"sub": "subject-1", "name": "Tên khác", "email": "mau@example.vn"}
    identity = sign_in_both.done()
    assert (identity.name, identity.email) == ("Tên đã ký", "mau@example.vn")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_userinfo_is_asked_for_as_the_profile_says(hostile: HostileProvider, method: str) -> None:
    SignIn(opened(profile(hostile.url, identity_from="both", userinfo_method=method))).done()
    asked = next(one for one in hostile.asked if one.path == "/userinfo")
    assert asked.method == method
    assert asked.headers["Authorization"].startswith("Bearer access-")
    assert asked.query == asked.form == {}


def test_an_identity_from_userinfo_alone_needs_no_keys(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, identity_from="userinfo", nonce="off")))
    assert one.done().subject == "subject-1"
    assert "/keys" not in hostile.paths()


def test_a_citizen_of_the_national_sign_in_is_read() -> None:
    identity = identity_of(CITIZEN, Profile.model_validate(DVCQG), id_token="a.b.c")
    assert (identity.provider, identity.subject) == ("vnconnect", CITIZEN["sub"])
    assert (identity.kind, identity.level) == (AccountKind.CITIZEN, 2)
    assert (identity.name, identity.citizen_number) == ("NGUYỄN THỊ MẪU", "999178000101")
    assert identity.birth_date == date(1978, 3, 14)
    assert (identity.email, identity.phone, identity.logout_uri, identity.id_token) == ("", "", "", "")


@pytest.mark.parametrize("kind", ["2", 2, "3", 3])
def test_an_organisation_is_read_with_who_acts_for_it(kind: object) -> None:
    claims = {"sub": "x", "LoaiTaiKhoan": kind, "TenDoanhNghiep": "Công ty TNHH Mẫu", "NguoiDaiDien": "Phạm Mẫu"}
    identity = identity_of(claims | {"MaSoDoanhNghiep": "9900000001"}, Profile.model_validate(DVCQG), id_token="")
    assert identity.kind is AccountKind.ORGANISATION
    assert (identity.organisation_name, identity.organisation_number) == ("Công ty TNHH Mẫu", "9900000001")
    assert identity.name == "Phạm Mẫu"


@pytest.mark.parametrize("kind", ["9", "", None, True, 1.0, ["1"], "citizen"])
def test_an_account_of_an_unknown_kind_is_refused(kind: object) -> None:
    with faulty(Fault.ANSWER_NOT_TRUSTED, "LoaiTaiKhoan is missing or not in account_types"):
        identity_of(CITIZEN | {"LoaiTaiKhoan": kind}, Profile.model_validate(DVCQG), id_token="")


@pytest.mark.parametrize(
    ("claims", "level"),
    [
        ({"loAs": "LoA2", "IAL": 2}, 2),
        ({"loAs": "LoA2", "IAL": 1}, 1),
        ({"loAs": "LoA2"}, 2),
        ({"loAs": "LoA2", "IAL": "?"}, 1),
        ({"loAs": "loa2"}, 1),
        ({}, 1),
    ],
)
def test_of_several_levels_the_lowest_counts(claims: dict[str, object], level: int) -> None:
    rest = {name: value for name, value in CITIZEN.items() if name not in ("loAs", "IAL")}
    assert identity_of(rest | claims, Profile.model_validate(DVCQG), id_token="").level == level


@pytest.mark.parametrize(
    ("claims", "number"),
    [
        ({"SoDinhDanh": "999178000101"}, "999178000101"),
        ({"SoDinhDanh": 999178000101}, "999178000101"),
        ({"SoDinhDanh": "", "SoCMND": "024000001"}, "024000001"),
        ({"SoDinhDanh": "0123", "SoCMND": "024000001"}, "024000001"),
        ({"SoDinhDanh": "99917800010１"}, ""),
        ({"SoDinhDanh": "999178000101\n"}, "999178000101"),
        ({"SoDinhDanh": None, "SoCMND": ["024000001"]}, ""),
    ],
)
def test_a_citizen_number_is_taken_from_the_first_claim_that_holds_one(claims: dict[str, object], number: str) -> None:
    rest = {name: value for name, value in CITIZEN.items() if name != "SoDinhDanh"}
    assert identity_of(rest | claims, Profile.model_validate(DVCQG), id_token="").citizen_number == number


def test_the_citizen_number_is_never_the_key_of_an_account() -> None:
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of an account"):
        identity_of(CITIZEN | {"sub": CITIZEN["SoDinhDanh"]}, Profile.model_validate(DVCQG), id_token="")


@pytest.mark.parametrize("born", ["1978", "00000314", "19781340", "", "14/03/1978", 7, None])
def test_a_birth_date_that_is_none_is_left_out(born: object) -> None:
    assert (
        identity_of(CITIZEN | {"NgayThangNamSinh": born}, Profile.model_validate(DVCQG), id_token="").birth_date is None
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Nguyễn \t Thị\nMẫu ", "Nguyễn Thị Mẫu"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Mẫu\u202e\u0000\x1b[31m", "Mẫu [31m"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_name_is_one_line_of_composed_text(given: str, kept: str) -> None:
    assert identity_of(CITIZEN | {"HoVaTen": given}, Profile.model_validate(DVCQG), id_token="").name == kept


@pytest.mark.parametrize(
    ("email", "kept"), [("a@b.vn", "a@b.vn"), ("a@b.vn, c@d.vn", ""), ("a@b\r\nBcc: c@d.vn", ""), ("@", ""), ("a", "")]
)
def test_only_one_address_is_an_address(email: str, kept: str) -> None:
    assert identity_of(CITIZEN | {"ThuDienTu": email}, Profile.model_validate(DVCQG), id_token="").email == kept


def test_nothing_personal_stands_in_the_representation_of_an_identity() -> None:
    one = Profile.model_validate(DVCQG | {"logout": "logout-uri", "logout_hosts": ["sso.dancuquocgia.gov.vn"]})
    shown = repr(identity_of(CITIZEN, one, id_token="a.b.c"))
    assert "vnconnect" in shown
    for secret in ("MẪU", "9991", "1978", "token", "0b0f3c66"):
        assert secret not in shown
