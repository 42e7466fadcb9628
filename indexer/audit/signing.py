"""The key that signs reports, and the half of it that checks them."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class KeyUnusable(Exception):
    """The key cannot be read, made, or is none for Ed25519. The message is one line, without the key."""


def public_half(path: Path) -> Path:
    """Where the public half of a key lies: audit.pub.pem beside audit.pem. It may be given to anybody."""
    return path.with_suffix(".pub.pem")


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key in a file that only its owner may read; made, with its public half, where there is none.

    Raises KeyUnusable.
    """
    try:
        if not path.exists():
            _make(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyUnusable(f"key {path}: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnusable(f"key {path}: not a PEM file with an Ed25519 key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(f"key {path}: not an Ed25519 key")
    return key


def checking_key(path: Path) -> Ed25519PublicKey:
    """The public half of the key in a file; the key itself need not be there. Raises KeyUnusable."""
    public = public_half(path)
    try:
        key = load_pem_public_key(public.read_bytes())
    except OSError as error:
        raise KeyUnusable(f"key {public}: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnusable(f"key {public}: not a PEM file with a public Ed25519 key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnusable(f"key {public}: not an Ed25519 key")
    return key


def is_signed(key: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    """Whether the signature of a text was made with the other half of a key."""
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _make(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(written)
    public_half(path).write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
