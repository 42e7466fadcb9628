"""Accounts of readers: found by provider and subject, sealed at rest, told by the provider, linked only by proof."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from portal.accounts.people.account import Account
from portal.accounts.people.accounts import Accounts, LinkRefused
from portal.accounts.people.events import Happening
from portal.accounts.providers.identity import AccountKind, Identity
from portal.notices.message import Channel
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.sealing import SealBroken, Sealing
from portal.store.tables import accounts as table
from portal.store.tables import identities
from tests.accounts.people.conftest import NOW
from tests.accounts.people.given import AN, AN_ELSEWHERE, BINH, COMPANY, NUMBER


def enter(accounts: Accounts, identity: Identity) -> Account:
    return accounts.signed_in(identity, language="vi", now=NOW)


def what(accounts: Accounts, account: Account) -> list[str]:
    return [event.what for event in reversed(accounts.events(account.id, most=99))]


def test_the_first_sign_in_makes_an_account_that_is_half_made(accounts: Accounts) -> None:
    made = enter(accounts, AN)
    assert (made.name, made.facts.citizen_number, made.facts.birth_date) == (AN.name, NUMBER, AN.birth_date)
    assert made.kind is AccountKind.CITIZEN
    assert (made.created_at, made.signed_in_at) == (NOW, NOW)
    assert not made.complete("1")
    assert what(accounts, made) == [Happening.CREATED, Happening.SIGNED_IN]
    assert enter(accounts, AN).id == made.id
    assert accounts.of_identity("vneid", "tech-1") == accounts.by_id(made.id)


def test_the_key_is_provider_and_subject_and_never_the_number(accounts: Accounts) -> None:
    ids = {enter(accounts, identity).id for identity in (AN, AN_ELSEWHERE, BINH)}
    assert len(ids) == 3
    assert accounts.of_identity("vneid", "0a1b") is None


def test_nothing_personal_stands_readable_in_the_store(accounts: Accounts, database: Database) -> None:
    account = enter(accounts, replace(AN, email="an@vidu.vn"))
    accounts.codes.start(account, Channel.SMS, "+84912345678", now=NOW)
    with database.reading() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "tech-1" in dump
    for secret in ("Nguyễn", NUMBER, "1960", "an@vidu.vn", "912345678"):
        assert secret not in dump


def test_another_key_opens_nothing(accounts: Accounts, database: Database) -> None:
    account = enter(accounts, AN)
    with pytest.raises(SealBroken):
        Accounts(database, Sealing([b"x" * 32], matching_key=b"m" * 32)).by_id(account.id)


def test_each_sign_in_brings_what_the_provider_says_now_and_keeps_what_it_leaves_out(accounts: Accounts) -> None:
    enter(accounts, AN)
    later = NOW + timedelta(days=9)
    told = replace(AN, name="Nguyễn Văn Ân", birth_date=None, level=1)
    account = accounts.signed_in(told, language="en", now=later)
    assert (account.name, account.facts.birth_date) == ("Nguyễn Văn Ân", AN.birth_date)
    assert (account.language, account.signed_in_at) == ("vi", later)
    [way] = accounts.known_as(account.id)
    assert (way.level, way.linked_at, way.used_at) == (1, NOW, later)


def test_a_verified_contact_is_the_readers_own_and_no_provider_changes_it(accounts: Accounts) -> None:
    account = enter(accounts, replace(AN, email="an@vidu.vn", phone="0912345678"))
    assert account.contact == (Channel.EMAIL, "an@vidu.vn"), "one contact is enough"
    assert account.contact_verified_at is None
    code = accounts.codes.start(account, Channel.SMS, "+84900000001", now=NOW)
    accounts.codes.answer(account.id, code.digits, now=NOW)
    again = enter(accounts, replace(AN, email="other@vidu.vn"))
    assert again.contact == (Channel.SMS, "+84900000001")
    assert again.facts.email == ""


def test_a_number_that_changes_is_noted(accounts: Accounts) -> None:
    enter(accounts, AN)
    account = enter(accounts, replace(AN, citizen_number="000000000033"))
    assert Happening.NUMBER_CHANGED in what(accounts, account)


def test_two_tabs_at_once_make_one_account(accounts: Accounts, database: Database) -> None:
    with ThreadPoolExecutor(8) as tabs:
        ids = {account.id for account in tabs.map(lambda _tab: enter(accounts, AN), range(16))}
    assert len(ids) == 1
    assert counted(database) == (1, 1)


@pytest.mark.postgres
def test_two_tabs_at_once_make_one_account_in_postgresql_too(postgres_database: str, sealing: Sealing) -> None:
    database = Database(postgres_database)
    migrate(database)
    accounts = Accounts(database, sealing)
    with ThreadPoolExecutor(8) as tabs:
        ids = {account.id for account in tabs.map(lambda _tab: enter(accounts, AN), range(24))}
    assert len(ids) == 1
    assert counted(database) == (1, 1)
    database.close()


def counted(database: Database) -> tuple[int, int]:
    with database.reading() as connection:
        return tuple(  # type: ignore[return-value]
            connection.execute(select(func.count()).select_from(each)).scalar_one() for each in (table, identities)
        )


def test_an_organisation_is_acted_for_by_whom_the_reader_names(accounts: Accounts) -> None:
    made = enter(accounts, COMPANY)
    assert (made.name, made.facts.organisation_name) == ("", "Công ty TNHH Ví Dụ")
    accounts.accept_terms(made.id, terms_version="1", language="en", name="Lê Văn Chi", now=NOW)
    again = enter(accounts, COMPANY)
    assert (again.name, again.language, again.terms_version, again.terms_at) == ("Lê Văn Chi", "en", "1", NOW)
    told = enter(accounts, replace(COMPANY, name="Phạm Dung"))
    assert told.name == "Phạm Dung", "the provider knows better"
    accounts.accept_terms(made.id, terms_version="2", language="en", name="Ai Khác", now=NOW)
    assert enter(accounts, COMPANY).name == "Phạm Dung"


def test_an_issued_account_names_who_issued_it(accounts: Accounts) -> None:
    account = accounts.issue(
        name="Jane Doe",
        document="Hộ chiếu X0000001",
        nationality="GBR",
        email="jane@example.org",
        phone="",
        language="en",
        author="archivist",
        now=NOW,
    )
    assert (account.kind, account.issued_by) == (AccountKind.FOREIGNER, "archivist")
    assert (account.facts.document, account.contact) == ("Hộ chiếu X0000001", (Channel.EMAIL, "jane@example.org"))
    assert [event.author for event in accounts.events(account.id, most=9)] == ["archivist"]
    entered = accounts.signed_in_issued(account.id, now=NOW)
    assert entered is not None
    assert entered.signed_in_at == NOW
    assert accounts.signed_in_issued("0" * 32, now=NOW) is None


class TestLinking:
    """By number proposed, by level allowed, by confirmation done; never of itself."""

    def test_the_same_citizen_elsewhere_is_proposed(self, accounts: Accounts) -> None:
        account = enter(accounts, AN)
        candidate = accounts.candidate_to_link(AN_ELSEWHERE, level=2)
        assert candidate is not None
        assert candidate.id == account.id
        assert accounts.of_identity("dvcqg", "0a1b") is None, "a proposal joins nothing"

    @pytest.mark.parametrize(
        "identity",
        [
            replace(AN_ELSEWHERE, level=1),
            replace(AN_ELSEWHERE, citizen_number=""),
            replace(AN_ELSEWHERE, citizen_number="000000000025"),
            replace(AN_ELSEWHERE, kind=AccountKind.ORGANISATION),
            replace(AN_ELSEWHERE, kind=AccountKind.FOREIGNER),
        ],
        ids=["level", "no number", "number", "organisation", "foreigner"],
    )
    def test_without_level_number_and_kind_it_is_neither_proposed_nor_done(
        self, accounts: Accounts, identity: Identity
    ) -> None:
        account = enter(accounts, AN)
        assert accounts.candidate_to_link(identity, level=2) is None
        with pytest.raises(LinkRefused):
            accounts.link(account.id, identity, level=2, now=NOW)
        assert accounts.of_identity(identity.provider, identity.subject) is None

    def test_an_account_that_is_itself_known_too_weakly_is_not_proposed(self, accounts: Accounts) -> None:
        enter(accounts, replace(AN, level=1))
        assert accounts.candidate_to_link(AN_ELSEWHERE, level=2) is None

    def test_an_account_without_number_takes_nobody_without_number(self, accounts: Accounts) -> None:
        account = enter(accounts, replace(AN, citizen_number=""))
        with pytest.raises(LinkRefused, match="same citizen"):
            accounts.link(account.id, replace(AN_ELSEWHERE, citizen_number=""), level=2, now=NOW)

    def test_a_link_is_one_more_way_in_and_stands_among_the_events(self, accounts: Accounts) -> None:
        account = enter(accounts, AN)
        accounts.link(account.id, AN_ELSEWHERE, level=2, now=NOW)
        assert enter(accounts, AN_ELSEWHERE).id == account.id
        assert [way.provider for way in accounts.known_as(account.id)] == ["vneid", "dvcqg"]
        linked = [event for event in accounts.events(account.id, most=9) if event.what == Happening.LINKED]
        assert [event.detail for event in linked] == ["dvcqg"]

    def test_an_identity_of_another_account_stays_there(self, accounts: Accounts) -> None:
        account, other = enter(accounts, AN), enter(accounts, AN_ELSEWHERE)
        assert accounts.candidate_to_link(AN_ELSEWHERE, level=2) is None
        with pytest.raises(LinkRefused, match="belongs"):
            accounts.link(account.id, AN_ELSEWHERE, level=2, now=NOW)
        assert enter(accounts, AN_ELSEWHERE).id == other.id
        assert Happening.LINKED not in what(accounts, account)

    def test_a_closed_account_is_neither_proposed_nor_linked(self, accounts: Accounts) -> None:
        account = enter(accounts, AN)
        accounts.ask_deletion(account.id, now=NOW)
        assert accounts.candidate_to_link(AN_ELSEWHERE, level=2) is None
        with pytest.raises(LinkRefused, match="deletion"):
            accounts.link(account.id, AN_ELSEWHERE, level=2, now=NOW)


def test_an_account_to_be_deleted_stays_as_it_was_and_notes_who_tried(accounts: Accounts) -> None:
    account = enter(accounts, AN)
    accounts.ask_deletion(account.id, now=NOW)
    accounts.ask_deletion(account.id, now=NOW + timedelta(days=1))
    tried = accounts.signed_in(replace(AN, name="Khác"), language="vi", now=NOW + timedelta(days=2))
    assert (tried.deletion_asked_at, tried.name, tried.signed_in_at) == (NOW, AN.name, NOW)
    assert what(accounts, account)[-2:] == [Happening.DELETION_ASKED, Happening.SIGN_IN_REFUSED]


def test_events_hold_nothing_personal(accounts: Accounts, database: Database) -> None:
    account = enter(accounts, AN)
    accounts.accept_terms(account.id, terms_version="1", language="en", name="", now=NOW)
    accounts.set_language(account.id, "vi", now=NOW)
    accounts.set_language(account.id, "vi", now=NOW)
    accounts.link(account.id, AN_ELSEWHERE, level=2, now=NOW)
    with database.reading() as connection:
        kept = [tuple(row) for row in connection.execute(text("SELECT what, author, detail FROM events ORDER BY id"))]
    assert kept == [
        ("created", "reader", "vneid"),
        ("signed-in", "reader", "vneid"),
        ("terms-accepted", "reader", "1"),
        ("language-changed", "reader", "vi"),
        ("linked", "reader", "dvcqg"),
    ]
