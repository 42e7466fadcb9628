"""Why a page image cannot be had: a closed set of reasons, one exception for a bad object, one for a busy service."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with an object, short enough for a log line and a table of sentences for the screen."""

    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    UNSUPPORTED = "unsupported"
    NO_SUCH_PAGE = "no_such_page"


class UnreadableObject(Exception):
    """The object cannot be shown; trying again will not help."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RenderBusy(Exception):
    """All drawing places stayed taken for as long as a reader should wait; trying again will help."""
