"""What each provision looks like as a table: columns of its rows, and values that stand once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from portal.i18n import N_
from portal.requests.provisions.models import Approver, Provision, Requester
from portal.requests.terms import KINDS, ItemClass


class Input(Enum):
    """How a value is typed."""

    LINE = "line"
    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    CHOICE = "choice"
    YES = "yes"
    DAYS = "days"
    TIME = "time"
    RELIEF = "relief"


@dataclass(frozen=True)
class Column:
    """One value of a row. `key` values tell rows of two versions apart; an empty choice means `anything`, if that is
    said.
    """

    name: str
    label: str
    input: Input = Input.LINE
    options: Mapping[Any, str] = field(default_factory=lambda: MappingProxyType({}))
    key: bool = False
    anything: str = ""


@dataclass(frozen=True)
class Shape:
    """`rows` is empty for a provision without any; `single` are the values beside the rows."""

    name: str
    rows: tuple[Column, ...] = ()
    single: tuple[Column, ...] = ()


ITEM_CLASSES: Mapping[Any, str] = {
    ItemClass.OPEN: N_("Tài liệu mở"),
    ItemClass.CONDITIONAL: N_("Tài liệu có điều kiện"),
    ItemClass.CLOSED: N_("Tài liệu khác"),
}
REQUESTERS: Mapping[Any, str] = {
    Requester.ANYONE: N_("Bất kỳ ai"),
    Requester.CITIZEN: N_("Công dân"),
    Requester.ORGANISATION: N_("Cơ quan, tổ chức"),
    Requester.FOREIGNER: N_("Người nước ngoài"),
}
APPROVERS: Mapping[Any, str] = {
    Approver.ARCHIVIST: N_("Lưu trữ viên"),
    Approver.HEAD: N_("Người đứng đầu lưu trữ"),
    Approver.AUTHORITY: N_("Cấp có thẩm quyền"),
}

_CODE = Column("code", N_("Mã"), Input.CODE, key=True)
_ITEM = Column("item", N_("Loại tài liệu"), Input.CHOICE, ITEM_CLASSES, key=True)
_CITATION = Column("citation", N_("Căn cứ"))
_CONFIRMED = Column("confirmed", N_("Đã đối chiếu văn bản"), Input.YES)

SHAPES: Mapping[Provision, Shape] = {
    Provision.DEADLINES: Shape(
        N_("Thời hạn giải quyết"),
        rows=(
            Column("kind", N_("Việc"), Input.CHOICE, KINDS, key=True),
            _ITEM,
            Column("days", N_("Số ngày làm việc"), Input.NUMBER),
            _CITATION,
            _CONFIRMED,
        ),
        single=(
            Column("receipt_days", N_("Tiếp nhận trong (ngày làm việc)"), Input.NUMBER),
            Column("patience_days", N_("Chờ bổ sung hoặc nộp phí (ngày)"), Input.NUMBER),
        ),
    ),
    Provision.CALENDAR: Shape(
        N_("Ngày làm việc"),
        single=(
            Column("off", N_("Ngày nghỉ thêm"), Input.DAYS),
            Column("working", N_("Ngày làm việc bù"), Input.DAYS),
            Column("cut_off", N_("Giờ từ đó tính sang ngày sau"), Input.TIME),
        ),
    ),
    Provision.FEES: Shape(
        N_("Phí"),
        rows=(
            _CODE,
            Column("name", N_("Tên")),
            Column("unit", N_("Đơn vị")),
            Column("amount", N_("Mức (đồng)"), Input.NUMBER),
            Column("relief", N_("Được giảm (%)"), Input.RELIEF),
            Column("legal_basis", N_("Căn cứ")),
            _CONFIRMED,
        ),
    ),
    Provision.APPROVALS: Shape(
        N_("Thẩm quyền quyết định"),
        rows=(
            _ITEM,
            Column("kind", N_("Việc"), Input.CHOICE, KINDS, key=True, anything=N_("Mọi việc")),
            Column("requester", N_("Người yêu cầu"), Input.CHOICE, REQUESTERS, key=True),
            Column("approver", N_("Người quyết định"), Input.CHOICE, APPROVERS),
            Column("four_eyes", N_("Cần người thứ hai đề xuất"), Input.YES),
            Column("authority", N_("Tên cấp có thẩm quyền")),
            _CITATION,
            _CONFIRMED,
        ),
    ),
    Provision.REASONS: Shape(
        N_("Lý do từ chối"),
        rows=(
            _CODE,
            Column("text", N_("Lời nói với người yêu cầu")),
            Column("text_en", N_("Lời tiếng Anh")),
            Column("article", N_("Điều luật")),
            Column("article_en", N_("Điều luật, tiếng Anh")),
            _CONFIRMED,
        ),
        single=(
            Column("appeal", N_("Cách khiếu nại")),
            Column("appeal_en", N_("Cách khiếu nại, tiếng Anh")),
            Column("appeal_article", N_("Điều luật về khiếu nại")),
        ),
    ),
    Provision.LETTERS: Shape(
        N_("Mẫu thư"),
        rows=(
            _CODE,
            Column("name", N_("Tên")),
            Column("text", N_("Thư"), Input.TEXT),
            Column("text_en", N_("Thư tiếng Anh"), Input.TEXT),
        ),
    ),
}
