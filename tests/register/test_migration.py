"""The tables come to be, stay what they are, and take over what an older register kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
)

from access_policy.register.errors import RegisterUnavailable
from access_policy.register.store import Register, open_register
from access_policy.register.tables import metadata
from tests.register.given import AN, NOW, active, entry, record, version

OLD = MetaData()
OLD_VERSIONS = Table(
    "restricted_list_versions",
    OLD,
    Column("number", String(60), primary_key=True),
    Column("issued_on", Date, nullable=False),
    Column("authority", String(200), nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date),
)
OLD_ENTRIES = Table(
    "restricted_list_entries",
    OLD,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("list_number", ForeignKey(OLD_VERSIONS.c.number), nullable=False, index=True),
    Column("target_id", String(120), nullable=False, index=True),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("category", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("opens_on", Date),
    Column("existence_shown", Boolean, nullable=False, default=False),
    Column("description_shown", Boolean, nullable=False, default=False),
    Column("requestable", Boolean, nullable=False, default=False),
)
HEAD = {"issued_on": date(2025, 1, 1), "authority": "UBND", "legal_basis": "Luật"}
LINE = {"category": "thông tin đời tư", "reason": "vì", "existence_shown": True}


@pytest.fixture
def old(engine: Engine, tmp_path: Path) -> Engine:
    """A register as the first version made it, with two lists."""
    (tmp_path / "register.db").touch()
    OLD.create_all(engine)
    with engine.begin() as connection:
        heads = [
            {"number": "2/DM", "effective_from": date(2026, 1, 1), "effective_to": None},
            {"number": "1/DM", "effective_from": date(2025, 1, 1), "effective_to": date(2026, 1, 1)},
        ]
        connection.execute(insert(OLD_VERSIONS), [HEAD | head for head in heads])
        lines = [
            {"list_number": "1/DM", "target_id": "a", "first_page": None},
            {"list_number": "2/DM", "target_id": " H38.B\t", "first_page": None},
            {"list_number": "2/DM", "target_id": "h38.c", "first_page": 4},
        ]
        connection.execute(insert(OLD_ENTRIES), [LINE | line for line in lines])
    return engine


def test_the_tables_are_those_the_code_speaks_of(register: Register, engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "register_alembic_version"})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(register: Register) -> None:
    active(register)
    register.migrate()
    assert register.revision() == 1
    assert len(register.restrictions().of(record())) == 1


def test_several_may_migrate_at_once(register_url: str) -> None:
    registers = [open_register(register_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Register.migrate, registers))
    assert {register.revision() for register in registers} == {0}
    for register in registers:
        register.close()


def test_lists_of_the_first_register_bind_as_before(old: Engine) -> None:
    register = Register(old)
    register.migrate()
    restrictions = register.restrictions()
    (ended,), (whole,), (paged,) = (restrictions.of(record(target)) for target in ("a", "h38.b", "h38.c"))
    assert (ended.since, ended.until) == (date(2025, 1, 1), date(2026, 1, 1))
    assert (whole.since, whole.until, whole.existence_shown, whole.pages) == (date(2026, 1, 1), None, True, None)
    assert paged.pages == (4, 4)
    assert restrictions.unmatched() == []


def test_lists_of_the_first_register_count_as_activated_and_can_be_replaced(old: Engine) -> None:
    register = Register(old)
    register.migrate()
    first, second = register.versions()
    assert register.revision() == 2
    assert [(kept.version.number, kept.revision, kept.lines) for kept in (first, second)] == [
        ("1/DM", 1, 1),
        ("2/DM", 2, 2),
    ]
    assert first.imported_at.tzinfo is not None
    assert [line.line for line in register.entries("2/DM")] == [1, 2]
    assert active(register, "3/DM", since=date(2026, 12, 1), replaces="2/DM") == 3
    assert register.version("2/DM").effective_to == date(2026, 12, 1)


def test_a_migration_that_fails_leaves_everything_as_it_was(old: Engine) -> None:
    Table("permits", MetaData(), Column("another", Integer)).create(old)
    before = _columns(old)
    with pytest.raises(RegisterUnavailable, match="permits"):
        Register(old).migrate()
    assert _columns(old) == before


def _columns(engine: Engine) -> dict[str, list[str]]:
    found = inspect(engine)
    return {name: [column["name"] for column in found.get_columns(name)] for name in found.get_table_names()}


def test_a_file_in_a_new_folder_is_made(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'a' / 'b' / 'register.db'}")
    register.migrate()
    register.import_version(version(), [entry()], author=AN, now=NOW)
    assert register.version("1/DM").lines == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(RegisterUnavailable, match="register sqlite:"):
        open_register(f"sqlite:///{tmp_path / 'a' / 'register.db'}").migrate()


def test_a_path_with_a_percent_sign(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / '100%' / 'register.db'}")
    register.migrate()
    assert register.revision() == 0
