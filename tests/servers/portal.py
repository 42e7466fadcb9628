"""The portal as it runs in production: gunicorn, its configuration file, several processes."""

from __future__ import annotations

import os
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.leash import Leash, new_folder
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "ARCHIVE_SETTINGS": os.devnull}


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class PortalServer:
    """Serves from its creation to `stop()`; also a context manager.

    `env` holds the settings (ARCHIVE_…); none come from the test run's environment or a settings file. `application` is what
    gunicorn serves: a module, a colon, and a call that gives a WSGI application. It listens where ARCHIVE_BIND says, else
    on a free port.
    """

    def __init__(self, env: Mapping[str, str], *, application: str = "portal.wsgi:create()") -> None:
        address = env.get("ARCHIVE_BIND") or f"127.0.0.1:{free_port()}"
        self.url = f"http://{address}"
        folder = new_folder("portal")
        self._leash = Leash(
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy/gunicorn.conf.py"), application],
            folder=folder,
            env={**_environment(folder), "ARCHIVE_BIND": address, **env},
            cwd=ROOT,
        )
        wait_until(self._answers, leash=self._leash, what="the portal")

    def log(self) -> str:
        """Error log and access log so far."""
        return self._leash.log()

    def stop(self) -> None:
        self._leash.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        try:
            with _opener.open(f"{self.url}/readyz", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:  # refused, or answered with a status of 400 and above
            return False
