"""What needs a surer identity asks for it, of the same reader, and goes on where it was."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.accounts.acceptance.conftest import Stage
from tests.accounts.acceptance.steps import choose, go_to_provider, heading, sign_in, signed_out
from tests.accounts.acceptance.test_signing_in import session_cookie

SURELY = "/tai-khoan/lien-ket"


def test_a_step_up_keeps_the_reader_and_renews_the_session(stage: Stage, page: Page) -> None:
    sign_in(page, stage, "Ngô Thu Hương", level="LoA1")
    before = session_cookie(page.context)["value"]
    page.goto(stage.site + SURELY)
    heading(page, "Xác thực ở mức cao hơn")
    go_to_provider(page)
    expect(page.get_by_label("Mức")).to_have_value("LoA2")
    choose(page, "Ngô Thu Hương")
    page.wait_for_url(stage.site + SURELY)
    expect(page.locator("header")).to_contain_text("Ngô Thu Hương")
    assert session_cookie(page.context)["value"] != before


def test_a_level_that_is_not_reached_is_said_and_the_session_stays(stage: Stage, page: Page) -> None:
    sign_in(page, stage, "Vũ Văn Bình")
    page.goto(stage.site + SURELY)
    go_to_provider(page)
    choose(page, "Vũ Văn Bình", level="LoA2")
    heading(page, "Cần xác thực ở mức cao hơn")
    page.goto(f"{stage.site}/tai-khoan")
    heading(page, "Tài khoản của tôi")


def test_nobody_steps_up_as_somebody_else(stage: Stage, page: Page) -> None:
    sign_in(page, stage, "Vũ Văn Bình")
    page.context.clear_cookies(domain="localhost")  # the provider has forgotten who it was
    page.goto(stage.site + SURELY)
    go_to_provider(page)
    choose(page, "Ngô Thu Hương", level="LoA2")
    heading(page, "Đây là một người khác")
    page.goto(f"{stage.site}/tai-khoan")
    expect(page.locator("main")).to_contain_text("Vũ Văn Bình")


def test_who_becomes_somebody_else_at_the_provider_is_signed_out_here(stage: Stage, page: Page) -> None:
    """The provider ends the first person's session, and says so, before the second one's answer is back."""
    sign_in(page, stage, "Vũ Văn Bình")
    page.goto(stage.site + SURELY)
    go_to_provider(page)
    choose(page, "Ngô Thu Hương", level="LoA2")
    heading(page, "Cổng không nhận ra lần đăng nhập này")
    signed_out(page, stage, "Vũ Văn Bình")
