"""Where a browser goes to sign out at the provider too."""

from urllib.parse import urlencode, urljoin, urlsplit

from portal.accounts.providers.hosts import Hosts
from portal.accounts.providers.profile import Profile


def end_session_address(profile: Profile, end_session: str, *, id_token: str, return_to: str, state: str) -> str:
    """RP-initiated logout: the provider's endpoint with what it needs to know; "" when the profile's logout is not
    that, or there is no endpoint or no id_token."""
    if profile.logout != "rp-initiated" or not end_session or not id_token:
        return ""
    asked = {
        "id_token_hint": id_token,
        "client_id": profile.client_id,
        profile.logout_return_parameter: return_to,
        "state": state,
    }
    joined = "&" if urlsplit(end_session).query else "?"
    return end_session + joined + urlencode({name: value for name, value in asked.items() if value})


def given_address(profile: Profile, logout_uri: str) -> str:
    """The address that came with the identity, when the profile signs out so and its host is on the list; else ""."""
    if profile.logout != "logout-uri" or not Hosts(profile.logout_hosts).allow(logout_uri):
        return ""
    return logout_uri


def own_address(base_url: str, return_to: str) -> str:
    """An address of this site in full. ValueError for one that is not."""
    address = urljoin(f"{base_url}/", return_to)
    if urlsplit(address)[:2] != urlsplit(base_url)[:2]:
        raise ValueError("return_to is an address of this site")
    return address
