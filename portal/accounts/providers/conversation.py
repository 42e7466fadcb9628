"""Asking a provider: only allowed hosts, no redirect, small answers, a limit in time, no word from the environment."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, RequestException, Response
from urllib3.exceptions import HTTPError

from portal.accounts.providers.deadline import Deadline, WatchedAdapter
from portal.accounts.providers.faults import Fault, SignInFault, Unreachable, not_trusted
from portal.accounts.providers.hosts import Hosts
from portal.accounts.providers.profile import Profile

MOST_BYTES = 256_000
"""The longest answer that is read. A set of keys or a person's claims are a few thousand."""

_CLIENT_AUTH = {"post": "client_secret_post", "basic": "client_secret_basic", "none": "none"}
_TOO_MANY_REQUESTS = 429


class Conversation(OAuth2Session):
    """Authlib's session with one provider for one step of one sign-in; to be closed. `heard` says whether the provider
    has answered anything."""

    def __init__(self, profile: Profile, *, secret: str, redirect_uri: str, hosts: Hosts) -> None:
        super().__init__(
            client_id=profile.client_id,
            client_secret=secret or None,
            token_endpoint_auth_method=_CLIENT_AUTH[profile.client_auth],
            revocation_endpoint_auth_method=_CLIENT_AUTH[profile.client_auth],
            scope=profile.scope,
            redirect_uri=redirect_uri,
            code_challenge_method=None if profile.pkce == "off" else profile.pkce,
            default_timeout=(profile.connect_seconds, profile.read_seconds),
            trust_env=False,
            stream=True,
            verify=str(profile.ca_file) if profile.ca_file else True,
            proxies={"http": profile.proxy, "https": profile.proxy} if profile.proxy else {},
        )
        self._hosts, self._deadline = hosts, Deadline(profile.total_seconds)
        self.heard = False
        self.headers.update({"User-Agent": "cong-luu-tru", "Accept-Encoding": "identity"})
        for scheme in ("https://", "http://"):
            self.mount(scheme, WatchedAdapter(self._deadline))

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:
        """The one way out. SignInFault when the address is not allowed."""
        self._hosts.checked(request.url or "", "an address of the provider")
        self._deadline.start()
        return super().send(request, **(kwargs | {"allow_redirects": False}))

    def close(self) -> None:
        super().close()
        self._deadline.close()

    def ask(self, method: str, url: str, what: str, *, bearer: str = "") -> dict[str, Any]:
        """The JSON object at an address, with a token when there is one. SignInFault, naming `what`."""
        headers = {"Accept": "application/json"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        with reaching(what):
            return self.document(self.request(method, url, withhold_token=True, headers=headers), what)

    def document(self, response: Response, what: str) -> dict[str, Any]:
        """The JSON object of an answer with status 200. SignInFault otherwise."""
        with response:
            body = _body(response, what)
        if self._deadline.over:  # an answer without a length ends wherever it is cut
            raise Unreachable(f"{what}: took too long")
        self.heard = True
        _refuse_status(response.status_code, what)
        return _object(body, what)


@contextmanager
def reaching(what: str) -> Iterator[None]:
    """Whatever goes wrong on the way is one fault: the provider is away. `from None`: traces would repeat addresses."""
    try:
        yield
    except (RequestException, HTTPError, OSError) as error:
        raise Unreachable(f"{what}: {type(error).__name__}") from None


def _object(body: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(body.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise not_trusted(f"{what}: no JSON") from None
    if not isinstance(found, dict):
        raise not_trusted(f"{what}: JSON, but no object")
    return found


def _body(response: Response, what: str) -> bytes:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise not_trusted(f"{what}: compressed, which was not asked for")
    body: bytes = response.raw.read(MOST_BYTES + 1, decode_content=False)
    if len(body) > MOST_BYTES:
        raise not_trusted(f"{what}: longer than {MOST_BYTES} bytes")
    return body


def _refuse_status(status: int, what: str) -> None:
    if status == 200:
        return
    said = f"{what}: status {status}"
    if status >= 500 or status == _TOO_MANY_REQUESTS:
        raise SignInFault(Fault.PROVIDER_AWAY, said)
    if status >= 400:
        raise SignInFault(Fault.PROVIDER_REFUSED, said)
    raise not_trusted(said)


def _no_number(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")
