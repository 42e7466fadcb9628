"""The frame of the archive: former archives, fonds, inventories."""

from access_policy.terms import Level
from indexer.demo_archive.landmarks import INVENTORY_LINE, LISTED_INVENTORY
from indexer.demo_archive.offices import ARCHIVES, FONDS, LAST_YEAR, DemoFonds
from indexer.demo_archive.standing import OPEN, Standing, of_restriction
from indexer.demo_archive.worksite import Worksite, with_canary
from indexer.sources.identity import fonds_id, id_in_fonds
from indexer.sources.schema import archives, fonds, inventories


def write_framework(site: Worksite) -> None:
    """Archives, fonds and inventories; row numbers follow the order of offices.FONDS."""
    for code, name in ARCHIVES.items():
        site.rows.add(archives, code=code, name=name, row_version=1)
    for at, one in enumerate(FONDS):
        _write_fonds(site, at, one)


def inventory_standing(fonds_at: int, inventory: int) -> Standing:
    """How secret an inventory is, and everything in it."""
    return of_restriction(INVENTORY_LINE) if (fonds_at, inventory) == LISTED_INVENTORY else OPEN


def _write_fonds(site: Worksite, at: int, one: DemoFonds) -> None:
    site.rows.add(
        fonds,
        id=site.ledger.row(Level.FONDS.value),
        archive_code=one.archive_code,
        fonds_code=one.code,
        title=f"Phông {one.title}",
        organ_name=one.title,
        status="02",
        history=one.history,
        archives_time=f"{one.first_year}-{LAST_YEAR}",
        key_groups=one.key_groups,
        language="01",
        description=f"Phông lưu trữ của {one.title} và các cơ quan tiền thân, đã chỉnh lý hoàn chỉnh.",
        row_version=1,
    )
    for number, title in enumerate(one.inventories):
        _write_inventory(site, at, number, title)


def _write_inventory(site: Worksite, at: int, number: int, title: str) -> None:
    one, code = FONDS[at], f"{number + 1:02}"
    record_id = id_in_fonds(Level.INVENTORY, fonds_id(one.archive_code, one.code), code, given_prefix="")
    canary = site.ledger.canary(record_id, inventory_standing(at, number))
    if (at, number) == LISTED_INVENTORY:
        site.restrict(record_id, INVENTORY_LINE)
        site.ledger.landmarks["inventory:listed"] = record_id
    site.inventories[at, number] = site.ledger.row(Level.INVENTORY.value)
    site.rows.add(
        inventories,
        id=site.inventories[at, number],
        fonds_id=at + 1,
        inventory_code=code,
        title=with_canary(f"Mục lục {code}: {title}", canary),
        start_date=str(one.first_year),
        end_date=str(LAST_YEAR),
        description=with_canary("", canary),
        row_version=1,
    )
