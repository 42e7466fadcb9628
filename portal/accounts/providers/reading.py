"""From a provider's claims to an identity, by the profile's names, formats and maps."""

import unicodedata
from datetime import date, datetime
from re import fullmatch
from typing import Any

from portal.accounts.providers.faults import not_trusted
from portal.accounts.providers.identity import AccountKind, Identity
from portal.accounts.providers.profile import Claim, Profile

_SUBJECT = r"[!-~]{1,255}"
_CITIZEN_NUMBER = r"[0-9]{12}|[0-9]{9}"
_EMAIL = r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,185}"
_PHONE = r"\+?[0-9][0-9 .-]{6,18}[0-9]"


def identity_of(claims: dict[str, Any], profile: Profile, *, id_token: str) -> Identity:
    """The identity that checked claims describe.

    A claim of an unexpected form counts as not given, where an identity can do without. SignInFault when the subject
    or the kind of account cannot be told.
    """
    names = profile.claims
    number = _shaped(claims, names.citizen_number, _CITIZEN_NUMBER)
    return Identity(
        provider=profile.id,
        subject=_subject(claims, profile, number),
        kind=_kind(claims, profile),
        level=_level(claims, profile),
        name=_text(claims, names.name, 200),
        citizen_number=number,
        birth_date=_birth_date(claims, profile),
        organisation_name=_text(claims, names.organisation_name, 300),
        organisation_number=_text(claims, names.organisation_number, 40),
        email=_shaped(claims, names.email, _EMAIL),
        phone=_shaped(claims, names.phone, _PHONE),
        issuer=profile.issuer,
        sid=_text(claims, ("sid",), 255),
        id_token=id_token if profile.logout == "rp-initiated" else "",
        logout_uri=_text(claims, names.logout_uri, 4000) if profile.logout == "logout-uri" else "",
    )


def _subject(claims: dict[str, Any], profile: Profile, citizen_number: str) -> str:
    subject = next((claims[name] for name in profile.claims.subject if name in claims), None)
    if not isinstance(subject, str) or fullmatch(_SUBJECT, subject) is None:
        raise not_trusted("no subject, or not a short text")
    if subject == citizen_number:
        raise not_trusted("the subject is the citizen number, which is no key of an account")
    return subject


def _kind(claims: dict[str, Any], profile: Profile) -> AccountKind:
    if not profile.claims.account_type:
        return AccountKind.CITIZEN
    kind = profile.account_types.get(_text(claims, profile.claims.account_type, 40))
    if kind is None:
        raise not_trusted(f"{profile.claims.account_type[0]} is missing or not in account_types")
    return kind


def _level(claims: dict[str, Any], profile: Profile) -> int:
    """The lowest of what is said: where two claims differ, or one is not in the map, only the lower is certain."""
    said = [_text(claims, (name,), 100) for name in profile.claims.level if name in claims]
    return min((profile.level_map.get(value, profile.lowest_level) for value in said), default=profile.lowest_level)


def _birth_date(claims: dict[str, Any], profile: Profile) -> date | None:
    text = _text(claims, profile.claims.birth_date, 40)
    for format_ in profile.birth_date_formats:
        try:
            return datetime.strptime(text, format_).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _shaped(claims: dict[str, Any], names: Claim, pattern: str) -> str:
    """The first that looks like what it should be."""
    found = (_text(claims, (name,), 300) for name in names)
    return next((text for text in found if fullmatch(pattern, text)), "")


def _text(claims: dict[str, Any], names: Claim, longest: int) -> str:
    """The first that is a text, or a whole number, and not empty: composed (NFC), on one line, cut to `longest`."""
    for name in names:
        value = claims.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int):
            continue
        composed = unicodedata.normalize("NFC", str(value))
        printable = "".join(letter if letter.isprintable() else " " for letter in composed)
        if text := " ".join(printable.split()):
            return text[:longest]
    return ""
