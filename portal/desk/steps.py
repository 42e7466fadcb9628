"""From one step of a sign-in to the next, and to the end of it."""

from dataclasses import dataclass

from flask import abort, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.credentials.events import Happened, Owner
from portal.accounts.credentials.stored import Credential
from portal.accounts.staff.member import StaffMember
from portal.desk.browser import browser_name
from portal.desk.came_by import CameBy
from portal.desk.pending import Pending, Step, next_step, pending_in
from portal.desk.services import DeskServices
from portal.i18n import page_url
from portal.sessions.session import current

_PAGES = {Step.CODE: "desk.code", Step.NEW_PASSWORD: "desk.first_password", Step.ENROL: "desk.enrol"}


@dataclass(frozen=True)
class Underway:
    """The sign-in of this request, with what the store says of it now."""

    pending: Pending
    member: StaffMember
    credential: Credential


class Steps:
    """Leads through a sign-in. Raises StoreUnavailable and SessionsAway."""

    def __init__(self, services: DeskServices) -> None:
        self._services = services

    def begin(
        self,
        member: StaffMember,
        credential: Credential,
        *,
        next_address: str,
        password: bool,
        code_waived: bool = False,
        by: CameBy | None = None,
    ) -> ResponseReturnValue:
        """Somebody has given a password, or comes from an identity provider: on to what is asked next."""
        now = self._services.now()
        pending = Pending(
            staff_id=member.id,
            login=member.login,
            next=next_address,
            started_at=now.isoformat(),
            password_at=credential.password_at.isoformat() if password else "",
            code_waived=code_waived,
            came_by=by or CameBy(),
        )
        return self._onward(Underway(pending, member, credential))

    def resume(self, step: Step) -> Underway:
        """The sign-in of this session, when this is the step it is at; whoever has none begins anew."""
        underway = self._underway()
        if underway is None:
            abort(redirect(page_url("desk.sign_in"), 303))
        due = self._due(underway)
        if due is Step.DONE:
            abort(redirect(page_url("desk.sign_in"), 303))
        if due is not step:
            abort(redirect(page_url(_PAGES[due]), 303))
        return underway

    def go_on(self, underway: Underway, pending: Pending) -> ResponseReturnValue:
        """One step is done: on to the next one, under another session id."""
        credential = self._services.credentials.of_login(pending.login, owner=Owner.STAFF)
        return self._onward(Underway(pending, underway.member, credential or underway.credential))

    def finish(self, underway: Underway) -> None:
        """Signed in, in a session that holds nothing of before but by whom one came."""
        came, agent = underway.pending.came_by, browser_name(request.user_agent.string)
        current().sign_in(underway.member.id, labels=came.labels, agent=agent, **came.content())
        g.member = underway.member

    def refuse(self, member: StaffMember) -> None:
        """What was given was right, but an administrator has locked the account."""
        self._services.staff.note(
            Happened.REFUSED, member=member, author=member.login, now=self._services.now(), detail="account locked"
        )

    def _onward(self, underway: Underway) -> Response:
        due = self._due(underway)
        if due is not Step.DONE:
            underway.pending.keep(current())
            return redirect(page_url(_PAGES[due]), 303)
        if not underway.pending.code_passed:
            self._services.credentials.signed_in(underway.pending.login, owner=Owner.STAFF, now=self._services.now())
        self.finish(underway)
        return redirect(underway.pending.next or page_url("desk.home"), 303)

    def _due(self, underway: Underway) -> Step:
        rules, now = self._services.credentials.rules, self._services.now()
        return next_step(underway.pending, underway.credential, underway.member, rules, now=now)

    def _underway(self) -> Underway | None:
        pending = pending_in(current())
        if pending is None:
            return None
        member = self._services.staff.by_id(pending.staff_id)
        credential = self._services.credentials.of_login(pending.login, owner=Owner.STAFF)
        if member is None or credential is None or not member.active:
            return None
        return Underway(pending, member, credential) if pending.holds(credential, now=self._services.now()) else None
