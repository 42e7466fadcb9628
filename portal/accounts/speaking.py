"""Words in another language than the one of the address."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from portal.i18n import DEFAULT_LANGUAGE, LANGUAGES, language


def speak_as(path: str) -> None:
    """For the rest of the request, the language of this path: a provider sends everybody back to the same address."""
    prefix = path.split("/", 2)[1] if path.startswith("/") else ""
    g.language = prefix if prefix in LANGUAGES else DEFAULT_LANGUAGE


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """The language of a reader, for a message to that reader."""
    before = language()
    g.language = wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE
    try:
        yield
    finally:
        g.language = before
