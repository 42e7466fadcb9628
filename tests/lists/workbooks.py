"""Files of lists as programs write them: CSV, and XLSX made by hand so that every oddity can be put in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

HEADINGS = ("STT", "Mã hồ sơ", "Từ trang", "Đến trang", "Nhóm", "Lý do", "Ngày mở", "Nhận yêu cầu")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>'
)
ROOT_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Trang 1" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
ROW_LOOKS = 'spans="1:10" ht="15.75" customHeight="1"'


def lines(count: int) -> Iterable[Sequence[object]]:
    """Good lines, no two alike."""
    for number in range(1, count + 1):
        pages = (number % 9 + 1, number % 9 + 3) if number % 3 else ("", "")
        reason = f"Có thông tin về đời tư của cá nhân, mục {number}"
        yield (number, f"h38.td.hs-{number:07}", *pages, "đời tư", reason, "31/12/2040", "x" if number % 2 else "")


def write_xlsx(path: Path, rows: Iterable[Sequence[object]], *, entity: str = "") -> Path:
    """A workbook in the way of the usual program: texts kept apart, rows with looks, a wrong dimension."""
    texts: dict[str, int] = {}
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, content in (
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", ROOT_LINKS),
            ("xl/workbook.xml", WORKBOOK),
            ("xl/_rels/workbook.xml.rels", LINKS),
        ):
            packed.writestr(name, content)
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{entity}<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>'.encode())
            for number, row in enumerate(rows, start=1):
                cells = "".join(_cell(f"{chr(65 + place)}{number}", value, texts) for place, value in enumerate(row))
                sheet.write(f'<row r="{number}" {ROW_LOOKS}>{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with packed.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f'<sst xmlns="{MAIN}">'.encode())
            for text in texts:
                strings.write(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode())
            strings.write(b"</sst>")
    return path


def write_sheet(path: Path, sheet: str, texts: str = "") -> Path:
    """A workbook with this sheet data and these shared texts, as XML."""
    with ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", CONTENT_TYPES)
        packed.writestr("_rels/.rels", ROOT_LINKS)
        packed.writestr("xl/workbook.xml", WORKBOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", LINKS)
        packed.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>')
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    return path


def write_csv(path: Path, rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """Cells without quotation marks, delimiters or line breaks."""
    with path.open("w", encoding=encoding, newline="") as file:
        file.writelines(delimiter.join(map(str, row)) + "\n" for row in rows)
    return path


def _cell(place: str, value: object, texts: dict[str, int]) -> str:
    if value == "":
        return ""
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(str(value), len(texts))}</v></c>'
