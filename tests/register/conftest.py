"""A register on each of the two databases, empty and this test's alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from access_policy.register.connections import open_engine
from access_policy.register.store import Register
from tests.empty import empty_register


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables; the file of SQLite is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def engine(register_url: str) -> Iterator[Engine]:
    made = open_engine(register_url)
    yield made
    made.dispose()


@pytest.fixture
def register(engine: Engine) -> Register:
    """A register with its tables."""
    if engine.dialect.name == "sqlite":
        empty_register(Path(engine.url.database or "")).close()
        return Register(engine)
    made = Register(engine)
    made.migrate()
    return made
