"""The comparison in a process of its own, so that one core derives while the other compares."""

import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from typing import Self

from indexer.allocation import give_memory_back
from indexer.audit.comparison import Compared, Comparison
from indexer.audit.derived import Item
from indexer.index.inventory import Inventory
from indexer.index.port import IndexUnavailable
from indexer.index.writers import open_generations
from indexer.settings import IndexSettings

OpenInventory = Callable[[], Inventory]


class ComparisonBroken(Exception):
    """The comparing process ended before it had answered."""


def inventory_of(settings: IndexSettings, *, today: date, withheld: frozenset[str]) -> OpenInventory:
    """How another process takes the inventory of the index."""
    return partial(_take_inventory, settings, today, withheld)


class Beside:
    """A `Comparison` in another process. One batch is compared while the next is made; no more are waiting.

    Everything raises IndexUnavailable and ComparisonBroken.
    """

    def __init__(self, open_inventory: OpenInventory, *, today: date) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, open_inventory, today), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._line.close()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def take(self, batch: Sequence[Item]) -> None:
        """See `Comparison`."""
        try:
            self._line.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
        except OSError:
            raise self._reason() from None

    def close(self, candidates: Iterable[str], canaries: int) -> Compared:
        """See `Comparison`."""
        try:
            self._line.send_bytes(pickle.dumps(_Close(list(candidates), canaries)))
        except OSError:
            raise self._reason() from None
        answer = self._answer()
        if isinstance(answer, Compared):
            return answer
        raise answer

    def _reason(self) -> Exception:
        answer = self._answer()
        return answer if isinstance(answer, Exception) else ComparisonBroken("the comparing process answered too soon")

    def _answer(self) -> Compared | Exception:
        with suppress(OSError, EOFError):
            answer: Compared | Exception = self._line.recv()
            return answer
        return ComparisonBroken("the comparing process ended; the machine may be short of memory")


class _Close:
    """The last message: what to choose canaries from, and how many."""

    def __init__(self, candidates: list[str], canaries: int) -> None:
        self.candidates, self.canaries = candidates, canaries


def _serve(line: Connection, open_inventory: OpenInventory, today: date) -> None:
    give_memory_back()
    try:
        comparison = Comparison(open_inventory(), today=today)
        while not isinstance(message := pickle.loads(line.recv_bytes()), _Close):  # noqa: S301 - from our own parent
            comparison.take(message)
        line.send(comparison.close(message.candidates, message.canaries))
    except IndexUnavailable as error:
        line.send(error)
    except EOFError:
        return


def _take_inventory(settings: IndexSettings, today: date, withheld: frozenset[str]) -> Inventory:
    return open_generations(settings).inventory(today=today, withheld=withheld)
