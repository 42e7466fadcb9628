"""The archive database without the words of its pages: enough to know what is there, and much quicker to read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import create_engine, false, literal, null

from indexer.sources import legacy_stages, stages
from indexer.sources.database import DatabaseSource
from indexer.sources.legacy import LegacySource
from indexer.sources.open import open_source
from indexer.sources.port import BadRow, Source, SourceUnavailable
from indexer.sources.reference import ReferenceSource
from indexer.sources.walk import Stage

_STAGES: Mapping[type[Source], Callable[[], tuple[Stage, ...]]] = {
    ReferenceSource: stages.stages,
    LegacySource: legacy_stages.stages,
}


def open_descriptions(url: str) -> Source:
    """A source whose pages are numbered and empty. Raises SourceUnavailable."""
    return _thinned(url, _with_empty_pages)


def open_ids(url: str) -> Source:
    """A source without pages and digital objects. Raises SourceUnavailable."""
    return _thinned(url, _without_pages)


def target_ids(source: Source) -> Iterator[str]:
    """Every id that a line or a withdrawal may name: those of valid rows, and of the archives they come from."""
    archives: set[str] = set()
    for entry in source.entries():
        if isinstance(entry, BadRow):
            continue
        archive, *_ = entry.record.lineage
        if archive not in archives:
            archives.add(archive)
            yield archive
        yield entry.record.id


def pages_of(source: Source, record_id: str) -> int | None:
    """How many pages of a record can be opened, or None when no valid row has the id."""
    entries = (entry for entry in source.entries() if not isinstance(entry, BadRow))
    return next((entry.record.page_count for entry in entries if entry.record.id == record_id), None)


def _thinned(url: str, thin: Callable[[Stage], Stage]) -> Source:
    layout = _STAGES.get(type(open_source(url)))
    if layout is None:
        raise SourceUnavailable("the archive database has a layout that cannot be read without its pages")
    return DatabaseSource(create_engine(url), [thin(stage) for stage in layout()])


def _without_pages(stage: Stage) -> Stage:
    return replace(stage, pages=stage.pages.where(false()), objects=stage.objects.where(false()))


def _with_empty_pages(stage: Stage) -> Stage:
    row, number, _text, _boxes, version = stage.pages.selected_columns
    return replace(stage, pages=stage.pages.with_only_columns(row, number, literal(""), null(), version))
