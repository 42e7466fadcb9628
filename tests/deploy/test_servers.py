"""The throw-away servers do what the real ones do, and leave nothing behind."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Callable

import pytest
import redis
import sqlalchemy

from tests.deploy.traces import folders, processes_of, soon
from tests.servers.portal import PortalServer
from tests.servers.ports import free_port
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.servers.waiting import ServerNotReady


def echo() -> PortalServer:
    return PortalServer({}, application="tests.servers.echo:create()")


@pytest.mark.parametrize("server", [PostgresServer, RedisServer, echo])
def test_stopped_server_leaves_no_process_and_no_folder(
    server: Callable[[], PostgresServer | RedisServer | PortalServer],
) -> None:
    before = folders()
    running = server()
    made = {folder for folder in folders() - before if processes_of(folder)}
    assert made
    running.stop()
    running.stop()
    assert soon(lambda: not any(folder.exists() or processes_of(folder) for folder in made))


def test_each_test_has_a_database_of_its_own(postgres_server: PostgresServer, postgres_database: str) -> None:
    other = postgres_server.create_database()
    try:
        engines = [sqlalchemy.create_engine(url) for url in (postgres_database, postgres_server.url(other))]
        with engines[0].begin() as connection:
            connection.execute(sqlalchemy.text("CREATE TABLE fonds (title text)"))
            connection.execute(sqlalchemy.text("INSERT INTO fonds VALUES ('Phông Toà sứ Nam Định')"))
            assert connection.scalar(sqlalchemy.text("SELECT title FROM fonds")) == "Phông Toà sứ Nam Định"
        assert [sqlalchemy.inspect(engine).get_table_names() for engine in engines] == [["fonds"], []]
    finally:
        for engine in engines:
            engine.dispose()
        postgres_server.drop_database(other)


def test_a_database_is_dropped_under_an_open_connection(postgres_server: PostgresServer) -> None:
    name = postgres_server.create_database()
    engine = sqlalchemy.create_engine(postgres_server.url(name), poolclass=sqlalchemy.NullPool)
    connection = engine.connect()
    postgres_server.drop_database(name)
    with pytest.raises(sqlalchemy.exc.OperationalError):
        connection.execute(sqlalchemy.text("SELECT 1"))
    connection.close()


def test_postgres_is_reached_by_its_socket_only(postgres_url: str) -> None:
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SHOW listen_addresses")) == ""
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
    engine.dispose()


def test_redis_goes_away_and_comes_back(redis_server: RedisServer, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("seen", "yes")
        redis_server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("seen")
        redis_server.start()
        redis_server.start()
        assert client.get("seen") is None


def test_redis_is_empty_for_each_test(redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")
        redis_server.clear()
        assert client.dbsize() == 0


def test_the_portal_answers_from_its_first_moment() -> None:
    with echo() as server, urllib.request.urlopen(f"{server.url}/blank", timeout=5) as response:
        assert response.status == 200


def test_a_portal_that_cannot_start_says_why() -> None:
    with pytest.raises(ServerNotReady, match="ARCHIVE_WORKERS must be a whole number from 1 to 64, not '0'"):
        PortalServer({"ARCHIVE_WORKERS": "0"}, application="tests.servers.echo:create()")


def test_a_free_port_is_free_and_not_one_for_outgoing_connections() -> None:
    port = free_port()
    assert 20_000 <= port < 32_000
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
