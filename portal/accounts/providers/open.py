"""Providers from their profiles, with the secrets that stand in files."""

from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from portal.accounts.providers.code_flow import CodeFlow
from portal.accounts.providers.decryption import Decryption
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.provider import Providers

_RSA_BITS = 2048


def open_providers(profiles: Sequence[Profile], *, base_url: str) -> Providers:
    """A provider for each profile, in their order; browsers come back to addresses below `base_url`.

    No provider is asked for anything yet. ValueError, naming the profile and the field, for two profiles of one id and
    for a file that does not hold what it should.
    """
    found: dict[str, CodeFlow] = {}
    for profile in profiles:
        if profile.id in found:
            raise ValueError(f"identity_providers: two are called {profile.id}")
        found[profile.id] = CodeFlow(
            profile, secret=_secret(profile), decryption=_decryption(profile), base_url=base_url
        )
    return found


def _secret(profile: Profile) -> str:
    file = profile.client_secret_file
    if file is None:
        return profile.client_secret.get_secret_value()
    secret = _read(profile, "client_secret_file", file).decode("ascii", errors="replace").strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        raise ValueError(f"identity provider {profile.id}: client_secret_file holds no secret that could be sent")
    return secret


def _decryption(profile: Profile) -> Decryption | None:
    file = profile.decryption_key_file
    if profile.decryption == "none" or file is None:
        return None
    try:
        key = load_pem_private_key(_read(profile, "decryption_key_file", file), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPrivateKey) or key.key_size < _RSA_BITS:
        raise ValueError(
            f"identity provider {profile.id}: decryption_key_file holds no RSA private key in PEM, without a"
            f" password, of at least {_RSA_BITS} bits"
        )
    return Decryption(key, profile.decryption)


def _read(profile: Profile, field: str, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ValueError(f"identity provider {profile.id}: {field} cannot be read: {error.strerror}") from None
