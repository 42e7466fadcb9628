"""Signing in through the province's identity provider: only people who were added with that identity."""

import logging
import secrets

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.credentials.events import Owner
from portal.accounts.local_path import local_path
from portal.accounts.providers.attempts import Attempts
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.provider import Provider
from portal.desk.came_by import CameBy
from portal.desk.gate import Open, declares
from portal.desk.services import DeskServices
from portal.desk.steps import Steps
from portal.errors import NotFound
from portal.i18n import N_, _, page_url
from portal.limits import Limits
from portal.sessions.session import current

log = logging.getLogger("portal.desk.sign_in")

_ATTEMPTS = "attempts"

_WORDS = {
    Fault.CANCELLED: N_("Ông/bà đã dừng việc đăng nhập ở bên kia."),
    Fault.EXPIRED: N_("Lần đăng nhập này quá lâu nên đã hết hạn."),
    Fault.NOT_STARTED_HERE: N_("Lần đăng nhập này không bắt đầu từ trình duyệt này."),
    Fault.PROVIDER_AWAY: N_("Hệ thống đăng nhập của tỉnh chưa trả lời."),
}
_OTHERWISE = N_("Hệ thống đăng nhập của tỉnh trả lời không đúng, nên chưa đăng nhập được.")
_UNKNOWN = N_("Tài khoản này chưa được cấp quyền vào bàn làm việc. Xin hỏi quản trị viên của lưu trữ.")


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits) -> None:
    """The way there, by a link, and the way back, at the address that the provider was told."""
    steps = Steps(services)

    @desk.get("/dang-nhap/<provider_id>", endpoint="go_to_provider")
    @declares(Open.ANYONE)
    @limits.sign_in
    def leave(provider_id: str) -> ResponseReturnValue:
        provider = services.providers.get(provider_id)
        if provider is None:
            raise NotFound
        back = local_path(request.args.get("next", ""), otherwise=page_url("desk.home"))
        try:
            return _sent_away(provider, back, services)
        except SignInFault as fault:
            return _refused(fault)

    def come_back(provider_id: str) -> ResponseReturnValue:
        try:
            identity, back = _who_came_back(services.providers[provider_id], services)
        except SignInFault as fault:
            return _refused(fault)
        return _entered(identity, back, services, steps)

    for provider_id, provider in services.providers.items():
        desk.add_url_rule(
            provider.profile.callback_path,
            f"back_from_{provider_id.replace('-', '_')}",
            declares(Open.ANYONE)(limits.sign_in(come_back)),
            defaults={"provider_id": provider_id},
        )


def _sent_away(provider: Provider, back: str, services: DeskServices) -> Response:
    now, session = services.now(), current()
    address, attempt = provider.begin(next=back, level=0, purpose="staff", now=now)
    session[_ATTEMPTS] = Attempts.from_json(session.get(_ATTEMPTS)).begun(attempt, now=now).to_json()
    return redirect(address, 303)


def _who_came_back(provider: Provider, services: DeskServices) -> tuple[Identity, str]:
    now, session = services.now(), current()
    attempt, rest = Attempts.from_json(session.get(_ATTEMPTS)).taken(request.args.get("state", ""), now=now)
    session[_ATTEMPTS] = rest.to_json()
    if attempt.provider != provider.profile.id or attempt.purpose != "staff":
        raise SignInFault(Fault.NOT_STARTED_HERE, "the attempt was made for another purpose")
    return provider.finish(request.query_string, attempt, now=now), attempt.next


def _entered(identity: Identity, back: str, services: DeskServices, steps: Steps) -> ResponseReturnValue:
    member = services.staff.of_identity(identity.provider, identity.subject)
    credential = services.credentials.of_login(member.login, owner=Owner.STAFF) if member else None
    if member is None or credential is None:
        return _page(_(_UNKNOWN), f"sign-in through {identity.provider}: nobody of the staff"), 403
    if not member.active or not services.credentials.usable(credential, now=services.now()):
        steps.refuse(member)
        return _page(_(_UNKNOWN), f"sign-in through {identity.provider}: a closed account"), 403
    enough = services.code_waived_from
    waived = enough is not None and identity.level >= enough
    by = CameBy.of(identity, services.seal)
    return steps.begin(member, credential, next_address=back, password=False, code_waived=waived, by=by)


def _refused(fault: SignInFault) -> ResponseReturnValue:
    words = _WORDS.get(fault.fault, _OTHERWISE)
    return _page(_(words), str(fault)), 502 if fault.fault is Fault.PROVIDER_AWAY else 400


def _page(message: str, detail: str) -> str:
    """What happened, with a reference that stands in the log beside its detail."""
    reference = secrets.token_hex(4)
    log.warning("%s: %s", reference, detail)
    return render_template("provider_refused.html", message=message, reference=reference)
