"""Who is asking, as the policy sees it: anonymous, or a reader who signed in, with the permits that reader holds; and
whether it is on a screen of the reading room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Network, IPv6Network, ip_address

from flask import request

from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS, Reader
from access_policy.terms import Audience
from portal.audit.keys import ANONYMOUS as ANONYMOUS_ID
from portal.sessions.session import Session, current

COMPLETE = "complete"
"""In a session: whether its reader has an account that is whole. Until then nobody is signed in."""

LEVEL = "level"
"""In a session: how surely the identity provider says who this is, from 0."""


@dataclass(frozen=True)
class Asking:
    """A reader, and the pseudonym under which the access log and the register know this reader."""

    reader: Reader
    reader_id: str


NOBODY_KNOWN = Asking(ANONYMOUS, ANONYMOUS_ID)

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Askers:
    """Finds out who asks. `pseudonym` turns the id of an account into the reader's; `permits` are asked for by it.

    Whoever asks from one of `reading_room` sits in the reading room; with no network nobody does.
    """

    pseudonym: Callable[[str], str]
    permits: Callable[[str], tuple[Permit, ...]]
    reading_room: Sequence[Network] = ()

    def now_asking(self) -> Asking:
        """Who makes this request. Raises SessionsAway when a session was named and cannot be fetched, RegisterAway."""
        asking = self._signed_in()
        if not self._in_reading_room():
            return asking
        audiences = asking.reader.audiences | {Audience.READING_ROOM}
        return replace(asking, reader=replace(asking.reader, audiences=audiences))

    def _signed_in(self) -> Asking:
        session = current()
        if not session.owner or session.get(COMPLETE) is not True:
            return NOBODY_KNOWN
        reader_id = self.pseudonym(session.owner)
        audiences = frozenset({Audience.EVERYONE, Audience.SIGNED_IN})
        return Asking(Reader(audiences, self.permits(reader_id), level_of(session)), reader_id)

    def _in_reading_room(self) -> bool:
        """By the address that reached us, which the proxies of the settings alone may speak for."""
        try:
            address = ip_address(request.remote_addr or "")
        except ValueError:
            return False
        plain = getattr(address, "ipv4_mapped", None) or address
        return any(plain in network for network in self.reading_room)


def level_of(session: Session) -> int:
    """How surely the one who signed in is known; what is missing or makes no sense is the lowest."""
    kept = session.get(LEVEL)
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and kept > 0 else 0
