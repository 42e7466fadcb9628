"""Who sits in the reading room is told by the address that reached the server, and by nothing that a browser says."""

from dataclasses import replace
from ipaddress import ip_network

import pytest
from flask import Flask

from access_policy.permit import Permit
from access_policy.register.store import open_register
from access_policy.terms import Action
from portal.app import create_app
from portal.audit.keys import reader_id
from portal.opening import access_log_key
from portal.requests.states import State
from portal.wiring import Services
from tests.accounts.views.browser import BASE
from tests.index.corpus import TODAY
from tests.requests.world import ASKABLE, World

PAGE = f"/tai-lieu/{ASKABLE}/trang/3"
OPEN_THERE = "/tai-lieu/qn.phong-doc/trang/1"


def site(world: World, networks: tuple[str, ...], proxies: int = 0) -> Flask:
    """The public site with these networks in the reading room."""
    services: Services = world.site.services
    askers = replace(services.askers, reading_room=tuple(ip_network(each) for each in networks))
    settings = world.site.settings.model_copy(update={"proxies": proxies})
    return create_app(settings, replace(services, askers=askers))


def status(app: Flask, path: str, address: str, cookie: str = "", **headers: str) -> int:
    client = app.test_client()
    if cookie:
        client.set_cookie("__Host-session", cookie, domain="localhost", secure=True)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, base_url=BASE, environ_base={"REMOTE_ADDR": address}, headers=told).status_code


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10.4.0.17", 200),
        ("10.5.0.17", 403),
        ("203.0.113.9", 403),
        ("::ffff:10.4.0.17", 200),
        ("2001:db8::7", 200),
        ("2001:db9::7", 403),
        ("", 403),
        ("unix:", 403),
        ("10.4.0.17, 203.0.113.9", 403),
    ],
)
def test_the_address_has_to_lie_in_a_network_of_the_reading_room(world: World, address: str, expected: int) -> None:
    app = site(world, ("10.4.0.0/16", "2001:db8::/64"))
    assert status(app, OPEN_THERE, address) == expected
    assert status(site(world, ()), OPEN_THERE, address) == 403, "without a network nobody sits there"


@pytest.mark.parametrize("name", ["X_Forwarded_For", "X_Real_IP", "Forwarded", "Client_IP", "True_Client_IP"])
def test_a_forged_header_gains_nothing(world: World, name: str) -> None:
    value = "for=10.4.0.17" if name == "Forwarded" else "10.4.0.17"
    app = site(world, ("10.4.0.0/16",))
    assert status(app, OPEN_THERE, "203.0.113.9", **{name: value}) == 403
    assert status(app, OPEN_THERE, "203.0.113.9", **{name: value + ", 10.4.0.18"}) == 403


def test_behind_a_proxy_only_what_the_proxy_added_counts(world: World) -> None:
    app = site(world, ("10.4.0.0/16",), proxies=1)
    assert status(app, OPEN_THERE, "127.0.0.1", X_Forwarded_For="10.4.0.17") == 200
    assert status(app, OPEN_THERE, "127.0.0.1", X_Forwarded_For="10.4.0.17, 203.0.113.9") == 403
    assert status(app, OPEN_THERE, "127.0.0.1", X_Forwarded_For="10.4.0.17, nonsense") == 403


def test_a_permit_for_the_reading_room_opens_nothing_at_home(world: World) -> None:
    reader = world.reader()
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    [draft] = _cases(world)
    known_as = reader_id(access_log_key(world.site.settings), draft)
    permit = Permit("GP-9", ASKABLE, frozenset({Action.READ}), TODAY, TODAY, reading_room_only=True)
    open_register(world.site.settings.register_url).grant(
        permit, reader_id=known_as, author="An", now=world.site.clock()
    )
    app = site(world, ("10.4.0.0/16",))
    assert status(app, PAGE, "203.0.113.9", reader.cookie) == 403
    assert status(app, PAGE, "203.0.113.9", reader.cookie, X_Forwarded_For="10.4.0.17") == 403
    assert status(app, PAGE, "10.4.0.17", reader.cookie) == 200
    assert status(app, PAGE, "10.4.0.17") == 403, "the room alone is no permit"


def _cases(world: World) -> list[str]:
    """Whose cases there are."""
    with world.site.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT account_id, state FROM cases").all()
    assert {row.state for row in rows} == {State.DRAFT.value}
    return [row.account_id for row in rows]
