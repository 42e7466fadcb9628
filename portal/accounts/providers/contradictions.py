"""Settings of a profile that do not go together, each in one plain sentence that begins with the field's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.accounts.providers.profile import Profile


def contradictions(profile: Profile) -> Iterator[str]:
    """What has to be mended before this profile can be used; nothing when it can."""
    yield from _missing_addresses(profile)
    yield from _hosts(profile)
    yield from _secrets(profile)
    yield from _identity(profile)
    yield from _levels(profile)
    yield from _leaving(profile)


def _missing_addresses(profile: Profile) -> Iterator[str]:
    if profile.discovery:
        if not profile.issuer:
            yield "issuer: needed when discovery is on"
        return
    signed = profile.identity_from != "userinfo" or profile.back_channel
    needed = {
        "authorization_endpoint": True,
        "token_endpoint": True,
        "userinfo_endpoint": profile.identity_from != "id_token",
        "issuer": signed,
        "jwks_uri": signed,
        "end_session_endpoint": profile.logout == "rp-initiated",
        "revocation_endpoint": profile.logout == "revoke",
    }
    for field, needs in needed.items():
        if needs and not profile.addresses[field]:
            yield f"{field}: needed when discovery is off"


def _hosts(profile: Profile) -> Iterator[str]:
    if profile.allowed_hosts:
        foreign = sorted(profile.own_hosts - set(profile.allowed_hosts))
        if foreign:
            yield f"allowed_hosts: leaves out {', '.join(foreign)}, where an address of this profile is"


def _secrets(profile: Profile) -> Iterator[str]:
    secret = profile.client_secret.get_secret_value()
    if profile.client_auth == "none":
        if secret or profile.client_secret_file:
            yield "client_auth: is none, but there is a client_secret"
        if profile.pkce == "off":
            yield "pkce: needed when client_auth is none"
    elif bool(secret) == bool(profile.client_secret_file):
        yield "client_secret: needed, here or in client_secret_file, and in one of them only"
    if not (secret.isascii() and secret.isprintable()):
        yield "client_secret: holds letters that cannot be sent"
    if profile.decryption != "none" and profile.decryption_key_file is None:
        yield "decryption_key_file: needed when decryption is on"


def _identity(profile: Profile) -> Iterator[str]:
    if not profile.claims.subject:
        yield "claims.subject: needed"
    if set(profile.claims.subject) & set(profile.claims.citizen_number):
        yield "claims.subject: must not be the citizen number, which is no key of an account"
    if profile.identity_from == "userinfo" and profile.nonce != "off":
        yield "nonce: stands in the id_token, which identity_from = userinfo does not read; set it to off"
    if profile.claims.account_type and not profile.account_types:
        yield "account_types: needed when claims.account_type is named"


def _levels(profile: Profile) -> Iterator[str]:
    if any(level < profile.lowest_level for level in profile.level_map.values()):
        yield "lowest_level: is above a level of level_map"
    if profile.level_map and not profile.claims.level:
        yield "claims.level: needed when there is a level_map"


def _leaving(profile: Profile) -> Iterator[str]:
    if profile.logout == "logout-uri":
        if not profile.logout_hosts:
            yield "logout_hosts: needed when logout is logout-uri"
        if not profile.claims.logout_uri:
            yield "claims.logout_uri: needed when logout is logout-uri"
