"""The register is asked often enough, not too often, and when it stays away the archive closes."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask

from access_policy.overlay import Overlay, Withholding
from access_policy.record import Box
from access_policy.register.errors import RegisterUnavailable
from portal.app import create_app
from portal.register_watch import FRESH_SECONDS, PATIENCE_SECONDS, RegisterAway, RegisterWatch
from portal.settings import PortalSettings
from portal.wiring import Services


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FlakyRegister:
    """A register that counts how often it is asked, and can go away."""

    def __init__(self) -> None:
        self.newest, self.asked, self.away = 1, 0, False
        self.boxes: dict[tuple[str, int], tuple[Box, ...]] = {}

    def revision(self) -> int:
        self.asked += 1
        if self.away:
            raise RegisterUnavailable("away")
        return self.newest

    def overlay(self, since: int) -> Overlay:
        if self.away:
            raise RegisterUnavailable("away")
        return Overlay(self.newest, tuple(Withholding(f"r{number}") for number in range(since, self.newest)))

    def redactions(self) -> Mapping[tuple[str, int], tuple[Box, ...]]:
        return dict(self.boxes)


def test_a_change_is_known_within_a_moment_and_asking_costs_one_question_a_moment() -> None:
    clock, register = Clock(), FlakyRegister()
    watch = RegisterWatch(register, clock)
    assert [watch.overlay(1).withholdings for _ in range(50)] == [()] * 50
    assert register.asked == 1
    register.newest, register.boxes = 2, {("r", 1): ((0, 0, 9, 9),)}
    clock.now += FRESH_SECONDS * 1.01
    assert watch.overlay(1).withholdings == (Withholding("r1"),)
    assert watch.overlay(2).withholdings == ()
    assert watch.redactions("r", 1) == ((0, 0, 9, 9),)
    assert register.asked == 2


def test_a_short_absence_changes_nothing_and_a_long_one_closes() -> None:
    clock, register = Clock(), FlakyRegister()
    watch = RegisterWatch(register, clock)
    watch.overlay(1)
    register.away = True
    clock.now += PATIENCE_SECONDS - 1
    assert watch.overlay(1) == Overlay(1)
    clock.now += 2
    with pytest.raises(RegisterAway):
        watch.overlay(1)
    with pytest.raises(RegisterAway):
        watch.redactions("r", 1)
    register.away = False
    clock.now += FRESH_SECONDS * 1.01
    assert watch.overlay(1) == Overlay(1)


def test_nothing_is_shown_before_the_register_has_answered_once() -> None:
    register = FlakyRegister()
    register.away = True
    with pytest.raises(RegisterAway):
        RegisterWatch(register, Clock()).overlay(0)


@pytest.mark.parametrize("address", ["/", "/tim-kiem?q=a", "/goi-y?q=a", "/phong", "/tai-lieu/qn.td", "/readyz"])
def test_without_the_register_every_page_of_records_says_to_come_back(
    address: str, settings: PortalSettings, services: Services
) -> None:
    register = FlakyRegister()
    register.away = True
    watch = RegisterWatch(register, Clock())
    app: Flask = create_app(settings, replace(services, register=watch))
    assert app.test_client().get(address).status_code == 503
    assert app.test_client().get("/gioi-thieu").status_code == 200
