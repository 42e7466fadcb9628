"""A code for tokens, by Authlib; only what was asked for is taken from the answer."""

import re
from dataclasses import dataclass, field
from typing import Any

from authlib.common.errors import AuthlibBaseError
from requests import Response

from portal.accounts.providers.conversation import Conversation, reaching
from portal.accounts.providers.decryption import Decryption
from portal.accounts.providers.faults import Fault, SignInFault, not_trusted

_WHAT = "token"
_TOKEN = re.compile(r"[!-~]{1,64000}")


@dataclass(frozen=True)
class Tokens:
    """`id_token` is "" when there is none. Neither has been verified."""

    access_token: str = field(repr=False)
    id_token: str = field(repr=False)


@dataclass(frozen=True)
class _Read:
    """An answer as Authlib wants to see it."""

    content: dict[str, str]
    status_code: int = 200

    def json(self) -> dict[str, str]:
        return self.content


def exchanged(
    conversation: Conversation, address: str, *, code: str, verifier: str, decryption: Decryption | None
) -> Tokens:
    """The tokens for a code: one request. SignInFault PROVIDER_REFUSED for a code that is used, old or foreign."""

    def read(response: Response) -> _Read:
        answer = conversation.document(response, _WHAT)
        return _Read(_taken(decryption.document(answer) if decryption else answer))

    conversation.register_compliance_hook("access_token_response", read)
    try:
        with reaching(_WHAT):
            found = conversation.fetch_token(
                address, grant_type="authorization_code", code=code, code_verifier=verifier or None
            )
    except (AuthlibBaseError, ValueError) as error:
        raise not_trusted(f"{_WHAT}: {type(error).__name__}") from None
    return Tokens(found["access_token"], found["id_token"])


def give_back(conversation: Conversation, address: str, access_token: str) -> None:
    """Tell the provider that the token will not be used again (RFC 7009). SignInFault when it does not listen."""
    with reaching("revocation"):
        answer: Response = conversation.revoke_token(address, access_token, "access_token")  # type: ignore[no-untyped-call]
        answer.close()
        if answer.status_code != 200:
            raise SignInFault(Fault.PROVIDER_REFUSED, f"revocation: status {answer.status_code}")


def _taken(answer: dict[str, Any]) -> dict[str, str]:
    if "error" in answer:
        raise SignInFault(Fault.PROVIDER_REFUSED, f"{_WHAT}: an error with status 200")
    access_token, id_token = answer.get("access_token"), answer.get("id_token") or ""
    if not isinstance(access_token, str) or _TOKEN.fullmatch(access_token) is None:
        raise not_trusted(f"{_WHAT}: no access token")
    if not isinstance(id_token, str) or (id_token and _TOKEN.fullmatch(id_token) is None):
        raise not_trusted(f"{_WHAT}: id_token is no text")
    return {"access_token": access_token, "id_token": id_token, "token_type": "Bearer"}
