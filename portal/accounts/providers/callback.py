"""What the browser brought back from the provider, read from the raw query string."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from portal.accounts.providers.faults import Fault, SignInFault, not_trusted

_MOST_BYTES = 16_000
_MOST_FIELDS = 40
_READ = frozenset({"state", "code", "error", "encrypt_key", "iss"})

CODE = re.compile(r"[!-~]{1,4096}")
"""What a code may look like, before and after decryption."""

_FAULTS = {
    "access_denied": Fault.CANCELLED,
    "login_required": Fault.CANCELLED,
    "consent_required": Fault.CANCELLED,
    "interaction_required": Fault.CANCELLED,
    "temporarily_unavailable": Fault.PROVIDER_AWAY,
    "server_error": Fault.PROVIDER_AWAY,
    "invalid_request": Fault.PROVIDER_REFUSED,
    "unauthorized_client": Fault.PROVIDER_REFUSED,
    "unsupported_response_type": Fault.PROVIDER_REFUSED,
    "invalid_scope": Fault.PROVIDER_REFUSED,
}
"""Errors that OAuth 2.0 and OpenID Connect name. Only these words of a provider are ever repeated in the log."""


@dataclass(frozen=True)
class Callback:
    """The fields that matter; "" when absent. `encrypt_key` stands beside a code that is encrypted."""

    state: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    error: str = ""
    encrypt_key: str = field(default="", repr=False)
    iss: str = ""

    def refuse_error(self) -> None:
        """SignInFault when the provider reports that it came to nothing."""
        if self.error:
            known = self.error if self.error in _FAULTS else "an error without a standard name"
            raise SignInFault(_FAULTS.get(self.error, Fault.PROVIDER_REFUSED), f"the provider reports {known}")


def read_callback(query: bytes, *, raw_plus: bool) -> Callback:
    """The fields of a query string as it stands in the request line.

    With `raw_plus` a + is a +, as in base64 that was never encoded; otherwise it is a space. SignInFault for what is
    too long, not UTF-8, or says a thing twice.
    """
    parts = query.split(b"&")
    if len(query) > _MOST_BYTES or len(parts) > _MOST_FIELDS:
        raise not_trusted("the callback is too long")
    found: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition(b"=")
        key = _decoded(name, raw_plus=raw_plus)
        if key not in _READ:
            continue
        if key in found:
            raise not_trusted(f"the callback says {key} twice")
        found[key] = _decoded(value, raw_plus=raw_plus)
    return Callback(**found)


def state_of(query: bytes) -> str:
    """The state in a raw query string, by which the caller finds the attempt; "" when there is none to be read."""
    try:
        return read_callback(query, raw_plus=True).state
    except SignInFault:
        return ""


def _decoded(text: bytes, *, raw_plus: bool) -> str:
    try:
        return unquote_to_bytes(text if raw_plus else text.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise not_trusted("the callback is not UTF-8") from None
