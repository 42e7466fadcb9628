"""The list of staff for administrators: lock, unlock, reset."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.stored import Credential
from portal.accounts.staff.member import StaffMember
from portal.accounts.staff.roles import Duty
from portal.desk.gate import declares, member
from portal.desk.home import role_names
from portal.desk.services import DeskServices
from portal.errors import NotFound
from portal.i18n import N_, _, page_url


@dataclass(frozen=True)
class Line:
    """One member of staff in the list. `tone` and `word` tell whether the account opens, `closed` that it does not."""

    member: StaffMember
    roles: str
    tone: str
    word: str
    used_at: datetime | None
    second_factor: bool
    password: bool
    closed: bool


DONE = {
    "lock": N_("Đã khóa tài khoản %(login)s."),
    "unlock": N_("Đã mở khóa tài khoản %(login)s."),
    "reset": N_("Đã đặt lại mã xác thực của %(login)s; lần đăng nhập sau sẽ cài mã mới."),
}


def add_routes(desk: Blueprint, services: DeskServices) -> None:
    """The list and its four buttons."""

    @desk.get("/nhan-su", endpoint="staff")
    @declares(Duty.MANAGE_STAFF)
    def staff() -> ResponseReturnValue:
        found = services.credentials.all_of(Owner.STAFF)
        now = services.now()
        lines = [_line(each, found.get(each.id), services.credentials, now) for each in services.staff.all()]
        return render_template("staff.html", lines=lines)

    @desk.post("/nhan-su/<login>/khoa", endpoint="lock_staff")
    @declares(Duty.MANAGE_STAFF)
    def lock(login: str) -> ResponseReturnValue:
        return _done("lock", _other(services, login), services, services.staff.lock)

    @desk.post("/nhan-su/<login>/mo-khoa", endpoint="unlock_staff")
    @declares(Duty.MANAGE_STAFF)
    def unlock(login: str) -> ResponseReturnValue:
        return _done("unlock", _other(services, login), services, services.staff.unlock)

    @desk.post("/nhan-su/<login>/dat-lai-ma", endpoint="reset_totp")
    @declares(Duty.MANAGE_STAFF)
    def reset_totp(login: str) -> ResponseReturnValue:
        def reset(login: str, *, author: str, now: datetime) -> None:
            services.credentials.second_factors.reset(login, owner=Owner.STAFF, author=author, now=now)

        return _done("reset", _other(services, login), services, reset)

    @desk.post("/nhan-su/<login>/cap-lai-mat-khau", endpoint="reset_password")
    @declares(Duty.MANAGE_STAFF)
    def reset_password(login: str) -> ResponseReturnValue:
        other = _other(services, login)
        credential = services.credentials.of_login(other.login, owner=Owner.STAFF)
        if credential is None or not credential.password:
            raise NotFound
        password = services.credentials.reset_password(
            other.login, owner=Owner.STAFF, author=member().login, now=services.now()
        )
        services.sessions.end_owner(other.id)
        return render_template("slip.html", name=other.name, login=other.login, password=password, reader=False)


def _other(services: DeskServices, login: str) -> StaffMember:
    """A member of staff who is not the one who asks: nobody manages themselves."""
    found = services.staff.by_login(login)
    if found is None or found.id == member().id:
        raise NotFound
    return found


def _done(what: str, other: StaffMember, services: DeskServices, act: Callable[..., object]) -> ResponseReturnValue:
    act(other.login, author=member().login, now=services.now())
    services.sessions.end_owner(other.id)
    flash(_(DONE[what], login=other.login))
    return redirect(page_url("desk.staff"), 303)


def _line(who: StaffMember, credential: Credential | None, credentials: Credentials, now: datetime) -> Line:
    tone, word = _standing(who, credential, credentials, now)
    return Line(
        member=who,
        roles=role_names(who),
        tone=tone,
        word=word,
        used_at=credential.used_at if credential else None,
        second_factor=credential is not None and credential.second_factor,
        password=credential is not None and credential.password,
        closed=not who.active or credential is None or not credentials.usable(credential, now=now),
    )


def _standing(
    who: StaffMember, credential: Credential | None, credentials: Credentials, now: datetime
) -> tuple[str, str]:
    if not who.active or credential is None:
        return "closed", _("Đã khóa")
    if credentials.rules.idle(credential.used_at, now=now):
        return "closed", _("Ngừng vì lâu không dùng")
    if not credentials.usable(credential, now=now):
        return "conditional", _("Tạm khóa vì sai nhiều lần")
    return ("conditional", _("Chờ đăng nhập lần đầu")) if credential.must_change else ("open", _("Đang hoạt động"))
