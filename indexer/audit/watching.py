"""Who is told how far an audit is."""

from typing import Protocol

from indexer.pipeline import Tally


class Watching(Protocol):
    """Somebody who looks on."""

    def compared(self, tally: Tally) -> None:
        """So much has been read and compared."""
        ...

    def turned_to(self, what: str) -> None:
        """Something else has begun."""
        ...


class Unwatched:
    """Nobody."""

    def compared(self, tally: Tally) -> None:
        """See `Watching`."""

    def turned_to(self, what: str) -> None:
        """See `Watching`."""


UNWATCHED = Unwatched()
