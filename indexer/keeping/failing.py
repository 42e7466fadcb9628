"""How the commands of keeping fail: one sentence, and an exit code that says whether a rebuild is needed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.markup import escape

from access_policy.register.errors import RegisterError
from indexer.index.port import IndexUnavailable
from indexer.keeping.followed_log import RebuildNeeded
from indexer.keeping.locks import LockLost, LockTaken
from indexer.keeping.switching import ShowsTooMuch
from indexer.lists.terminal import fail, notes
from indexer.sources.port import SourceUnavailable

REBUILD_NEEDED = 6

_FAILURES = (SourceUnavailable, RegisterError, IndexUnavailable, LockTaken, LockLost, ShowsTooMuch)


@contextmanager
def one_sentence_or_rebuild() -> Iterator[None]:
    """Turns what can go wrong into one sentence and exit code 1, or 6 when only a rebuild helps."""
    try:
        yield
    except _FAILURES as error:
        fail(str(error))
    except RebuildNeeded as error:
        notes.print(f"[bold]rebuild needed:[/bold] {escape(str(error))}; run archive-indexer rebuild", soft_wrap=True)
        sys.exit(REBUILD_NEEDED)
