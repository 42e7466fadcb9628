"""Which generation is current, and a reader of it. Reading only."""

import threading
import time
from collections.abc import Callable, Mapping

from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.names import GenerationNames, generation_of, pages_alias, read_note, records_alias
from indexer.index.opensearch.reader import OpenSearchReader
from indexer.index.port import IndexUnavailable

FRESH_SECONDS = 0.5
"""How long a reader is kept. An older one is no less safe: it knows itself older, so that more is withheld from it."""


class CurrentGeneration:
    """Keeps a reader of the current generation and looks again after a moment. Safe between threads."""

    def __init__(self, client: Client, prefix: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._prefix, self._clock = client, prefix, clock
        self._lock = threading.Lock()
        self._kept: tuple[float, OpenSearchReader] | None = None

    def reader(self) -> OpenSearchReader:
        """The reader of the current generation. Raises IndexUnavailable while there is none."""
        kept = self._kept
        if kept is None or self._clock() - kept[0] > FRESH_SECONDS:
            with self._lock:
                kept = self._kept
                if kept is None or self._clock() - kept[0] > FRESH_SECONDS:
                    kept = self._kept = (self._clock(), current_reader(self._client, self._prefix))
        return kept[1]


def current_reader(client: Client, prefix: str) -> OpenSearchReader:
    """A reader of what the aliases name now. Raises IndexUnavailable: nothing, or not one generation."""
    described = client.described(f"{records_alias(prefix)},{pages_alias(prefix)}")
    names = current_names(described, prefix)
    if names is None:
        raise IndexUnavailable("no generation has been built yet")
    follows = read_note(described[names.records]["mappings"], names.name).follows
    return OpenSearchReader(client, names, follows)


def current_names(described: Mapping[str, Body], prefix: str) -> GenerationNames | None:
    """The generation both of whose indexes bear the aliases, or None."""
    named = (
        generation_of(index, prefix) for index, body in described.items() if records_alias(prefix) in body["aliases"]
    )
    return next(
        (
            names
            for names in named
            if names and pages_alias(prefix) in described.get(names.pages, {}).get("aliases", {})
        ),
        None,
    )
