"""The three fonds and the offices that made them, period by period: names, seats, signs and who signed."""

from dataclasses import dataclass

from indexer.demo_archive.geography import DA_NANG, QUANG_NAM, District

REPUBLIC_NORTH = ("VIỆT NAM DÂN CHỦ CỘNG HÒA", "Độc lập - Tự do - Hạnh phúc")
REPUBLIC_SOUTH = ("VIỆT NAM CỘNG HÒA", "")
REPUBLIC_OF_1975 = ("CỘNG HÒA MIỀN NAM VIỆT NAM", "Độc lập - Dân chủ - Hòa bình - Trung lập")
REPUBLIC = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True)
class Office:
    """An office from the year `since`: its full name, its seat, its sign in document numbers, its signing posts."""

    since: int
    name: str
    seat: str
    sign: str
    posts: tuple[str, ...]
    heading: tuple[str, str]
    province: str


@dataclass(frozen=True)
class DemoFonds:
    """One fonds of the demonstration archive, with its offices in the order of time."""

    archive_code: str
    code: str
    title: str
    history: str
    key_groups: str
    offices: tuple[Office, ...]
    districts: tuple[District, ...]
    inventories: tuple[str, ...]
    weight: float

    def office(self, year: int) -> Office:
        """The office of a year."""
        return max((office for office in self.offices if office.since <= year), key=lambda office: office.since)

    @property
    def first_year(self) -> int:
        """The first year of which this fonds has material."""
        return self.offices[0].since


ARCHIVES = {"H47": "Lưu trữ lịch sử tỉnh Quảng Nam", "H17": "Lưu trữ lịch sử thành phố Đà Nẵng"}
LAST_YEAR = 2015

_CHAIR = ("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "ỦY VIÊN THƯ KÝ")
_PREFECT = ("TỈNH TRƯỞNG", "PHÓ TỈNH TRƯỞNG", "CHỦ SỰ")
_MAYOR = ("THỊ TRƯỞNG", "PHÓ THỊ TRƯỞNG", "CHỦ SỰ")
_HEAD = ("TRƯỞNG TY", "PHÓ TRƯỞNG TY")
_BOARD = ("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
_DIRECTOR = ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
_BOTH = "tỉnh Quảng Nam - Đà Nẵng"

FONDS = (
    DemoFonds(
        "H47",
        "UBT.01",
        "Ủy ban nhân dân tỉnh Quảng Nam",
        "Phông gồm tài liệu của các cơ quan hành chính cấp tỉnh nối tiếp nhau từ năm 1946: Ủy ban kháng chiến hành "
        "chính, Tòa Hành chánh trước năm 1975, Ủy ban nhân dân tỉnh Quảng Nam - Đà Nẵng (1976 - 1996) và Ủy ban nhân "
        "dân tỉnh Quảng Nam (1997 - 2015).",
        "Tổng hợp; nội chính; kinh tế; đất đai; thủy lợi; văn hóa xã hội",
        (
            Office(1946, "Ủy ban kháng chiến hành chính tỉnh Quảng Nam", "Quảng Nam", "KCHC", _CHAIR, REPUBLIC_NORTH,
                   "tỉnh Quảng Nam"),
            Office(1955, "Tòa Hành chánh tỉnh Quảng Nam", "Hội An", "HC", _PREFECT, REPUBLIC_SOUTH, "tỉnh Quảng Nam"),
            Office(1962, "Tòa Hành chánh tỉnh Quảng Tín", "Tam Kỳ", "HC", _PREFECT, REPUBLIC_SOUTH, "tỉnh Quảng Tín"),
            Office(1975, "Ủy ban nhân dân cách mạng tỉnh Quảng Nam", "Tam Kỳ", "UB", _CHAIR, REPUBLIC_OF_1975,
                   "tỉnh Quảng Nam"),
            Office(1976, f"Ủy ban nhân dân {_BOTH}", "Đà Nẵng", "UB", _CHAIR, REPUBLIC, _BOTH),
            Office(1997, "Ủy ban nhân dân tỉnh Quảng Nam", "Tam Kỳ", "UB", _CHAIR, REPUBLIC, "tỉnh Quảng Nam"),
            Office(2004, "Ủy ban nhân dân tỉnh Quảng Nam", "Tam Kỳ", "UBND", _CHAIR, REPUBLIC, "tỉnh Quảng Nam"),
        ),
        QUANG_NAM,
        ("Tài liệu tổng hợp, nội chính", "Tài liệu kinh tế, đất đai", "Tài liệu thủy lợi, nông nghiệp",
         "Tài liệu văn hóa, xã hội"),
        0.45,
    ),
    DemoFonds(
        "H17",
        "UBT.01",
        "Ủy ban nhân dân thành phố Đà Nẵng",
        "Phông gồm tài liệu của Tòa Thị chính (1955 - 1975), Ủy ban nhân dân cách mạng thành phố (1975) và Ủy ban nhân "
        "dân thành phố Đà Nẵng (1976 - 2015).",
        "Tổng hợp; đô thị; nhà đất; giao thông; thương mại",
        (
            Office(1955, "Tòa Thị chính Đà Nẵng", "Đà Nẵng", "TTC", _MAYOR, REPUBLIC_SOUTH, "thành phố Đà Nẵng"),
            Office(1975, "Ủy ban nhân dân cách mạng thành phố Đà Nẵng", "Đà Nẵng", "UB", _CHAIR, REPUBLIC_OF_1975,
                   "thành phố Đà Nẵng"),
            Office(1976, "Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng", "UB", _CHAIR, REPUBLIC, "thành phố Đà Nẵng"),
            Office(2004, "Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng", "UBND", _CHAIR, REPUBLIC,
                   "thành phố Đà Nẵng"),
        ),
        DA_NANG,
        ("Tài liệu đô thị, nhà đất", "Tài liệu giao thông, xây dựng", "Tài liệu thương mại, đời sống"),
        0.25,
    ),
    DemoFonds(
        "H47",
        "STNMT.04",
        "Sở Địa chính tỉnh Quảng Nam",
        "Phông gồm tài liệu của Ty Điền địa (1955 - 1975), Ban Quản lý ruộng đất (1976 - 1993), Sở Địa chính (1994 - "
        "2003) và Sở Tài nguyên và Môi trường (2004 - 2015).",
        "Giao đất; đo đạc, bản đồ; giải quyết khiếu nại, tranh chấp đất đai",
        (
            Office(1955, "Ty Điền địa tỉnh Quảng Nam", "Hội An", "ĐĐ", _HEAD, REPUBLIC_SOUTH, "tỉnh Quảng Nam"),
            Office(1976, f"Ban Quản lý ruộng đất {_BOTH}", "Đà Nẵng", "RĐ", _BOARD, REPUBLIC, _BOTH),
            Office(1994, f"Sở Địa chính {_BOTH}", "Đà Nẵng", "ĐC", _DIRECTOR, REPUBLIC, _BOTH),
            Office(1997, "Sở Địa chính tỉnh Quảng Nam", "Tam Kỳ", "ĐC", _DIRECTOR, REPUBLIC, "tỉnh Quảng Nam"),
            Office(2004, "Sở Tài nguyên và Môi trường tỉnh Quảng Nam", "Tam Kỳ", "STNMT", _DIRECTOR, REPUBLIC,
                   "tỉnh Quảng Nam"),
        ),
        QUANG_NAM,
        ("Hồ sơ giao đất", "Hồ sơ đo đạc, lập bản đồ", "Hồ sơ khiếu nại, tranh chấp", "Hồ sơ tổng hợp"),
        0.30,
    ),
)  # fmt: skip
"""The first two come from different former archives and share their code."""
