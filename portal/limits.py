"""How often one network address may ask, by class of question.

Searches, suggestions and sign-ins fall back to limits in memory while Redis is away; page images refuse, because
without a common count nothing holds back a copying machine.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter

from portal.settings import PortalSettings

Limit = Callable[[Any], Any]

REDIS_TIMEOUTS: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}


@dataclass(frozen=True)
class Limits:
    """A decorator for each class of question."""

    search: Limit
    suggest: Limit
    images: Limit
    sign_in: Limit
    look_up: Limit
    back_channel: Limit


def address() -> str:
    """The asking address; of IPv6 the /64, which one household or office holds whole. Without one all share a name."""
    try:
        given = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:  # what a server or proxy says that has no address to say
        return "nowhere"
    if isinstance(given, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((given, 64), strict=False))
    return str(given)


def asked_code() -> str:
    """The code of a case in the form that was sent: whoever guesses its digits from many addresses is held back too."""
    return request.form.get("code", "").strip().upper()[:60] or "none"


def install(app: Flask, settings: PortalSettings) -> Limits:
    """Count in Redis when it is configured, else in this process."""
    storage = settings.redis_url or "memory://"
    options = REDIS_TIMEOUTS if settings.redis_url else {}
    common: dict[str, Any] = {"storage_uri": storage, "storage_options": options, "strategy": "sliding-window-counter"}
    soft = Limiter(address, app=app, key_prefix="soft", in_memory_fallback_enabled=True, headers_enabled=True, **common)
    hard = Limiter(address, app=app, key_prefix="hard", swallow_errors=False, **common)
    return Limits(
        search=soft.shared_limit(settings.limit_search, scope="search"),
        suggest=soft.shared_limit(settings.limit_suggest, scope="suggest"),
        images=hard.shared_limit(settings.limit_images, scope="images"),
        sign_in=soft.shared_limit(settings.limit_sign_in, scope="sign-in"),
        look_up=soft.shared_limit(settings.limit_look_up, scope="look-up", key_func=asked_code),
        back_channel=soft.shared_limit(settings.limit_back_channel, scope="back-channel"),
    )
