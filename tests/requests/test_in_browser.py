"""The whole way in a real browser: denial, request, supplement, approval with conditions, reading, revocation.

With JOURNEY_PICTURES the steps are photographed into that folder, for the help page of the demonstration.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from access_policy.register.store import open_register
from access_policy.rules import conditions_of
from access_policy.terms import Known
from indexer.keeping.reading_copies import bring_reading_copies
from indexer.sources.open import open_source
from indexer.sources.port import SourceRecord
from portal.clock import archive_today, utc_now
from tests.browser.chromium import OpenPage
from tests.browser.test_journey import assert_accessible
from tests.browser.watch import SiteWatch
from tests.demonstration import Demonstration
from tests.requests.three_sites import BUTTON, ThreeSites, three_sites

READER = "Nguyễn Thị Mẫu"
FIRST, LAST = 2, 4
"""The pages that are granted; there are more."""

SHORTLY = 1.5
"""Seconds within which a revocation has to be felt, the time of two requests included."""


@pytest.fixture(scope="module")
def sites(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeSites]:
    with three_sites(demonstration, tmp_path_factory.mktemp("three-sites")) as started:
        yield started


@pytest.fixture(scope="module")
def conditional(demonstration: Demonstration) -> str:
    """A record that may be asked for, with images of at least five pages."""
    restrictions = open_register(demonstration.register_url).restrictions()
    for entry in open_source(demonstration.database_url).entries():
        if isinstance(entry, SourceRecord) and entry.record.page_count >= LAST + 1 and entry.record.objects:
            conditions = conditions_of(entry.record, restrictions.of(entry.record))
            known, ground = conditions.known(archive_today()), conditions.governing(archive_today())
            if ground.requestable and known is Known.DESCRIPTION:
                return entry.record.id
    raise LookupError("the demonstration has no such record")


@pytest.fixture
def pictured() -> Callable[[Page, str], None]:
    """Looks at a page as a blind reader's software does, and keeps its picture when it is asked to."""
    folder = os.environ.get("JOURNEY_PICTURES")

    def look(page: Page, name: str) -> None:
        assert_accessible(page)
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return look


@pytest.mark.browser
def test_from_denial_to_revocation(
    sites: ThreeSites,
    demonstration: Demonstration,
    conditional: str,
    open_page: OpenPage,
    pictured: Callable[[Page, str], None],
) -> None:
    reader, lan, hoa = open_page(), open_page(), open_page()
    record = f"{sites.portal}/tai-lieu/{conditional}"
    reader.goto(f"{record}/trang/{FIRST}")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Trang này chưa đọc được ở đây")
    pictured(reader, "1-denied")

    sites.sign_in_reader(reader, READER)
    reader.goto(record)
    reader.get_by_role("link", name="Yêu cầu đọc hoặc sao").click()
    sites.be_known_surely(reader, READER)
    pictured(reader, "2-add")
    reader.get_by_role("button", name="Thêm vào phiếu").click()
    reader.get_by_label("Nhu cầu cá nhân").check()
    reader.get_by_label("Mục đích cụ thể").fill("Làm hồ sơ hưởng chế độ người có công")
    reader.get_by_label("Đề tài hoặc việc cần tài liệu").fill("Chế độ người có công")
    reader.get_by_label("Cho chính tôi").check()
    reader.get_by_label("Đối tượng được giảm hoặc miễn phí").select_option("10")
    pictured(reader, "3-form")
    reader.get_by_role("button", name="Xem lại và gửi").click()
    assert_accessible(reader)
    reader.get_by_role("button", name="Gửi phiếu").click()
    expect(reader.get_by_role("status").last).to_contain_text("Đã gửi phiếu")
    case_page = reader.url.partition("?")[0]
    pictured(reader, "4-sent")

    sites.sign_in_member(lan, "lan")
    pictured(lan, "5-queue")
    lan.locator("[data-row]").first.click()
    lan.get_by_role("button", name="Tiếp nhận", exact=True).click()
    pictured(lan, "6-case")
    lan.locator("#assign").get_by_role("button").click()
    lan.locator("#ask-supplement summary").click()
    lan.locator("#words-ask-supplement").fill("Xin gửi thêm giấy giới thiệu của xã.")
    lan.locator("#ask-supplement").get_by_role("button").click()

    reader.goto(case_page)
    expect(reader.locator("#bo-sung")).to_contain_text("giấy giới thiệu của xã")
    reader.locator("#words").fill("Đã gửi kèm.")
    reader.get_by_role("button", name="Gửi phần bổ sung").click()

    lan.reload()
    _rule(lan, "propose")
    sites.sign_in_member(hoa, "hoa")
    hoa.goto(lan.url)
    _rule(hoa, "decide")
    pictured(hoa, "7-decided")

    source, register = open_source(demonstration.database_url), open_register(sites.register_url)
    assert bring_reading_copies(source, register, today=archive_today(), now=utc_now()).made == 1, "as a follower does"
    reader.goto(case_page)
    expect(reader.get_by_role("main")).to_contain_text("Đồng ý có điều kiện")
    pictured(reader, "8-answer")
    reader.get_by_role("link", name=f"Đọc Trang {FIRST}–{LAST}").click()
    image = reader.locator("main img").first
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    pictured(reader, "9-reading")
    assert reader.goto(f"{record}/trang/{LAST}").status == 200  # type: ignore[union-attr]
    assert reader.goto(f"{record}/trang/{LAST + 1}").status == 403  # type: ignore[union-attr]

    hoa.reload()
    hoa.locator("#revoke summary").click()
    hoa.locator("#revoke input[type=checkbox]").first.check()
    hoa.locator("#words-revoke").fill("Phải rà soát lại.")
    hoa.locator("#revoke").get_by_role("button").click()
    revoked_at = time.monotonic()
    while reader.goto(f"{record}/trang/{FIRST}").status != 403:  # type: ignore[union-attr]
        assert time.monotonic() - revoked_at < SHORTLY
    reader.goto(case_page)
    expect(reader.get_by_role("main")).to_contain_text("Phải rà soát lại.")


@pytest.mark.browser
def test_a_lost_session_loses_nothing_that_is_being_written(
    sites: ThreeSites, conditional: str, open_page: OpenPage, site_watch: SiteWatch
) -> None:
    site_watch.expect("answered 400")  # the form that is kept after the session has ended
    page = open_page()
    sites.sign_in_reader(page, "Trần Văn Thử")
    page.goto(f"{sites.portal}/yeu-cau/them?record={conditional}")
    sites.be_known_surely(page, "Trần Văn Thử")
    page.get_by_role("button", name="Thêm vào phiếu").click()
    page.context.clear_cookies()
    page.get_by_label("Mục đích cụ thể").fill("Viết sử xã")
    again = page.locator("#kept a")
    expect(again).to_be_visible()
    page.get_by_role("button", name="Xem lại và gửi").click()
    expect(again).to_be_focused()

    with page.context.expect_page() as opened:
        again.press("Enter")
    opened.value.get_by_role("button", name=BUTTON).click()
    opened.value.get_by_role("button", name="Trần Văn Thử").click()
    sites.be_known_surely(opened.value, "Trần Văn Thử")
    expect(opened.value.locator("#phieu")).to_be_visible()
    opened.value.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#kept")).to_have_text("Đã lưu.")
    page.reload()
    expect(page.get_by_label("Mục đích cụ thể")).to_have_value("Viết sử xã")


def _rule(page: Page, step: str) -> None:
    """Some pages, for a week."""
    form = page.locator(f"#{step}")
    form.locator("select[name='outcome-1']").select_option("conditional")
    form.locator("input[name='pages-1']").fill(f"{FIRST}-{LAST}")
    form.locator("input[name='days-1']").fill("7")
    form.get_by_role("button").last.click()
