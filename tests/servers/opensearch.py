"""A throw-away OpenSearch of one or three nodes, whose nodes a test may take away, halt and bring back."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT
from tests.servers.ports import free_port
from tests.servers.waiting import ServerNotReady, wait_until

_SECONDS_TO_START = 120
_HEAP = {1: "512m", 3: "400m"}

# A test node's life is too short for the second compiler to pay.
_QUICK = ("-XX:TieredStopAtLevel=1",)

# The folder of the data is removed by this keeper, not with a node: a node that was killed finds its data again. It
# holds back until no node writes there any more; each has a shared lock on the file as long as it lives.
_KEEPER = "trap 'flock --exclusive \"$0\" true; exit' TERM; while :; do sleep 3600 & wait; done"

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class OpenSearchMissing(RuntimeError):
    """This machine has no Java or no Maven; the message is one line that says what to do."""


@dataclass
class _Node:
    ordinal: int
    port: int
    leash: Leash | None = None
    pid: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class OpenSearchServer:
    """Runs from its creation to `stop()`; nodes are counted from 0, in the order of `urls`.

    `heap` is the memory of each node's Java, for one that lives long enough to be measured. A port keeps its node over all starts. OpenSearchMissing where it cannot run at all.
    """

    def __init__(self, nodes: int = 1, *, heap: str = "") -> None:
        self._command = _node_command()
        self._options = (f"-Xmx{heap}",) if heap else (f"-Xmx{_HEAP[nodes]}", *_QUICK)
        self._nodes = [_Node(ordinal, free_port()) for ordinal in range(1, nodes + 1)]
        self._transport = [str(free_port()) for _ in range(nodes)]
        self._folder = new_folder("opensearch")
        keeper = ["sh", "-c", _KEEPER, str(self._folder / "nodes-live")]
        self._keeper = Leash(keeper, folder=self._folder, env={"PATH": os.defpath}, cwd=Path("/"))
        self.restore()

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of all nodes, of those that are away too."""
        return tuple(node.url for node in self._nodes)

    def ask(self, path: str, body: object = None, *, method: str = "GET", node: int = 0) -> Any:
        """The JSON that a node answers; urllib.error.HTTPError for a status of 400 and above."""
        return _ask(f"{self._nodes[node].url}{path}", method, body)

    def restore(self) -> None:
        """Brings back every node that is away or halted; returns when all have found each other."""
        for index, node in enumerate(self._nodes):
            if node.leash is None:
                self._launch(node)
            else:
                self.resume(index)
        for node in self._nodes:
            self._wait_for(node, f"wait_for_nodes={len(self._nodes)}&wait_for_status=yellow")

    def start_node(self, index: int) -> None:
        """Brings a node back with its data; returns when it has joined. Of three, another one must be running."""
        node = self._nodes[index]
        if node.leash is None:
            self._launch(node)
            running = sum(each.leash is not None for each in self._nodes)
            self._wait_for(node, f"wait_for_nodes=ge({running})")

    def stop_node(self, index: int) -> None:
        """Ends a node in order; it takes its leave of the others."""
        self._end(self._nodes[index], signal.SIGTERM)

    def kill_node(self, index: int) -> None:
        """Ends a node at once, as a power cut would."""
        self._end(self._nodes[index], signal.SIGKILL)

    def pause(self, index: int) -> None:
        """Halts a node: its port takes connections and nothing answers."""
        _signal(self._nodes[index], signal.SIGSTOP)

    def resume(self, index: int) -> None:
        _signal(self._nodes[index], signal.SIGCONT)

    def clear(self) -> None:
        """Deletes every index, and with it the aliases on it."""
        for found in self.ask("/_cat/indices?format=json&h=index&expand_wildcards=all"):
            self.ask(f"/{found['index']}", method="DELETE")

    def stop(self) -> None:
        """Ends all nodes and removes their data; may be called twice."""
        for node in self._nodes:
            if node.leash is not None:
                node.leash.end()
                node.leash = None
        self._keeper.end()

    def folders(self) -> tuple[Path, ...]:
        """The folders that it uses now: of the data, and of each node that is not away."""
        return (self._folder, *(node.leash.folder for node in self._nodes if node.leash is not None))

    def resident_bytes(self) -> tuple[int, ...]:
        """Memory of each running node that is in RAM."""
        return tuple(_resident_bytes(node.pid) for node in self._nodes if node.leash is not None)

    def _launch(self, node: _Node) -> None:
        folder = new_folder("opensearch-node")
        java, *arguments = self._command
        words = [java, *self._options, *arguments]
        words += [str(self._folder), str(node.ordinal), str(node.port), *self._transport]
        node.leash = Leash(
            ["flock", "--shared", "--no-fork", str(self._folder / "nodes-live"), *words],
            folder=folder,
            env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"},
            cwd=folder,
            stop_signal=signal.SIGKILL,  # at the end nothing is worth keeping; stop_node() gives a node its time
        )

    def _wait_for(self, node: _Node, health: str) -> None:
        assert node.leash is not None
        question = f"{node.url}/_cluster/health?{health}&timeout=4s"
        try:
            wait_until(
                lambda: _answers(question), leash=node.leash, what=f"node {node.ordinal}", seconds=_SECONDS_TO_START
            )
        except ServerNotReady:
            self.stop()
            raise
        up = re.search(r"is up: pid (\d+)", node.leash.log())
        assert up is not None
        node.pid = int(up[1])

    def _end(self, node: _Node, with_signal: signal.Signals) -> None:
        if node.leash is None:
            return
        _signal(node, with_signal)
        deadline = time.monotonic() + 20
        while node.leash.running() and time.monotonic() < deadline:
            time.sleep(0.05)
        node.leash.end()
        node.leash, node.pid = None, 0


def _signal(node: _Node, number: signal.Signals) -> None:
    if not node.pid:
        raise RuntimeError(f"node {node.ordinal} is not running")  # and 0 would mean this whole process group
    os.kill(node.pid, number)


def _node_command() -> Sequence[str]:
    """The beginning of the command that starts a node; builds the node when that has not been done."""
    build = [str(ROOT / "deploy/bin/opensearch"), "build"]
    answer = subprocess.run(build, capture_output=True, text=True, timeout=600, check=False)
    if answer.returncode == 3:
        raise OpenSearchMissing(answer.stderr.strip())
    if answer.returncode != 0:
        raise RuntimeError(f"the OpenSearch node could not be built:\n{answer.stderr}")
    return answer.stdout.splitlines()


def _ask(url: str, method: str, body: object) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with _opener.open(request, timeout=90) as response:
        return json.load(response)


def _answers(url: str) -> bool:
    try:
        _ask(url, "GET", None)
    except OSError:  # refused, reset, too late, or a status of 400 and above: 408 when health is not as asked
        return False
    return True


def _resident_bytes(pid: int) -> int:
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return resident * os.sysconf("SC_PAGE_SIZE")
