"""Writing one item: its row, its pages, its scan, and the made-up word where something is to stay hidden."""

from dataclasses import dataclass, replace
from datetime import date

from access_policy.terms import Level
from indexer.demo_archive.blocks import Block, plain_pages
from indexer.demo_archive.broken_pdfs import BrokenPdf
from indexer.demo_archive.dice import Dice
from indexer.demo_archive.document import Document, Draft, write
from indexer.demo_archive.faults import MENDED, REFUSED
from indexer.demo_archive.kinds import kind_of
from indexer.demo_archive.matter import Matter
from indexer.demo_archive.offices import DemoFonds, Office
from indexer.demo_archive.plan import ItemPlan
from indexer.demo_archive.scans import MEDIA_TYPE, WordBoxes, scan_of
from indexer.demo_archive.slots import Slots
from indexer.demo_archive.standing import Secrecy, Standing, binds_today, of_mode, of_restriction
from indexer.demo_archive.studio import Held
from indexer.demo_archive.typeset import Sheet, note_on, typeset
from indexer.demo_archive.worksite import Worksite, with_canary
from indexer.sources.identity import item_id
from indexer.sources.schema import items, pages

_UNKNOWN_FILE = 999_999_999

PERSONAL_NUMBERS = ("000090001234", "0905 123 456", "4200 205 123 456", "12/3/1990")
"""Of nobody: identity paper, telephone, account, date of birth. None of them may be read anywhere."""

SOMEBODY = "Ông Lê Lý, sinh ngày {3}, số CCCD {0}, điện thoại {1}, số tài khoản {2}.".format(*PERSONAL_NUMBERS)
_LAST_TYPEWRITER = 1974


@dataclass(frozen=True)
class OpenFile:
    """The file that items are being written into. `refused`: the adapter refuses it, and therefore its items."""

    row: int
    record_id: str
    code: str
    fonds: DemoFonds
    matter: Matter
    standing: Standing
    refused: bool


@dataclass(frozen=True)
class ItemAt:
    """One item to write: what is planned, its ordinal in the file, its day, and the slots of its text."""

    plan: ItemPlan
    ordinal: int
    day: date
    slots: Slots
    dice: Dice
    code: str


def write_item(site: Worksite, file: OpenFile, at: ItemAt) -> int:
    """Write an item with everything it has; how many pages it has."""
    record_id = item_id(file.record_id, at.code, given_prefix=file.code)
    standing = _standing(file, at.plan)
    canary = site.ledger.canary(record_id, standing)
    document = _document(file, at, canary)
    row = site.ledger.record(Level.ITEM.value, at.plan.mode)
    page_count = _write_pages(site, at, document, row, record_id, canary)
    _write_row(site, file, at, document, row, page_count, canary if standing.secrecy is Secrecy.ALL else "")
    site.restrict(record_id, at.plan.restriction)
    if at.plan.landmark:
        site.ledger.landmarks[at.plan.landmark] = record_id
    if at.plan.fault:
        site.ledger.faults[at.plan.fault] += 1
    site.ledger.refused += file.refused or at.plan.fault in REFUSED
    return page_count


def _standing(file: OpenFile, plan: ItemPlan) -> Standing:
    own = max(of_mode(plan.mode), of_restriction(plan.restriction), key=lambda standing: standing.secrecy)
    if plan.fault in REFUSED:
        own = Standing(Secrecy.ALL, f"row refused, {plan.fault}")
    if plan.stamp:
        own = Standing(Secrecy.ALL, f"mark of secrecy on a page, {plan.stamp}")
    return own.under(file.standing, "its file")


def _document(file: OpenFile, at: ItemAt, canary: str) -> Document:
    draft = Draft(
        dice=at.dice,
        office=_office(file.fonds, at),
        matter=file.matter,
        kind=at.plan.kind or kind_of(at.dice, at.day.year),
        day=at.day,
        pages=at.plan.pages,
        slots=at.slots,
        number=at.plan.number or str(at.dice.between(1, 980)),
        secret=canary,
        stamp=at.plan.stamp,
        personal=SOMEBODY if at.plan.personal else "",
    )
    return write(draft)


def _office(fonds: DemoFonds, at: ItemAt) -> Office:
    """The office of the fonds, or now and then a district that wrote to it."""
    office = fonds.office(at.day.year)
    if at.plan.number or at.day.year <= _LAST_TYPEWRITER or not at.dice.chance(0.2):
        return office
    district = at.slots["huyen"]
    posts = ("CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    return replace(
        office,
        name=f"Ủy ban nhân dân {district}",
        seat=district.split(" ", 1)[1].removeprefix("xã "),
        sign="UB",
        posts=posts,
    )


def _write_pages(site: Worksite, at: ItemAt, document: Document, row: int, record_id: str, canary: str) -> int:
    """The pages and, for some items, the scan or the broken PDF; how many pages there are."""
    path = _path(record_id, canary)
    boxes: list[WordBoxes] = []
    if not at.plan.fault and site.takes_scan(wanted=at.plan.scanned, pages=at.plan.pages):
        sheets = _sheets(site, at, document.blocks, record_id)
        texts = [sheet.text for sheet in sheets]
        scan, boxes = scan_of(sheets, seed=site.seed, name=record_id, coloured=at.day.year > _LAST_TYPEWRITER)
        site.studio.draw(scan, Held(Level.ITEM.value, row, path, MEDIA_TYPE, len(sheets)))
        site.ledger.scans += 1
        site.ledger.scanned_pages += len(sheets)
    else:
        texts = _texts(site, at, document.blocks, record_id)
    if at.plan.broken and site.draws:
        site.studio.draw(BrokenPdf(at.plan.broken), Held(Level.ITEM.value, row, path, MEDIA_TYPE, len(texts)))
    first = 0 if at.plan.fault == "page-zero" else 1
    for number, text in enumerate(texts):
        site.rows.add(
            pages,
            record_level=Level.ITEM.value,
            record_id=row,
            page_number=first + number,
            ocr_text=text,
            word_boxes=boxes[number] if boxes else None,
            row_version=1,
        )
    return len(texts)


def _path(record_id: str, canary: str) -> str:
    folder = record_id.replace(".", "/")
    return f"{folder}-{canary}.pdf" if canary else f"{folder}.pdf"


def _sheets(site: Worksite, at: ItemAt, blocks: list[Block], record_id: str) -> list[Sheet]:
    sheets = typeset(blocks, typewritten=at.day.year <= _LAST_TYPEWRITER)
    for number, note in _page_notes(site, at, record_id):
        note_on(sheets[number - 1], note)
    return sheets


def _texts(site: Worksite, at: ItemAt, blocks: list[Block], record_id: str) -> list[str]:
    texts = plain_pages(blocks)
    for number, note in _page_notes(site, at, record_id):
        texts[number - 1] += f"\n{note}"
    if at.plan.fault in ("tcvn3", "vni"):
        texts = [MENDED[at.plan.fault](text) for text in texts]
    return texts


def _page_notes(site: Worksite, at: ItemAt, record_id: str) -> list[tuple[int, str]]:
    """For pages that a list closes on their own: a note with a made-up word on each."""
    line = at.plan.restriction
    if line is None or line.pages is None or not binds_today(line):
        return []
    first, last = line.pages
    hidden = Standing(Secrecy.TEXT, f"list {line.list_number}, pages {first} to {last}")
    return [
        (number, f"Ghi chú: {site.ledger.canary(f'{record_id} page {number}', hidden)}")
        for number in range(first, last + 1)
    ]


def _write_row(
    site: Worksite, file: OpenFile, at: ItemAt, document: Document, row: int, page_count: int, canary: str
) -> None:
    plan, dice = at.plan, at.dice
    site.rows.add(
        items,
        id=row,
        file_id=_UNKNOWN_FILE if plan.fault == "unknown-file" else file.row,
        arc_doc_code=at.code,
        maintenance="01",
        type_name=document.kind,
        code_number=document.number,
        code_notation=document.notation,
        issued_date=f"31/02/{at.day.year}" if plan.fault == "impossible-date" else f"{at.day:%d/%m/%Y}",
        organ_name=with_canary(document.creator, canary),
        subject=_subject(plan.fault, with_canary(document.subject, canary)),
        place=f"thôn {canary}, {document.place}" if canary else document.place,
        language="01" if at.day.year > _LAST_TYPEWRITER or not dice.chance(0.05) else "08",
        number_of_page=page_count,
        infor_sign=dice.zipf(("", "BT", "TM")),
        keyword=with_canary(file.matter.keywords, canary and f"; {canary}"),
        mode=plan.mode,
        confidence_level="02",
        autograph=with_canary(at.slots.fill("Đồng ý, giao {don_vi} thực hiện.") if dice.chance(0.06) else "", canary),
        format=dice.zipf(("01", "02", "03")),
        risk_recovery="1",
        risk_recovery_status="01",
        description=with_canary("Bản chính, có chữ ký và con dấu." if dice.chance(0.2) else "", canary),
        row_version=1,
    )


def _subject(fault: str, subject: str) -> str | None:
    if fault == "missing-title":
        return None
    if fault == "oversize-title":
        return " ".join([subject] * 24)
    return MENDED[fault](subject) if fault in MENDED else subject
