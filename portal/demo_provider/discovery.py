"""What the provider tells about itself at /.well-known/openid-configuration."""

from portal.demo_provider.keys import ALGORITHM
from portal.demo_provider.people import acr


def metadata(issuer: str) -> dict[str, object]:
    """OpenID Connect Discovery 1.0, with the members of back-channel logout and of RFC 9207."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/oauth2/authorize",
        "token_endpoint": f"{issuer}/oauth2/token",
        "userinfo_endpoint": f"{issuer}/oauth2/userinfo",
        "jwks_uri": f"{issuer}/oauth2/jwks",
        "end_session_endpoint": f"{issuer}/oauth2/logout",
        "scopes_supported": ["openid"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [acr(1), acr(2)],
        "claims_supported": [
            *("sub", "sid", "acr", "auth_time", "TechID", "LoaiTaiKhoan", "HoVaTen", "SoDinhDanh", "NgayThangNamSinh"),
            *("TenDoanhNghiep", "MaSoThue", "NguoiDaiDien", "loginIdp", "loAs", "IAL"),
        ],
        "prompt_values_supported": ["none", "login"],
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }
