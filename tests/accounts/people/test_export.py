"""A reader's export is complete: every column of every table that knows the reader is in it, or has its reason."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from portal.accounts.people.account import FACTS
from portal.accounts.people.accounts import Accounts
from portal.accounts.people.case_rows import STEPS_OF_THE_ARCHIVE, WORDS_OF_THE_ARCHIVE
from portal.accounts.people.export import NOT_EXPORTED
from portal.notices.message import Channel
from portal.requests.pages.presented import _HAPPENED, _WORDS_FOR_READERS
from portal.requests.states import Step
from portal.store.database import Database
from portal.store.readings import Readings
from portal.store.sealing import Sealing
from portal.store.tables import contact_codes, credentials, metadata
from tests.accounts.people.conftest import NOW
from tests.accounts.people.given import AN, BINH
from tests.accounts.people.requests_of import leave_requests

OTHERWISE = {
    "password_history": "digests of passwords that are no longer used",
    "recovery_codes": "digests of secrets of the reader's sign-in",
    "sessions": "stands in the download beside what the store of accounts holds",
    "session_labels": "other names of the same sessions",
    "staff": "not about readers",
    "once": "digests of what was used once, of nobody in particular",
    "case_notes": "notes among staff",
    "provisions": "not about readers",
    "case_numbers": "not about readers",
    "leases": "not about readers",
    "saved_views": "not about readers",
}
"""Tables without a part in the export, each with the reason."""


def test_every_column_is_exported_or_named_with_a_reason(
    accounts: Accounts, database: Database, sealing: Sealing, tmp_path: Path
) -> None:
    account = accounts.signed_in(AN, language="vi", now=NOW)
    accounts.codes.start(account, Channel.EMAIL, "an@vidu.vn", now=NOW)
    with database.writing() as connection:
        row = {"login": "an", "owner": "reader", "owner_id": account.id, "password_hash": "h", "must_change": False}
        counters = {"failures": 0, "totp_last_step": 0, "password_at": NOW, "used_at": NOW}
        connection.execute(insert(credentials).values(row | counters))
    Readings(database).note(account.id, "qn.td.04.16.1", 2, day=NOW.date(), now=NOW)
    leave_requests(database, sealing, tmp_path, account.id, "heron")
    exported = accounts.export(account.id)
    assert set(exported["facts"]) == set(FACTS)
    for table in metadata.sorted_tables:
        if table.name in OTHERWISE:
            continue
        columns = {column.name for column in table.columns if f"{table.name}.{column.name}" not in NOT_EXPORTED}
        rows = exported[table.name]
        assert rows, table.name
        assert all(columns <= set(row) for row in rows), table.name


def test_requests_are_handed_out_opened_and_without_what_is_the_archives_own(
    accounts: Accounts, database: Database, sealing: Sealing, tmp_path: Path
) -> None:
    account, other = (accounts.signed_in(each, language="vi", now=NOW) for each in (AN, BINH))
    case = leave_requests(database, sealing, tmp_path, account.id, "heron")
    leave_requests(database, sealing, tmp_path, other.id, "stork")
    exported = accounts.export(account.id)
    written = json.dumps(exported, ensure_ascii=False)
    for said in ("việc heron", "Tên heron", "heron.pdf", "Tôi là heron", "Kính gửi heron", "Gửi heron", case.code):
        assert said in written, said
    assert case.application.lookup in json.dumps(exported["notices"])
    for foreign in ("stork", "gọi cho heron", "Quyết định giao đất", "1" * 32, '"lan"', "assign", "propose"):
        assert foreign not in written, foreign


def test_no_reader_is_handed_out_more_of_a_case_than_its_page_shows() -> None:
    assert {step.value for step in Step} - {step.value for step in _HAPPENED} == STEPS_OF_THE_ARCHIVE
    assert {step.value for step in set(_HAPPENED) - _WORDS_FOR_READERS} == WORDS_OF_THE_ARCHIVE


def test_every_exception_is_a_column_there_is() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    assert set(NOT_EXPORTED) <= columns


def test_an_export_is_readable_and_of_one_reader_alone(accounts: Accounts) -> None:
    account, other = (accounts.signed_in(each, language="vi", now=NOW) for each in (AN, BINH))
    accounts.codes.start(account, Channel.EMAIL, "an@vidu.vn", now=NOW)
    accounts.codes.start(other, Channel.EMAIL, "binh@vidu.vn", now=NOW)
    written = json.dumps(accounts.export(account.id), ensure_ascii=False)
    for said in (AN.name, AN.citizen_number, "1960-02-29", "tech-1", "an@vidu.vn", "signed-in"):
        assert said in written
    for foreign in (BINH.name, BINH.citizen_number, "tech-2", "binh@vidu.vn"):
        assert foreign not in written


def test_no_code_and_no_digest_is_handed_out(accounts: Accounts, database: Database) -> None:
    account = accounts.signed_in(AN, language="vi", now=NOW)
    code = accounts.codes.start(account, Channel.EMAIL, "an@vidu.vn", now=NOW)
    with database.reading() as connection:
        digest = connection.execute(select(contact_codes.c.digest)).scalar_one()
    written = json.dumps(accounts.export(account.id))
    assert digest not in written
    assert f'"{code.digits}"' not in written


def test_an_unknown_account_has_no_export(accounts: Accounts) -> None:
    with pytest.raises(LookupError):
        accounts.export("0" * 32)
