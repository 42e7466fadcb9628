"""What a grant opens on the screen, and what staff make and hand over instead."""

from __future__ import annotations

import pytest

from portal.requests.case import Line
from portal.requests.terms import ItemClass, Kind, Medium
from portal.store.tables import case_permits
from tests.requests.handled import GRANT, PAGE, Handled


@pytest.mark.parametrize(
    ("kind", "medium", "certified", "page_count", "opens"),
    [
        (Kind.READING, Medium.DIGITAL, False, 4, True),
        (Kind.READING, Medium.DIGITAL, False, 0, False),
        (Kind.COPY, Medium.DIGITAL, False, 4, True),
        (Kind.COPY, Medium.DIGITAL, False, 0, False),
        (Kind.COPY, Medium.DIGITAL, True, 4, False),
        (Kind.COPY, Medium.PAPER, False, 4, False),
    ],
)
def test_what_staff_make_opens_nothing(
    kind: Kind, medium: Medium, certified: bool, page_count: int, opens: bool
) -> None:
    item = next(iter(ItemClass))
    line = Line(1, "qn.1", "1", "Hồ sơ", kind, item, page_count=page_count, certified=certified, medium=medium)
    assert line.on_screen == opens


def test_a_copy_on_paper_is_decided_and_opens_no_page(handled: Handled) -> None:
    with handled.world.site.database.writing() as connection:
        connection.exec_driver_sql("UPDATE case_lines SET kind = 'copy', medium = 'paper'")
    assert handled.step(handled.lan, "propose", **GRANT).status_code == 303
    assert handled.step(handled.hoa, "decide", **GRANT).status_code == 303
    with handled.world.site.database.reading() as connection:
        assert connection.execute(case_permits.select()).all() == []
    assert handled.reader.get(PAGE).status_code == 403
