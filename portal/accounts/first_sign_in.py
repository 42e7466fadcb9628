"""What an account still lacks after the first sign-in: agreement to the terms, and a contact that works."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.answers import Wrong, read_contact, read_terms
from portal.accounts.contact_steps import check_code, masked, send_code
from portal.accounts.local_path import local_path
from portal.accounts.people.account import Account
from portal.accounts.providers.identity import AccountKind
from portal.accounts.reception import Reception, completed
from portal.accounts.terms import DELETION_DAYS, PURPOSES, TERMS_VERSION
from portal.gate import declares
from portal.i18n import language, page_url
from portal.sessions.session import current


@dataclass(frozen=True)
class FirstSignIn:
    """Two pages; until both are done a reader can do nothing else with the account but leave."""

    reception: Reception

    @declares(None)
    def ask(self) -> ResponseReturnValue:
        """Terms, contact, language."""
        account = self._half_made()
        return self._asking(account, ()) if isinstance(account, Account) else account

    @declares(None)
    def answer(self) -> ResponseReturnValue:
        """Keep the agreement and send a code to the contact."""
        account = self._half_made()
        if not isinstance(account, Account):
            return account
        contact = read_contact(request.form, self.reception.outlets.channels)
        terms = read_terms(request.form, asks_name=_asks_name(account))
        if contact.wrong or terms.wrong:
            return self._asking(account, (*contact.wrong, *terms.wrong)), 400
        account = self.reception.accounts.accept_terms(
            account.id,
            terms_version=TERMS_VERSION,
            language=terms.language,
            name=terms.name,
            now=self.reception.now(),
        )
        sent = send_code(self.reception, account, contact)
        if sent.wrong:
            return self._asking(account, sent.wrong), 400
        return redirect(page_url("accounts.complete_code", next=_next()), 303)

    @declares(None)
    def ask_code(self) -> ResponseReturnValue:
        """The six digits of the message."""
        account = self._half_made()
        return self._asking_code(account, ()) if isinstance(account, Account) else account

    @declares(None)
    def answer_code(self) -> ResponseReturnValue:
        """With the right digits the account is whole."""
        account = self._half_made()
        if not isinstance(account, Account):
            return account
        wrong = check_code(self.reception, account)
        if wrong:
            return self._asking_code(account, wrong), 400
        self.reception.forget_account()
        return self.ask()

    def _half_made(self) -> Account | ResponseReturnValue:
        """The account that still lacks something, or the way on when there is none."""
        account = self.reception.account()
        if account is None:
            return redirect(page_url("accounts.sign_in", next=_next()), 303)
        return redirect(_next(), 303) if completed(current(), account) else account

    def _asking(self, account: Account, wrong: tuple[Wrong, ...]) -> str:
        return render_template(
            "accounts/complete.html",
            account=account,
            asks_name=_asks_name(account),
            purposes=PURPOSES,
            deletion_days=DELETION_DAYS,
            channels=[channel.value for channel in self.reception.outlets.channels],
            given=request.form or _known(account),
            wrong={one.field: one.message for one in wrong},
            next_path=_next(),
        )

    def _asking_code(self, account: Account, wrong: tuple[Wrong, ...]) -> str:
        pending = self.reception.codes.pending(account.id, now=self.reception.now())
        return render_template(
            "accounts/code.html",
            sent_to=masked(*pending) if pending else "",
            wrong={one.field: one.message for one in wrong},
            next_path=_next(),
            action=page_url("accounts.complete_code"),
            again=page_url("accounts.complete", next=_next()),
        )


def _asks_name(account: Account) -> bool:
    return account.kind is AccountKind.ORGANISATION and not account.name


def _known(account: Account) -> dict[str, str]:
    """What the fields hold before anything was typed. Agreement is never filled in."""
    return {"email": account.facts.email, "phone": account.facts.phone, "language": language()}


def _next() -> str:
    return local_path(request.values.get("next", ""), otherwise=page_url("accounts.profile"))
