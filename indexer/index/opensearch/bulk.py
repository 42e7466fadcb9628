"""Writing many documents: in requests of a bounded size, two under way at once, each document with its version."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from indexer.index.opensearch.client import Client
from indexer.index.port import IndexUnavailable, Unwritten

REQUEST_BYTES = 4_000_000
SENDERS = 2

ATTEMPTS = 8
"""How often a document is sent that the cluster has no room for just now; the pauses between add up to a minute."""

FIRST_PAUSE_SECONDS = 0.25

_OK, _REDIRECT, _CONFLICT, _BUSY = 200, 300, 409, (429, 503)


@dataclass(frozen=True)
class Document:
    """One document to be written, and the record it belongs to.

    What is gone is written too, as a document without an audience: it passes no access filter, and no older version
    can ever bring it back, as it could some time after a deletion.
    """

    index: str
    name: str
    record_id: str
    version: int
    fields: Mapping[str, Any]
    routing: str = ""

    def lines(self) -> str:
        """The two lines of a bulk request."""
        place = {"_index": self.index, "_id": self.name, "version": self.version, "version_type": "external_gte"}
        if self.routing:
            place["routing"] = self.routing
        return f"{json.dumps({'index': place})}\n{json.dumps(self.fields, ensure_ascii=False)}\n"


class Bulk:
    """Sends documents. Used as a context manager; leaving it waits for all that was put in. Raises IndexUnavailable.

    An older version than the one that is there is no error: the newer one stays.
    """

    def __init__(self, client: Client, pause: Callable[[float], None] = time.sleep) -> None:
        self._client, self._pause = client, pause
        self._waiting: list[tuple[Document, str]] = []
        self._size = 0
        self._pool = ThreadPoolExecutor(SENDERS)
        self._sent: list[Future[list[Unwritten]]] = []
        self.unwritten: list[Unwritten] = []

    def put(self, documents: Iterable[Document]) -> None:
        """Write these soon."""
        for document in documents:
            lines = document.lines()
            self._waiting.append((document, lines))
            self._size += len(lines)
            if self._size >= REQUEST_BYTES:
                self._send()

    def finish(self) -> None:
        """Write everything now, and wait for it."""
        self._send()
        while self._sent:
            self.unwritten += self._sent.pop(0).result()

    def close(self) -> None:
        """Stop sending; what was not finished may not have been written."""
        self._pool.shutdown(cancel_futures=True)

    def _send(self) -> None:
        if not self._waiting:
            return
        batch, self._waiting, self._size = self._waiting, [], 0
        while len(self._sent) >= SENDERS:
            self.unwritten += self._sent.pop(0).result()
        self._sent.append(self._pool.submit(self._written, batch))

    def _written(self, batch: list[tuple[Document, str]]) -> list[Unwritten]:
        unwritten: list[Unwritten] = []
        for attempt in range(ATTEMPTS):
            if attempt:
                self._pause(FIRST_PAUSE_SECONDS * 2**attempt)
            answer = self._client.bulk("".join(lines for _, lines in batch))
            items = [item["index"] for item in answer["items"]]
            again = [one for one, item in zip(batch, items, strict=True) if item["status"] in _BUSY]
            unwritten += (
                Unwritten(document.record_id, _reason(item))
                for (document, _), item in zip(batch, items, strict=True)
                if not _is_written(item["status"]) and item["status"] not in _BUSY
            )
            batch = again
            if not batch:
                return unwritten
        raise IndexUnavailable(f"the search engine had no room for {len(batch)} documents")


def _is_written(status: int) -> bool:
    return _OK <= status < _REDIRECT or status == _CONFLICT


def _reason(item: Mapping[str, Any]) -> str:
    """Why, without anything of the document: the cluster's own sentence may quote it."""
    error = item.get("error", {})
    return f"the search engine refused it: {error.get('type', item['status'])}"
