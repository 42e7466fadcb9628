"""Vietnamese first, English second: the language of a request, and words, numbers and dates in it.

The language stands in the URL (`/en/...`), so that every page has one address in each language and no cookie is
needed. Source strings are Vietnamese; the English catalogue is read from its .po file when the application starts.
"""

import io
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel import numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request, url_for

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
LANGUAGES = tuple(LANGUAGE_NAMES)
DEFAULT_LANGUAGE = "vi"

CATALOGUES = Path(__file__).parent / "translations"


def N_(source: str) -> str:  # noqa: N802 - the customary name of a string that is translated later
    """Mark a string for the catalogue; it is translated where it is shown."""
    return source


def language() -> str:
    """The language of the request, Vietnamese outside of one."""
    return getattr(g, "language", DEFAULT_LANGUAGE) if has_request_context() else DEFAULT_LANGUAGE


def _(source: str, **values: object) -> str:
    """The string in the language of the request, with values filled in."""
    return said(language(), source, **values)


def said(wanted: str, source: str, /, **values: object) -> str:
    """The string in another language than that of the request, as letters need it."""
    translated = _catalogue(wanted).ugettext(source)
    return translated % values if values else translated


def number(value: int, wanted: str = "") -> str:
    """1.981.241 in Vietnamese, 1,981,241 in English."""
    return _number(value, wanted or language())


@lru_cache(maxsize=4096)
def _number(value: int, wanted: str) -> str:
    return numbers.format_decimal(value, locale=wanted)


def day(value: date) -> str:
    """21/11/2026 in both languages; one digit for days and months below ten, as official papers have it."""
    return f"{value.day}/{value.month}/{value.year}"


def page_url(endpoint: str, /, **values: Any) -> str:
    """The address of a page in the language of the request."""
    prefix = "" if language() == DEFAULT_LANGUAGE else f"{language()}."
    return url_for(f"{prefix}{endpoint}", **values)


def install(app: Flask, *, home: str = "catalogue.home") -> None:
    """Take the language from the URL, and give templates their words and formats. `home` is where the first page is."""
    app.config["HOME_ENDPOINT"] = home

    @app.before_request
    def _choose() -> None:
        prefix = request.path.split("/", 2)[1]
        g.language = prefix if prefix in LANGUAGES else DEFAULT_LANGUAGE

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters |= {"number": number, "day": day}
    app.add_template_global(page_url)
    app.context_processor(_words_of_the_request)


def _words_of_the_request() -> dict[str, object]:
    """What templates say words with; the language is looked up once, not for each of their hundreds of words."""
    return {"_": partial(said, language()), "lang": language(), "other_language": _other_language()}


def _other_language() -> dict[str, str]:
    other = "en" if language() == DEFAULT_LANGUAGE else DEFAULT_LANGUAGE
    return {"label": LANGUAGE_NAMES[other], "url": _same_page_in(other), "lang": other}


def _same_page_in(other: str) -> str:
    """The address of this page in the other language, built from its route and never from the path somebody sent."""
    endpoint = (request.endpoint or "").removeprefix("en.")
    prefix = "" if other == DEFAULT_LANGUAGE else f"{other}."
    if f"{prefix}{endpoint}" not in current_app.view_functions or endpoint == "static":
        return url_for(f"{prefix}{current_app.config['HOME_ENDPOINT']}")
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return url_for(f"{prefix}{endpoint}", **(request.view_args or {})) + query


@lru_cache
def _catalogue(wanted: str) -> NullTranslations:
    file = CATALOGUES / f"{wanted}.po"
    if not file.exists():
        return NullTranslations()
    with file.open("rb") as source:
        catalogue = read_po(source, locale=wanted)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
