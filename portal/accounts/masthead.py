"""What the head of every page says of the reader, without asking the store of anybody who brought no cookie."""

from dataclasses import dataclass

from flask import request

from portal.accounts.obstacles import log
from portal.accounts.reception import Reception
from portal.i18n import _, page_url
from portal.needs_reader import here
from portal.sessions.session import current
from portal.store.database import StoreUnavailable
from portal.store.sealing import SealBroken

SIGNING_IN = "accounts.sign_in"


@dataclass(frozen=True)
class Visitor:
    """`name` is "" when nobody is signed in; `sign_in_url` then leads to this page again after the sign-in."""

    name: str
    sign_in_url: str


def visitor(reception: Reception) -> Visitor:
    """Whoever sees this page. Never fails: an error page has a head too."""
    if current().known_owner:
        return Visitor(_name(reception), "")
    return Visitor("", page_url(SIGNING_IN, next=_back()) if request.endpoint else page_url(SIGNING_IN))


def _name(reception: Reception) -> str:
    try:
        account = reception.account()
    except (StoreUnavailable, SealBroken) as error:
        log.error("name of a reader not shown: %s", type(error).__name__)
        account = None
    return account.name if account and account.name else _("Tài khoản")


def _back() -> str:
    """The page itself, or for a page of signing in the one it will lead to."""
    endpoint = (request.endpoint or "").removeprefix("en.")
    if endpoint.startswith("accounts."):
        return request.args.get("next") or page_url("catalogue.home")
    return here()
