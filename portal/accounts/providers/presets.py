"""What is known of the providers that are met in Viet Nam, as starting values of a profile.

A table, so that an operator's setting of the same name takes the place of a value. Which values are confirmed and which
are one integrator's reading stands in deploy/docs/sign-in.md.
"""

from typing import Any

_DVCQG = "https://xacthuc.dichvucong.gov.vn/oauth2"

PRESETS: dict[str, dict[str, Any]] = {
    "oidc": {
        "discovery": True,
        "scope": "openid",
        "client_auth": "post",
        "pkce": "S256",
        "nonce": "required",
        "identity_from": "id_token",
        "step_up_prompt": "login",
        "logout": "rp-initiated",
        "claims": {
            "subject": "sub",
            "name": "name",
            "birth_date": "birthdate",
            "level": "acr",
            "email": "email",
            "phone": "phone_number",
        },
        "birth_date_formats": ("%Y-%m-%d",),
        "level_map": {},
        "lowest_level": 0,
    },
    "dvcqg": {
        "discovery": False,
        "authorization_endpoint": f"{_DVCQG}/authorize",
        "token_endpoint": f"{_DVCQG}/token",
        "userinfo_endpoint": f"{_DVCQG}/userinfo",
        "scope": "openid",
        "acr_values": "LoA1",
        "acr_values_by_level": {1: "LoA1", 2: "LoA2"},
        "client_auth": "post",
        "pkce": "S256",
        "nonce": "off",
        "identity_from": "userinfo",
        "userinfo_method": "GET",
        "logout": "none",
        "claims": {
            "subject": "sub",
            "citizen_number": ("SoDinhDanh", "SoCMND"),
            "name": ("HoVaTen", "NguoiDaiDien"),
            "birth_date": "NgayThangNamSinh",
            "account_type": "LoaiTaiKhoan",
            "organisation_name": "TenDoanhNghiep",
            "organisation_number": ("MaSoThue", "MaSoDoanhNghiep"),
            "level": ("loAs", "IAL"),
            "email": "ThuDienTu",
            "phone": "SoDienThoai",
            "logout_uri": "logoutUri",
        },
        "birth_date_formats": ("%Y%m%d",),
        "account_types": {"1": "citizen", "2": "organisation", "3": "organisation"},
        "level_map": {"1": 1, "2": 2, "LoA1": 1, "LoA2": 2},
        "lowest_level": 1,
    },
    "vneid": {
        "discovery": False,
        "authorization_endpoint": "https://sso.dancuquocgia.gov.vn/auth",
        "scope": "openid",
        "client_auth": "post",
        "pkce": "off",
        "nonce": "off",
        "identity_from": "userinfo",
        "userinfo_method": "GET",
        "decryption": "rsa+aes-cbc",
        "raw_plus": True,
        "logout": "none",
        "claims": {
            "subject": "sub",
            "citizen_number": "citizenPid",
            "name": "fullName",
            "birth_date": "birthDate",
            "account_type": "accountType",
            "level": "accountLevel",
        },
        "birth_date_formats": ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y"),
        "account_types": {"1": "citizen", "2": "organisation"},
        "level_map": {"1": 1, "2": 2},
        "lowest_level": 1,
    },
}
