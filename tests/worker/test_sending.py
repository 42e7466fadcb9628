"""Every notice reaches its reader once, in the reader's language; what cannot be handed over waits, and says why."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from portal.accounts.people.account import Facts
from portal.notices.back_off import DELAYS
from portal.notices.spool import newest
from portal.store.outbox import NoticeState, Outbox
from portal.store.sealing import Sealing
from portal.store.tables import notices
from portal.worker.sending import AT_ONCE, Sending
from tests.servers.mail_sink import MailSink
from tests.servers.ports import free_port
from tests.worker.given import NOW, Clock, Given

Build = Callable[..., Sending]


def always() -> bool:
    return True


def test_a_letter_says_who_writes_what_and_where_to_read_on(given: Given, sending: Build, sink: MailSink) -> None:
    given.notices(given.account())
    assert sending().run(always) == 1
    [letter] = sink.letters
    assert (letter["To"], letter["Subject"]) == ("an@vidu.vn", "Hồ sơ H00.1-261118-0001: đã có kết quả")
    assert letter.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        content = body.get_content()
        assert "Kính gửi ông/bà Nguyễn Văn An," in content
        assert "đã có kết quả. Xin mở trang" in content
        assert f"https://luutru.vidu.vn/yeu-cau/{'c' * 32}" in content
        assert "Lưu trữ lịch sử tỉnh Ví Dụ" in content
        assert "luutru@vidu.vn" in content
    [row] = given.rows(notices)
    assert (row.state, row.tries, row.fault, row.leased_until) == (NoticeState.SENT.value, 0, None, None)
    assert sending().run(always) == 0


def test_a_reader_is_written_to_in_the_language_chosen(given: Given, sending: Build, sink: MailSink) -> None:
    given.notices(given.account(language="en"))
    sending().run(always)
    html = sink.letters[0].get_body(("html",))
    assert html is not None
    content = html.get_content()
    assert '<html lang="en">' in content
    assert "Vi Du Archive" in content
    assert f"https://luutru.vidu.vn/en/yeu-cau/{'c' * 32}" in content


def test_what_staff_wrote_cannot_become_markup(given: Given, sending: Build, sink: MailSink) -> None:
    given.notices(given.account(), template="reply", words="<b>xin</b>\nchào & tạm biệt")
    sending().run(always)
    plain, html = (sink.letters[0].get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert "<b>xin</b>" in plain.get_content()
    assert "&lt;b&gt;xin&lt;/b&gt;" in html.get_content()


def test_many_letters_are_one_conversation_and_each_has_an_id_of_its_own(
    given: Given, sending: Build, sink: MailSink
) -> None:
    given.notices(given.account(), AT_ONCE)
    assert sending().run(always) == AT_ONCE
    assert sink.sessions == 1
    assert len(set(sink.ids)) == AT_ONCE
    assert all(each.startswith("<notice-") and each.endswith("@vidu.vn>") for each in sink.ids)


def test_what_is_sent_twice_has_the_same_id(given: Given, sending: Build, sink: MailSink, clock: Clock) -> None:
    given.notices(given.account())

    class Forgetful(Outbox):
        def sent(self, *_: object, **__: object) -> None:
            raise KeyboardInterrupt

    worker = sending()
    object.__setattr__(worker, "outbox", Forgetful(given.database, given.seal))
    with pytest.raises(KeyboardInterrupt):
        worker.run(always)
    assert sending().run(always) == 0, "for as long as the claim holds"
    clock.on(seconds=61)
    assert sending().run(always) == 1
    assert len(sink.ids) == 2
    assert len(set(sink.ids)) == 1


def test_of_who_is_deleted_nothing_is_sent_or_kept(given: Given, sending: Build, sink: MailSink) -> None:
    given.notices(given.account(facts=Facts(), verified=False), template="reply", words="riêng tư")
    assert sending().run(always) == 0
    assert sink.letters == []
    [row] = given.rows(notices)
    assert row.state == NoticeState.SENT.value
    assert given.told() == [("reply", {})]


@pytest.mark.parametrize("why", [{"verified": False}, {"deletion_asked_at": NOW}, {"facts": Facts(name="An")}], ids=str)
def test_who_cannot_be_reached_reads_it_on_the_site(
    why: dict[str, object], given: Given, sending: Build, sink: MailSink
) -> None:
    given.notices(given.account(**why))  # type: ignore[arg-type]
    assert sending().run(always) == 0
    assert sink.letters == []
    [row] = given.rows(notices)
    assert row.state == NoticeState.SENT.value
    assert given.told()[0][1]["code"] == "H00.1-261118-0001"


def test_what_is_refused_is_tried_again_later_and_later_and_then_given_up(
    given: Given, sending: Build, sink: MailSink, clock: Clock
) -> None:
    given.notices(given.account())
    sink.refusing = True
    for tries, delay in enumerate(DELAYS, start=1):
        assert sending().run(always) == 0
        [row] = given.rows(notices)
        assert (row.state, row.tries) == (NoticeState.WAITING.value, tries)
        assert row.fault == "mail: SMTPRecipientsRefused"
        assert delay * 0.8 <= row.due_at - clock.moment <= delay * 1.2
        clock.moment = row.due_at
    sending().run(always)
    [row] = given.rows(notices)
    assert (row.state, row.tries) == (NoticeState.DEAD.value, len(DELAYS) + 1)
    sink.refusing = False
    clock.on(days=30)
    assert sending().run(always) == 0


def test_while_the_server_is_away_only_one_notice_counts_a_try(given: Given, sending: Build, clock: Clock) -> None:
    given.notices(given.account(), AT_ONCE + 5)
    assert sending(port=free_port()).run(always) == 0
    rows = given.rows(notices)
    assert [row.tries for row in rows] == [1] + [0] * (AT_ONCE + 4)
    assert all(row.due_at > clock.moment and row.leased_until is None for row in rows)
    assert rows[0].fault == "mail: ConnectionRefusedError"
    clock.on(minutes=2)
    assert sending().run(always) == AT_ONCE + 5


def test_a_telephone_does_not_ring_at_night(given: Given, sending: Build, clock: Clock, tmp_path: Path) -> None:
    given.notices(given.account(facts=Facts(name="An", phone="+84912345678")))
    clock.moment = NOW + timedelta(hours=12)  # ten in the evening
    assert sending().run(always) == 0
    [row] = given.rows(notices)
    assert (row.state, row.tries) == (NoticeState.WAITING.value, 0)
    assert row.due_at == NOW + timedelta(hours=21), "seven in the morning"
    clock.moment = row.due_at
    assert sending().run(always) == 1
    [message] = newest(tmp_path / "sms", 9)
    assert message["to"] == "+84912345678"
    assert message["subject"] == ""
    assert message["text"].startswith("Hồ sơ H00.1-261118-0001 đã có kết quả.")
    assert message["id"].startswith("notice-")


def test_letters_go_at_night(given: Given, sending: Build, clock: Clock) -> None:
    given.notices(given.account())
    clock.moment = NOW + timedelta(hours=12)
    assert sending().run(always) == 1


def test_what_cannot_be_opened_holds_up_nothing(given: Given, sending: Build) -> None:
    strange = Given(given.database, Sealing([b"x" * 32], matching_key=b"m" * 32))
    account_id = given.account()
    strange.notices(account_id)
    given.notices(given.account())
    assert sending().run(always) == 1
    assert [row.fault for row in given.rows(notices)] == ["SealBroken", None]


def test_two_that_send_at_the_same_time_send_nothing_twice(given: Given, sending: Build, sink: MailSink) -> None:
    given.notices(given.account(), 150)
    with ThreadPoolExecutor(2) as threads:
        counts = list(threads.map(lambda worker: worker.run(always), [sending(), sending()]))
    assert sum(counts) == 150
    assert len(sink.ids) == len(set(sink.ids)) == 150


def test_told_to_end_it_leaves_the_rest_to_the_next_at_once(given: Given, sending: Build, sink: MailSink) -> None:
    given.notices(given.account(), 5)
    assert sending().run(lambda: len(sink.letters) < 2) == 2
    assert [row.leased_until for row in given.rows(notices)] == [None] * 5
    assert sending().run(always) == 3
    assert len(set(sink.ids)) == 5


def test_who_stood_still_too_long_sends_nothing_of_an_old_claim(
    given: Given, sending: Build, sink: MailSink, clock: Clock
) -> None:
    given.notices(given.account(), 3)
    worker = sending()
    claimed = worker.outbox.claim(most=9, until=clock() + timedelta(seconds=60), now=clock())
    clock.on(seconds=61)
    other = sending()
    assert other.run(always) == 3
    for notice in claimed:
        worker.outbox.failed(notice, "late", again_at=clock())
    assert {row.state for row in given.rows(notices)} == {NoticeState.SENT.value}


def test_no_fault_names_anybody(given: Given, sending: Build, sink: MailSink) -> None:
    sink.refusing = True
    given.notices(given.account(), template="reply", words="bí mật")
    sending().run(always)
    assert "an@" not in json.dumps([row.fault for row in given.rows(notices)])
