"""From the button of the portal to the provider and back, for the first time and again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.accounts.acceptance.conftest import PROVIDER_ID, Stage
from tests.accounts.acceptance.steps import choose, complete, go_to_provider, heading, sign_in, sign_out, signed_out
from tests.browser.chromium import OpenPage


def session_cookie(context: BrowserContext) -> dict[str, object]:
    (found,) = [cookie for cookie in context.cookies() if cookie["name"] == "__Host-session"]
    return dict(found)


def test_the_provider_is_asked_with_pkce_and_a_nonce(stage: Stage, page: Page) -> None:
    page.goto(f"{stage.site}/dang-nhap")
    with page.expect_request(lambda request: request.url.startswith(f"{stage.provider.issuer}/auth?")) as asked:
        go_to_provider(page)
    question = {name: values[0] for name, values in parse_qs(urlsplit(asked.value.url).query).items()}
    assert question["response_type"] == "code"
    assert question["code_challenge_method"] == "S256"
    assert len(question["code_challenge"]) == 43
    assert min(len(question["state"]), len(question["nonce"])) >= 32
    assert question["redirect_uri"] == f"{stage.site}/dang-nhap/{PROVIDER_ID}/tro-ve"
    assert question["scope"] == "openid"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_first_sign_in_proves_a_contact_and_leads_to_the_own_page(
    stage: Stage, open_page: OpenPage, javascript: bool
) -> None:
    person, email = ("Đặng Thị Lan", "lan@vi-du.example") if javascript else ("Bùi Văn Tĩnh", "tinh@vi-du.example")
    page = open_page(javascript=javascript)
    page.goto(f"{stage.site}/dang-nhap?next=/tai-khoan")
    go_to_provider(page)
    choose(page, person)
    complete(page, stage, email=email)
    heading(page, "Tài khoản của tôi")
    facts = page.locator("main")
    for shown in (person, f"{email[:2]}…@vi-du.example"):
        expect(facts).to_contain_text(shown)
    for kept_back in (email, "999176000606", "999061000909"):
        expect(facts).not_to_contain_text(kept_back)
    sign_out(page)
    page.get_by_role("button", name="Đăng xuất").click()
    heading(page, "Đã đăng xuất")
    sign_in(page, stage, person, after="/phong")


def test_an_organisation_signs_in_as_what_it_is(stage: Stage, page: Page) -> None:
    page.goto(f"{stage.site}/dang-nhap?next=/tai-khoan")
    go_to_provider(page)
    choose(page, "Công ty cổ phần Xưởng In Thử")
    complete(page, stage, email="in@vi-du.example")
    heading(page, "Tài khoản của tôi")
    for shown in ("Công ty cổ phần Xưởng In Thử", "9900000001", "Hồ Thị Thu"):
        expect(page.locator("main")).to_contain_text(shown)


def test_a_sign_in_makes_another_session_which_no_script_can_read(stage: Stage, page: Page) -> None:
    page.goto(f"{stage.site}/dang-nhap?next=/tai-khoan")
    before = session_cookie(page.context)
    sign_in(page, stage, "Ngô Thu Hương")
    after = session_cookie(page.context)
    assert after["value"] != before["value"]
    assert (after["secure"], after["httpOnly"], after["sameSite"]) == (True, True, "Lax")
    page.context.clear_cookies()
    page.context.add_cookies([before])  # type: ignore[list-item]
    signed_out(page, stage, "Ngô Thu Hương")


def test_two_tabs_sign_in_at_once(stage: Stage, page: Page) -> None:
    sign_in(page, stage, "Ngô Thu Hương")
    page.context.clear_cookies()
    other = page.context.new_page()
    for tab, after in ((page, "/tai-khoan"), (other, "/tai-khoan/phien")):
        tab.goto(f"{stage.site}/dang-nhap?next={after}")
        go_to_provider(tab)
    choose(other, "Ngô Thu Hương")
    heading(other, "Các phiên đang đăng nhập")
    choose(page, "Ngô Thu Hương")
    heading(page, "Tài khoản của tôi")
    other.reload()
    heading(other, "Các phiên đang đăng nhập")


def test_who_refuses_is_told_so_and_may_try_again(stage: Stage, page: Page) -> None:
    page.goto(f"{stage.site}/dang-nhap")
    go_to_provider(page)
    page.get_by_role("button", name="Từ chối").click()
    heading(page, "Ông/bà đã dừng đăng nhập")
    go_to_provider(page)
    choose(page, "Ngô Thu Hương")
    expect(page.locator("header")).to_contain_text("Ngô Thu Hương")


def test_an_answer_that_comes_twice_or_from_elsewhere_signs_nobody_in(
    stage: Stage, page: Page, open_page: OpenPage
) -> None:
    page.goto(f"{stage.site}/dang-nhap?next=/phong")
    go_to_provider(page)
    with page.expect_request(lambda request: "/tro-ve?" in request.url) as answer:
        choose(page, "Ngô Thu Hương")
    stranger = open_page()
    stranger.goto(answer.value.url)
    heading(stranger, "Cổng không nhận ra lần đăng nhập này")
    signed_out(stranger, stage, "Ngô Thu Hương")
    page.goto(answer.value.url)
    heading(page, "Cổng không nhận ra lần đăng nhập này")


def test_neither_log_says_who_signed_in(stage: Stage, page: Page) -> None:
    sign_in(page, stage, "Ngô Thu Hương")
    log = stage.portal.log()
    assert "/tro-ve" in log
    for private in ("code=", "state=", "id_token", "Hương", "999188000808", "vi-du.example", "sub="):
        assert private not in log
