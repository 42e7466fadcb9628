"""What may be a password, and passwords that are handed out."""

import secrets
import unicodedata
from enum import Enum

from indexer.text.folding import fold
from portal.accounts.credentials.commonest import is_common
from portal.accounts.credentials.rules import PasswordRules

MOST_CHARACTERS = 128
"""Longer ones are refused before they are hashed: a long text must not keep the machine busy."""

_LEAST_TELLING = 3
"""A login or name shorter than this may stand in a password by chance."""

_SMALL, _CAPITAL, _DIGITS, _SIGNS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=#%@?"
"""What handed-out passwords are made of: nothing that looks like something else on paper."""


class PasswordFault(Enum):
    """Why a password is not accepted."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    CLASSES = "classes"
    OWNER = "owner"
    COMMON = "common"
    USED_BEFORE = "used-before"


def normalised(password: str) -> str:
    """One spelling (NFC) for what keyboards type in several."""
    return unicodedata.normalize("NFC", password)


def faults_of(
    password: str, rules: PasswordRules, *, login: str, name: str, second_factor: bool
) -> tuple[PasswordFault, ...]:
    """Everything that is wrong with a normalised password, as far as it can be seen without the earlier ones."""
    least = rules.length if second_factor else rules.length_alone
    found = {
        PasswordFault.TOO_SHORT: len(password) < least,
        PasswordFault.TOO_LONG: len(password) > MOST_CHARACTERS,
        PasswordFault.CLASSES: not _has_four_classes(password),
        PasswordFault.OWNER: _tells_owner(password, login, name),
        PasswordFault.COMMON: is_common(password),
    }
    return tuple(fault for fault, wrong in found.items() if wrong)


def one_time_password() -> str:
    """Sixteen characters of all four classes, about 90 bits, to be changed at the first sign-in."""
    everything = _SMALL + _CAPITAL + _DIGITS + _SIGNS
    letters = [secrets.choice(part) for part in (_SMALL, _CAPITAL, _DIGITS, _SIGNS)]
    letters += [secrets.choice(everything) for _ in range(12)]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def _has_four_classes(password: str) -> bool:
    """Small, capital, digit, other. Vietnamese letters are letters; a space is other."""
    return (
        any(letter.islower() for letter in password)
        and any(letter.isupper() for letter in password)
        and any(letter.isdecimal() for letter in password)
        and any(not letter.isalnum() and not unicodedata.category(letter).startswith("M") for letter in password)
    )


def _tells_owner(password: str, login: str, name: str) -> bool:
    """The login, the whole name or its last two words stand in the password, with or without accents and spaces."""
    written = _bare(password)
    told = (login, name, " ".join(name.split()[-2:]))
    return any(len(_bare(text)) >= _LEAST_TELLING and _bare(text) in written for text in told)


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(normalised(text)) if letter.isalnum())
