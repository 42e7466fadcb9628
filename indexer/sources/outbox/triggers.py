"""The trigger functions of the outbox, as PostgreSQL's text.

Every write takes the next version; every statement writes one line for each described row it concerns. Two things
beside that keep versions growing with whatever a record says, so that an older one never wins over a newer one:

* whoever loses a page or an object is *touched*, which means written again as it is, with a new version;
* so are the rows that have the code of a row that came, went, or changed its code or its access mode: such a row may
  refuse them, or may have refused them until now. A row that stands is then newer than the deleted one of its code.

Functions that write to the outbox run as their owner, with no search path: whoever may write to the archive needs no
right on it. The one that gives versions runs once a row and as the writer, which is many times quicker; everybody may
take a number.
"""

# ruff: noqa: S608 - these statements are text; every name in them comes from the layout and is quoted

from collections.abc import Iterator, Sequence

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from indexer.sources.code_index import plain_code
from indexer.sources.outbox.layout import Layout, Offices, Parts
from indexer.sources.standing import Standing

OUTBOX, FORGOTTEN, SEQUENCE = "archive_outbox", "archive_outbox_forgotten", "archive_row_version"

_EVENTS = (
    ("inserted", "AFTER INSERT", "REFERENCING NEW TABLE AS new_rows"),
    ("updated", "AFTER UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    ("deleted", "AFTER DELETE", "REFERENCING OLD TABLE AS old_rows"),
    ("truncated", "BEFORE TRUNCATE", ""),
)
"""Name of a trigger, when it fires, and what its function sees. Each fires once a statement."""

_quote = postgresql.dialect().identifier_preparer.quote  # type: ignore[no-untyped-call]


def quoted(*names: str) -> str:
    """A name of the database, after that of its schema when there is one."""
    return ".".join(_quote(name) for name in names)


class Writer:
    """Writes the statements for one layout in one schema."""

    def __init__(self, layout: Layout, schema: str) -> None:
        self._layout = layout
        self._schema = schema
        self._number, self._version = quoted(layout.number), quoted(layout.version)
        self._sequence = quoted(schema, SEQUENCE)
        self._next = f"pg_catalog.nextval('{self._sequence.replace(chr(39), chr(39) * 2)}'::regclass)"
        self._outbox = f"INSERT INTO {quoted(schema, OUTBOX)} (row_key, version)"

    def functions(self) -> Iterator[str]:
        """CREATE FUNCTION, one statement each."""
        yield (
            f"CREATE FUNCTION {self._name_of_function('version')}() RETURNS trigger LANGUAGE plpgsql AS $body$\n"
            f"BEGIN\nNEW.{self._version} := {self._next};\nRETURN NEW;\nEND $body$"
        )
        yield f"GRANT USAGE ON SEQUENCE {self._sequence} TO PUBLIC"
        yield from self._noting(self._layout.offices.table, self._office_branches(self._layout.offices))
        for standing in self._layout.described:
            yield from self._noting(standing.table, self._described_branches(standing))
        for parts in self._layout.parts:
            yield from self._noting(parts.table, self._parts_branches(parts))

    def triggers(self) -> Iterator[str]:
        """CREATE TRIGGER, one statement each; the functions must be there."""
        for table in self._layout.tables:
            on = self._name(table)
            version = self._name_of_function("version")
            yield (
                f"CREATE TRIGGER archive_version BEFORE INSERT OR UPDATE ON {on} "
                f"FOR EACH ROW EXECUTE FUNCTION {version}()"
            )
            for name, event, seen in _EVENTS:
                yield (
                    f"CREATE TRIGGER archive_{name} {event} ON {on} {seen} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {self._name_of_function(table.name)}()"
                )

    def drops(self) -> Iterator[str]:
        """DROP of everything above."""
        for table in self._layout.tables:
            for name in ("version", *(name for name, _, _ in _EVENTS)):
                yield f"DROP TRIGGER IF EXISTS archive_{name} ON {self._name(table)}"
        for name in ("version", *(table.name for table in self._layout.tables)):
            yield f"DROP FUNCTION IF EXISTS {self._name_of_function(name)}()"

    def highest_versions(self) -> str:
        """A query for the highest version of any row."""
        columns = (f"(SELECT max({self._version}) FROM {self._name(table)})" for table in self._layout.tables)
        return f"SELECT greatest(1, {', '.join(columns)})"

    def _touch(self, table: Table) -> str:
        return f"UPDATE {self._name(table)} t SET {self._version} = t.{self._version}"

    def _name(self, table: Table) -> str:
        return quoted(self._schema, table.name)

    def _name_of_function(self, name: str) -> str:
        return quoted(self._schema, f"archive_note_{name}")

    def _function(self, name: str, statements: Sequence[str]) -> Iterator[str]:
        body = "\n".join(f"{statement};" for statement in statements)
        function = self._name_of_function(name)
        yield (
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = pg_catalog, pg_temp AS $body$\nBEGIN\n{body}\nEND $body$"
        )
        yield f"REVOKE ALL ON FUNCTION {function}() FROM PUBLIC"

    def _noting(self, table: Table, branches: dict[str, list[str]]) -> Iterator[str]:
        written = [f"IF TG_OP = '{event}' THEN {'; '.join(does)}; END IF" for event, does in branches.items()]
        return self._function(table.name, [*written, "RETURN NULL"])

    def _office_branches(self, offices: Offices) -> dict[str, list[str]]:
        code, fonds_code = quoted(offices.code), quoted(offices.fonds_code)

        def touch(rows: str) -> list[str]:
            codes = f"SELECT {code} FROM {rows}"
            return [f"{self._touch(offices.fonds)} WHERE t.{fonds_code} IN ({codes})"]

        both = f"(SELECT {code} FROM old_rows UNION SELECT {code} FROM new_rows) c"
        every = self._name(offices.table)
        return {
            "INSERT": touch("new_rows"),
            "UPDATE": touch(both),
            "DELETE": touch("old_rows"),
            "TRUNCATE": touch(every),
        }

    def _described_branches(self, standing: Standing) -> dict[str, list[str]]:
        key = f"'{standing.table.name} ' || r.{self._number}"
        gone = f"NOT EXISTS (SELECT FROM new_rows n WHERE n.{self._number} = r.{self._number})"
        written = f"{self._outbox} SELECT {key}, r.{self._version} FROM new_rows r"
        left = f"{self._outbox} SELECT {key}, {self._next} FROM old_rows r"
        return {
            "INSERT": [written, self._touch_twins(standing, "new_rows", besides=True)],
            "UPDATE": [written, f"{left} WHERE {gone}", self._touch_twins(standing, _changed(standing), besides=True)],
            "DELETE": [left, self._touch_twins(standing, "old_rows", besides=False)],
            "TRUNCATE": [f"{self._outbox} SELECT {key}, {self._next} FROM {self._name(standing.table)} r"],
        }

    def _touch_twins(self, standing: Standing, rows: str, *, besides: bool) -> str:
        """Touch the rows that have the code of one of these; with `besides`, those not written by this statement.

        For no row nothing is written at all: triggers fire even when a statement writes to no row, and would go on.
        """
        there = _codes(standing, "t")
        same = " AND ".join(f"{code} = c.k{place}" for place, code in enumerate(there))
        codes = ", ".join(f"{code} AS k{place}" for place, code in enumerate(_codes(standing, "r")))
        written = f"SELECT FROM new_rows n WHERE n.{self._number} = t.{self._number}"
        others = f" AND NOT EXISTS ({written})" if besides else ""
        touch = f"{self._touch(standing.table)} FROM (SELECT DISTINCT {codes} FROM {rows} r) c WHERE {same}{others}"
        return f"IF EXISTS (SELECT FROM {rows} r) THEN {touch}; END IF"

    def _parts_branches(self, parts: Parts) -> dict[str, list[str]]:
        kind, number = quoted(parts.kind), quoted(parts.number)
        tables = " ".join(f"WHEN '{name}' THEN '{table.name}'" for name, table in parts.owners.items())
        owner = f"CASE r.{kind} {tables} END || ' ' || r.{number}"
        written = (
            f"{self._outbox} SELECT o.key, o.version FROM "
            f"(SELECT {owner} AS key, max(r.{self._version}) AS version FROM new_rows r GROUP BY 1) o "
            f"WHERE o.key IS NOT NULL"
        )
        lost = f"SELECT {kind}, {number} FROM old_rows"
        moved = f"{lost} EXCEPT SELECT {kind}, {number} FROM new_rows"
        return {
            "INSERT": [written],
            "UPDATE": [written, f"IF EXISTS ({moved}) THEN {'; '.join(self._touch_owners(parts, moved))}; END IF"],
            "DELETE": self._touch_owners(parts, lost),
            "TRUNCATE": self._touch_owners(parts, f"SELECT {kind}, {number} FROM {self._name(parts.table)}"),
        }

    def _touch_owners(self, parts: Parts, losers: str) -> list[str]:
        kind, number = quoted(parts.kind), quoted(parts.number)
        return [
            f"IF EXISTS (SELECT FROM ({losers}) l WHERE l.{kind} = '{name}') THEN "
            f"{self._touch(table)} "
            f"WHERE t.{self._number} IN (SELECT l.{number} FROM ({losers}) l WHERE l.{kind} = '{name}'); END IF"
            for name, table in parts.owners.items()
        ]


def _codes(standing: Standing, row: str) -> list[str]:
    """What the rows of one code have in common, written for the table under this name."""
    aliased = standing.table.alias(row)
    keys = plain_code(aliased, standing.code)
    return [str(key.compile(dialect=postgresql.dialect())) for key in keys]  # type: ignore[no-untyped-call]


def _changed(standing: Standing) -> str:
    """The rows before and after, where their number, code or access mode is not the same any more."""
    names = (standing.number, *standing.code, *((standing.mode,) if standing.mode else ()))
    columns = ", ".join(quoted(name) for name in names)
    old, new = (f"SELECT {columns} FROM {rows}" for rows in ("old_rows", "new_rows"))
    return f"(({old} EXCEPT {new}) UNION ({new} EXCEPT {old}))"
