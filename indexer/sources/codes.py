"""Code lists of TT 05/2025: what stands in a column, and what people read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentType:
    """A kind of administrative document and the abbreviation in its number ("" where its number has none)."""

    name: str
    abbreviation: str = ""


MAINTENANCE: Mapping[str, str] = {
    "01": "Vĩnh viễn",
    "02": "70 năm",
    "03": "50 năm",
    "04": "30 năm",
    "05": "20 năm",
    "06": "10 năm",
    "07": "Khác",
}

ACCESS_MODES: Mapping[str, str] = {"01": "Công khai", "02": "Sử dụng có điều kiện", "03": "Mật"}

LANGUAGES: Mapping[str, str] = {
    "01": "Tiếng Việt",
    "02": "Tiếng Anh",
    "03": "Tiếng Pháp",
    "04": "Tiếng Nga",
    "05": "Tiếng Trung",
    "06": "Việt - Anh",
    "07": "Việt - Nga",
    "08": "Việt - Pháp",
    "09": "Hán Nôm",
    "10": "Việt - Trung",
    "11": "Khác",
}

CONFIDENCE_LEVELS: Mapping[str, str] = {"01": "Gốc điện tử", "02": "Số hóa", "03": "Hỗn hợp"}

PHYSICAL_CONDITIONS: Mapping[str, str] = {"01": "Tốt", "02": "Bình thường", "03": "Hỏng"}

FONDS_STATUSES: Mapping[str, str] = {"01": "Mở", "02": "Đóng"}

DOCUMENT_TYPES: Mapping[str, DocumentType] = {
    "01": DocumentType("Nghị quyết", "NQ"),
    "02": DocumentType("Quyết định", "QĐ"),
    "03": DocumentType("Chỉ thị", "CT"),
    "04": DocumentType("Quy chế", "QC"),
    "05": DocumentType("Quy định", "QyĐ"),
    "06": DocumentType("Thông cáo", "TC"),
    "07": DocumentType("Thông báo", "TB"),
    "08": DocumentType("Hướng dẫn", "HD"),
    "09": DocumentType("Chương trình", "CTr"),
    "10": DocumentType("Kế hoạch", "KH"),
    "11": DocumentType("Phương án", "PA"),
    "12": DocumentType("Đề án", "ĐA"),
    "13": DocumentType("Dự án", "DA"),
    "14": DocumentType("Báo cáo", "BC"),
    "15": DocumentType("Tờ trình", "TTr"),
    "16": DocumentType("Giấy ủy quyền", "GUQ"),
    "17": DocumentType("Phiếu gửi", "PG"),
    "18": DocumentType("Phiếu chuyển", "PC"),
    "19": DocumentType("Phiếu báo", "PB"),
    "20": DocumentType("Biên bản", "BB"),
    "21": DocumentType("Hợp đồng", "HĐ"),
    "22": DocumentType("Công văn"),
    "23": DocumentType("Công điện", "CĐ"),
    "24": DocumentType("Bản ghi nhớ", "BGN"),
    "25": DocumentType("Bản thỏa thuận", "BTT"),
    "26": DocumentType("Giấy mời", "GM"),
    "27": DocumentType("Giấy giới thiệu", "GGT"),
    "28": DocumentType("Giấy nghỉ phép", "GNP"),
    "29": DocumentType("Thư công"),
    "30": DocumentType("Bản đồ"),
    "31": DocumentType("Bản vẽ kỹ thuật"),
    "32": DocumentType("Khác"),
}

DOCUMENT_TYPE_NAMES: Mapping[str, str] = {code: kind.name for code, kind in DOCUMENT_TYPES.items()}


def label(codes: Mapping[str, str], written: str) -> str:
    """The label of a code; text that is no code of the list stays as it was written."""
    return codes.get(written.zfill(2), written) if written.isdigit() else written
