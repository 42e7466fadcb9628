"""The parts of the site in containers that run without containers too: nginx, health check, accounts of the register."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from access_policy.register.store import open_register
from tests.deploy.compose import DEPLOY, HOST
from tests.deploy.traces import soon
from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT
from tests.servers.ports import free_port
from tests.servers.postgres import PostgresServer
from tests.servers.waiting import wait_until


def portal_on_socket(folder: Path, name: str, application: str = "tests.servers.echo:create()") -> Leash:
    home = new_folder("portal")
    path = folder / name
    leash = Leash(
        [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py"), application],
        folder=home,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "ARCHIVE_BIND": f"unix:{path}"},
        cwd=ROOT,
    )
    wait_until(lambda: is_ready(path), leash=leash, what="the portal")
    return leash


def is_ready(path: Path) -> bool:
    check = [sys.executable, str(DEPLOY / "compose/ready.py"), str(path)]
    return subprocess.run(check, check=False, timeout=30).returncode == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short enough for the name of a socket."""
    made = new_folder("compose")
    yield made
    shutil.rmtree(made)


@pytest.fixture
def portals(folder: Path) -> Iterator[list[Leash]]:
    running = [portal_on_socket(folder, f"portal-{number}.sock") for number in (1, 2)]
    yield running
    for leash in running:
        leash.end()


@pytest.fixture
def site(folder: Path, secrets: Path, portals: list[Leash]) -> Iterator[Mapping[str, int]]:
    """nginx with the configuration of the container, but for its paths and ports; its ports by those of the container."""
    ports = {number: free_port() for number in ("8080", "8443", "8081")}
    text = (DEPLOY / "compose/nginx.conf").read_text()
    for old, new in [("/tmp/", f"{folder}/"), ("/run/archive", str(folder)), ("/run/secrets", str(secrets))]:
        text = text.replace(old, new)
    for number, port in ports.items():
        text = re.sub(rf"listen (127\.0\.0\.1:)?{number}\b", f"listen 127.0.0.1:{port}", text)
    home = new_folder("nginx")
    (home / "nginx.conf").write_text(f"daemon off;\nmaster_process off;\n{text}")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    command = [program, "-e", "stderr", "-c", str(home / "nginx.conf")]
    leash = Leash(command, folder=home, env={"PATH": os.defpath}, cwd=home)
    wait_until(lambda: status(f"http://127.0.0.1:{ports['8081']}/") == 204, leash=leash, what="nginx")
    yield ports
    leash.end()


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def status(url: str, context: ssl.SSLContext | None = None) -> int | str:
    """The status of the answer, for a redirection its aim."""
    handlers = [urllib.request.ProxyHandler({}), Unfollowed(), urllib.request.HTTPSHandler(context=context)]
    request = urllib.request.Request(url, headers={"Host": HOST})
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return str(refusal.headers["Location"]) if refusal.code == 301 else refusal.code
    except OSError:
        return 0


def test_nginx_serves_over_tls_while_one_of_two_portals_lives(
    site: Mapping[str, int], portals: list[Leash], secrets: Path
) -> None:
    context = ssl.create_default_context(cafile=str(secrets / "site.pem"))
    context.check_hostname = False
    address = f"https://127.0.0.1:{site['8443']}/blank"
    assert status(f"http://127.0.0.1:{site['8080']}/blank?q=a") == f"https://{HOST}/blank?q=a"
    assert {status(address, context) for _ in range(4)} == {200}
    portals[0].end()
    assert {status(address, context) for _ in range(6)} == {200}
    portals[1].end()
    assert soon(lambda: status(address, context) == 502)


def test_the_health_check_of_a_portal_tells_ready_from_not(folder: Path, portals: list[Leash]) -> None:
    assert is_ready(folder / "portal-1.sock")
    assert not is_ready(folder / "absent.sock")
    with socket.socket(socket.AF_UNIX) as broken:
        broken.bind(str(folder / "broken.sock"))
        broken.listen()
        check = [sys.executable, str(DEPLOY / "compose/ready.py"), str(folder / "broken.sock")]
        with subprocess.Popen(check) as asked:
            connection, _ = broken.accept()
            connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            connection.close()
            assert asked.wait(10) == 1


def test_the_indexer_owns_the_register_and_the_portal_only_reads_it(register: Mapping[str, str]) -> None:
    with closing(open_register(register["indexer"])) as owned, closing(open_register(register["portal"])) as read:
        owned.migrate()
        assert read.revision() == owned.revision()
    engine = sqlalchemy.create_engine(register["portal"], poolclass=sqlalchemy.NullPool)
    tables = sqlalchemy.inspect(engine).get_table_names()
    assert tables
    for table in tables:
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text(f"SELECT count(*) FROM {table}"))
            with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
                connection.execute(sqlalchemy.text(f"DELETE FROM {table}"))
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
        connection.execute(sqlalchemy.text("CREATE TABLE mine (id integer)"))


@pytest.fixture
def register(secrets: Path) -> Iterator[Mapping[str, str]]:
    """The URL of a register's database by account, after the script that makes the accounts; a cluster of its own,
    because accounts belong to the whole of it.
    """
    server = PostgresServer()
    database = server.create_database()
    url = sqlalchemy.make_url(server.url(database))
    env = {**os.environ, "PGHOST": str(url.query["host"]), "POSTGRES_USER": str(url.username), "POSTGRES_DB": database}
    script = str(DEPLOY / "compose/postgres/accounts.sh")
    subprocess.run([script], env={**env, "PASSWORDS": str(secrets)}, check=True, timeout=60)
    yield {name: url.set(username=name).render_as_string(hide_password=False) for name in ("indexer", "portal")}
    server.stop()
