"""A reader's own pages: what is held, how the reader is reached, in which language."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.answers import Wrong, read_contact
from portal.accounts.contact_steps import check_code, masked, send_code
from portal.accounts.people.account import Account
from portal.accounts.presented import WORDS_OF_KINDS, moment
from portal.accounts.reception import Reception
from portal.errors import NotFound
from portal.gate import declares
from portal.i18n import LANGUAGE_NAMES, LANGUAGES, _, page_url


@dataclass(frozen=True)
class OwnPages:
    """All behind `needs_reader`."""

    reception: Reception

    @declares(None)
    def profile(self) -> ResponseReturnValue:
        """What we hold, and every way in."""
        account = self._account()
        ways = self.reception.accounts.known_as(account.id)
        known = {way.provider for way in ways}
        return render_template(
            "accounts/profile.html",
            account=account,
            kind=_(WORDS_OF_KINDS[account.kind]),
            number=hidden(account.facts.citizen_number),
            contact=masked(*account.contact) if account.contact else "",
            ways=[(self.reception.name_of(way.provider), moment(way.linked_at), moment(way.used_at)) for way in ways],
            others=[one for one in self.reception.readers_providers() if one.profile.id not in known],
            languages=LANGUAGE_NAMES,
            terms_at=moment(account.terms_at) if account.terms_at else "",
        )

    @declares(None)
    def set_language(self) -> ResponseReturnValue:
        """In which language messages come."""
        spoken = request.form.get("language", "")
        if spoken not in LANGUAGES:
            raise NotFound
        self.reception.accounts.set_language(self._account().id, spoken, now=self.reception.now())
        return redirect(page_url("accounts.profile"), 303)

    @declares(None)
    def contact(self) -> ResponseReturnValue:
        """Another contact; the one before stays until the new one is proven."""
        return self._asking(self._account(), ())

    @declares(None)
    def answer_contact(self) -> ResponseReturnValue:
        """Send a code there."""
        account = self._account()
        sent = send_code(self.reception, account, read_contact(request.form, self.reception.outlets.channels))
        if sent.wrong:
            return self._asking(account, sent.wrong), 400
        return redirect(page_url("accounts.contact_code"), 303)

    @declares(None)
    def contact_code(self) -> ResponseReturnValue:
        """The six digits of the message."""
        return self._asking_code(self._account(), ())

    @declares(None)
    def answer_contact_code(self) -> ResponseReturnValue:
        """With the right digits the new contact takes the place of the old one."""
        account = self._account()
        wrong = check_code(self.reception, account)
        if wrong:
            return self._asking_code(account, wrong), 400
        return redirect(page_url("accounts.profile"), 303)

    def _account(self) -> Account:
        account = self.reception.account()
        if account is None:
            raise NotFound
        return account

    def _asking(self, account: Account, wrong: tuple[Wrong, ...]) -> str:
        return render_template(
            "accounts/contact.html",
            contact=masked(*account.contact) if account.contact else "",
            channels=[channel.value for channel in self.reception.outlets.channels],
            given=request.form,
            wrong={one.field: one.message for one in wrong},
        )

    def _asking_code(self, account: Account, wrong: tuple[Wrong, ...]) -> str:
        pending = self.reception.codes.pending(account.id, now=self.reception.now())
        return render_template(
            "accounts/code.html",
            sent_to=masked(*pending) if pending else "",
            wrong={one.field: one.message for one in wrong},
            next_path="",
            action=page_url("accounts.contact_code"),
            again=page_url("accounts.contact"),
        )


def hidden(number: str) -> str:
    """The last three digits of a number, enough for its owner to know it by."""
    return f"{'•' * (len(number) - 3)}{number[-3:]}" if len(number) > 3 else ""
