"""Addresses of records, their pages and images. A result page needs a hundred, so each route is built only once."""

from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import request

from portal.i18n import language, page_url

_RECORD, _NUMBER, _SIZE = "-record-", 4242424242, "-size-"


def record_address(record_id: str, words: str = "") -> str:
    """The description page of a record; with the words the reader came with, so that they stay marked."""
    return _filled("catalogue.record", record_id, words=words)


def page_address(record_id: str, number: int, words: str = "") -> str:
    """The viewer on one page of a record."""
    return _filled("viewer.page", record_id, number, words=words)


def image_address(record_id: str, number: int, size: str) -> str:
    """The marked image of one page in one of the sizes offered."""
    return _filled("viewer.image", record_id, number, size)


def _filled(endpoint: str, record_id: str, number: int = 0, size: str = "", words: str = "") -> str:
    address = _pattern(endpoint, language(), request.script_root)
    address = (
        address.replace(_SIZE, size).replace(str(_NUMBER), str(number)).replace(_RECORD, quote(record_id, safe=""))
    )
    return f"{address}?{urlencode({'q': words})}" if words else address


@lru_cache(maxsize=64)
def _pattern(endpoint: str, _language: str, _root: str) -> str:
    parts: dict[str, dict[str, str | int]] = {
        "viewer.page": {"number": _NUMBER},
        "viewer.image": {"number": _NUMBER, "size": _SIZE},
    }
    return page_url(endpoint, record_id=_RECORD, **parts.get(endpoint, {}))
