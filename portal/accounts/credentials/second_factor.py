"""The second factor: codes of an app, or recovery codes; what is wrong counts to the same lock as a password."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from portal.accounts.credentials import recovery, totp, turns
from portal.accounts.credentials.events import Happened, Owner, note
from portal.accounts.credentials.locks import WhenLocked, untold
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.credentials.stored import row_of
from portal.accounts.credentials.turns import Turn
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import credentials, recovery_codes

_C, _R = credentials.c, recovery_codes.c


class SecondFactors:
    """See the module. A secret leaves this class only sealed, or as what an app has to be told."""

    def __init__(
        self, database: Database, sealing: Sealing, rules: PasswordRules, *, when_locked: WhenLocked = untold
    ) -> None:
        self._database, self._sealing, self._rules, self._when_locked = database, sealing, rules, when_locked

    def propose(self) -> str:
        """A new secret, sealed; it counts from `confirm` on."""
        return self._sealing.seal(totp.new_secret())

    def key(self, sealed: str) -> str:
        """A proposed secret as it is typed into an app, in groups of four letters."""
        secret = self._sealing.open(sealed)
        return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

    def picture(self, sealed: str, *, login: str, issuer: str) -> str:
        """A proposed secret as the picture that an app reads: SVG."""
        return totp.picture(totp.address(self._sealing.open(sealed), login=login, issuer=issuer))

    def confirm(self, login: str, sealed: str, code: str, *, owner: Owner, now: datetime) -> tuple[str, ...]:
        """Take a proposed secret when the code shows that the app has it: ten recovery codes, told once. Empty, and
        nothing changed, when the code is wrong.
        """
        step = totp.accepted_step(self._sealing.open(sealed), code, now=now, after=0)
        if step is None:
            return ()
        with self._database.writing() as connection:
            values = {"sealed_totp": sealed, "totp_confirmed_at": now, "totp_last_step": step}
            connection.execute(update(credentials).where(_C.login == login, _C.owner == owner.value).values(values))
            codes = _new_recovery_codes(connection, login)
            _note(connection, Happened.TOTP_CONFIRMED, login, owner=owner, author=login, now=now)
        return codes

    def check(self, login: str, typed: str, *, owner: Owner, now: datetime) -> bool:
        """A code of the app or a recovery code, once: true completes the sign-in, or what else had to be confirmed."""
        with self._database.writing() as connection:
            turn = turns.take(connection, login, owner=owner, rules=self._rules, now=now)
            row = row_of(connection, login, owner) if turn is not Turn.NONE else None
            if row is not None and self._right(connection, row, typed.strip(), owner=owner, now=now):
                turns.forget(connection, login, now=now)
                _note(connection, Happened.SIGNED_IN, login, owner=owner, author=login, now=now)
                return True
            lock = turns.note_refusal(
                connection, login, owner=owner, turn=turn, rules=self._rules, step="code", now=now
            )
        if lock:
            self._when_locked(lock)
        return False

    def new_recovery_codes(self, login: str, *, owner: Owner, now: datetime) -> tuple[str, ...]:
        """Ten others; those of before open nothing any more. The caller has made sure who asks."""
        with self._database.writing() as connection:
            codes = _new_recovery_codes(connection, login)
            _note(connection, Happened.RECOVERY_CODES_MADE, login, owner=owner, author=login, now=now)
        return codes

    def recovery_codes_left(self, login: str) -> int:
        """How many have not been used."""
        query = select(func.count()).where(_R.login == login, _R.used_at.is_(None))
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def reset(self, login: str, *, owner: Owner, author: str, now: datetime) -> None:
        """Forget app and recovery codes; the next sign-in sets up others."""
        with self._database.writing() as connection:
            values = {"sealed_totp": None, "totp_confirmed_at": None}
            connection.execute(update(credentials).where(_C.login == login, _C.owner == owner.value).values(values))
            connection.execute(delete(recovery_codes).where(_R.login == login))
            _note(connection, Happened.TOTP_RESET, login, owner=owner, author=author, now=now)

    def _right(self, connection: Connection, row: Row[Any], typed: str, *, owner: Owner, now: datetime) -> bool:
        if row.totp_confirmed_at is None:
            return False
        if recovery.is_code(typed):
            return _use_recovery_code(connection, row, typed, owner=owner, now=now)
        code = typed.replace(" ", "")
        step = totp.accepted_step(self._sealing.open(row.sealed_totp), code, now=now, after=row.totp_last_step)
        if step is None:
            return False
        newer = (_C.login == row.login) & (_C.totp_last_step < step)
        return connection.execute(update(credentials).where(newer).values(totp_last_step=step)).rowcount == 1


def _use_recovery_code(connection: Connection, row: Row[Any], typed: str, *, owner: Owner, now: datetime) -> bool:
    unused = (_R.login == row.login) & (_R.digest == recovery.digest(row.login, typed)) & _R.used_at.is_(None)
    if connection.execute(update(recovery_codes).where(unused).values(used_at=now)).rowcount != 1:
        return False
    _note(connection, Happened.RECOVERY_CODE_USED, row.login, owner=owner, author=row.login, now=now)
    return True


def _new_recovery_codes(connection: Connection, login: str) -> tuple[str, ...]:
    codes = recovery.new_codes()
    connection.execute(delete(recovery_codes).where(_R.login == login))
    connection.execute(
        insert(recovery_codes), [{"login": login, "digest": recovery.digest(login, code)} for code in codes]
    )
    return codes


def _note(connection: Connection, what: Happened, login: str, *, owner: Owner, author: str, now: datetime) -> None:
    row = row_of(connection, login, owner)
    note(connection, what, owner=owner, owner_id=row.owner_id if row else "", at=now, author=author)
