"""Telling readers that wrong entries have locked their account: it may have been somebody else who tried.

The message is sent from a thread of its own, so that an answer takes no longer when an account is there to be locked,
has a contact, or has a mail server that does not answer.
"""

import logging
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore

from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.locks import Lock
from portal.accounts.people.account import Account
from portal.accounts.people.accounts import Accounts
from portal.accounts.presented import moment
from portal.accounts.speaking import speaking
from portal.i18n import LANGUAGES, _
from portal.notices.message import Channel, Message, NoticeFailed
from portal.notices.outlets import Outlets
from portal.store.database import StoreUnavailable
from portal.store.sealing import SealBroken

log = logging.getLogger("portal.accounts.lock_notices")

WAITING = 100
"""How many messages may wait for the thread; of more locks at once readers are not told, and the log is."""


@dataclass(frozen=True)
class Words:
    """One message in one language."""

    subject: str
    text: str


class LockNotices:
    """Tells the owners of accounts that the archive issued. Staff have no contact yet."""

    def __init__(self, accounts: Accounts, outlets: Outlets, *, archive_names: Mapping[str, str]) -> None:
        self._accounts, self._outlets, self._archive_names = accounts, outlets, archive_names
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lock-notices")
        self._places = BoundedSemaphore(WAITING)

    def tell(self, lock: Lock) -> None:
        """Have the message sent soon. Called within a request, which is where words are found."""
        if lock.owner is not Owner.READER:
            return
        if not self._places.acquire(blocking=False):
            log.error("of a lock nobody was told: too many at once")
            return
        words = {language: self._words(lock, language) for language in LANGUAGES}
        self._thread.submit(self._send, lock, words).add_done_callback(self._sent)

    def _send(self, lock: Lock, words: Mapping[str, Words]) -> None:
        account = self._accounts.by_id(lock.owner_id)
        contact = _verified_contact(account) if account else None
        if account is None or contact is None:
            return
        (channel, address), said = contact, words[account.language]
        subject = said.subject if channel is Channel.EMAIL else ""
        self._outlets.send(Message(channel, address, subject, said.text), now=lock.closed_at)

    def _sent(self, done: Future[None]) -> None:
        self._places.release()
        error = done.exception()
        if isinstance(error, NoticeFailed | StoreUnavailable | SealBroken):
            log.error("of a lock nobody was told: %s", error)
        elif error is not None:
            log.error("of a lock nobody was told: %s", type(error).__name__, exc_info=error)

    def _words(self, lock: Lock, language: str) -> Words:
        with speaking(language):
            archive = self._archive_names[language]
            text = _(
                "Tài khoản của ông/bà tại %(archive)s tạm khóa tới %(until)s, vì mật khẩu hoặc mã bị nhập sai nhiều "
                "lần. Nếu không phải ông/bà nhập, có người đang thử vào: xin báo cho lưu trữ. Không cần trả lời tin "
                "này, và lưu trữ không bao giờ hỏi mật khẩu.",
                archive=archive,
                until=moment(lock.opens_at),
            )
            return Words(_("Tài khoản tại %(archive)s tạm khóa", archive=archive), text)


def _verified_contact(account: Account) -> tuple[Channel, str] | None:
    """Only where a code came back, and of nobody who has given the account up."""
    reachable = account.contact_verified_at is not None and account.deletion_asked_at is None
    return account.contact if reachable else None
