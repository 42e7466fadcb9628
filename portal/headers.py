"""What every answer tells the browser: trust only what we serve, tell nobody, keep nothing that is behind the gate."""

from collections.abc import Iterable

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

TWO_YEARS = "max-age=63072000; includeSubDomains"
IMMUTABLE = "public, max-age=31536000, immutable"
KEPT_BY_NOBODY = "private, no-store"


def install(app: Flask, *, sends_to: Iterable[str] = ()) -> None:
    """Set them on every answer; only files of the site itself may be kept by caches.

    `sends_to` are origins of others to which a form of ours may lead on: a browser counts what it is redirected to.
    """
    always = {"Content-Security-Policy": " ".join((CONTENT_SECURITY_POLICY, *sorted(sends_to))), **ALWAYS}

    @app.after_request
    def _set(response: Response) -> Response:
        response.headers.extend({name: value for name, value in always.items() if name not in response.headers})
        own_file = request.endpoint == "static" and response.status_code in (200, 304)
        response.headers["Cache-Control"] = IMMUTABLE if own_file and "v" in request.args else KEPT_BY_NOBODY
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = TWO_YEARS
        return response
