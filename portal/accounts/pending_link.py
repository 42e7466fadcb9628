"""An identity that could become another way into an account, kept sealed in the session until the reader decides."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta

from portal.accounts.beginning import PENDING_LINK
from portal.accounts.providers.identity import AccountKind, Identity
from portal.sessions.session import Session
from portal.store.sealing import SealBroken, Sealing

LIVES = timedelta(minutes=15)

_FORGOTTEN = {"id_token": "", "logout_uri": "", "sid": ""}


def sealed(identity: Identity, sealing: Sealing, *, now: datetime) -> str:
    """The identity without its secrets, and when it was proven."""
    content = asdict(identity) | _FORGOTTEN | {"proven_at": now.isoformat()}
    return sealing.seal(json.dumps(content, default=date.isoformat))


def pending(session: Session, sealing: Sealing, *, now: datetime) -> Identity | None:
    """The identity that waits in this session; None when there is none or it was proven too long ago."""
    kept = session.get(PENDING_LINK)
    if not isinstance(kept, str):
        return None
    try:
        content = json.loads(sealing.open(kept))
    except SealBroken:
        return None
    if not timedelta(0) <= now - datetime.fromisoformat(content.pop("proven_at")) <= LIVES:
        return None
    born = content.pop("birth_date")
    kind = AccountKind(content.pop("kind"))
    return Identity(kind=kind, birth_date=date.fromisoformat(born) if born else None, **content)
