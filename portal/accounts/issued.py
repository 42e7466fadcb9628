"""Signing in to an account that the archive issued: password, code of an app; the first time a new password and the
app itself. Until the last step nothing is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts import obstacles
from portal.accounts.beginning import begin_issued, onward
from portal.accounts.credentials.passwords import PasswordFault
from portal.accounts.credentials.stored import Credential
from portal.accounts.half_way import HALF_WAY, OWNER, HalfWay, half_way
from portal.accounts.local_path import local_path
from portal.accounts.reception import Reception
from portal.errors import NotFound
from portal.gate import declares
from portal.i18n import N_, _, language, page_url
from portal.sessions.session import Session, current

STEPS = {"code": "accounts.issued_code", "password": "accounts.issued_password", "app": "accounts.issued_app"}

FAULTS = {
    PasswordFault.TOO_SHORT: N_("Mật khẩu còn ngắn."),
    PasswordFault.TOO_LONG: N_("Mật khẩu quá dài."),
    PasswordFault.CLASSES: N_("Mật khẩu cần đủ chữ thường, chữ hoa, chữ số và một ký tự khác; dấu cách cũng được."),
    PasswordFault.OWNER: N_("Mật khẩu có họ tên hoặc tên đăng nhập của ông/bà."),
    PasswordFault.COMMON: N_("Nhiều người dùng mật khẩu này, nên dễ bị đoán."),
    PasswordFault.USED_BEFORE: N_("Mật khẩu này ông/bà đã dùng gần đây."),
}


@dataclass(frozen=True)
class Issued:
    """The steps. Each page leads to the step that is missing, whatever address was asked for."""

    reception: Reception

    @declares(None)
    def ask(self) -> ResponseReturnValue:
        """Login and password."""
        return _asking_password("")

    @declares(None)
    def answer(self) -> ResponseReturnValue:
        """Whatever is wrong, the answer is the same."""
        login, password = request.form.get("login", ""), request.form.get("password", "")
        now, session = self.reception.now(), current()
        checked = self.reception.credentials.check(login, password, owner=OWNER, now=now)
        if checked.credential is None:
            return _asking_password(_("Tên đăng nhập hoặc mật khẩu không đúng.")), 400
        HalfWay(checked.credential.login, now).keep(session)
        session.rotate()
        return self._onward()

    @declares(None)
    def ask_code(self) -> ResponseReturnValue:
        """The code that the app shows."""
        return self._elsewhere("code") or _page("code")

    @declares(None)
    def answer_code(self) -> ResponseReturnValue:
        """A code of the app, or a recovery code."""
        here = self._half_way()
        if here is None or self._step() != "code":
            return self._onward()
        factors = self.reception.credentials.second_factors
        if not factors.check(here.login, request.form.get("code", ""), owner=OWNER, now=self.reception.now()):
            return _page("code", wrong={"code": _("Mã chưa đúng, hoặc đã dùng rồi. Xin đợi mã kế tiếp.")}), 400
        here.with_code().keep(current())
        return self._onward()

    @declares(None)
    def ask_new_password(self) -> ResponseReturnValue:
        """The password that staff handed over is used once."""
        return self._elsewhere("password") or self._asking_new_password(())

    @declares(None)
    def answer_new_password(self) -> ResponseReturnValue:
        """A password of the reader's own."""
        here = self._half_way()
        if here is None or self._step() != "password":
            return self._onward()
        faults = self._replaced(here.login)
        if faults:
            return self._asking_new_password(faults), 400
        return self._onward()

    @declares(None)
    def ask_app(self) -> ResponseReturnValue:
        """The key for the reader's app, as a picture and in letters."""
        elsewhere, here = self._elsewhere("app"), self._half_way()
        if elsewhere is not None or here is None:
            return elsewhere or self._onward()
        factors = self.reception.credentials.second_factors
        if not here.secret:
            here = here.with_secret(factors.propose())
            here.keep(current())
        return _page("app", key=factors.key(here.secret))

    @declares(None)
    def picture(self) -> ResponseReturnValue:
        """The key as a QR code; only while it is being set up."""
        here = self._half_way()
        if here is None or not here.secret or self._step() != "app":
            raise NotFound
        issuer = self.reception.archive_names[language()]
        drawn = self.reception.credentials.second_factors.picture(here.secret, login=here.login, issuer=issuer)
        return Response(drawn, mimetype="image/svg+xml")

    @declares(None)
    def answer_app(self) -> ResponseReturnValue:
        """The first code of the app; the recovery codes are shown in the answer and never again."""
        here = self._half_way()
        if here is None or not here.secret or self._step() != "app":
            return self._onward()
        factors, now = self.reception.credentials.second_factors, self.reception.now()
        codes = factors.confirm(here.login, here.secret, request.form.get("code", ""), owner=OWNER, now=now)
        if not codes:
            wrong = {"code": _("Mã chưa đúng. Xin xem lại đồng hồ của điện thoại rồi thử mã kế tiếp.")}
            return _page("app", key=factors.key(here.secret), wrong=wrong), 400
        self.reception.credentials.signed_in(here.login, owner=OWNER, now=now)
        here.with_code().keep(current())
        return _page("recovery", codes=codes, onward=page_url("accounts.issued_done", next=_next()))

    @declares(None)
    def done(self) -> ResponseReturnValue:
        """On to where the reader was going, once nothing is missing."""
        return self._onward()

    def _half_way(self) -> HalfWay | None:
        return half_way(current(), now=self.reception.now())

    def _credential(self) -> Credential | None:
        here = self._half_way()
        return self.reception.credentials.of_login(here.login, owner=OWNER) if here else None

    def _step(self) -> str:
        """The step that is missing; "start" when nothing has been shown yet."""
        here, credential = self._half_way(), self._credential()
        if here is None or credential is None:
            return "start"
        return here.next_step(credential)

    def _elsewhere(self, step: str) -> ResponseReturnValue | None:
        return None if self._step() == step else self._onward()

    def _onward(self) -> ResponseReturnValue:
        step, credential = self._step(), self._credential()
        if step == "start" or credential is None:
            return redirect(page_url("accounts.issued", next=_next()), 303)
        if step:
            return redirect(page_url(STEPS[step], next=_next()), 303)
        return self._enter(current(), credential)

    def _enter(self, session: Session, credential: Credential) -> ResponseReturnValue:
        account = self.reception.accounts.signed_in_issued(credential.owner_id, now=self.reception.now())
        session.pop(HALF_WAY, None)
        if account is None or account.deletion_asked_at is not None:
            reason, detail = obstacles.DELETION_ASKED, "after password and code"
            return obstacles.stop(reason, provider="", next_path=_next(), detail=detail)
        begin_issued(session, account)
        return redirect(onward(account, _next()), 303)

    def _asking_new_password(self, faults: Sequence[str]) -> str:
        wrong = {"password": " ".join(faults)} if faults else {}
        return _page("password", length=self.reception.credentials.rules.length, wrong=wrong)

    def _replaced(self, login: str) -> list[str]:
        password, credential = request.form.get("password", ""), self._credential()
        if password != request.form.get("again", ""):
            return [_("Hai lần ghi mật khẩu không giống nhau.")]
        account = self.reception.accounts.by_id(credential.owner_id) if credential else None
        name, now = account.name if account else "", self.reception.now()
        faults = self.reception.credentials.replace_password(login, password, owner=OWNER, name=name, now=now)
        return [_(FAULTS[fault]) for fault in faults]


def _asking_password(wrong: str) -> str:
    return _page("start", login=request.form.get("login", "")[:80], wrong={"login": wrong} if wrong else {})


def _page(step: str, *, wrong: dict[str, str] | None = None, **values: object) -> str:
    return render_template(f"accounts/issued_{step}.html", wrong=wrong or {}, next_path=_next(), **values)


def _next() -> str:
    return local_path(request.values.get("next", ""), otherwise=page_url("catalogue.home"))
