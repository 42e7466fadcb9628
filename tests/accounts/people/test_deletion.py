"""After a deletion nothing of the reader is left but an id, column by column, and nothing of anybody else is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.hashing import Cost, Hashing
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.people.accounts import Accounts
from portal.accounts.people.deletion import DeletionNotAsked
from portal.accounts.providers.identity import AccountKind, Identity
from portal.notices.message import Channel
from portal.requests.case import Application
from portal.requests.files import CaseFiles
from portal.requests.handling import Handling
from portal.requests.ruling import Ruling
from portal.requests.scanning import NoScanner
from portal.requests.terms import Outcome
from portal.sessions.database import DatabaseSessions
from portal.sessions.store import Stored
from portal.store.database import Database
from portal.store.readings import Readings
from portal.store.sealing import SealBroken, Sealing
from portal.store.tables import metadata
from tests.accounts.people.conftest import NOW
from tests.accounts.people.requests_of import leave_requests
from tests.empty import empty_store

LATER = NOW + timedelta(days=3)

KEPT = {"id", "kind", "language", "issued_by", "created_at", "deletion_asked_at"}
"""What the row of a deleted account still says."""

NOT_OF_READERS = {"staff", "once", "provisions", "case_numbers", "leases", "saved_views"}
"""Tables that hold nothing of any reader."""

OF_CASES = ("cases", "case_lines", "case_events", "case_notes", "case_files", "notices")
"""Tables of requests in which something personal stands."""

LEFT_OF_CASES = {"cases", "case_lines", "case_events", "case_permits"}
"""Tables that still say what the archive did."""

Tables = dict[str, list[dict[str, Any]]]


def person(mark: str, number: str) -> Identity:
    """Somebody with a mark in everything personal."""
    return Identity(
        provider="vneid",
        subject=f"subject-{mark}",
        kind=AccountKind.CITIZEN,
        level=2,
        name=f"Tên {mark}",
        citizen_number=number,
        birth_date=date(1960, 2, 29),
        organisation_name=f"Công ty {mark}",
        organisation_number=f"ORG-{mark}",
        email=f"{mark}@vidu.vn",
        issuer=f"https://{mark}.vidu.vn",
        sid=f"sid-{mark}",
    )


HERON, STORK = person("heron", "000000000017"), person("stork", "000000000025")

CANARIES = ("heron", "000000000017", "1960-02-29")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    opened = empty_store(tmp_path / "portal.db") if sqlite else request.getfixturevalue("postgres_store")
    yield opened
    opened.close()


class Archive:
    """A store with readers who have left something in every table that knows readers."""

    def __init__(self, database: Database, sealing: Sealing, folder: Path) -> None:
        self.database, self.sealing, self.folder, self.now = database, sealing, folder, NOW
        self.accounts = Accounts(database, sealing)
        self.credentials = Credentials(database, sealing, PasswordRules(), hashing=Hashing(Cost(passes=1, memory=64)))
        idle = timedelta(minutes=30)
        self.sessions = DatabaseSessions(database, application="reader", idle=idle, now=lambda: self.now)

    def settle(self, identity: Identity, login: str) -> str:
        """Everything a reader may leave behind; the id of the account."""
        account = self.accounts.signed_in(identity, language="vi", now=NOW)
        code = self.accounts.codes.start(account, Channel.EMAIL, identity.email, now=NOW)
        self.accounts.codes.answer(account.id, code.digits, now=NOW)
        self.accounts.accept_terms(account.id, terms_version="1", language="vi", name="", now=NOW)
        Readings(self.database).note(account.id, "qn.td.04.16.1", 2, day=NOW.date(), now=NOW)
        leave_requests(self.database, self.sealing, self.folder, account.id, identity.subject.removeprefix("subject-"))
        self._sign_in_locally(account.id, login)
        for number, content in enumerate(({"half": identity.name}, {"id_token": self.sealing.seal(identity.name)})):
            labels = (f"sub {identity.issuer} {identity.subject}", f"sid {identity.issuer} {identity.sid}")
            self.sessions.add(f"{login}-{number}", Stored(account.id, content, NOW, labels))
        return account.id

    def _sign_in_locally(self, account_id: str, login: str) -> None:
        self.credentials.issue(login, owner=Owner.READER, owner_id=account_id, author="hanh", now=NOW)
        said = self.credentials.replace_password(login, "Mưa rào 7 ngày", owner=Owner.READER, name="", now=NOW)
        assert said == ()
        factors = self.credentials.second_factors
        sealed = factors.propose()
        secret = factors.key(sealed).replace(" ", "")
        assert factors.confirm(login, sealed, pyotp.TOTP(secret).at(NOW), owner=Owner.READER, now=NOW)

    def tables(self) -> Tables:
        """Every row of every table."""
        with self.database.reading() as connection:
            return {
                table.name: [dict(row._mapping) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
            }

    def written(self, rows: list[dict[str, Any]]) -> str:
        """All that stands in these rows, opened where it is sealed."""
        return "\n".join(self._opened(value) for row in rows for value in row.values())

    def _opened(self, value: object) -> str:
        text = str(value)
        found = [text]
        for word in text.replace('"', " ").split():
            try:
                found.append(self.sealing.open(word))
            except (SealBroken, UnicodeError):
                continue
        return " ".join(found)


@pytest.fixture
def archive(database: Database, sealing: Sealing, tmp_path: Path) -> Archive:
    return Archive(database, sealing, tmp_path / "attachments")


def more(after: Tables, before: Tables) -> Tables:
    """The rows that are there after and were not before."""
    return {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}


def test_nothing_is_left_but_an_id_and_nothing_of_others_is_gone(archive: Archive) -> None:
    archive.settle(STORK, "stork-1")
    alone = archive.tables() | {"case_numbers": []}
    heron = archive.settle(HERON, "bd-0017-0017")
    theirs = more(archive.tables(), alone)
    assert {name for name, rows in theirs.items() if not rows} == NOT_OF_READERS - {"case_numbers"}
    for name in ("accounts", "identities", "contact_codes", "sessions", "session_labels", *OF_CASES):
        assert "heron" in archive.written(theirs[name]), name
    whole = "\n".join(archive.written(rows) for rows in theirs.values())
    assert all(canary in whole for canary in CANARIES)

    archive.accounts.ask_deletion(heron, now=NOW)
    noted = more(archive.tables(), alone)["events"]
    archive.accounts.delete(heron, author="quan.tri", now=LATER)

    left = more(archive.tables(), alone)
    assert more(alone, archive.tables()) == {name: [] for name in alone}, "of others nothing is gone"
    assert {name for name, rows in left.items() if rows} == {"accounts", "events", *LEFT_OF_CASES, "case_numbers"}
    assert not any(canary in archive.written(rows) for rows in left.values() for canary in CANARIES)
    [row] = left["accounts"]
    assert {name for name, value in row.items() if value not in ("", None)} <= KEPT
    assert (row["id"], row["created_at"], row["deletion_asked_at"]) == (heron, NOW, NOW)
    assert left["events"][:-1] == noted, "events are never changed"
    deed = left["events"][-1]
    assert (deed["what"], deed["author"], deed["at"]) == ("reader-account-deleted", "quan.tri", LATER)
    assert not any(canary in archive.written([row, *left["events"]]) for canary in CANARIES)


def test_no_digest_of_the_reader_is_left_either(archive: Archive) -> None:
    heron = archive.settle(HERON, "bd-0017-0017")
    before = archive.tables()
    digests = {
        str(row[column])
        for name, column in (
            ("accounts", "citizen_match"),
            ("contact_codes", "digest"),
            ("credentials", "password_hash"),
            ("credentials", "sealed_totp"),
            ("password_history", "password_hash"),
            ("recovery_codes", "digest"),
            ("sessions", "key"),
        )
        for row in before[name]
    }
    assert len(digests) == 1 + 1 + 1 + 1 + 1 + 10 + 2
    archive.accounts.ask_deletion(heron, now=NOW)
    archive.accounts.delete(heron, author="quan.tri", now=LATER)
    after = "\n".join(archive.written(rows) for rows in archive.tables().values())
    assert not any(digest in after for digest in digests)


def test_of_a_request_only_what_the_archive_did_is_left(archive: Archive) -> None:
    heron = archive.settle(HERON, "bd-0017-0017")
    before = archive.tables()
    [case] = [row for row in before["cases"] if row["state"] == "decided"]
    archive.accounts.ask_deletion(heron, now=NOW)
    archive.accounts.delete(heron, author="quan.tri", now=LATER)
    after = archive.tables()
    [left] = after["cases"]
    changed = {name for name in left if left[name] != case[name]}
    assert changed == {"sealed", "lookup_digest"}
    assert left["lookup_digest"] is None
    handling = Handling(archive.database, archive.sealing)
    assert handling.case(left["id"]).application == Application()
    events = handling.events(left["id"])
    assert [event.step for event in events] == [
        *("submit", "receive", "assign", "ask-supplement", "supply", "propose", "decide", "reply"),
    ]
    assert {event.words for event in events} == {""}
    [line] = handling.case(left["id"]).lines
    assert line.decision == line.proposal == Ruling(outcome=Outcome.APPROVED, pages_per_day=2)
    assert after["case_permits"] == before["case_permits"], "what was granted can be accounted for"


def test_content_that_nobody_knows_of_is_swept_and_no_other(archive: Archive) -> None:
    heron, _stork = archive.settle(HERON, "bd-0017-0017"), archive.settle(STORK, "bd-0025-0025")
    files = CaseFiles(archive.database, archive.sealing, archive.folder, NoScanner(), most_bytes=1000)
    archive.accounts.ask_deletion(heron, now=NOW)
    archive.accounts.delete(heron, author="quan.tri", now=LATER)
    lying = list(archive.folder.glob("*/*"))
    assert len(lying) == 2
    written = datetime.fromtimestamp(lying[0].stat().st_mtime, UTC)
    assert files.sweep(now=written + timedelta(minutes=30)) == 0, "it might be on its way in"
    assert files.sweep(now=written + timedelta(hours=2)) == 1
    [kept] = archive.folder.glob("*/*")
    assert files.opened(kept.parent.name, kept.name) is not None


def test_sessions_that_are_over_go_too(archive: Archive) -> None:
    heron = archive.settle(HERON, "bd-0017-0017")
    archive.now = NOW + timedelta(days=1)
    assert archive.sessions.of_owner(heron) == [], "nobody is signed in any more, but the rows are there"
    assert archive.tables()["sessions"]
    archive.accounts.ask_deletion(heron, now=NOW)
    archive.accounts.delete(heron, author="quan.tri", now=LATER)
    assert archive.tables()["sessions"] == archive.tables()["session_labels"] == []


@pytest.mark.parametrize("state", ["not asked", "done", "unknown"])
def test_what_was_not_asked_is_refused_and_changes_nothing(archive: Archive, state: str) -> None:
    heron = archive.settle(HERON, "bd-0017-0017")
    if state == "done":
        archive.accounts.ask_deletion(heron, now=NOW)
        archive.accounts.delete(heron, author="quan.tri", now=LATER)
    before = archive.tables()
    with pytest.raises(DeletionNotAsked):
        archive.accounts.delete("0" * 32 if state == "unknown" else heron, author="quan.tri", now=LATER)
    assert archive.tables() == before


def test_the_requests_wait_in_their_order_until_they_are_done(archive: Archive) -> None:
    heron, stork = archive.settle(HERON, "bd-0017-0017"), archive.settle(STORK, "bd-0025-0025")
    assert archive.accounts.deletions_asked() == []
    archive.accounts.ask_deletion(stork, now=NOW)
    archive.accounts.ask_deletion(heron, now=LATER)
    assert [each.id for each in archive.accounts.deletions_asked()] == [stork, heron]
    was = archive.accounts.delete(stork, author="quan.tri", now=LATER)
    assert was.facts.name == STORK.name
    assert [each.id for each in archive.accounts.deletions_asked()] == [heron]


def test_nobody_signs_in_to_it_and_who_comes_again_is_somebody_new(archive: Archive) -> None:
    heron = archive.settle(HERON, "bd-0017-0017")
    archive.accounts.ask_deletion(heron, now=NOW)
    archive.accounts.delete(heron, author="quan.tri", now=LATER)
    checked = archive.credentials.check("bd-0017-0017", "Mưa rào 7 ngày", owner=Owner.READER, now=LATER)
    assert not checked.passed
    again = archive.accounts.signed_in(HERON, language="en", now=LATER)
    assert again.id != heron
    assert (again.deletion_asked_at, again.terms_version, again.name) == (None, "", HERON.name)
    kept = archive.accounts.by_id(heron)
    assert kept is not None
    assert kept.deletion_asked_at == NOW, "every door asks this"
    assert (kept.name, kept.contact, archive.accounts.known_as(heron)) == ("", None, [])
    elsewhere = replace(HERON, provider="dvcqg", subject="other")
    candidate = archive.accounts.candidate_to_link(elsewhere, level=2)
    assert candidate is not None
    assert candidate.id == again.id
    assert archive.accounts.export(heron)["facts"]["name"] == ""
