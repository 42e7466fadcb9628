"""Who may decide a case: the strictest row of the table of approval over all its records."""

from portal.requests.case import Bar, Case, NotAllowed
from portal.requests.provisions.models import Approval, Approvals, Approver, Requester, strictest
from portal.requests.states import Actor, State
from portal.requests.taking import By

_KINDS = frozenset(each.value for each in Requester) - {Requester.ANYONE.value}


def approval_of(case: Case, approvals: Approvals) -> Approval:
    """The row that binds the whole case. A requester of a kind that nobody named counts as a foreigner."""
    asked_by = case.application.requester
    known = asked_by is not None and asked_by.kind in _KINDS
    requester = Requester(asked_by.kind) if asked_by and known else Requester.FOREIGNER
    return strictest([approvals.needed(line.item, line.kind, requester) for line in case.lines])


def check_decides(case: Case, approval: Approval, by: By) -> None:
    """Whether this member of staff may decide the case now. Raises NotAllowed."""
    if approval.approver is not Approver.ARCHIVIST and Actor.HEAD not in by.actors:
        raise NotAllowed(Bar.HEAD_DECIDES)
    if approval.approver is Approver.AUTHORITY and case.state is not State.AT_AUTHORITY:
        raise NotAllowed(Bar.AUTHORITY_FIRST)
    if approval.four_eyes and not case.proposed_by:
        raise NotAllowed(Bar.PROPOSAL_FIRST)
    if approval.four_eyes and case.proposed_by == by.id:
        raise NotAllowed(Bar.OWN_PROPOSAL)
