"""Routes of readers' accounts: which address is which page, who may see it, how often it may be asked."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from portal.accounts import form_targets
from portal.accounts.back_channel import BackChannel
from portal.accounts.first_sign_in import FirstSignIn
from portal.accounts.issued import Issued
from portal.accounts.linking import Linking
from portal.accounts.masthead import visitor
from portal.accounts.obstacles import Stopped
from portal.accounts.own_data import OwnData
from portal.accounts.own_history import OwnHistory
from portal.accounts.own_pages import OwnPages
from portal.accounts.own_sessions import OwnSessions
from portal.accounts.reception import Reception, Served, shown_name
from portal.accounts.signing_in import SigningIn
from portal.accounts.signing_out import SigningOut
from portal.i18n import page_url
from portal.limits import Limit, Limits
from portal.needs_reader import here, needs_reader
from portal.sessions.session import current
from portal.settings import PortalSettings

Route = tuple[str, str, Callable[..., ResponseReturnValue]]
"""Address, endpoint, view."""


def make_blueprint(settings: PortalSettings, services: Served, limits: Limits) -> Blueprint:
    """Signing in and out, the first sign-in, a reader's own pages."""
    reception = _reception(settings, services)
    accounts = Blueprint("accounts", __name__)
    signing_in, back_channel = SigningIn(reception), BackChannel(reception)
    first, issued = FirstSignIn(reception), Issued(reception)
    linking = Linking(reception, signing_in)
    _add(accounts, *_open_pages(signing_in, first, issued, linking, reception), limit=limits.search)
    _add(accounts, *_open_answers(signing_in, first, issued, linking), post=True, limit=limits.sign_in)
    _add(accounts, ("/dang-xuat", "sign_out", SigningOut(reception).leave), post=True)
    receiver = ("/dang-nhap/<provider_id>/ket-thuc", "back_channel", back_channel.receive)
    _add(accounts, receiver, post=True, limit=limits.back_channel)
    for provider in reception.readers_providers():
        _add_registered_return(accounts, provider.profile, signing_in)
    _add_own(accounts, reception, linking, limits.sign_in)
    accounts.record(lambda state: _exempt(state, back_channel))
    accounts.record_once(lambda state: _install(state, reception))
    return accounts


def _open_pages(
    signing_in: SigningIn, first: FirstSignIn, issued: Issued, linking: Linking, reception: Reception
) -> tuple[Route, ...]:
    return (
        ("/dang-nhap", "sign_in", signing_in.choose),
        ("/dang-nhap/muc-cao-hon", "step_up", signing_in.choose_higher),
        ("/dang-nhap/<provider_id>/tro-ve", "back", signing_in.back),
        ("/dang-nhap/chua-xong", "stopped", Stopped(reception).page),
        ("/dang-nhap/hoan-tat", "complete", first.ask),
        ("/dang-nhap/hoan-tat/ma", "complete_code", first.ask_code),
        ("/dang-nhap/da-co-tai-khoan", "known_already", linking.known_already),
        ("/dang-nhap/tai-khoan", "issued", issued.ask),
        ("/dang-nhap/tai-khoan/ma", "issued_code", issued.ask_code),
        ("/dang-nhap/tai-khoan/mat-khau", "issued_password", issued.ask_new_password),
        ("/dang-nhap/tai-khoan/ung-dung", "issued_app", issued.ask_app),
        ("/dang-nhap/tai-khoan/ung-dung.svg", "issued_picture", issued.picture),
        ("/dang-nhap/tai-khoan/xong", "issued_done", issued.done),
        ("/dang-xuat/xong", "signed_out", SigningOut(reception).done),
        ("/tai-khoan/xoa/xong", "deletion_asked", OwnData(reception).asked),
    )


def _open_answers(signing_in: SigningIn, first: FirstSignIn, issued: Issued, linking: Linking) -> tuple[Route, ...]:
    return (
        ("/dang-nhap/<provider_id>", "start", signing_in.start),
        ("/dang-nhap/hoan-tat", "answer_complete", first.answer),
        ("/dang-nhap/hoan-tat/ma", "answer_complete_code", first.answer_code),
        ("/dang-nhap/da-co-tai-khoan", "stay_apart", linking.stay_apart),
        ("/dang-nhap/tai-khoan", "answer_issued", issued.answer),
        ("/dang-nhap/tai-khoan/ma", "answer_issued_code", issued.answer_code),
        ("/dang-nhap/tai-khoan/mat-khau", "answer_issued_password", issued.answer_new_password),
        ("/dang-nhap/tai-khoan/ung-dung", "answer_issued_app", issued.answer_app),
    )


def _add_own(accounts: Blueprint, reception: Reception, linking: Linking, sign_in: Limit) -> None:
    """What a reader sees of the own account; joining ways in and taking data along need to know the reader surely."""
    pages, sessions, data = OwnPages(reception), OwnSessions(reception), OwnData(reception)
    history, known = OwnHistory(reception), needs_reader(level=0)
    _add(
        accounts,
        ("/tai-khoan", "profile", known(pages.profile)),
        ("/tai-khoan/lien-lac", "contact", known(pages.contact)),
        ("/tai-khoan/lien-lac/ma", "contact_code", known(pages.contact_code)),
        ("/tai-khoan/phien", "sessions", known(sessions.show)),
        ("/tai-khoan/lich-su", "history", known(history.show)),
        ("/tai-khoan/xoa", "delete", known(data.ask)),
        ("/tai-khoan/du-lieu.json", "export", needs_reader(level=reception.level_for("export"))(data.download)),
    )
    _add(
        accounts,
        ("/tai-khoan/ngon-ngu", "set_language", known(pages.set_language)),
        ("/tai-khoan/lien-lac", "answer_contact", known(pages.answer_contact)),
        ("/tai-khoan/lien-lac/ma", "answer_contact_code", known(pages.answer_contact_code)),
        ("/tai-khoan/phien", "end_session", known(sessions.end)),
        ("/tai-khoan/lich-su", "forget_readings", known(history.forget)),
        ("/tai-khoan/xoa", "answer_delete", known(data.delete)),
        post=True,
        limit=sign_in,
    )
    surely = needs_reader(level=reception.level_for("link"))
    _add(accounts, ("/tai-khoan/lien-ket", "link", surely(linking.choose)))
    _add(accounts, ("/tai-khoan/lien-ket/xac-nhan", "confirm_link", surely(linking.confirm)))
    _add(accounts, ("/tai-khoan/lien-ket/xac-nhan", "answer_link", surely(linking.decide)), post=True, limit=sign_in)


def _add(accounts: Blueprint, *routes: Route, post: bool = False, limit: Limit | None = None) -> None:
    for address, endpoint, view in routes:
        shown = limit(view) if limit is not None else view
        accounts.add_url_rule(address, endpoint, shown, methods=["POST"] if post else ["GET"])


def _add_registered_return(accounts: Blueprint, profile: Any, signing_in: SigningIn) -> None:
    """A provider that was told another address to send browsers back to."""
    if profile.redirect_path:
        named = {"provider_id": profile.id}
        accounts.add_url_rule(profile.redirect_path, f"back_{profile.id}", signing_in.back, defaults=named)


def _reception(settings: PortalSettings, services: Served) -> Reception:
    askers = services.askers
    return Reception(
        base_url=settings.base_url,
        archive_names={"vi": settings.archive_name, "en": settings.archive_name_en},
        levels=settings.required_levels,
        accounts=services.accounts,
        codes=services.accounts.codes,
        credentials=services.credentials,
        providers=services.providers,
        outlets=services.outlets,
        sessions=services.sessions,
        seal=services.seal,
        readings=services.readings,
        permits=lambda account_id: askers.permits(askers.pseudonym(account_id)),
        now=services.now,
    )


def _exempt(state: BlueprintSetupState, back_channel: BackChannel) -> None:
    """The token that a provider's server posts is its own proof; no session stands behind it."""
    state.app.extensions["csrf"].exempt(back_channel.receive)


def _install(state: BlueprintSetupState, reception: Reception) -> None:
    state.app.register_error_handler(CSRFError, _outdated)
    state.app.jinja_env.globals["provider_name"] = shown_name
    state.app.context_processor(lambda: {"visitor": lambda: visitor(reception)})
    state.app.after_request(form_targets.allowing(reception.readers_providers()))


def _outdated(_error: CSRFError) -> tuple[str, int]:
    """A form that was sent without what only our own page of this session holds. Nothing was done."""
    body = render_template(
        "accounts/outdated.html", home=page_url("catalogue.home"), back=here(), signed_out=not current().known_owner
    )
    return body, 400
