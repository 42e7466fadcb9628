"""Which column of a file means what: by the official headings, their English names, or as the operator says."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.lists import cells
from indexer.lists.faults import UnreadableFile
from indexer.text.clean import clean
from indexer.text.folding import fold

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "target": ("Mã hồ sơ", "Mã tài liệu", "Mã hồ sơ, tài liệu", "target", "target_id", "record"),
    "first_page": ("Từ trang", "Trang đầu", "first_page"),
    "last_page": ("Đến trang", "Trang cuối", "last_page"),
    "category": ("Nhóm", "Nhóm hạn chế", "category"),
    "reason": ("Lý do", "Lí do", "Lý do hạn chế", "reason"),
    "opens_on": ("Ngày mở", "opens_on"),
    "existence_shown": ("Được biết có tài liệu", "existence_shown"),
    "description_shown": ("Được xem mô tả", "description_shown"),
    "requestable": ("Nhận yêu cầu", "requestable"),
}
"""Fields of a line and the headings that mean them; the first is the one that is written."""

ORDINALS = ("STT", "TT", "Số TT", "Số thứ tự", "No.", "line")
"""Columns that only count."""

REQUIRED = ("target", "category")
TITLE_ROWS = 20
"""How many rows may stand above the headings."""


@dataclass(frozen=True)
class Columns:
    """Where each field stands, and what its heading is called. `unnamed` begins behind the last heading."""

    places: Mapping[str, int]
    names: Mapping[str, str]
    unnamed: frozenset[int]
    width: int


def field_of(heading: str) -> str | None:
    """The field a heading means, "ordinal" for a column that only counts, None for an unknown heading."""
    return _FIELDS.get(_key(heading))


def find_columns(
    rows: Iterator[tuple[int, Sequence[object]]], *, mapped: Mapping[str, str], ignored: Collection[str]
) -> Columns:
    """Take rows until the headings are found. `mapped` gives headings by field. Raises UnreadableFile."""
    own = {_key(heading): field for field, heading in mapped.items()}
    skipped = {_key(heading) for heading in ignored}
    first: tuple[str, ...] = ()
    for _, row in islice(rows, TITLE_ROWS):
        written = tuple(_heading(cell) for cell in row)
        first = first or tuple(filter(None, written))
        fields = [_field(heading, own, skipped, replaced=mapped) for heading in written]
        if "target" in fields:
            return _columns(written, fields, own)
    if not first:
        raise UnreadableFile("the file is empty")
    wanted = mapped.get("target", " / ".join(HEADINGS["target"][:2]))
    raise UnreadableFile(
        f"no column is headed {wanted}; the first row reads: {'; '.join(map(cells.short, first[:12]))} "
        "(say which column it is with --map target=COLUMN)"
    )


def _columns(written: Sequence[str], fields: Sequence[str | None], own: Mapping[str, str]) -> Columns:
    _refuse_unknown(written, fields)
    places: dict[str, int] = {}
    for place, field in enumerate(fields):
        if field is None or field not in HEADINGS:
            continue
        if field in places:
            raise UnreadableFile(f"two columns mean the same: {written[places[field]]} and {written[place]}")
        places[field] = place
    if missing := [field for field in {*REQUIRED, *own.values()} if field not in places]:
        wanted = ", ".join(sorted(HEADINGS[field][0] for field in missing))
        raise UnreadableFile(f"columns are missing: {wanted}")
    unnamed = frozenset(place for place, heading in enumerate(written) if not heading)
    return Columns(places, {field: written[place] for field, place in places.items()}, unnamed, len(written))


def _refuse_unknown(written: Sequence[str], fields: Sequence[str | None]) -> None:
    unknown = [heading for heading, field in zip(written, fields, strict=True) if heading and field is None]
    if unknown:
        names = "; ".join(map(cells.short, unknown))
        raise UnreadableFile(
            f"columns nobody knows: {names} (say what they mean with --map FIELD=COLUMN, or leave them out "
            "with --ignore COLUMN)"
        )


def _field(heading: str, own: Mapping[str, str], skipped: Collection[str], *, replaced: Collection[str]) -> str | None:
    """What the operator says comes first; a field given another column has lost its usual one."""
    key = _key(heading)
    if not key or key in own:
        return own.get(key)
    if key in skipped:
        return "ordinal"
    usual = _FIELDS.get(key)
    return None if usual in replaced else usual


def _heading(cell: object) -> str:
    try:
        return cells.text(cell)
    except ValueError:
        return "?"


def _key(heading: str) -> str:
    return " ".join(fold(clean(heading)).replace(":", " ").split())


_FIELDS = {_key(name): field for field, names in HEADINGS.items() for name in names} | {
    _key(name): "ordinal" for name in ORDINALS
}
