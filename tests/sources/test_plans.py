"""Finding the rows that share a code takes about as many steps as there are rows, however the rows were chosen."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, select, text, union

from access_policy.terms import Level
from indexer.sources.repeated import repeated_rows, twins
from indexer.sources.schema import metadata
from indexer.sources.stages import standing_of
from indexer.sources.standing import listed

FILES, ITEMS = 900, 7000
CHANGED_FILES, CHANGED_ITEMS = range(1, FILES, 14), range(1, ITEMS, 16)


@pytest.fixture
def engine(postgres_database: str) -> Iterator[Engine]:
    """An archive of many items, with statistics."""
    engine = create_engine(postgres_database)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO files (id, fonds_id, arc_file_code) SELECT n, 1, 'H.' || n FROM generate_series(1, :n) n"
            ),
            {"n": FILES},
        )
        connection.execute(
            text(
                "INSERT INTO items (id, file_id, arc_doc_code, subject) "
                "SELECT n, 1 + (n - 1) * :files / :n, 'H.' || n, repeat('x', 300) FROM generate_series(1, :n) n"
            ),
            {"n": ITEMS, "files": FILES},
        )
        connection.execute(text("ANALYZE"))
    yield engine
    engine.dispose()


def steps(plan: dict[str, Any]) -> int:
    """Rows that a plan looked at, in all its parts."""
    removed = sum(plan.get(f"Rows Removed by {what}", 0) for what in ("Filter", "Join Filter", "Index Recheck"))
    own: int = (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    return own + sum(map(steps, plan.get("Plans", ())))


@pytest.mark.parametrize("asked", ["repeated", "twins"])
def test_rows_of_a_code_are_found_without_comparing_every_row_with_every_other(engine: Engine, asked: str) -> None:
    items, files = standing_of(Level.ITEM), standing_of(Level.FILE)
    changed = items.those(CHANGED_ITEMS, "postgresql")
    inside = items.standing_in(Level.FILE, files, files.those(CHANGED_FILES, "postgresql"))
    near = (
        listed(CHANGED_ITEMS, "postgresql")
        if asked == "twins"
        else select(items.rows).where(items.rows.in_(union(changed, inside)))
    )
    query = twins(items, near) if asked == "twins" else repeated_rows(items, near=near)

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def explained(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> object:
        return f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters

    with engine.connect() as connection:
        ((explanation,),) = connection.execute(query).all()
    assert steps(explanation[0]["Plan"]) < 20 * ITEMS
