"""Sending the notices of the outbox, each marked as sent as soon as it has been handed over.

Killed between the two, a worker leaves one notice that is sent again, with the same Message-ID: mail servers and
readers can tell that it is the same letter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from portal.accounts.people.account import Account, Facts
from portal.accounts.people.accounts import Accounts
from portal.clock import Now
from portal.notices.back_off import meanwhile, next_try
from portal.notices.composing import Addressee, Composer
from portal.notices.message import Channel, NoticeFailed, WayClosed
from portal.notices.outlets import Outlets
from portal.notices.quiet_hours import QuietHours
from portal.store.outbox import Claimed, Outbox
from portal.store.sealing import SealBroken
from portal.worker.job import Going, Job

AT_ONCE = 50


@dataclass(frozen=True)
class Sending:
    """`lasting` is how long a claim holds; `message_id` makes of a notice's number an id that is always the same."""

    outbox: Outbox
    accounts: Accounts
    composer: Composer
    outlets: Outlets
    quiet: QuietHours
    message_id: Callable[[int], str]
    lasting: timedelta
    now: Now

    def run(self, going: Going) -> int:
        """Send what is due. What another worker has claimed is left to it."""
        sent, closed = 0, set[Channel]()
        with self.outbox.kept_open():
            while going() and (claimed := self._claimed()):
                with self.outlets.together() as outlets:
                    sent += self._send_all(claimed, partial(self._send, outlets=outlets, closed=closed), going)
        return sent

    def _claimed(self) -> Sequence[Claimed]:
        now = self.now()
        return self.outbox.claim(most=AT_ONCE, until=now + self.lasting, now=now)

    def _send_all(self, claimed: Sequence[Claimed], send: Callable[[Claimed], bool], going: Going) -> int:
        """Of one claim. Nothing is begun in its second half: a letter that takes long must end within it."""
        sent = 0
        for place, notice in enumerate(claimed):
            if not going() or self.now() > notice.until - self.lasting / 2:
                self.outbox.release(claimed[place:])
                break
            sent += send(notice)
        return sent

    def _send(self, notice: Claimed, *, outlets: Outlets, closed: set[Channel]) -> bool:
        """Whether it has been handed over."""
        account = self.accounts.by_id(notice.account_id)
        to = _addressee(account)
        if account is None or account.facts == Facts():
            self.outbox.forget(notice, now=self.now())
        elif to is None:
            self.outbox.sent(notice, now=self.now())
        elif to.channel is Channel.SMS and (ends := self.quiet.end(self.now())):
            self.outbox.postpone(notice, due_at=ends)
        elif to.channel in closed:
            self.outbox.postpone(notice, due_at=meanwhile(now=self.now()))
        else:
            return self._hand_over(notice, to, outlets, closed)
        return False

    def _hand_over(self, notice: Claimed, to: Addressee, outlets: Outlets, closed: set[Channel]) -> bool:
        try:
            values, named = self.outbox.values(notice), self.message_id(notice.id)
            outlets.send(self.composer.message(notice.template, values, to=to, message_id=named), now=self.now())
        except (NoticeFailed, SealBroken, KeyError, ValueError) as error:
            if isinstance(error, WayClosed):
                closed.add(to.channel)
            fault = str(error) if isinstance(error, NoticeFailed) else type(error).__name__
            self.outbox.failed(notice, fault, again_at=next_try(notice.tries + 1, now=self.now()))
            return False
        self.outbox.sent(notice, now=self.now())
        return True


def job(sending: Sending) -> Job:
    """In every round."""
    return Job("notices", sending.run)


def _addressee(account: Account | None) -> Addressee | None:
    """Only where a code came back, and of nobody who has given the account up."""
    if account is None or account.contact_verified_at is None or account.deletion_asked_at is not None:
        return None
    if account.contact is None:
        return None
    channel, address = account.contact
    return Addressee(account.name, account.language, channel, address)
