"""Limits by class, in memory and in Redis; without Redis searches go on under limits and images stop."""

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import Services
from tests.portal.archive import OPEN_ITEM
from tests.servers.redis import RedisServer

IMAGE = f"/tai-lieu/{OPEN_ITEM.id}/trang/1/thumb.jpg"


def limited(settings: PortalSettings, services: Services, **changes: object) -> FlaskClient:
    tight = {"limit_search": "3/minute", "limit_suggest": "4/minute", "limit_images": "2/minute"}
    return create_app(settings.model_copy(update=tight | changes), services).test_client()


def statuses(client: FlaskClient, path: str, times: int, address: str = "203.0.113.7") -> list[int]:
    return [client.get(path, environ_base={"REMOTE_ADDR": address}).status_code for _ in range(times)]


def test_each_class_has_its_own_limit_in_plain_words(settings: PortalSettings, services: Services) -> None:
    client = limited(settings, services)
    assert statuses(client, "/tim-kiem?q=giao", 4) == [200, 200, 200, 429]
    assert statuses(client, "/en/tim-kiem?q=giao", 1) == [429], "the other language is the same class"
    assert statuses(client, "/goi-y?q=giao", 5) == [200] * 4 + [429]
    assert statuses(client, IMAGE, 3) == [200, 200, 429]
    assert statuses(client, "/", 9) == [200] * 9
    refused = client.get("/tim-kiem?q=giao", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    assert "<main" in refused.text
    assert int(refused.headers["Retry-After"]) > 0


def test_addresses_are_counted_apart_but_one_ipv6_network_together(
    settings: PortalSettings, services: Services
) -> None:
    client = limited(settings, services)
    assert statuses(client, "/tim-kiem", 3, "203.0.113.1") == [200] * 3
    assert statuses(client, "/tim-kiem", 3, "203.0.113.2") == [200] * 3
    assert statuses(client, "/tim-kiem", 3, "2001:db8:1:2::1") == [200] * 3
    assert statuses(client, "/tim-kiem", 1, "2001:db8:1:2:ffff::9") == [429]
    assert statuses(client, "/tim-kiem", 1, "2001:db8:1:3::1") == [200]


def test_a_forged_forwarding_header_gains_nothing(settings: PortalSettings, services: Services) -> None:
    client = limited(settings, services)
    codes = [client.get("/tim-kiem", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert codes == [200, 200, 200, 429]


@pytest.mark.redis
def test_with_redis_away_searches_go_on_and_images_refuse(
    settings: PortalSettings, services: Services, redis_server: RedisServer
) -> None:
    client = limited(settings, services, redis_url=redis_server.url)
    assert statuses(client, IMAGE, 3) == [200, 200, 429]
    assert statuses(client, "/tim-kiem", 1) == [200]
    redis_server.stop()
    try:
        assert statuses(client, IMAGE, 2) == [503, 503]
        assert set(statuses(client, "/tim-kiem", 6)) == {200, 429}
    finally:
        redis_server.start()
