"""The reader of the current generation. Reading only."""

import time
from collections.abc import Callable

from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.reader import MeiliReader
from indexer.index.meilisearch.server import Server
from indexer.index.meilisearch.state import read_state

REMEMBERED_SECONDS = 0.5
"""How long a process may still ask the generation before, or not know yet what the current one follows."""


class CurrentGeneration:
    """Asks the server which generation is current, at most twice a second. Safe between threads."""

    def __init__(self, server: Server, names: Names) -> None:
        self._server, self._names = server, names
        self._known: tuple[float, MeiliReader] | None = None

    def reader(self) -> MeiliReader:
        """The reader of the current generation. Raises IndexUnavailable while there is none.

        Several threads may ask at the same time: waiting for each other, they would add up their time limits.
        """
        known = self._known
        if known is None or time.monotonic() - known[0] > REMEMBERED_SECONDS:
            asked = time.monotonic()
            known = self._known = (asked, self._read())
        return known[1]

    def forget(self) -> None:
        """Ask anew for the next reader: this process has changed something."""
        self._known = None

    def _read(self) -> MeiliReader:
        state = read_state(self._server, self._names.state)
        return MeiliReader(self._server, self._names, state.noted(state.current))


def meili_readers(url: str, key: str, prefix: str) -> Callable[[], MeiliReader]:
    """The readers of a site's index on a Meilisearch server. Nothing is asked before the first question."""
    return CurrentGeneration(Server(url, key), Names(prefix)).reader
