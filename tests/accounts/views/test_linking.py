"""Joining two ways into one account: level, the same number, both proven, and the reader's word; or nothing happens."""

from dataclasses import replace

import pytest

from portal.accounts.people.events import Happening
from portal.accounts.providers.identity import Identity
from tests.accounts.people.given import AN, AN_ELSEWHERE
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site

CONFIRM = "/tai-khoan/lien-ket/xac-nhan"


@pytest.fixture
def reader(browser: Browser, site: Site) -> Browser:
    browser.sign_in(site.vneid, AN)
    browser.complete()
    return browser


def belongs_to(site: Site, identity: Identity) -> str:
    account = site.accounts.of_identity(identity.provider, identity.subject)
    return account.id if account else ""


def test_a_reader_who_is_signed_in_adds_a_way(reader: Browser, site: Site) -> None:
    assert "Cổng Dịch vụ công" in reader.get("/tai-khoan/lien-ket").text
    back = reader.sign_in(site.dvcqg, AN_ELSEWHERE, purpose="link")
    assert back.location == CONFIRM
    assert belongs_to(site, AN_ELSEWHERE) == "", "nothing is joined before the reader says so"
    assert "Cổng Dịch vụ công" in reader.get(CONFIRM).text
    assert reader.post(CONFIRM, decision="link").location == "/tai-khoan"
    assert belongs_to(site, AN_ELSEWHERE) == belongs_to(site, AN)
    linked = [e for e in site.accounts.events(belongs_to(site, AN), most=9) if e.what == Happening.LINKED]
    assert [event.detail for event in linked] == ["dvcqg"]
    another = Browser(site)
    assert another.sign_in(site.dvcqg, AN_ELSEWHERE, "/tro-giup").location == "/tro-giup"


def test_no_means_no_and_is_not_asked_again(reader: Browser, site: Site) -> None:
    reader.sign_in(site.dvcqg, AN_ELSEWHERE, purpose="link")
    reader.post(CONFIRM, decision="no")
    assert belongs_to(site, AN_ELSEWHERE) == ""
    assert reader.get(CONFIRM).location == "/tai-khoan/lien-ket"


def test_a_confirmation_without_a_proof_joins_nothing(reader: Browser, site: Site) -> None:
    reader.post(CONFIRM, seen_on="/tai-khoan", decision="link")
    assert len(site.accounts.known_as(belongs_to(site, AN))) == 1


def test_a_proof_gets_old(reader: Browser, site: Site) -> None:
    reader.sign_in(site.dvcqg, AN_ELSEWHERE, purpose="link")
    site.clock.pass_by(minutes=16)
    reader.post(CONFIRM, seen_on="/tai-khoan", decision="link")
    assert belongs_to(site, AN_ELSEWHERE) == ""


@pytest.mark.parametrize(
    ("identity", "why"),
    [
        (replace(AN_ELSEWHERE, level=1), "level-too-low"),
        (replace(AN_ELSEWHERE, citizen_number="000000000025"), "link-not-possible"),
        (replace(AN_ELSEWHERE, citizen_number=""), "link-not-possible"),
    ],
    ids=["level", "other number", "no number"],
)
def test_without_level_or_number_it_is_refused(reader: Browser, site: Site, identity: Identity, why: str) -> None:
    back = reader.sign_in(site.dvcqg, identity, purpose="link")
    assert f"why={why}" in back.location
    assert reader.get(CONFIRM).location == "/tai-khoan/lien-ket"
    assert belongs_to(site, identity) == ""


def test_a_reader_who_is_known_too_weakly_steps_up_first(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, replace(AN, level=1))
    browser.complete()
    for path in ("/tai-khoan/lien-ket", CONFIRM):
        assert browser.get(path).location == f"/dang-nhap/muc-cao-hon?next={path}&level=2"
    browser.sign_in(site.dvcqg, AN_ELSEWHERE, purpose="link")
    browser.post(CONFIRM, seen_on="/tai-khoan", decision="link")
    assert belongs_to(site, AN_ELSEWHERE) == ""


class TestOnTheWayIn:
    """Somebody known already comes by another way."""

    def arrived(self, site: Site) -> Browser:
        first = Browser(site)
        first.sign_in(site.vneid, AN)
        first.complete()
        browser = Browser(site)
        back = browser.sign_in(site.dvcqg, AN_ELSEWHERE, "/phong")
        assert back.location == "/dang-nhap/da-co-tai-khoan?next=/phong"
        return browser

    def test_nobody_is_signed_in_and_nothing_is_made(self, site: Site) -> None:
        browser = self.arrived(site)
        page = browser.get("/dang-nhap/da-co-tai-khoan?next=/phong").text
        assert "Đăng nhập bằng VNeID" in page
        assert "Nguyễn" not in page
        assert not browser.signed_in()
        assert belongs_to(site, AN_ELSEWHERE) == ""

    def test_the_old_way_and_a_word_join_them(self, site: Site) -> None:
        browser = self.arrived(site)
        assert browser.sign_in(site.vneid, AN, CONFIRM).location == CONFIRM
        assert belongs_to(site, AN_ELSEWHERE) == ""
        browser.post(CONFIRM, decision="link")
        assert belongs_to(site, AN_ELSEWHERE) == belongs_to(site, AN)

    def test_staying_apart_makes_a_second_account(self, site: Site) -> None:
        browser = self.arrived(site)
        apart = browser.post("/dang-nhap/da-co-tai-khoan", next="/phong")
        assert apart.location == "/dang-nhap/hoan-tat?next=/phong"
        assert belongs_to(site, AN_ELSEWHERE) not in ("", belongs_to(site, AN))

    def test_another_persons_old_way_joins_nothing(self, site: Site) -> None:
        browser = self.arrived(site)
        stranger = replace(AN, subject="tech-9", citizen_number="000000000041")
        browser.sign_in(site.vneid, stranger)
        browser.complete("la@vidu.vn")
        refused = browser.post(CONFIRM, decision="link")
        assert "why=link-not-possible" in refused.location
        assert belongs_to(site, AN_ELSEWHERE) == ""

    def test_without_a_proof_there_is_nothing_to_stay_apart_for(self, browser: Browser) -> None:
        assert browser.post("/dang-nhap/da-co-tai-khoan", seen_on="/dang-nhap/tai-khoan").location.startswith(
            "/dang-nhap?"
        )
