"""Agencies that were renamed, merged or abolished, and the agency that carries on their work today."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from indexer.sources.places import province_today

_AGRICULTURE = "Sở Nông nghiệp và Môi trường"
_FINANCE = "Sở Tài chính"
_CONSTRUCTION = "Sở Xây dựng"
_HOME_AFFAIRS = "Sở Nội vụ"
_TRADE = "Sở Công Thương"
_CULTURE = "Sở Văn hóa, Thể thao và Du lịch"
_SCIENCE = "Sở Khoa học và Công nghệ"
_EDUCATION = "Sở Giáo dục và Đào tạo"
_HEALTH = "Sở Y tế"
_MINORITIES = "Sở Dân tộc và Tôn giáo"
_COMMITTEE = "Ủy ban nhân dân"
_COUNCIL = "Hội đồng nhân dân"
_OFFICE = "Văn phòng Ủy ban nhân dân"

SUCCESSORS: Mapping[str, str] = {
    "Ty Điền địa": _AGRICULTURE,
    "Ban Quản lý ruộng đất": _AGRICULTURE,
    "Sở Địa chính": _AGRICULTURE,
    "Sở Địa chính - Nhà đất": _AGRICULTURE,
    "Sở Tài nguyên và Môi trường": _AGRICULTURE,
    "Ty Nông nghiệp": _AGRICULTURE,
    "Sở Nông nghiệp": _AGRICULTURE,
    "Ty Thủy lợi": _AGRICULTURE,
    "Sở Thủy lợi": _AGRICULTURE,
    "Ty Lâm nghiệp": _AGRICULTURE,
    "Sở Lâm nghiệp": _AGRICULTURE,
    "Sở Thủy sản": _AGRICULTURE,
    "Sở Nông nghiệp và Phát triển nông thôn": _AGRICULTURE,
    _AGRICULTURE: _AGRICULTURE,
    "Ty Tài chánh": _FINANCE,
    "Ty Tài chính": _FINANCE,
    "Sở Tài chính - Vật giá": _FINANCE,
    "Ủy ban Kế hoạch": _FINANCE,
    "Sở Kế hoạch và Đầu tư": _FINANCE,
    _FINANCE: _FINANCE,
    "Ty Công chánh": _CONSTRUCTION,
    "Ty Giao thông": _CONSTRUCTION,
    "Ty Xây dựng": _CONSTRUCTION,
    "Sở Giao thông vận tải": _CONSTRUCTION,
    _CONSTRUCTION: _CONSTRUCTION,
    "Ban Tổ chức chính quyền": _HOME_AFFAIRS,
    "Ty Lao động": _HOME_AFFAIRS,
    "Sở Lao động - Thương binh và Xã hội": _HOME_AFFAIRS,
    _HOME_AFFAIRS: _HOME_AFFAIRS,
    "Ty Thương nghiệp": _TRADE,
    "Sở Thương mại": _TRADE,
    "Sở Công nghiệp": _TRADE,
    _TRADE: _TRADE,
    "Ty Thông tin": _CULTURE,
    "Ty Văn hóa": _CULTURE,
    "Sở Văn hóa - Thông tin": _CULTURE,
    _CULTURE: _CULTURE,
    "Sở Bưu chính, Viễn thông": _SCIENCE,
    "Sở Thông tin và Truyền thông": _SCIENCE,
    "Sở Khoa học, Công nghệ và Môi trường": _SCIENCE,
    _SCIENCE: _SCIENCE,
    "Ty Tiểu học": _EDUCATION,
    "Ty Giáo dục": _EDUCATION,
    _EDUCATION: _EDUCATION,
    "Ty Y tế": _HEALTH,
    _HEALTH: _HEALTH,
    "Ban Dân tộc": _MINORITIES,
    _MINORITIES: _MINORITIES,
    "Ủy ban kháng chiến hành chính": _COMMITTEE,
    "Ủy ban hành chính": _COMMITTEE,
    "Ủy ban nhân dân cách mạng": _COMMITTEE,
    _COMMITTEE: _COMMITTEE,
    "UBND": _COMMITTEE,
    _COUNCIL: _COUNCIL,
    _OFFICE: _OFFICE,
}
"""Provincial agencies by name without the province. District agencies ended on 01/07/2025 and have no row."""


@lru_cache(maxsize=4096)
def creator_today(name: str) -> str:
    """The agency that carries on the work of this one, with today's province when the name has one.

    Empty when the table does not know it, and for agencies of districts and communes.
    """
    written = unicodedata.normalize("NFC", " ".join(name.split()))
    for agency in _LONGEST_FIRST:
        if written.lower().startswith(agency.lower()):
            return _carried_on(SUCCESSORS[agency], written[len(agency) :].strip())
    return ""


def _carried_on(successor: str, territory: str) -> str:
    if not territory:
        return successor
    province = province_today(territory) if territory.startswith(("tỉnh ", "thành phố ")) else ""
    return f"{successor} {province}" if province else ""


_LONGEST_FIRST = sorted(SUCCESSORS, key=len, reverse=True)
