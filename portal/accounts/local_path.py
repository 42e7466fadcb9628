"""Addresses of this site that somebody else wrote down: in a link, in a form, in a sign-in under way."""

from urllib.parse import unquote, urlsplit

LONGEST = 1500
_NEVER = frozenset("\\\x7f") | {chr(code) for code in range(0x21)}


def local_path(given: str, *, otherwise: str) -> str:
    """The address when it is a path of this site, as a browser too would understand it; `otherwise` when it is not.

    Browsers read a backslash as a slash and drop tabs and line breaks, and a path that begins with two slashes names
    another host: what holds one of these, plain or percent-encoded, is no path of ours.
    """
    if not 0 < len(given) <= LONGEST or not given.startswith("/"):
        return otherwise
    path = given.partition("?")[0]
    for read in (given, unquote(path), unquote(unquote(path))):
        if read.startswith("//") or not _NEVER.isdisjoint(read):
            return otherwise
    parts = _parts(given)
    return given if parts is not None and not parts[0] and not parts[1] else otherwise


def _parts(given: str) -> tuple[str, str] | None:
    try:
        split = urlsplit(given)
    except ValueError:
        return None
    return split.scheme, split.netloc
