"""Only a path of this site is an address to go on to."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.accounts.local_path import LONGEST, local_path
from portal.accounts.providers.attempts import is_local
from portal.accounts.terms import TERMS_VERSION
from tests.accounts.people.given import AN
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site

HOSTILE = (
    "",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/%2Fevil.example",
    "/%2f%2fevil.example",
    "/%5Cevil.example",
    "/%255Cevil.example",
    "%2F%2Fevil.example",
    "https:evil.example",
    "https://evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/\r\nLocation: https://evil.example",
    "/\x00/evil.example",
    "/ /evil.example",
    "evil.example",
    "phong",
    "@evil.example",
    "/" + "a" * LONGEST,
)
LOCAL = (
    "/",
    "/tim-kiem?q=giao%20%C4%91%E1%BA%A5t&tu=1900",
    "/en/tai-lieu/qn.td.04",
    "/tai-lieu/a%2Fb/trang/2",
    "/a?b=//c",
)


@pytest.mark.parametrize("given_path", HOSTILE)
def test_what_leads_elsewhere_is_not_followed(given_path: str) -> None:
    assert local_path(given_path, otherwise="/here") == "/here"


@pytest.mark.parametrize("given_path", LOCAL)
def test_a_path_of_this_site_is(given_path: str) -> None:
    assert local_path(given_path, otherwise="/here") == given_path


@settings(max_examples=300)
@given(st.text(alphabet="/\\%25cCfF0a9\t\n :@?#.evil-httpsx", max_size=24))
@example("/%5c%2fevil")
def test_whatever_is_followed_has_neither_scheme_nor_host_and_can_be_kept(given_path: str) -> None:
    followed = local_path(given_path, otherwise="/here")
    split = urlsplit(followed)
    assert (split.scheme, split.netloc) == ("", "")
    assert followed[0] == "/"
    assert followed[1:2] not in ("/", "\\")
    assert is_local(followed)


@pytest.mark.parametrize("given_path", [path for path in HOSTILE if path])
def test_no_sign_in_leads_elsewhere(browser: Browser, site: Site, given_path: str) -> None:
    account = site.accounts.signed_in(AN, language="vi", now=site.clock())
    site.accounts.accept_terms(account.id, terms_version=TERMS_VERSION, language="vi", name="", now=site.clock())
    back = browser.sign_in(site.vneid, AN, given_path)
    assert back.location == "/dang-nhap/hoan-tat?next=/"
    browser.complete(next=given_path)
    again = browser.client.get("/dang-nhap", base_url="https://localhost", query_string={"next": given_path})
    assert (again.status_code, again.location) == (303, "/")
