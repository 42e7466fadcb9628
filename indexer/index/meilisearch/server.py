"""Asking one Meilisearch server, with a time limit, and in the port's own error."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import meilisearch
import requests
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo

from indexer.index.port import IndexUnavailable

Question = Mapping[str, Any]
Answer = dict[str, Any]

ASKING_SECONDS, WRITING_SECONDS, TASK_SECONDS = 5, 120, 3600
"""How long an answer, the taking of a piece of documents, and the work on it may take."""

QUESTIONS_AT_ONCE = 200


class NoSuchIndex(IndexUnavailable):
    """The server answers and has no index of that name."""


class Server:
    """One server. Readers only ask: their key needs no right but `search`. Safe between threads for questions."""

    def __init__(self, url: str, key: str, *, seconds: int = ASKING_SECONDS) -> None:
        self.client = meilisearch.Client(url, key or None, timeout=seconds)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer for each question. Raises IndexUnavailable."""
        answers: list[Answer] = []
        with _unavailable():
            for start in range(0, len(questions), QUESTIONS_AT_ONCE):
                part = questions[start : start + QUESTIONS_AT_ONCE]
                answers += self.client.multi_search(part)["results"]
        return answers

    def settle(self, *tasks: TaskInfo) -> None:
        """Wait until some tasks are done. Raises IndexUnavailable when one of them failed."""
        with _unavailable():
            for task in tasks:
                done = self.client.wait_for_task(task.task_uid, TASK_SECONDS * 1000)
                if done.status != "succeeded":
                    raise IndexUnavailable(f"Meilisearch could not do {done.type}: {(done.error or {}).get('message')}")

    def start(self, index: str, settings: dict[str, Any]) -> None:
        """Make an empty index in the place of what there may be of that name. Raises IndexUnavailable."""
        self.drop(index)
        with _unavailable():
            created = self.client.create_index(index, {"primaryKey": "key"})
            self.settle(created, self.client.index(index).update_settings(settings))

    def add(self, index: str, lines: bytes) -> TaskInfo:
        """Send documents, one JSON object a line, to take the place of those with the same keys."""
        with _unavailable():
            return self.client.index(index).add_documents_raw(lines, "key", "application/x-ndjson")

    def delete(self, index: str, condition: str) -> TaskInfo:
        """Have every document that fits a filter removed."""
        with _unavailable():
            return self.client.index(index).delete_documents(filter=condition)

    def delete_key(self, index: str, key: str) -> TaskInfo:
        """Have one document removed, if it is there."""
        with _unavailable():
            return self.client.index(index).delete_document(key)

    def drop(self, index: str) -> None:
        """Remove a whole index, if there is one. Raises IndexUnavailable."""
        with _unavailable():
            self.client.wait_for_task(self.client.delete_index(index).task_uid, TASK_SECONDS * 1000)

    def size(self, index: str) -> int:
        """How many documents an index has. Raises IndexUnavailable."""
        with _unavailable():
            return int(self.client.index(index).get_stats().number_of_documents)

    def documents(self, index: str, *, fields: Sequence[str], condition: str | None = None) -> Iterator[Answer]:
        """Every document that fits a filter, piece by piece. Raises IndexUnavailable."""
        offset, piece = 0, 1000
        while True:
            asked = {"fields": list(fields), "filter": condition, "offset": offset, "limit": piece}
            with _unavailable():
                found = self.client.index(index).get_documents(asked)
            yield from (vars(document) for document in found.results)
            offset += piece
            if offset >= found.total:
                return


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except MeilisearchApiError as error:
        raised = NoSuchIndex if error.code == "index_not_found" else IndexUnavailable
        raise raised(f"Meilisearch refused: {error}") from error
    except (MeilisearchError, requests.RequestException, LookupError, TypeError, ValueError) as error:
        raise IndexUnavailable(f"Meilisearch did not answer as it should: {error}") from error
