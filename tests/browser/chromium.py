"""Chromium, driven by Playwright, with a watch on what pages do behind the test's back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watch import SiteWatch

_ARGUMENTS = [
    "--no-sandbox",  # it would need rights that a container or a test account often has not; only our pages are shown
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine has a name, so a request that tries to leave the site fails as well as being noted.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

_MILLISECONDS_TO_WAIT = 15_000


class OpenPage(Protocol):
    def __call__(self, *, javascript: bool = True, width: int = 1280, height: int = 900) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; deploy/bin/install --dev brings it, and $CHROMIUM names another."""
    candidates = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium", "google-chrome-stable"]
    program = next(filter(None, map(shutil.which, candidates)), None)
    if program is None:
        raise RuntimeError("no Chromium is installed; run deploy/bin/install --dev")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=program, args=_ARGUMENTS) as found:
        yield found


@pytest.fixture
def site_watch() -> SiteWatch:
    """The watch on this test's pages; a test that provokes a fault says so with `expect`."""
    return SiteWatch()


@pytest.fixture
def open_page(browser: Browser, site_watch: SiteWatch) -> Iterator[OpenPage]:
    """Opens pages as readers with nothing in common (cookies, storage) would; fails the test when one misbehaved."""
    with ExitStack() as contexts:

        def open_page(*, javascript: bool = True, width: int = 1280, height: int = 900) -> Page:
            context = browser.new_context(
                java_script_enabled=javascript,
                viewport={"width": width, "height": height},
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
            )
            contexts.callback(context.close)
            context.set_default_timeout(_MILLISECONDS_TO_WAIT)
            site_watch.follow(context)
            return context.new_page()

        yield open_page
    site_watch.check()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def page_without_javascript(open_page: OpenPage) -> Page:
    return open_page(javascript=False)
