"""A real OpenSearch: the command for developers, the nodes that tests use, and the TLS proxy before one of them."""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.traces import processes_of, soon
from tests.servers.nginx import NginxTls
from tests.servers.opensearch import OpenSearchMissing, OpenSearchServer
from tests.servers.portal import ROOT
from tests.servers.ports import free_port

COMMAND = str(ROOT / "deploy/bin/opensearch")
PLUGINS = {"CommonAnalysis", "MapperExtras", "RankEval", "Reindex", "Painless", "Netty4"}
WANTS_A_NODE = "def test_one(opensearch_server):\n    pass\n"
PAGE = "archive-pages"


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [COMMAND, *arguments]
    return subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    run("stop", "--home", str(tmp_path / "home"))


@pytest.fixture
def node(opensearch_server: OpenSearchServer) -> OpenSearchServer:
    opensearch_server.clear()
    return opensearch_server


@pytest.fixture
def cluster(opensearch_cluster: OpenSearchServer) -> Iterator[OpenSearchServer]:
    opensearch_cluster.clear()
    yield opensearch_cluster
    opensearch_cluster.restore()


def write_page(server: OpenSearchServer, text: str, *, node: int = 0) -> None:
    server.ask(f"/{PAGE}/_doc/1?refresh=true", {"text": text}, method="PUT", node=node)


def read_page(server: OpenSearchServer, *, node: int = 0) -> str:
    return str(server.ask(f"/{PAGE}/_doc/1?preference=_local", node=node)["_source"]["text"])


# --- the command -------------------------------------------------------------------------------------------------------


def test_a_node_starts_answers_and_ends_without_a_trace(home: Path) -> None:
    port = free_port()
    started = run("start", "--port", str(port), "--heap", "400m", "--home", str(home))
    assert started.returncode == 0, started.stderr
    assert started.stdout == f"ARCHIVE_OPENSEARCH_URLS='[\"http://127.0.0.1:{port}\"]'\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_cluster/health", timeout=10) as health:
        assert json.load(health)["number_of_nodes"] == 1
    assert len(processes_of(home)) == 1

    again = run("start", "--port", str(port), "--home", str(home))
    assert again.returncode == 1
    assert f"run already: {started.stdout}" in again.stderr
    elsewhere = run("start", "--port", str(port), "--home", f"{home}-2")
    assert elsewhere.returncode == 4
    assert f"port {port} on 127.0.0.1 is in use; choose another with --port" in elsewhere.stderr
    status = run("status", "--home", str(home))
    assert (status.returncode, status.stdout) == (0, started.stdout)

    assert run("stop", "--home", str(home)).returncode == 0
    assert processes_of(home) == []
    assert run("status", "--home", str(home)).returncode == 1
    assert run("stop", "--home", str(home)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "say what to do"),
        (["start", "stop"], "one action at a time"),
        (["restart"], "unknown argument 'restart'"),
        (["start", "--nodes", "2"], "--nodes wants 1 or 3, not '2'"),
        (["start", "--port", "80"], "--port wants a whole number from 1024 to 65000"),
        (["start", "--heap", "0g"], "--heap wants a size"),
        (["start", "--home"], "--home wants a value"),
        (["stop", "--port", "9200"], "--port goes with start only"),
        (["build", "--home", "/tmp/h"], "--home does not go with build"),
    ],
)
def test_wrong_usage_is_refused_before_any_work(arguments: list[str], complaint: str) -> None:
    answer = run(*arguments)
    assert answer.returncode == 2
    assert complaint in answer.stderr
    assert "see opensearch --help" in answer.stderr


def test_without_java_one_line_says_what_to_do() -> None:
    answer = run("start", JAVA_HOME="/nowhere")
    assert answer.returncode == 3
    assert re.fullmatch(r"opensearch: NO OPENSEARCH HERE: a JDK.*deploy/bin/install --dev\n", answer.stderr)


def test_without_maven_one_line_says_what_to_do(tmp_path: Path) -> None:
    for name in ("bash", "basename", "dirname", "python3"):
        program = subprocess.run(["which", name], capture_output=True, text=True, check=True).stdout.strip()
        (tmp_path / name).symlink_to(program)
    answer = run("build", PATH=str(tmp_path), PYTHON=sys.executable)
    assert answer.returncode == 3
    assert re.fullmatch(r"opensearch: NO OPENSEARCH HERE: Maven.*deploy/bin/install --dev\n", answer.stderr)


def test_a_second_build_does_nothing() -> None:
    first = run("build")
    stamp = ROOT / "deploy/opensearch/target/built"
    before = stamp.stat()
    second = run("build")
    assert (second.returncode, second.stderr, second.stdout) == (0, "", first.stdout)
    assert stamp.stat() == before


def test_a_node_without_one_of_its_plugins_does_not_start(tmp_path: Path) -> None:
    java, arguments = run("build").stdout.splitlines()
    words = Path(arguments.removeprefix("@")).read_text()
    without = re.sub(r":[^:\"]*/reindex-client-[^:\"]*\.jar", "", words)
    assert without != words
    (tmp_path / "arguments").write_text(without)
    ports = [str(free_port()), str(free_port())]
    command = [java, f"@{tmp_path}/arguments", str(tmp_path), "1", *ports]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 1
    assert "the node did not start: java.lang.ClassNotFoundException: org.opensearch.index.reindex" in answer.stdout


# --- the nodes of the tests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ci", "outcome"), [("false", "1 skipped"), ("true", "1 error")])
def test_without_java_tests_of_a_node_are_skipped_loudly_and_fail_in_ci(tmp_path: Path, ci: str, outcome: str) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    opensearch: o\n")
    (tmp_path / "test_case.py").write_text(WANTS_A_NODE)
    command = [sys.executable, "-m", "pytest", "-ra", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    env = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "JAVA_HOME": "/nowhere"}
    answer = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert outcome in answer.stdout
    assert "NO OPENSEARCH HERE" in answer.stdout


def test_a_server_without_java_is_told_apart_from_one_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(OpenSearchMissing, match="NO OPENSEARCH HERE"):
        OpenSearchServer()


def test_a_node_has_the_plugins_that_the_index_needs(node: OpenSearchServer) -> None:
    (plugins,) = (each["plugins"] for each in node.ask("/_nodes/plugins")["nodes"].values())
    assert {re.sub(r".*\.|Plugin$", "", plugin["name"]) for plugin in plugins} == PLUGINS


def test_a_node_folds_and_pairs_vietnamese_syllables(node: OpenSearchServer) -> None:
    shingle = {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "output_unigrams": False}
    chain = {"tokenizer": "standard", "filter": ["lowercase", "asciifolding", shingle]}
    answer = node.ask("/_analyze", {**chain, "text": "Ruộng đất Nghĩa Hưng"}, method="POST")
    assert [token["token"] for token in answer["tokens"]] == ["ruong dat", "dat nghia", "nghia hung"]


def test_a_node_copies_and_deletes_by_query(node: OpenSearchServer) -> None:
    for index in (PAGE, "copied"):
        node.ask(f"/{index}", {"settings": {"number_of_replicas": 0}}, method="PUT")
    write_page(node, "Sổ địa bạ")
    copied = node.ask("/_reindex?refresh=true", {"source": {"index": PAGE}, "dest": {"index": "copied"}}, method="POST")
    assert copied["created"] == 1
    everything = {"exists": {"field": "text"}}
    assert node.ask("/copied/_delete_by_query", {"query": everything}, method="POST")["deleted"] == 1


def test_a_node_makes_no_index_by_accident_and_answers_in_whole(node: OpenSearchServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        write_page(node, "Không có chỉ mục này")
    node.ask(f"/{PAGE}", {}, method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        node.ask("/*", method="DELETE")
    settings = node.ask("/_cluster/settings?include_defaults=true&flat_settings=true")
    in_force = {**settings["defaults"], **settings["persistent"], **settings["transient"]}
    assert in_force["search.default_allow_partial_results"] == "false"
    assert in_force["indices.query.bool.max_clause_count"] == "4096"
    assert in_force["cluster.routing.allocation.disk.threshold_enabled"] == "false"
    node.clear()
    assert node.ask("/_cat/indices?format=json&expand_wildcards=all") == []


@pytest.mark.long
def test_three_nodes_find_each_other(cluster: OpenSearchServer) -> None:
    assert len(set(cluster.urls)) == 3
    for each in range(3):
        assert cluster.ask("/_cluster/health", node=each)["number_of_nodes"] == 3


@pytest.mark.long
def test_a_killed_node_loses_nothing_and_comes_back(cluster: OpenSearchServer) -> None:
    settings = {"settings": {"number_of_shards": 1, "number_of_replicas": 2}}
    cluster.ask(f"/{PAGE}?wait_for_active_shards=3", settings, method="PUT")
    write_page(cluster, "trước khi mất điện")
    cluster.kill_node(2)
    assert cluster.ask("/_cluster/health?wait_for_nodes=2&timeout=60s")["number_of_nodes"] == 2
    write_page(cluster, "trong khi mất điện")
    with pytest.raises(RuntimeError, match="node 3 is not running"):
        cluster.pause(2)
    cluster.start_node(2)
    cluster.ask("/_cluster/health?wait_for_status=green&timeout=60s")
    cluster.stop_node(0)
    assert cluster.ask("/_cluster/health?wait_for_nodes=2&timeout=60s", node=2)["number_of_nodes"] == 2
    assert read_page(cluster, node=2) == "trong khi mất điện"
    cluster.restore()
    assert cluster.ask("/_cluster/health")["number_of_nodes"] == 3


@pytest.mark.long
def test_a_halted_node_does_not_answer_until_it_is_resumed(cluster: OpenSearchServer) -> None:
    address = f"{cluster.urls[1]}/_cluster/health?local=true"
    cluster.pause(1)
    try:
        with pytest.raises(TimeoutError):
            urllib.request.urlopen(address, timeout=1)
    finally:
        cluster.resume(1)
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.status == 200


@pytest.mark.long
def test_a_stopped_server_leaves_no_process_and_no_folder() -> None:
    server = OpenSearchServer()
    made = server.folders()
    assert [bool(processes_of(folder)) for folder in made] == [True, True]
    assert 100e6 < server.resident_bytes()[0] < 1.5e9
    server.stop()
    server.stop()
    assert soon(lambda: not any(folder.exists() or processes_of(folder) for folder in made))


# --- the TLS proxy -----------------------------------------------------------------------------------------------------


@pytest.fixture
def proxy(node: OpenSearchServer) -> Iterator[NginxTls]:
    server = NginxTls(node.urls[0])
    yield server
    server.stop()


def status(proxy: NginxTls, *, password: str, trust: bool = True) -> int:
    passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
    passwords.add_password(None, proxy.url, proxy.user, password, is_authenticated=True)
    context = ssl.create_default_context(cafile=str(proxy.ca_file) if trust else None)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=context),
        urllib.request.HTTPBasicAuthHandler(passwords),
    )
    try:
        with opener.open(f"{proxy.url}/_cluster/health", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code


def test_the_proxy_answers_with_the_password_and_not_without(proxy: NginxTls) -> None:
    assert status(proxy, password=proxy.password) == 200
    assert status(proxy, password="wrong") == 401


def test_the_proxy_is_not_trusted_without_its_authority(proxy: NginxTls) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        status(proxy, password=proxy.password, trust=False)


def test_the_proxy_is_closed_when_nothing_answers_behind_it() -> None:
    server = NginxTls(f"http://127.0.0.1:{free_port()}")
    try:
        assert status(server, password=server.password) == 502
    finally:
        server.stop()
    assert soon(lambda: processes_of(server.ca_file.parent) == [])
