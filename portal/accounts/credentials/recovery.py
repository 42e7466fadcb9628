"""Recovery codes: for whoever has lost the telephone that makes the other ones. Each opens once."""

import hashlib
import secrets

COUNT = 10

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's 32: no letter looks like another one."""

_LENGTH, _GROUP = 16, 4

_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def new_codes() -> tuple[str, ...]:
    """Ten codes of 80 bits, in groups of four letters."""
    return tuple(_new_code() for _ in range(COUNT))


def digest(login: str, code: str) -> str:
    """What is kept of a code: with 80 bits of chance in it a plain SHA-256 cannot be turned round by trying."""
    return hashlib.sha256(f"{login}|{_plain(code)}".encode()).hexdigest()


def is_code(text: str) -> bool:
    """Whether this can be a recovery code, however it was typed."""
    plain = _plain(text)
    return len(plain) == _LENGTH and set(plain) <= set(_LETTERS)


def _plain(code: str) -> str:
    return code.strip().lower().translate(_MISREAD)


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
