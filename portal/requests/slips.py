"""The receipt and appointment slip of a case, as PDF with a QR code that leads to its look-up page."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import segno
from fpdf import FPDF

from portal.i18n import _

_FONT = Path(__file__).parents[1] / "fonts" / "BeVietnamPro-SemiBold.ttf"
_MARGIN = 20  # millimetres
_QR = 32  # millimetres


@dataclass(frozen=True)
class Slip:
    """What stands on it: heading, and rows of label and value; `address` is what the QR code says."""

    archive: str
    title: str
    code: str
    rows: Mapping[str, str]
    records: tuple[str, ...]
    remark: str
    address: str


def lookup_address(look_up_url: str, code: str) -> str:
    """The page on which the code stands filled in already; the digits of the receipt have to be typed."""
    return f"{look_up_url}?{urlencode({'code': code})}"


def slip_pdf(slip: Slip) -> bytes:
    """One A4 page, more when there are many records."""
    pdf = FPDF(format="A4")
    pdf.set_title(f"{slip.title} {slip.code}")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    pdf.add_font("slip", fname=_FONT)
    pdf.add_page()
    _head(pdf, slip)
    _rows(pdf, slip.rows)
    _records(pdf, slip.records)
    pdf.set_font("slip", size=10)
    pdf.ln(4)
    pdf.multi_cell(0, 5.5, slip.remark, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _head(pdf: FPDF, slip: Slip) -> None:
    pdf.image(_qr(slip.address), x=210 - _MARGIN - _QR, y=_MARGIN, w=_QR, h=_QR, alt_text=slip.address)
    width = 210 - 2 * _MARGIN - _QR - 6
    for size, text in ((11, slip.archive), (16, slip.title), (13, slip.code)):
        pdf.set_font("slip", size=size)
        pdf.multi_cell(width, size * 0.6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.5)
    pdf.set_y(max(pdf.get_y(), _MARGIN + _QR) + 6)


def _rows(pdf: FPDF, rows: Mapping[str, str]) -> None:
    for label, value in rows.items():
        pdf.set_font("slip", size=9)
        pdf.set_text_color(90)
        pdf.multi_cell(0, 5, label, new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(0)
        pdf.set_font("slip", size=11)
        pdf.multi_cell(0, 6, value, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1)


def _records(pdf: FPDF, records: tuple[str, ...]) -> None:
    pdf.ln(2)
    pdf.set_font("slip", size=9)
    pdf.set_text_color(90)
    pdf.cell(0, 5, _("Tài liệu yêu cầu"), new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("slip", size=10)
    for number, record in enumerate(records, start=1):
        pdf.multi_cell(0, 5.5, f"{number}. {record}", new_x="LMARGIN", new_y="NEXT")


def _qr(text: str) -> io.BytesIO:
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    return picture
