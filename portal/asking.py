"""Who is asking, as the policy sees it: anonymous, or a reader who signed in, with the permits that reader holds."""

from collections.abc import Callable
from dataclasses import dataclass

from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS, Reader
from access_policy.terms import Audience
from portal.audit.keys import ANONYMOUS as ANONYMOUS_ID
from portal.sessions.session import current

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


@dataclass(frozen=True)
class Askers:
    """Finds out who asks. `pseudonym` turns the id of an account into the reader's; `permits` are asked for by it."""

    pseudonym: Callable[[str], str]
    permits: Callable[[str], tuple[Permit, ...]]

    def now_asking(self) -> Asking:
        """Who makes this request. Raises SessionsAway when a session was named and cannot be fetched, RegisterAway."""
        session = current()
        if not session.owner or session.get(COMPLETE) is not True:
            return NOBODY_KNOWN
        reader_id = self.pseudonym(session.owner)
        audiences = frozenset({Audience.EVERYONE, Audience.SIGNED_IN})
        return Asking(Reader(audiences, self.permits(reader_id), _level(session.get(LEVEL))), reader_id)


def _level(kept: object) -> int:
    """What is missing or makes no sense is the lowest."""
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and kept > 0 else 0
