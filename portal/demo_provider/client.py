"""The one client of the demonstration provider: the portal of the same demonstration."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self

from authlib.oauth2.rfc6749 import ClientMixin, InvalidScopeError, scope_to_list

from portal.accounts.providers.profile import Profile


@dataclass(frozen=True)
class PortalClient(ClientMixin):
    """The portal at `portal`, an origin without a slash at its end. Its addresses are compared whole."""

    client_id: str
    client_secret: str = field(repr=False)
    portal: str
    callback: str
    back_channel: str

    @classmethod
    def of(cls, profile: Profile, *, portal: str) -> Self:
        """As the portal's own profile of this provider has it, so that the two cannot differ."""
        return cls(
            client_id=profile.client_id,
            client_secret=profile.client_secret.get_secret_value(),
            portal=portal,
            callback=f"{portal}{profile.callback_path}",
            back_channel=f"{portal}/dang-nhap/{profile.id}/ket-thuc",
        )

    @property
    def client_metadata(self) -> dict[str, list[str]]:
        """What authlib's end of session asks of a client: where browsers may be sent afterwards."""
        return {"post_logout_redirect_uris": [f"{self.portal}{prefix}/dang-xuat/xong" for prefix in ("", "/en")]}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        """None: the address has to stand in every request."""
        return ""

    def get_allowed_scope(self, scope: Collection[str] | str) -> str:
        """The one scope there is. InvalidScopeError for a request without it."""
        if "openid" not in scope_to_list(scope or ""):
            raise InvalidScopeError
        return "openid"

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.callback

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint == "token" and method == "client_secret_post"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"
