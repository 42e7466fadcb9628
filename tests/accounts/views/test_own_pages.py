"""A reader's own pages: everything that is held can be seen, changed, taken along and given up."""

import json
from dataclasses import replace

import pytest

from access_policy.permit import Permit
from access_policy.terms import Action
from portal.accounts.people.events import Happening
from portal.notices.spool import newest
from tests.accounts.people.given import AN, BINH, NUMBER
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site
from tests.index.corpus import TODAY


@pytest.fixture
def reader(browser: Browser, site: Site) -> Browser:
    """Signed in, at level 2, with an account that is whole."""
    browser.sign_in(site.vneid, AN)
    browser.complete()
    return browser


def account_id(site: Site) -> str:
    account = site.accounts.of_identity("vneid", AN.subject)
    assert account is not None
    return account.id


def test_the_profile_shows_what_is_held_and_no_whole_number(reader: Browser) -> None:
    page = reader.get("/tai-khoan").text
    for shown in ("Nguyễn Văn An", "•••••••••017", "29/2/1960", "an…@vidu.vn", "VNeID, từ 10:00, 21/11/2026"):
        assert shown in page
    assert NUMBER not in page


def test_the_profile_in_english(reader: Browser) -> None:
    page = reader.get("/en/tai-khoan")
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert "VNeID (en)" in page.text


def test_the_language_of_messages_can_be_changed(reader: Browser, site: Site) -> None:
    assert reader.post("/tai-khoan/ngon-ngu", seen_on="/tai-khoan", language="en").status_code == 303
    assert site.accounts.by_id(account_id(site)).language == "en"  # type: ignore[union-attr]
    assert reader.post("/tai-khoan/ngon-ngu", seen_on="/tai-khoan", language="fr").status_code == 404


class TestContact:
    """Another contact counts from the moment its code comes back."""

    def test_a_change_needs_the_code(self, reader: Browser, site: Site) -> None:
        sent = reader.post("/tai-khoan/lien-lac", phone="0912 345 678")
        assert sent.location == "/tai-khoan/lien-lac/ma"
        assert "+84…678" in reader.get("/tai-khoan/lien-lac/ma").text
        assert site.accounts.by_id(account_id(site)).facts.email == "an@vidu.vn"  # type: ignore[union-attr]
        assert reader.post("/tai-khoan/lien-lac/ma", code=reader.code()).location == "/tai-khoan"
        facts = site.accounts.by_id(account_id(site)).facts  # type: ignore[union-attr]
        assert (facts.email, facts.phone) == ("", "+84912345678")

    @pytest.mark.parametrize(
        ("language", "archive"), [("vi", "Lưu trữ lịch sử tỉnh Ví Dụ"), ("en", "Provincial Historical Archive")]
    )
    def test_the_contact_that_was_is_told_of_a_change(
        self, reader: Browser, site: Site, language: str, archive: str
    ) -> None:
        site.accounts.set_language(account_id(site), language, now=site.clock())
        before = len(list(site.outbox.iterdir()))
        reader.post("/tai-khoan/lien-lac", phone="0912 345 678")
        reader.post("/tai-khoan/lien-lac/ma", code=reader.code())
        told, code = newest(site.outbox, len(list(site.outbox.iterdir())) - before)
        assert code["to"] == "+84912345678"
        assert (told["channel"], told["to"]) == ("email", "an@vidu.vn")
        assert archive in told["text"]
        assert "912345678" not in f"{told['subject']} {told['text']}"

    def test_the_same_contact_once_more_is_no_change(self, reader: Browser, site: Site) -> None:
        before = len(list(site.outbox.iterdir()))
        reader.post("/tai-khoan/lien-lac", email="an@vidu.vn")
        assert reader.post("/tai-khoan/lien-lac/ma", code=reader.code()).status_code == 303
        assert len(list(site.outbox.iterdir())) == before + 1

    def test_a_change_stands_when_the_old_contact_cannot_be_told(
        self, reader: Browser, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        reader.post("/tai-khoan/lien-lac", email="moi@vidu.vn")
        code = reader.code()
        moved = site.outbox.rename(site.folder / "elsewhere")
        site.outbox.write_text("no folder")
        assert reader.post("/tai-khoan/lien-lac/ma", code=code).location == "/tai-khoan"
        site.outbox.unlink()
        moved.rename(site.outbox)
        assert site.accounts.by_id(account_id(site)).facts.email == "moi@vidu.vn"  # type: ignore[union-attr]
        assert "not told to the old one" in caplog.text
        assert "@vidu.vn" not in caplog.text

    @pytest.mark.parametrize(
        ("code", "words"), [("abc", "6 chữ số"), ("1234567", "6 chữ số"), ("", "6 chữ số"), ("other", "chưa đúng")]
    )
    def test_a_wrong_code_is_said_beside_the_field(self, reader: Browser, code: str, words: str) -> None:
        reader.post("/tai-khoan/lien-lac", email="moi@vidu.vn")
        wrong = f"{(int(reader.code()) + 1) % 1_000_000:06}" if code == "other" else code
        answer = reader.post("/tai-khoan/lien-lac/ma", code=wrong)
        assert answer.status_code == 400
        assert words in answer.text
        assert 'aria-invalid="true"' in answer.text

    def test_too_many_messages(self, reader: Browser) -> None:
        answers = [reader.post("/tai-khoan/lien-lac", email=f"m{n}@vidu.vn").status_code for n in range(3)]
        assert answers == [303, 303, 400], "one message went out at the first sign-in"

    @pytest.mark.parametrize(
        "typed", [{"email": "khong"}, {"phone": "12"}, {}, {"email": "a@vidu.vn", "phone": "0912345678"}]
    )
    def test_what_is_no_contact_is_said_and_nothing_sent(
        self, reader: Browser, site: Site, typed: dict[str, str]
    ) -> None:
        before = len(list(site.outbox.iterdir()))
        answer = reader.post("/tai-khoan/lien-lac", **typed)
        assert answer.status_code == 400
        assert "Xin ghi" in answer.text
        assert len(list(site.outbox.iterdir())) == before

    def test_the_address_of_somebody_else_gets_the_same_answer(self, reader: Browser, site: Site) -> None:
        other = Browser(site)
        other.sign_in(site.vneid, BINH)
        other.complete("binh@vidu.vn")
        taken = reader.post("/tai-khoan/lien-lac", email="binh@vidu.vn")
        free = reader.post("/tai-khoan/lien-lac", email="tudo@vidu.vn")
        assert (taken.status_code, taken.location) == (free.status_code, free.location)

    def test_a_message_that_cannot_be_sent_is_said_and_can_be_tried_again(self, reader: Browser, site: Site) -> None:
        moved = site.outbox.rename(site.folder / "elsewhere")
        site.outbox.write_text("no folder")
        for _ in range(5):
            answer = reader.post("/tai-khoan/lien-lac", email="moi@vidu.vn")
            assert answer.status_code == 400
            assert "chưa gửi được tin" in answer.text
            assert 'value="moi@vidu.vn"' in answer.text
        site.outbox.unlink()
        moved.rename(site.outbox)
        assert reader.post("/tai-khoan/lien-lac", email="moi@vidu.vn").status_code == 303

    def test_messages_are_in_the_readers_language(self, reader: Browser, site: Site) -> None:
        reader.post("/tai-khoan/lien-lac", email="moi@vidu.vn")
        [written] = [file.read_text() for file in sorted(site.outbox.iterdir())[-1:]]
        assert "Lưu trữ lịch sử tỉnh Ví Dụ" in written
        reader.post("/tai-khoan/ngon-ngu", seen_on="/tai-khoan", language="en")
        reader.post("/tai-khoan/lien-lac", email="moi@vidu.vn")
        [written] = [file.read_text() for file in sorted(site.outbox.iterdir())[-1:]]
        assert "Provincial Historical Archive" in written


class TestSessions:
    """Each browser is a session that its reader can see and end."""

    def test_all_are_listed_and_one_can_be_ended(self, reader: Browser, site: Site) -> None:
        other = Browser(site)
        other.sign_in(site.vneid, AN)
        page = reader.get("/tai-khoan/phien").text
        assert page.count("<tr>") == 3
        assert page.count("Phiên này") == 1
        [key] = [one.key for one in site.services.sessions.of_owner(account_id(site)) if one.key in page]
        reader.post("/tai-khoan/phien", session=key)
        assert not other.signed_in()
        assert reader.signed_in()

    def test_all_others_at_once(self, reader: Browser, site: Site) -> None:
        others = [Browser(site) for _ in range(3)]
        for other in others:
            other.sign_in(site.vneid, AN)
        reader.post("/tai-khoan/phien", session="others")
        assert not any(other.signed_in() for other in others)
        assert reader.signed_in()

    def test_nobody_elses_session_can_be_ended(self, reader: Browser, site: Site) -> None:
        other = Browser(site)
        other.sign_in(site.vneid, BINH)
        other.complete("binh@vidu.vn")
        owner = site.accounts.of_identity("vneid", BINH.subject)
        assert owner is not None
        [foreign] = site.services.sessions.of_owner(owner.id)
        reader.post("/tai-khoan/phien", session=foreign.key)
        assert other.signed_in()


def test_the_history_has_words_for_everything_and_permits(
    reader: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    pseudonym = site.services.askers.pseudonym(account_id(site))
    permit = Permit("GP-7", "qn.td.04", frozenset({Action.READ}), TODAY, TODAY)
    granted = {pseudonym: (permit,)}
    monkeypatch.setattr(site.services.register, "permits", lambda reader_id: granted.get(reader_id, ()))
    monkeypatch.setitem(vars(site.services.askers), "permits", site.services.register.permits)
    page = reader.get("/tai-khoan/lich-su").text
    for shown in ("Lập tài khoản", "Đăng nhập", "Đồng ý điều khoản", "Xác nhận liên lạc", "GP-7", "VNeID"):
        assert shown in page
    for code in Happening:
        assert f">{code.value}<" not in page


def test_the_download_is_complete_and_only_ones_own(reader: Browser, site: Site) -> None:
    answer = reader.get("/tai-khoan/du-lieu.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    content = json.loads(answer.text)
    assert content["facts"]["citizen_number"] == NUMBER
    assert {"accounts", "identities", "contact_codes", "credentials", "events", "sessions", "permits"} <= set(content)
    assert content["accounts"][0]["id"] == account_id(site)
    assert site.accounts.events(account_id(site), most=1)[0].what == Happening.EXPORTED


def test_the_download_needs_level_one_and_leads_to_a_step_up(browser: Browser, site: Site) -> None:
    weak = replace(AN, level=0)
    browser.sign_in(site.vneid, weak)
    browser.complete()
    asked = browser.get("/tai-khoan/du-lieu.json")
    assert asked.location == "/dang-nhap/muc-cao-hon?next=/tai-khoan/du-lieu.json&level=1"
    assert 'name="purpose" value="step-up"' in browser.get(asked.location).text
    before = browser.cookie
    step = {"purpose": "step-up", "level": "1"}
    back = browser.sign_in(site.vneid, AN, "/tai-khoan/du-lieu.json", **step)
    assert back.location == "/tai-khoan/du-lieu.json"
    assert browser.cookie != before, "another id at a higher level"
    assert browser.get("/tai-khoan/du-lieu.json").status_code == 200


def test_a_step_up_as_somebody_else_changes_nothing(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, replace(AN, level=0))
    browser.complete()
    back = browser.sign_in(site.vneid, BINH, purpose="step-up", level="1")
    assert "why=wrong-reader" in back.location
    assert browser.get("/tai-khoan/du-lieu.json").status_code == 303
    assert "Nguyễn Văn An" in browser.get("/tai-khoan").text
    assert site.accounts.of_identity("vneid", BINH.subject) is None


def test_a_step_up_that_stays_below_is_said(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, replace(AN, level=0))
    browser.complete()
    back = browser.sign_in(site.vneid, replace(AN, level=0), purpose="step-up", level="2")
    assert "why=level-too-low" in back.location


class TestDeletion:
    """Closed at once, everywhere; and what stays is said before."""

    def test_it_needs_a_box_to_be_ticked(self, reader: Browser, site: Site) -> None:
        page = reader.get("/tai-khoan/xoa").text
        assert "ít nhất 12 tháng" in page
        assert reader.post("/tai-khoan/xoa").status_code == 400
        assert site.accounts.by_id(account_id(site)).deletion_asked_at is None  # type: ignore[union-attr]

    def test_it_ends_every_session_and_bars_the_way_back(self, reader: Browser, site: Site) -> None:
        other = Browser(site)
        other.sign_in(site.vneid, AN)
        assert reader.post("/tai-khoan/xoa", sure="yes").location == "/tai-khoan/xoa/xong"
        assert "20 ngày" in reader.get("/tai-khoan/xoa/xong").text
        assert not reader.signed_in()
        assert not other.signed_in()
        assert "why=deletion-asked" in reader.sign_in(site.vneid, AN).location

    def test_a_session_that_outlived_it_is_ended_when_it_is_used(self, reader: Browser, site: Site) -> None:
        site.accounts.ask_deletion(account_id(site), now=site.clock())
        assert reader.get("/tai-khoan").status_code == 404
        assert reader.get("/tai-khoan").location.startswith("/dang-nhap")
