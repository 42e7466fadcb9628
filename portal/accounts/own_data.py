"""A reader's rights over the data that is held: to take it along, and to have it deleted."""

import json
from dataclasses import dataclass

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.people.events import Happening
from portal.accounts.reception import Reception
from portal.accounts.terms import DELETION_DAYS
from portal.gate import declares
from portal.i18n import _, page_url
from portal.sessions.session import current


@dataclass(frozen=True)
class OwnData:
    """All behind `needs_reader`, but for the last page."""

    reception: Reception

    @declares(None)
    def download(self) -> ResponseReturnValue:
        """Everything the store holds of this reader, with the sessions there are and the permits there were."""
        account_id = current().owner
        self.reception.accounts.note(account_id, Happening.EXPORTED, now=self.reception.now())
        content = self.reception.accounts.export(account_id) | {
            "sessions": [
                {"begun_at": one.stored.begun_at.isoformat(), "seen_at": one.seen_at.isoformat()}
                for one in self.reception.sessions.of_owner(account_id)
            ],
            "permits": [
                {
                    "code": permit.code,
                    "record": permit.record_id,
                    "pages": list(permit.pages) if permit.pages else None,
                    "actions": sorted(action.value for action in permit.actions),
                    "starts_on": permit.starts_on.isoformat(),
                    "ends_on": permit.ends_on.isoformat(),
                }
                for permit in self.reception.permits(account_id)
            ],
        }
        body = json.dumps(content, ensure_ascii=False, indent=2)
        disposition = {"Content-Disposition": 'attachment; filename="tai-khoan.json"'}
        return Response(body, mimetype="application/json", headers=disposition)

    @declares(None)
    def ask(self) -> ResponseReturnValue:
        """What deleting means, before it is asked for."""
        return self._asking({})

    @declares(None)
    def delete(self) -> ResponseReturnValue:
        """Close the account now; staff delete what the law does not require to keep."""
        if request.form.get("sure") != "yes":
            return self._asking({"sure": _("Xin đánh dấu vào ô này để xác nhận.")}), 400
        session, now = current(), self.reception.now()
        account_id = session.owner
        self.reception.accounts.ask_deletion(account_id, now=now)
        self.reception.sessions.end_owner(account_id)
        session.end()
        return redirect(page_url("accounts.deletion_asked"), 303)

    @declares(None)
    def asked(self) -> ResponseReturnValue:
        """That the account is closed, and what happens next."""
        return render_template("accounts/deletion_asked.html", days=DELETION_DAYS)

    def _asking(self, wrong: dict[str, str]) -> str:
        return render_template("accounts/delete.html", wrong=wrong, days=DELETION_DAYS)
