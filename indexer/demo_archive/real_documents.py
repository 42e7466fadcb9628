"""Taking real public documents into the demonstration archive: PDF scans with the text of their pages beside them."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, func, insert, select

from access_policy.terms import Level
from indexer.demo_archive.scans import MEDIA_TYPE
from indexer.sources.codes import DOCUMENT_TYPES
from indexer.sources.schema import digital_objects, files, fonds, items, pages
from indexer.text.dates import parse_dates

_FOLDER = "tai-lieu-that"
_TYPES = {kind.name.upper(): code for code, kind in DOCUMENT_TYPES.items()}
_NUMBER = re.compile(r"Số:\s*(\d+)\s*/\s*([\w&-]+)")
_DAY = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
_TITLE = re.compile(rf"^({'|'.join(sorted(_TYPES, key=len, reverse=True))})\s+(\S.*)$", re.DOTALL)
_LONGEST_TITLE = 400
_UNNAMED = "Cơ quan nhà nước (văn bản không ghi rõ)"
"""Without it the documents would take over the creator of the invented fonds they are put into."""


@dataclass(frozen=True)
class RealDocument:
    """What the pages themselves say of a document; empty where they say nothing."""

    path: Path
    texts: tuple[str, ...]
    kind: str
    title: str
    number: str
    notation: str
    day: str
    creator: str


def add_real_documents(database_url: str, pages_root: Path, folder: Path) -> int:
    """Add every PDF of a folder that has a text file of the same name, pages parted by form feeds; how many.

    They become open items of one new file in the first fonds. A folder that does not exist adds nothing, and a
    document that is already there is not added again.
    """
    found = [path for path in sorted(folder.glob("*.pdf")) if path.with_suffix(".txt").exists()]
    if not found:
        return 0
    engine = create_engine(database_url)
    try:
        with engine.begin() as connection:
            there = set(connection.execute(select(digital_objects.c.path)).scalars())
            documents = [_read(path) for path in found if _place(path) not in there]
            if documents:
                _write(connection, pages_root, documents)
    finally:
        engine.dispose()
    return len(documents)


def _place(path: Path) -> str:
    """Where a PDF lies in the page store."""
    return f"{_FOLDER}/{path.name}"


def _read(path: Path) -> RealDocument:
    texts = tuple(page.strip() for page in path.with_suffix(".txt").read_text(encoding="utf-8").split("\f"))
    paragraphs = [" ".join(part.split()) for part in texts[0].split("\n\n")]
    kind, title = _titled(paragraphs)
    number = _NUMBER.search(texts[0])
    day = _DAY.search(texts[0])
    return RealDocument(
        path=path,
        texts=texts,
        kind=kind,
        title=title or path.stem.replace("-", " "),
        number=number[1] if number else "",
        notation=number[2] if number else "",
        day=f"{parse_dates(day[0]).start:%d/%m/%Y}" if day else "",
        creator=_creator(paragraphs),
    )


def _titled(paragraphs: list[str]) -> tuple[str, str]:
    """Kind and title from the first paragraph that begins with a kind; a title broken in two is joined."""
    for at, paragraph in enumerate(paragraphs):
        found = _TITLE.match(paragraph)
        if found and not paragraph.endswith(":"):
            rest = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
            joined = f"{found[2]} {rest}" if rest[:1].islower() else found[2]
            title = f"{DOCUMENT_TYPES[_TYPES[found[1]]].name} {joined[:1].lower()}{joined[1:]}"
            return _TYPES[found[1]], title[:_LONGEST_TITLE]
    return "32", ""


def _creator(paragraphs: list[str]) -> str:
    """The office in capitals before the name of the state, when the page has it."""
    head = re.match(r"([^a-z]+?)\s+CỘNG HÒA XÃ HỘI", paragraphs[0])
    return head[1].strip().capitalize().replace("chính phủ", "Chính phủ") if head else ""


def _write(connection: Connection, pages_root: Path, documents: list[RealDocument]) -> None:
    file_row, first_item = _next(connection, files), _next(connection, items)
    above = connection.execute(select(fonds.c.archive_code, fonds.c.fonds_code).where(fonds.c.id == 1)).one()
    code = f"{above.archive_code}.{above.fonds_code}.2020.02.{file_row:05}"
    years = sorted(document.day[-4:] for document in documents if document.day)
    connection.execute(insert(files).values(_file_row(file_row, code, years, documents)))
    for ordinal, document in enumerate(documents, 1):
        row = first_item + ordinal - 1
        connection.execute(insert(items).values(_item_row(row, file_row, f"{code}.{ordinal:07}", document)))
        connection.execute(
            insert(pages),
            [
                {"record_level": Level.ITEM.value, "record_id": row, "page_number": number, "ocr_text": text}
                for number, text in enumerate(document.texts, 1)
            ],
        )
        held = _keep(pages_root, document) | {"record_level": Level.ITEM.value, "record_id": row}
        connection.execute(insert(digital_objects).values(**held))


def _next(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def _file_row(row: int, code: str, years: list[str], documents: list[RealDocument]) -> dict[str, Any]:
    return {
        "id": row,
        "fonds_id": 1,
        "arc_file_code": code,
        "organ_name": _UNNAMED,
        "title": "Tập văn bản về lưu trữ điện tử và số hóa tài liệu lưu trữ",
        "maintenance": "01",
        "mode": "01",
        "language": "01",
        "start_date": years[0] if years else None,
        "end_date": years[-1] if years else None,
        "keyword": "lưu trữ; số hóa",
        "total_doc": len(documents),
        "number_of_page": sum(len(document.texts) for document in documents),
        "description": "Văn bản công khai của cơ quan nhà nước, bản chụp và chữ nhận dạng tự động.",
    }


def _item_row(row: int, file_row: int, code: str, document: RealDocument) -> dict[str, Any]:
    return {
        "id": row,
        "file_id": file_row,
        "arc_doc_code": code,
        "maintenance": "01",
        "type_name": document.kind,
        "code_number": document.number,
        "code_notation": document.notation,
        "issued_date": document.day,
        "organ_name": document.creator or _UNNAMED,
        "subject": document.title,
        "language": "01",
        "number_of_page": len(document.texts),
        "mode": "01",
        "confidence_level": "02",
    }


def _keep(pages_root: Path, document: RealDocument) -> dict[str, Any]:
    """Copy the PDF into the page store; its row."""
    path = _place(document.path)
    target = pages_root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(document.path, target)
    return {
        "path": path,
        "media_type": MEDIA_TYPE,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "first_page": 1,
        "page_count": len(document.texts),
    }
