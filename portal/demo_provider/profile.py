"""The entry of `identity_providers` with which a demonstration's portal knows this provider."""

import secrets
from typing import Any

from portal.demo_provider.people import DemoKind, acr


def entry(issuer: str) -> dict[str, Any]:
    """Ready for JSON, with a new client secret: portal and provider have to be started with the same entry."""
    return {
        "id": "vneid-thu-nghiem",
        "demo": True,
        "name": "VNeID (thử nghiệm)",
        "name_en": "VNeID (demonstration)",
        "issuer": issuer,
        "client_id": "cong-luu-tru",
        "client_secret": secrets.token_urlsafe(32),
        "acr_values": acr(1),
        "acr_values_by_level": {"1": acr(1), "2": acr(2)},
        "identity_from": "both",
        "claims": {
            "citizen_number": "SoDinhDanh",
            "name": "HoVaTen",
            "birth_date": "NgayThangNamSinh",
            "account_type": "LoaiTaiKhoan",
            "organisation_name": "TenDoanhNghiep",
            "organisation_number": "MaSoThue",
        },
        "birth_date_formats": ["%Y%m%d"],
        "account_types": {
            DemoKind.CITIZEN.value: "citizen",
            DemoKind.ENTERPRISE.value: "organisation",
            DemoKind.FOREIGNER.value: "foreigner",
        },
        "level_map": {acr(1): 1, acr(2): 2},
        "lowest_level": 1,
        "logout": "rp-initiated",
        "back_channel": True,
    }
