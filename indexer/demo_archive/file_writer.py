"""Writing one file with its items."""

from collections import Counter
from datetime import date, timedelta

from access_policy.terms import Level
from indexer.demo_archive.blocks import plain_pages
from indexer.demo_archive.document import Draft, write
from indexer.demo_archive.faults import REFUSED_FILES
from indexer.demo_archive.framework import inventory_standing
from indexer.demo_archive.item_writer import ItemAt, OpenFile, write_item
from indexer.demo_archive.kinds import REPORT
from indexer.demo_archive.offices import FONDS, LAST_YEAR
from indexer.demo_archive.plan import FilePlan
from indexer.demo_archive.slots import Slots
from indexer.demo_archive.standing import OPEN, Secrecy, Standing, of_mode, of_restriction
from indexer.demo_archive.worksite import Worksite, with_canary
from indexer.sources.identity import fonds_id, id_in_fonds
from indexer.sources.schema import files, pages

_UNKNOWN_FONDS = 99


class FileWriter:
    """Writes files one after another, counting them within their fonds and inventories."""

    def __init__(self, site: Worksite) -> None:
        self._site = site
        self._in_fonds: Counter[int] = Counter()
        self._in_inventory: Counter[tuple[int, int]] = Counter()
        self._last_code: dict[int, str] = {}

    def write(self, plan: FilePlan) -> None:
        """The row of a file, its own pages, its items."""
        site = self._site
        file = self._open(plan)
        dice = site.dice(f"file {file.row}")
        day = dice.day(date(plan.year, 1, 1), date(plan.year, 12, 31))
        slots = Slots(dice, file.fonds.districts, day, file.fonds.office(plan.year).province)
        hides = file.standing.secrecy is Secrecy.ALL or plan.own_pages
        canary = site.ledger.canary(file.record_id, file.standing if hides else OPEN)
        own = self._write_own_pages(plan, file, slots, canary, day)
        days = _days(plan, file, day, self._site.today)
        page_count = own + self._write_items(plan, file, slots, days)
        self._write_row(plan, file, slots, days, page_count, canary if file.standing.secrecy is Secrecy.ALL else "")
        site.ledger.pages += page_count
        site.restrict(file.record_id, plan.restriction)
        if plan.landmark:
            site.ledger.landmarks[plan.landmark] = file.record_id

    def _open(self, plan: FilePlan) -> OpenFile:
        site, fonds = self._site, FONDS[plan.fonds]
        self._in_fonds[plan.fonds] += 1
        self._in_inventory[plan.fonds, plan.inventory] += 1
        prefix = f"{fonds.archive_code}.{fonds.code}"
        code = f"{prefix}.{plan.year}.01.{self._in_fonds[plan.fonds]:05}"
        if plan.fault == "file-duplicate-code":
            code = self._last_code.get(plan.fonds, code)
        self._last_code[plan.fonds] = code
        refused = plan.fault in REFUSED_FILES
        if refused:
            site.ledger.faults[plan.fault] += 1
            site.ledger.refused += 1
        return OpenFile(
            row=site.ledger.record(Level.FILE.value, plan.mode),
            record_id=id_in_fonds(Level.FILE, fonds_id(fonds.archive_code, fonds.code), code, given_prefix=prefix),
            code=code,
            fonds=fonds,
            matter=plan.matter,
            standing=_standing(plan),
            refused=refused,
        )

    def _write_items(self, plan: FilePlan, file: OpenFile, slots: Slots, days: list[date]) -> int:
        written, last_code = 0, ""
        for ordinal, (item, day) in enumerate(zip(plan.items, days, strict=True), 1):
            dice = self._site.dice(f"item {file.row}/{ordinal}")
            own = Slots(dice, file.fonds.districts, day, file.fonds.office(day.year).province)
            if item.street:
                own.keep(duong=item.street)
            if dice.chance(0.7):
                own.keep(noi=slots["noi"], xa=slots["xa"], huyen=slots["huyen"])
            code = f"{file.code}.{ordinal:07}"
            if item.fault == "duplicate-code":
                code = last_code
            if item.fault != "unknown-file":
                last_code = code
            written += write_item(self._site, file, ItemAt(item, ordinal, day, own, dice, code))
        return written

    def _write_own_pages(self, plan: FilePlan, file: OpenFile, slots: Slots, canary: str, day: date) -> int:
        """Pages that belong to the file itself: a bound report."""
        if not plan.own_pages:
            return 0
        dice = self._site.dice(f"own pages {file.row}")
        office = file.fonds.office(plan.year)
        draft = Draft(dice, office, plan.matter, REPORT, day, plan.own_pages, slots, str(dice.between(1, 300)), canary)
        texts = plain_pages(write(draft).blocks)
        for number, text in enumerate(texts, 1):
            self._site.rows.add(
                pages,
                record_level=Level.FILE.value,
                record_id=file.row,
                page_number=number,
                ocr_text=text,
                word_boxes=None,
                row_version=1,
            )
        return len(texts)

    def _write_row(
        self, plan: FilePlan, file: OpenFile, slots: Slots, days: list[date], page_count: int, canary: str
    ) -> None:
        site, number = self._site, self._in_inventory[plan.fonds, plan.inventory]
        dice = site.dice(f"file row {file.row}")
        title = with_canary(slots.fill(dice.zipf(plan.matter.file_titles)), canary)
        last = max(days, default=date(plan.year, 12, 31))
        site.rows.add(
            files,
            id=file.row,
            fonds_id=_UNKNOWN_FONDS if plan.fault == "file-unknown-fonds" else plan.fonds + 1,
            inventory_id=site.inventories[plan.fonds, plan.inventory],
            arc_file_code=file.code,
            title=None if plan.fault == "file-missing-title" else title,
            organ_name=with_canary(file.fonds.office(plan.year).name, canary),
            place=f"thôn {canary}, {slots['noi']}" if canary else slots["noi"],
            maintenance=dice.zipf(("01", "02", "05")),
            mode=plan.mode,
            language="01",
            start_date="00/13/1984"
            if plan.fault == "file-impossible-date"
            else _written(dice.between(0, 9), min(days, default=last)),
            end_date=f"{last:%d/%m/%Y}",
            keyword=with_canary(plan.matter.keywords, canary and f"; {canary}"),
            total_doc=len(plan.items),
            number_of_paper=(page_count + 1) // 2,
            number_of_page=page_count,
            format=dice.zipf(("01", "02", "03")),
            paper_file_code=f"{file.fonds.archive_code}.K{plan.inventory + 1}-H{1 + number // 12}.{number}",
            infor_sign=dice.zipf(("", "BT", "TM")),
            confidence_level="02",
            risk_recovery="1",
            risk_recovery_status="01",
            description=with_canary(f"Hồ sơ gồm {len(plan.items)} văn bản." if dice.chance(0.3) else "", canary),
            row_version=1,
        )


def _standing(plan: FilePlan) -> Standing:
    own = max(of_mode(plan.mode), of_restriction(plan.restriction), key=lambda standing: standing.secrecy)
    if plan.fault in REFUSED_FILES:
        own = Standing(Secrecy.ALL, f"row refused, {plan.fault}")
    return own.under(inventory_standing(plan.fonds, plan.inventory), "its inventory")


def _days(plan: FilePlan, file: OpenFile, first: date, today: date) -> list[date]:
    """The days of the items, ascending, within two years of the first and the years of the archive and the matter."""
    dice_days = sorted(first + timedelta(days=(at * 97 + file.row * 31) % 700) for at in range(len(plan.items)))
    latest = min(date(min(LAST_YEAR, plan.matter.until), 12, 31), today)
    return [min(day, latest) for day in dice_days]


def _written(chance: int, day: date) -> str:
    """A day in full, now and then only its month or its year, as the standard allows."""
    if chance == 0:
        return str(day.year)
    return f"{day:%m/%Y}" if chance == 1 else f"{day:%d/%m/%Y}"
