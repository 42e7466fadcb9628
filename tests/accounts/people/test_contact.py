"""Codes that prove a contact: how long, how often, for whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.people.account import Account
from portal.accounts.people.accounts import Accounts
from portal.accounts.people.contact import LIVES, MESSAGES, TRIES, WINDOW, Answer, Code, TooManyCodes, contact_address
from portal.notices.message import Channel, Message
from portal.store.database import Database
from portal.store.tables import contact_codes
from tests.accounts.people.conftest import NOW
from tests.accounts.people.given import AN, BINH

ADDRESS = "an@vidu.vn"


@pytest.fixture
def account(accounts: Accounts) -> Account:
    return accounts.signed_in(AN, language="vi", now=NOW)


def sent(accounts: Accounts, account: Account, address: str = ADDRESS, after: timedelta = timedelta()) -> Code:
    return accounts.codes.start(account, Channel.EMAIL, address, now=NOW + after)


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_the_right_code_makes_the_contact_the_readers(accounts: Accounts, account: Account) -> None:
    code = sent(accounts, account)
    assert accounts.codes.pending(account.id, now=NOW) == (Channel.EMAIL, ADDRESS)
    assert accounts.by_id(account.id).contact is None  # type: ignore[union-attr]
    assert accounts.codes.answer(account.id, code.digits, now=NOW) is Answer.RIGHT
    verified = accounts.by_id(account.id)
    assert verified is not None
    assert (verified.contact, verified.contact_verified_at) == ((Channel.EMAIL, ADDRESS), NOW)
    assert accounts.codes.pending(account.id, now=NOW) is None


def test_a_code_is_used_once(accounts: Accounts, account: Account) -> None:
    code = sent(accounts, account)
    accounts.codes.answer(account.id, code.digits, now=NOW)
    assert accounts.codes.answer(account.id, code.digits, now=NOW) is Answer.SPENT


@pytest.mark.parametrize(
    ("age", "answer"), [(LIVES - timedelta(seconds=1), Answer.RIGHT), (LIVES, Answer.SPENT)], ids=["young", "old"]
)
def test_a_code_lives_ten_minutes(accounts: Accounts, account: Account, age: timedelta, answer: Answer) -> None:
    assert accounts.codes.answer(account.id, sent(accounts, account).digits, now=NOW + age) is answer


def test_after_five_tries_even_the_right_code_counts_no_more(accounts: Accounts, account: Account) -> None:
    code = sent(accounts, account)
    wrong = [accounts.codes.answer(account.id, other_than(code.digits), now=NOW) for _ in range(TRIES)]
    assert wrong == [Answer.WRONG] * (TRIES - 1) + [Answer.SPENT]
    assert accounts.codes.answer(account.id, code.digits, now=NOW) is Answer.SPENT


def test_tries_at_once_are_all_counted(accounts: Accounts, account: Account) -> None:
    code = sent(accounts, account)
    with ThreadPoolExecutor(8) as tabs:
        answers = list(
            tabs.map(lambda _tab: accounts.codes.answer(account.id, other_than(code.digits), now=NOW), range(8))
        )
    assert answers.count(Answer.WRONG) == TRIES - 1


def test_a_newer_code_takes_the_place_of_an_older_one(accounts: Accounts, account: Account) -> None:
    older, newer = sent(accounts, account), sent(accounts, account, "moi@vidu.vn")
    if older.digits != newer.digits:
        assert accounts.codes.answer(account.id, older.digits, now=NOW) is Answer.WRONG
    assert accounts.codes.answer(account.id, newer.digits, now=NOW) is Answer.RIGHT
    assert accounts.by_id(account.id).contact == (Channel.EMAIL, "moi@vidu.vn")  # type: ignore[union-attr]


def test_a_code_is_of_one_account(accounts: Accounts, account: Account) -> None:
    other = accounts.signed_in(BINH, language="vi", now=NOW)
    code = sent(accounts, account)
    assert accounts.codes.answer(other.id, code.digits, now=NOW) is Answer.SPENT
    assert accounts.codes.answer(account.id, code.digits, now=NOW) is Answer.RIGHT


def test_the_same_address_for_two_accounts_is_nobodys_business(accounts: Accounts, account: Account) -> None:
    other = accounts.signed_in(BINH, language="vi", now=NOW)
    for each in (account, other):
        code = sent(accounts, each)
        assert accounts.codes.answer(each.id, code.digits, now=NOW) is Answer.RIGHT


def test_three_messages_in_a_quarter_of_an_hour(accounts: Accounts, account: Account) -> None:
    for minute in range(MESSAGES):
        sent(accounts, account, after=timedelta(minutes=minute))
    with pytest.raises(TooManyCodes):
        sent(accounts, account, after=WINDOW - timedelta(seconds=1))
    sent(accounts, account, after=WINDOW)


def test_a_message_that_was_not_sent_does_not_count(accounts: Accounts, account: Account) -> None:
    for _ in range(MESSAGES + 2):
        accounts.codes.not_sent(sent(accounts, account))
    assert accounts.codes.pending(account.id, now=NOW) is None
    sent(accounts, account)


def test_what_is_kept_does_not_tell_the_code(accounts: Accounts, account: Account, database: Database) -> None:
    code = sent(accounts, account)
    with database.reading() as connection:
        row = connection.execute(select(contact_codes)).one()
    assert code.digits not in str(tuple(row))
    assert len(row.digest) == 64


@pytest.mark.parametrize(
    ("channel", "typed", "kept"),
    [
        (Channel.EMAIL, " An.Nguyen+1@Vidu.Gov.VN ", "An.Nguyen+1@Vidu.Gov.VN"),
        (Channel.SMS, "0912 345 678", "+84912345678"),
        (Channel.SMS, "0912.345.678", "+84912345678"),
        (Channel.SMS, "+84 912-345-678", "+84912345678"),
        (Channel.SMS, "+44 (20) 7946 0000", "+442079460000"),
    ],
)
def test_addresses_are_kept_in_one_form(channel: Channel, typed: str, kept: str) -> None:
    assert contact_address(channel, typed) == kept


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        *((Channel.EMAIL, typed) for typed in ("", "an", "an@vidu", "a n@vidu.vn", "an@vi_du.vn", "a..n@vidu.vn")),
        *((Channel.EMAIL, typed) for typed in ("an@vidu.vn\nBcc: x@y.vn", "tên@vidu.vn", "<an@vidu.vn>", ".a@vidu.vn")),
        *((Channel.SMS, typed) for typed in ("", "912345678", "091234567", "09123456789", "+84 0912 345 678", "+12")),
        *((Channel.SMS, typed) for typed in ("٠٩١٢٣٤٥٦٧٨", "0912345678; rm", "tel:0912345678")),
    ],
)
def test_what_is_no_address_is_refused(channel: Channel, typed: str) -> None:
    with pytest.raises(ValueError, match="not"):
        contact_address(channel, typed)


@settings(max_examples=200)
@given(st.sampled_from(Channel), st.text(max_size=40))
def test_every_address_that_is_taken_can_be_written_to(channel: Channel, typed: str) -> None:
    try:
        address = contact_address(channel, typed)
    except ValueError:
        return
    assert Message(channel, address, "", "").to == address
    assert contact_address(channel, address) == address
