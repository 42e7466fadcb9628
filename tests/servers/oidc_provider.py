"""The OpenID-certified `oidc-provider` (Node), which a test may take away and bring back with other keys."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.leash import Leash, new_folder
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until

_PROGRAM = Path(__file__).with_name("oidc_provider") / "server.mjs"

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Relying:
    """The portal, as it is registered with the provider: addresses are compared whole."""

    client_id: str
    client_secret: str
    callback: str
    back_channel: str
    after_logout: tuple[str, ...]

    def registration(self) -> dict[str, object]:
        """The same in the members of OpenID Connect Dynamic Client Registration."""
        return {
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "redirect_uris": [self.callback],
            "post_logout_redirect_uris": list(self.after_logout),
            "backchannel_logout_uri": self.back_channel,
            "backchannel_logout_session_required": True,
        }


class OidcProviderServer:
    """Runs on one port from `start()` to `stop()`; also a context manager, which ends it. Each start makes new keys."""

    def __init__(self) -> None:
        self._port = free_port()
        self._leash: Leash | None = None
        self._relying: Relying | None = None
        # Not 127.0.0.1, where the portal is: to a browser these are two sites, as they are in life.
        self.issuer = f"http://localhost:{self._port}"

    def start(self, relying: Relying | None = None) -> None:
        """Starts it for this portal, or the one it had before; returns when it answers."""
        self._relying = relying or self._relying
        if self._relying is None:
            raise ValueError("the first start needs to know the portal")
        node = Path(sys.executable).with_name("node")
        if not node.exists() or not (_PROGRAM.parent / "node_modules").is_dir():
            raise RuntimeError("the npm packages are not installed; run deploy/bin/install --dev")
        folder = new_folder("oidc-provider")
        configuration = {"port": self._port, "issuer": self.issuer, "client": self._relying.registration()}
        self._leash = Leash(
            [str(node), str(_PROGRAM)],
            folder=folder,
            env={"PATH": os.defpath, "HOME": str(folder), "OIDC_PROVIDER": json.dumps(configuration)},
            cwd=folder,
        )
        wait_until(self._answers, leash=self._leash, what="oidc-provider")

    def stop(self) -> None:
        """Ends it; what it knew of sessions is gone. May be called twice."""
        if self._leash is not None:
            self._leash.end()
            self._leash = None

    def log(self) -> str:
        """What it wrote since it was started."""
        return self._leash.log() if self._leash is not None else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        try:
            with _opener.open(f"{self.issuer}/.well-known/openid-configuration", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False
