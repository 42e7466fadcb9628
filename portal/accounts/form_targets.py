"""Where forms may lead from pages on which somebody can sign in or out: browsers hold redirects to it as well."""

from collections.abc import Callable, Iterable

from flask import Response, request

from portal.accounts.providers.hosts import LOOPBACK
from portal.accounts.providers.provider import Provider
from portal.headers import CONTENT_SECURITY_POLICY
from portal.sessions.session import current

OWN_ONLY = "form-action 'self'"


def allowing(providers: Iterable[Provider]) -> Callable[[Response], Response]:
    """Name the hosts of the providers beside this site, on the pages of accounts and for whoever may sign out."""
    targets = sorted({source for provider in providers for source in sources(provider)})
    policy = CONTENT_SECURITY_POLICY.replace(OWN_ONLY, " ".join([OWN_ONLY, *targets]))

    def allow(response: Response) -> Response:
        endpoint = (request.endpoint or "").removeprefix("en.")
        session = current()
        if endpoint.startswith("accounts.") or (session.touched and session.known_owner):
            response.headers["Content-Security-Policy"] = policy
        return response

    return allow


def sources(provider: Provider) -> set[str]:
    """The hosts that a browser may be sent to for this provider, on any port, as sources of a policy."""
    hosts = {*provider.profile.hosts, *provider.profile.logout_hosts}
    return {f"{'http' if host in LOOPBACK else 'https'}://{host}:*" for host in hosts if ":" not in host}
