"""Titles in a case are those of the day it was made; shown is what may be known today."""

from dataclasses import replace

from portal.gate import door
from portal.requests.case import Case


def as_may_be_known(case: Case) -> Case:
    """The case with "" for the title of every record that may not be found now."""
    found = {record.id: record for record in door().records(list({line.record_id for line in case.lines}))}
    lines = (replace(line, title=found[line.record_id].title if line.record_id in found else "") for line in case.lines)
    return replace(case, lines=tuple(lines))
