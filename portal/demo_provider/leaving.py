"""Telling the portal, server to server, that a session at the provider has ended."""

import secrets
from datetime import datetime

import requests

from portal.demo_provider.client import PortalClient
from portal.demo_provider.keys import SigningKeys
from portal.demo_provider.people import Presence

EVENT = "http://schemas.openid.net/event/backchannel-logout"
SECONDS_TO_ANSWER = 5
SECONDS_OF_TOKEN = 120


def tell_portal(presence: Presence, *, issuer: str, client: PortalClient, keys: SigningKeys, now: datetime) -> bool:
    """OpenID Connect Back-Channel Logout 1.0. Whether the portal took the message."""
    issued_at = int(now.timestamp())
    token = keys.sign(
        {
            "iss": issuer,
            "aud": client.client_id,
            "sub": presence.person.subject,
            "sid": presence.sid,
            "iat": issued_at,
            "exp": issued_at + SECONDS_OF_TOKEN,
            "jti": secrets.token_urlsafe(16),
            "events": {EVENT: {}},
        },
        kind="logout+jwt",
    )
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between two programs on one machine
        try:
            answer = session.post(
                client.back_channel, {"logout_token": token}, timeout=SECONDS_TO_ANSWER, allow_redirects=False
            )
        except requests.RequestException:
            return False
    return answer.status_code in (200, 204)
