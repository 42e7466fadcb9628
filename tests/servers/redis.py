"""A throw-away Redis server that a test may take away and bring back."""

from __future__ import annotations

import os
import shutil

import redis

from tests.servers.leash import Leash, new_folder
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until


class RedisServer:
    """Runs on one port of 127.0.0.1 from the first start to the last stop and keeps nothing over a stop."""

    def __init__(self) -> None:
        self._port = free_port()
        self._leash: Leash | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Starts it when it is not running; returns when it answers."""
        if self._leash is not None:
            return
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("no Redis server is installed; run deploy/bin/install --dev")
        folder = new_folder("redis")
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._leash = Leash(
            [program, *options, "--dir", str(folder)], folder=folder, env={"PATH": os.defpath}, cwd=folder
        )
        wait_until(self._answers, leash=self._leash, what="Redis")

    def stop(self) -> None:
        """Ends it, as a failure of the real one would: clients find the connection refused."""
        if self._leash is not None:
            self._leash.end()
            self._leash = None

    def clear(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=5) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False
