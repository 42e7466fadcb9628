"""What is known of the generations: a small index with one document each, and one that names the current."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.index.meilisearch.fields import KEY
from indexer.index.meilisearch.server import NoSuchIndex, Server
from indexer.index.port import Follows, IndexUnavailable

POINTER = "current"
_MOST_KEPT = 1000


@dataclass(frozen=True)
class Noted:
    """One generation as it is noted: `done` is how far an unfinished one has been filled."""

    name: str
    follows: Follows
    unfinished: bool = False
    done: str = ""


@dataclass(frozen=True)
class State:
    """Every generation there is, by name in the order they were begun, which is current, and which was before it."""

    generations: dict[str, Noted]
    current: str = ""
    before: str = ""

    def noted(self, name: str) -> Noted:
        """One generation. Raises IndexUnavailable when it is gone, or none is current."""
        if name not in self.generations:
            raise IndexUnavailable(f"generation {name} is gone" if name else "no generation has been built yet")
        return self.generations[name]


def read_state(server: Server, index: str) -> State:
    """The newest state; an empty one when nothing was ever noted. Raises IndexUnavailable."""
    try:
        (answer,) = server.ask([{"indexUid": index, "limit": _MOST_KEPT}])
    except NoSuchIndex:
        return State({})
    held = {document[KEY]: document for document in answer["hits"]}
    pointer = held.pop(POINTER, {})
    generations = {name: _noted(held[name]) for name in sorted(held)}
    return State(generations, pointer.get("name", ""), pointer.get("before", ""))


def document_of(noted: Noted) -> dict[str, Any]:
    """The document of one generation."""
    follows = noted.follows
    return {
        KEY: noted.name,
        "revision": follows.revision,
        "derived_on": follows.derived_on.isoformat(),
        "position": follows.position,
        "unfinished": noted.unfinished,
        "done": noted.done,
    }


def pointer_to(name: str, before: str) -> dict[str, Any]:
    """The document that makes a generation current, and names the one that was in service before it."""
    return {KEY: POINTER, "name": name, "before": before}


def _noted(document: dict[str, Any]) -> Noted:
    try:
        follows = Follows(
            int(document["revision"]), date.fromisoformat(document["derived_on"]), str(document["position"])
        )
        return Noted(document[KEY], follows, bool(document["unfinished"]), str(document["done"]))
    except (LookupError, TypeError, ValueError) as error:
        raise IndexUnavailable("what is noted of a generation cannot be understood") from error
