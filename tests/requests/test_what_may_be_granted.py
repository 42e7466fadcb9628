"""What is granted may be known today and is decided by who may decide it today; what was granted can be taken back."""

import pytest
from sqlalchemy import update

from access_policy.register.store import Register, open_register
from portal.requests.provisions.defaults import DEFAULTS
from portal.requests.provisions.kept import Provisions
from portal.requests.provisions.models import Provision, Reason, Reasons
from portal.requests.states import State
from portal.requests.terms import ItemClass
from portal.store.tables import case_lines
from tests.requests.handled import GRANT, PAGE, Handled
from tests.requests.world import ASKABLE


def permit_of(handled: Handled) -> str:
    [held] = handled.world.desk_services.handling.permits(handled.case_id)
    return held.permit.code


def test_a_record_that_was_closed_meanwhile_is_granted_to_nobody(handled: Handled) -> None:
    handled.step(handled.lan, "propose", **GRANT)
    register: Register = open_register(handled.world.site.settings.register_url)
    register.withdraw(ASKABLE, reason="thử", author="An", now=handled.world.site.clock())
    answer = handled.step(handled.hoa, "decide", **GRANT)
    assert answer.status_code == 409
    assert "hiện không được công bố" in answer.text
    assert (handled.case.state, handled.world.desk_services.handling.permits(handled.case_id)) == (State.PROPOSED, [])
    refused = {"outcome-1": "refused", "reason-1": "not-held"}
    assert handled.step(handled.hoa, "decide", **refused).status_code == 303
    assert handled.case.state is State.DECIDED


def test_what_was_open_when_it_was_asked_for_is_decided_as_it_stands_today(handled: Handled) -> None:
    """An archivist alone decides on open records; this one is on a list by now."""
    with handled.world.site.database.writing() as connection:
        connection.execute(update(case_lines).values(item=ItemClass.OPEN.value))
    assert "người đứng đầu" in handled.lan.get(handled.address).text
    answer = handled.step(handled.lan, "decide", **GRANT)
    assert answer.status_code == 409
    assert handled.world.desk_services.handling.permits(handled.case_id) == []
    assert handled.reader.get(PAGE).status_code == 403


@pytest.mark.parametrize("leads_to", ["in-progress", "withdrawn"])
def test_a_permit_can_be_taken_back_whatever_became_of_its_case(granted: Handled, leads_to: str) -> None:
    granted.step(granted.lan, "close")
    granted.step(granted.hoa, "reopen", words="Có đơn tố cáo")
    if leads_to == "withdrawn":
        page = f"/yeu-cau/{granted.case_id}"
        granted.reader.post(f"{page}/rut", seen_on=page, sure="yes", turn=str(granted.case.turn))
    assert granted.case.state is State(leads_to)
    assert granted.reader.get(PAGE).status_code == 200, "what was granted stands"
    assert 'name="permit"' in granted.hoa.get(granted.address).text
    assert 'name="permit"' not in granted.lan.get(granted.address).text
    assert granted.step(granted.lan, "revoke", permit=permit_of(granted), words="x").status_code == 409
    assert granted.step(granted.hoa, "revoke", permit=permit_of(granted), words="Rà soát").status_code == 303
    assert granted.reader.get(PAGE).status_code == 403
    assert 'name="permit"' not in granted.hoa.get(granted.address).text


@pytest.mark.usefixtures("no_fault")
def test_codes_that_are_no_permits_of_the_case_take_nothing_back(granted: Handled) -> None:
    for code in ("\x00", "H00.1-261121-9999/1", "' OR 1=1 --", permit_of(granted) + " "):
        assert granted.step(granted.hoa, "revoke", permit=code, words="x").status_code == 409
    assert granted.reader.get(PAGE).status_code == 200


def test_a_refusal_keeps_its_reason_when_the_table_of_reasons_changes(handled: Handled) -> None:
    refused = {"outcome-1": "refused", "reason-1": "not-held"}
    handled.step(handled.lan, "propose", **refused)
    handled.step(handled.hoa, "decide", **refused)
    kept = DEFAULTS[Provision.REASONS]
    assert isinstance(kept, Reasons)
    known = kept.named("not-held")
    assert known is not None
    page, figures = f"/yeu-cau/{handled.case_id}", "/so-lieu-phuc-vu"
    assert known.text in handled.reader.get(page).text
    other = Reason(code="other", text="Lý do khác", text_en="Another", article="Điều 1", article_en="Article 1")
    today = handled.world.desk_clock().date()
    provisions: Provisions = handled.world.site.services.provisions
    later = kept.model_copy(update={"rows": (other,), "appeal": "Khiếu nại ở nơi khác"})
    handled.world.pass_by(minutes=1)
    now = handled.world.desk_clock()
    provisions.add(Provision.REASONS, later, after=0, valid_from=today, author="hoa", now=now)
    shown = handled.reader.get(page).text
    assert known.text in shown
    assert known.article in shown
    assert "Khiếu nại ở nơi khác" not in shown
    assert known.text in handled.reader.get(figures).text
