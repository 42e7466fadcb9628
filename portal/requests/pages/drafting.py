"""The form itself: kept with every answer, handed in when it is whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.terms import Action
from portal.gate import declares
from portal.i18n import _, page_url
from portal.requests.case import Application, Case, Line, NoSuchCase, NotAllowed, Overtaken
from portal.requests.files import MOST_FILES
from portal.requests.pages.attaching import attach
from portal.requests.pages.form import LONGEST, faults_of, read_application, read_lines
from portal.requests.pages.known_titles import as_may_be_known
from portal.requests.pages.office import Office
from portal.requests.pages.reviewing import as_seen, review
from portal.requests.pages.standing_lines import as_they_stand
from portal.requests.terms import BEHALVES, FEE_CLASSES, PURPOSES

_WHOLE = ("review", "submit")
"""What is done only with a form in which nothing is wrong."""


@dataclass(frozen=True)
class Shown:
    """What is wrong by field, and what was typed where it could not be kept."""

    faults: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drafting:
    """All behind `needs_reader`."""

    office: Office

    @declares(Action.REQUEST)
    def show(self) -> ResponseReturnValue:
        """The form as it stands."""
        return self._page(self.office.cases.draft(self.office.account_id), Shown())

    @declares(Action.REQUEST)
    def answer(self) -> ResponseReturnValue:
        """Keep what was typed; then do what the button says."""
        draft = self.office.cases.draft(self.office.account_id)
        if draft is None:
            return redirect(page_url("requests.own"), 303)
        try:
            return self._keep(draft)
        except NoSuchCase:  # handed in or thrown away in another tab a moment ago
            return redirect(page_url("requests.own"), 303)

    @declares(None)
    def discard(self) -> ResponseReturnValue:
        """Throw the draft away, and what was attached to it."""
        draft = self.office.cases.draft(self.office.account_id)
        if draft is not None:
            for each in self.office.files.of(draft.id):
                self.office.files.remove(draft.id, each.id)
            self.office.cases.discard(draft.account_id)
        return redirect(page_url("requests.own"), 303)

    def _keep(self, draft: Case) -> ResponseReturnValue:
        act, _colon, which = request.form.get("act", "save").partition(":")
        lines, faults = read_lines(request.form, draft.lines)
        gone: list[Line] = []
        if act in _WHOLE:
            lines, gone = as_they_stand(lines)
        application = read_application(request.form)
        self.office.cases.save(draft.account_id, application, lines, now=self.office.now())
        unkept = attach(self.office.files, draft.id, most=MOST_FILES, now=self.office.now())
        if act == "take-out":
            self._take_out(draft, which)
        if act == "remove-file":
            self.office.files.remove(draft.id, which)
        if act in _WHOLE:
            faults |= _no_longer_askable(gone) | faults_of(application, lines, self.office.files.of(draft.id))
            if not faults and not unkept:
                return self._done(act, draft.account_id, application, lines)
        faults |= unkept
        if faults:
            return self._page(self.office.cases.draft(draft.account_id), Shown(faults, dict(request.form)))
        return redirect(page_url("requests.draft", kept="1"), 303)

    def _take_out(self, draft: Case, which: str) -> None:
        """The record with this number and kind as the form has it: at a second press, or in a tab that shows an older
        draft, the number may by now be that of another.
        """
        number, _colon, kind = which.partition(":")
        for line in draft.lines:
            named = request.form.get(f"record-{line.number}", line.record_id), kind or line.kind.value
            if number == str(line.number) and named == (line.record_id, line.kind.value):
                self.office.cases.take_out(draft.account_id, line.number, now=self.office.now())

    def _done(self, act: str, account_id: str, application: Application, lines: Sequence[Line]) -> ResponseReturnValue:
        """Show once more, or hand in, what was just checked, and nothing that another tab has kept since. Whoever
        pressed twice finds the case that the first press made.
        """
        draft = self.office.cases.draft(account_id)
        requester = self.office.requester_of(account_id)
        if draft is None or requester is None:
            return redirect(page_url("requests.own"), 303)
        if draft.application != application or list(draft.lines) != list(lines) or not as_seen(draft):
            return redirect(page_url("requests.draft", kept="1"), 303)
        if act == "review":
            return review(self.office, draft)
        try:
            self.office.cases.submit(draft, requester, now=self.office.now())
        except (Overtaken, NotAllowed):
            return redirect(page_url("requests.own"), 303)
        return redirect(page_url("requests.case", case_id=draft.id, submitted="1"), 303)

    def _page(self, draft: Case | None, shown: Shown) -> ResponseReturnValue:
        body = render_template(
            "requests/draft.html",
            draft=as_may_be_known(draft) if draft else None,
            files=self.office.files.of(draft.id) if draft else (),
            most_files=MOST_FILES,
            most_megabytes=self.office.files.most_bytes // 1_000_000,
            requester=self.office.requester_of(self.office.account_id),
            purposes=[(each.value, _(word)) for each, word in PURPOSES.items()],
            fee_classes=[(each.value, _(word)) for each, word in FEE_CLASSES.items()],
            behalves=[(each.value, _(word)) for each, word in BEHALVES.items()],
            longest=LONGEST,
            wrong=shown.faults,
            typed=shown.typed,
            kept="kept" in request.args,
        )
        return body, 422 if shown.faults else 200


def _no_longer_askable(gone: Sequence[Line]) -> dict[str, str]:
    """Records that were closed or withdrawn since they were put in."""
    return {f"line-{line.number}": _("Tài liệu này hiện không nhận yêu cầu; xin bỏ khỏi phiếu.") for line in gone}
