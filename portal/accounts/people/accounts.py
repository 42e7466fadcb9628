"""The accounts of readers in the store."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from portal.accounts.people.account import Account, Facts, KnownAs
from portal.accounts.people.contact import ContactCodes
from portal.accounts.people.deletion import delete_account
from portal.accounts.people.events import Event, Happening, events_of, note
from portal.accounts.people.export import exported
from portal.accounts.people.rows import Rows
from portal.accounts.providers.identity import AccountKind, Identity
from portal.store.database import Database
from portal.store.sealing import Sealing


class LinkRefused(Exception):
    """The identity cannot become another way into this account; the reason is for the log and holds no number."""


class Accounts:
    """Every method is one transaction and may raise StoreUnavailable, and SealBroken when the key is another one.

    An account is found by (provider, subject) and by nothing else; a citizen number only proposes.
    """

    def __init__(self, database: Database, sealing: Sealing) -> None:
        self._database, self._sealing = database, sealing
        self.codes = ContactCodes(database, sealing)

    def by_id(self, account_id: str) -> Account | None:
        """The account with this id."""
        with self._reading() as rows:
            return rows.by_id(account_id)

    def of_identity(self, provider: str, subject: str) -> Account | None:
        """The account of this subject of this provider."""
        with self._reading() as rows:
            return rows.of_identity(provider, subject)

    def known_as(self, account_id: str) -> Sequence[KnownAs]:
        """The ways into an account, the oldest first."""
        with self._reading() as rows:
            return rows.known_as(account_id)

    def signed_in(self, identity: Identity, *, language: str, now: datetime) -> Account:
        """The account of an identity, as its provider tells it now; made when there is none, in `language`.

        Of an account whose deletion was asked nothing changes: the caller refuses it.
        """
        with self._writing() as rows:
            account = rows.of_identity(identity.provider, identity.subject, to_change=True)
            if account is None:
                account = self._made(rows, identity, language, now)
            if account.deletion_asked_at is not None:
                note(rows.connection, account.id, Happening.SIGN_IN_REFUSED, now=now, detail=identity.provider)
                return account
            return _told(rows, account, identity, now)

    def signed_in_issued(self, account_id: str, *, now: datetime) -> Account | None:
        """The account that the archive issued, entered with its password; None when there is none."""
        with self._writing() as rows:
            account = rows.by_id(account_id, to_change=True)
            if account is None:
                return None
            if account.deletion_asked_at is not None:
                note(rows.connection, account.id, Happening.SIGN_IN_REFUSED, now=now, detail="password")
                return account
            return rows.change(account, signed_in_at=now)

    def issue(
        self,
        *,
        name: str,
        document: str,
        nationality: str,
        email: str,
        phone: str,
        language: str,
        author: str,
        now: datetime,
    ) -> Account:
        """An account for a reader without electronic identity; `author` saw the paper that `document` names."""
        facts = Facts(name=name, document=document, nationality=nationality, email=email, phone=phone)
        with self._writing() as rows:
            account = rows.add(AccountKind.FOREIGNER, facts, language=language, issued_by=author, now=now)
            note(rows.connection, account.id, Happening.ISSUED, now=now, author=author)
            return account

    def accept_terms(self, account_id: str, *, terms_version: str, language: str, name: str, now: datetime) -> Account:
        """The reader has agreed to these terms; `name` says who acts for an organisation whose provider does not."""
        with self._writing() as rows:
            account = _held(rows, account_id)
            note(rows.connection, account_id, Happening.TERMS_ACCEPTED, now=now, detail=terms_version)
            facts = replace(account.facts, name=name) if name and not account.name else None
            return rows.change(account, facts=facts, terms_version=terms_version, terms_at=now, language=language)

    def set_language(self, account_id: str, language: str, *, now: datetime) -> None:
        """In which language messages are written to the reader."""
        with self._writing() as rows:
            account = _held(rows, account_id)
            if account.language != language:
                note(rows.connection, account_id, Happening.LANGUAGE_CHANGED, now=now, detail=language)
                rows.change(account, language=language)

    def candidate_to_link(self, identity: Identity, *, level: int) -> Account | None:
        """An account of the same citizen that this identity could become a way into, were the reader to prove both:
        the identity belongs to nobody, and both are known at `level` or above.
        """
        with self._reading() as rows:
            if identity.level < level or rows.of_identity(identity.provider, identity.subject) is not None:
                return None
            return rows.same_number(identity, level=level)

    def link(self, account_id: str, identity: Identity, *, level: int, now: datetime) -> None:
        """One more way into an account, which its reader has just confirmed. Raises LinkRefused."""
        with self._writing() as rows:
            account = _held(rows, account_id)
            _refuse_strangers(rows, account, identity, level)
            try:
                with rows.connection.begin_nested():
                    rows.add_identity(account_id, identity, now=now)
            except IntegrityError:
                raise LinkRefused("the identity belongs to an account") from None
            note(rows.connection, account_id, Happening.LINKED, now=now, detail=identity.provider)

    def ask_deletion(self, account_id: str, *, now: datetime) -> None:
        """Nobody signs in to this account any more; staff delete what the law does not require to keep."""
        with self._writing() as rows:
            account = _held(rows, account_id)
            if account.deletion_asked_at is None:
                rows.change(account, deletion_asked_at=now)
                note(rows.connection, account_id, Happening.DELETION_ASKED, now=now)

    def deletions_asked(self) -> Sequence[Account]:
        """The accounts that wait to be deleted, the first asked first."""
        with self._reading() as rows:
            return rows.deletions_asked()

    def delete(self, account_id: str, *, author: str, now: datetime) -> Account:
        """Take away everything personal, as the reader has asked; the account as it was. `author` is who does it.
        Raises DeletionNotAsked. The caller has ended the reader's sessions where they are not kept in this store.
        """
        with self._writing() as rows:
            return delete_account(rows, account_id, author=author, now=now)

    def note(self, account_id: str, what: Happening, *, now: datetime, detail: str = "") -> None:
        """Something that a reader did and that changes nothing here."""
        with self._database.writing() as connection:
            note(connection, account_id, what, now=now, detail=detail)

    def events(self, account_id: str, *, most: int) -> Sequence[Event]:
        """What happened to the account, the newest first."""
        with self._database.reading() as connection:
            return events_of(connection, account_id, most=most)

    def export(self, account_id: str) -> dict[str, Any]:
        """Everything that the store holds of a reader, ready for JSON. Raises LookupError."""
        with self._reading() as rows:
            return exported(rows, account_id)

    def _made(self, rows: Rows, identity: Identity, language: str, now: datetime) -> Account:
        """A new account, or the one that another tab has made a moment ago."""
        facts = Facts(email=identity.email, phone="" if identity.email else identity.phone).told_by(identity)
        try:
            with rows.connection.begin_nested():
                account = rows.add(identity.kind, facts, language=language, issued_by=None, now=now)
                rows.add_identity(account.id, identity, now=now)
                note(rows.connection, account.id, Happening.CREATED, now=now, detail=identity.provider)
                return account
        except IntegrityError:
            made = rows.of_identity(identity.provider, identity.subject, to_change=True)
            if made is None:
                raise
            return made

    @contextmanager
    def _reading(self) -> Iterator[Rows]:
        with self._database.reading() as connection:
            yield Rows(connection, self._sealing)

    @contextmanager
    def _writing(self) -> Iterator[Rows]:
        with self._database.writing() as connection:
            yield Rows(connection, self._sealing)


def _told(rows: Rows, account: Account, identity: Identity, now: datetime) -> Account:
    rows.use_identity(identity, now=now)
    facts = account.facts.told_by(identity)
    if account.facts.citizen_number not in ("", facts.citizen_number):
        note(rows.connection, account.id, Happening.NUMBER_CHANGED, now=now, detail=identity.provider)
    note(rows.connection, account.id, Happening.SIGNED_IN, now=now, detail=identity.provider)
    return rows.change(account, facts=facts if facts != account.facts else None, signed_in_at=now)


def _held(rows: Rows, account_id: str) -> Account:
    account = rows.by_id(account_id, to_change=True)
    if account is None:
        raise LookupError("no such account")
    return account


def _refuse_strangers(rows: Rows, account: Account, identity: Identity, level: int) -> None:
    number = rows.match(identity.kind, identity.citizen_number)
    if number is None or number != rows.match(account.kind, account.facts.citizen_number):
        raise LinkRefused("not the same citizen")
    if identity.level < level:
        raise LinkRefused("level too low")
    if account.deletion_asked_at is not None:
        raise LinkRefused("deletion was asked")
