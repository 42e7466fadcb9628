"""Who is asking: a session makes a reader only when its account is whole, and permits come with the pseudonym."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from access_policy.permit import Permit
from access_policy.terms import Action, Audience
from portal.asking import COMPLETE, LEVEL, NOBODY_KNOWN, Askers, level_of
from portal.sessions.session import current
from portal.settings import PortalSettings
from portal.wiring import Services

PERMIT = Permit("P-1", "h38.a", frozenset({Action.READ}), date(2026, 1, 1), date(2026, 12, 31))
ASKERS = Askers(
    lambda account: f"reader of {account}", lambda reader_id: (PERMIT,) if reader_id == "reader of an" else ()
)


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.mark.usefixtures("inside")
def test_without_a_session_nobody_is_known() -> None:
    assert ASKERS.now_asking() == NOBODY_KNOWN


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("complete", [None, False, "", "true", 1])
def test_a_half_made_account_is_nobody(complete: object) -> None:
    current().sign_in("an", **{LEVEL: 2} if complete is None else {LEVEL: 2, COMPLETE: complete})
    assert ASKERS.now_asking() == NOBODY_KNOWN


@pytest.mark.usefixtures("inside")
def test_a_reader_has_a_pseudonym_permits_and_a_level() -> None:
    current().sign_in("an", **{LEVEL: 2, COMPLETE: True})
    asking = ASKERS.now_asking()
    assert asking.reader_id == "reader of an"
    assert asking.reader.audiences == {Audience.EVERYONE, Audience.SIGNED_IN}
    assert asking.reader.permits == (PERMIT,)
    assert asking.reader.assurance == 2
    current().sign_in("binh", **{COMPLETE: True})
    assert ASKERS.now_asking().reader.permits == ()
    assert ASKERS.now_asking().reader.assurance == 0


@given(st.one_of(st.none(), st.booleans(), st.text(), st.integers(max_value=0), st.floats(), st.lists(st.integers())))
def test_a_level_that_makes_no_sense_is_the_lowest(kept: object) -> None:
    assert level_of({LEVEL: kept}) == 0  # type: ignore[arg-type]


def test_the_pseudonym_of_an_account_stands_for_its_permits(settings: PortalSettings, services: Services) -> None:
    pseudonym = services.askers.pseudonym("an")
    assert pseudonym != services.askers.pseudonym("binh")
    assert services.askers.permits(pseudonym) == ()
