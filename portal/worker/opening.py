"""The composition root of the worker: the one place of it that opens the store, the register and the ways to send."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from access_policy.register.store import open_register
from portal.accounts.people.accounts import Accounts
from portal.audit.keys import reader_id
from portal.clock import Now
from portal.notices.composing import Archive, Composer
from portal.notices.quiet_hours import QuietHours
from portal.opening import access_log_key, open_files, open_sealing, outlets_of
from portal.requests.deciding import Deciding
from portal.requests.handling import Handling
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.leases import Leases
from portal.store.outbox import Outbox
from portal.store.sealing import Sealing
from portal.worker import apologising, closing, granting, reminding, sending, stopping, sweeping
from portal.worker.job import Job
from portal.worker.rounds import Rounds
from portal.worker.sending import Sending

LONGEST_DIGEST = 16


def open_rounds(settings: PortalSettings, *, now: Now, ending: Callable[[], bool]) -> Rounds:
    """Everything, by the settings. Nothing is opened before the first round; ValueError for ways to send that are of
    no use.
    """
    return Rounds(open_jobs(settings, now=now), open_leases(settings), now=now, ending=ending)


def open_leases(settings: PortalSettings) -> Leases:
    """The leases of one worker."""
    return Leases(Database(settings.store_url), lasting=timedelta(seconds=settings.worker_lease_seconds))


def open_jobs(settings: PortalSettings, *, now: Now) -> Sequence[Job]:
    """Permits first, then what follows from time, and messages last, so that what a round writes goes out with it."""
    database, seal = Database(settings.store_url), open_sealing(settings)
    handling = Handling(database, seal)
    register = open_register(settings.register_url)
    deciding = Deciding(database, seal, register, pseudonym=partial(reader_id, access_log_key(settings)))
    return (
        granting.job(deciding, now=now),
        closing.job(database, handling, now=now),
        stopping.job(database, handling, now=now),
        apologising.job(database, seal, now=now),
        reminding.job(database, seal, now=now),
        sweeping.job(database, settings.attachments_dir, now=now),
        sweeping.papers_job(open_files(settings, database, seal), now=now),
        sending.job(_sending(settings, database, seal, now=now)),
    )


def message_id(seal: Sealing, notice_id: int) -> str:
    """The same for a notice whenever it is sent, and nothing that can be guessed from another."""
    return f"notice-{notice_id}.{seal.match(f'notice {notice_id}')[:LONGEST_DIGEST]}"


def _sending(settings: PortalSettings, database: Database, seal: Sealing, *, now: Now) -> Sending:
    names = {"vi": settings.archive_name, "en": settings.archive_name_en}
    return Sending(
        outbox=Outbox(database, seal),
        accounts=Accounts(database, seal),
        composer=Composer(Archive(names, settings.contact_email, settings.base_url)),
        outlets=outlets_of(settings),
        quiet=QuietHours(settings.sms_quiet_from, settings.sms_quiet_until),
        message_id=partial(message_id, seal),
        lasting=timedelta(seconds=settings.worker_lease_seconds),
        now=now,
    )
