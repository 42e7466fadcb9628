"""The ids that a staged list names, against the records of the archive database."""

from collections.abc import Iterator

from indexer.lists.described import open_ids, target_ids
from indexer.lists.importing import Progress
from indexer.lists.staging import Staging


def check_targets(database_url: str, staging: Staging, progress: Progress) -> None:
    """Refuse lines whose target is no record of the archive database. Raises SourceUnavailable."""
    source = open_ids(database_url)
    total = source.count()

    def ids() -> Iterator[str]:
        for done, target in enumerate(target_ids(source), start=1):
            progress("looking for the records", min(done, total), total)
            yield target

    staging.refuse_unknown(ids())
    progress("looking for the records", total, total)
