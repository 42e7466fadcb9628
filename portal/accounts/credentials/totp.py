"""Codes of six digits that change every half minute (RFC 6238)."""

import hmac
import io
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
WINDOW = 1
"""Clocks may differ by one step in either direction."""

DIGITS = 6


def new_secret() -> str:
    """160 bits, in the letters that an app takes by hand."""
    return pyotp.random_base32(32)


def address(secret: str, *, login: str, issuer: str) -> str:
    """What an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def picture(text: str) -> str:
    """The text as a QR code in SVG, black on white, with the quiet margin that scanners need."""
    written = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        written, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, nl=False
    )
    return written.getvalue().decode()


def accepted_step(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    """The number of the step that the code belongs to, when it is later than `after`; None when it is wrong.

    Every step of the window is compared, whichever fits: the time taken tells nothing.
    """
    if not is_code(code):
        return None
    app, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(current - WINDOW, current + WINDOW + 1):
        if hmac.compare_digest(app.generate_otp(step), code) and step > after:
            found = step
    return found


def is_code(text: str) -> bool:
    """Whether this can be such a code."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()
