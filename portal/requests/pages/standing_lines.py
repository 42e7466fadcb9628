"""Records of a draft as they stand today: whether they may still be asked for, and in which class."""

from collections.abc import Sequence
from dataclasses import replace

from access_policy.terms import Action
from portal.gate import door
from portal.requests.case import Line
from portal.requests.item_class import item_of


def as_they_stand(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """All lines with title and class of today, and those of records that may no longer be asked for, as they were."""
    found = {record.id: record for record in door().records(list({line.record_id for line in lines}))}
    standing, gone = [], []
    for line in lines:
        record = found.get(line.record_id)
        decision = door().decide(Action.REQUEST, record) if record else None
        if record is None or decision is None or not decision.allowed:
            gone.append(line)
            standing.append(line)
        else:
            standing.append(replace(line, title=record.title, item=item_of(decision)))
    return standing, gone
