"""What a page must not do while a test drives it: call another site, or fail where nobody looks."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
_NOT_ON_THE_NETWORK = {"data", "blob", "about"}

# The browser's own note about an answer of 400 and above; `_answered` tells more exactly which ones are faults.
_BROWSERS_NOTE = "Failed to load resource"


def leaves_the_site(url: str) -> bool:
    """Whether a request for `url` would go to another machine, or by a way that cannot be followed."""
    parts = urlsplit(url)
    if parts.scheme in _NOT_ON_THE_NETWORK:
        return False
    return parts.scheme not in {"http", "https", "ws", "wss"} or parts.hostname not in _THIS_MACHINE


class SiteWatch:
    """Collects the faults of all pages of the contexts that it follows.

    Faults are requests that leave the site, errors on the console, uncaught exceptions, and parts of a page (styles,
    images, scripts, fetched data) that are answered with 400 and above or not at all. An error status of the page
    itself is none: tests visit such pages on purpose.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._expected: list[str] = []
        self._tolerated: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._requested)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))
        context.on("page", self._opened)

    def expect(self, fragment: str) -> None:
        """A fault with `fragment` in its text is part of the test; it must then happen."""
        self._expected.append(fragment)

    def tolerate(self, fragment: str) -> None:
        """Faults that say this may happen and need not."""
        self._tolerated.append(fragment)

    def check(self) -> None:
        """AssertionError naming each fault that was not expected, and each expected one that did not happen."""
        known = (*self._expected, *self._tolerated)
        unexpected = [fault for fault in self.faults if not any(fragment in fault for fragment in known)]
        absent = [fragment for fragment in self._expected if not any(fragment in fault for fault in self.faults)]
        assert not unexpected, "the site did in the browser what it must not:\n" + "\n".join(unexpected)
        assert not absent, "expected in the browser, but did not happen:\n" + "\n".join(absent)

    def _note(self, fault: str) -> None:
        self.faults.append(fault)

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._leaving(socket.url))

    def _requested(self, request: Request) -> None:
        self._leaving(request.url)

    def _leaving(self, url: str) -> None:
        if leaves_the_site(url):
            self._note(f"left the site: {url}")

    def _failed(self, request: Request) -> None:
        # A request that the browser gives up because the reader moved on is nobody's fault.
        if not request.is_navigation_request() and "ERR_ABORTED" not in (request.failure or ""):
            self._note(f"no answer: {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._note(f"answered {response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_BROWSERS_NOTE):
            self._note(f"console: {message.text}")
