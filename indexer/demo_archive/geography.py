"""Districts and communes of the two former provinces, under the names and units of each period."""

from dataclasses import dataclass

from indexer.demo_archive.dice import Dice


@dataclass(frozen=True)
class District:
    """A district and its communes; `unit` is what it was called after 1975 and `commune_unit` what is below it."""

    name: str
    unit: str
    communes: tuple[str, ...]
    commune_unit: str = "xã"

    def written(self, year: int) -> str:
        """The district with the unit of the year: before 1975 a "quận"."""
        return f"quận {self.name}" if 1955 <= year < 1975 and self.unit != "thành phố" else f"{self.unit} {self.name}"


QUANG_NAM = (
    District("Thăng Bình", "huyện", ("Bình Đào", "Bình Minh", "Bình Dương", "Bình Giang", "Bình Triều", "Bình Sa",
             "Bình Hải", "Bình Nam", "Bình Tú", "Bình Trung", "Bình An", "Bình Quý", "Bình Nguyên", "Bình Phục",
             "Bình Trị", "Bình Lãnh")),
    District("Tam Kỳ", "thị xã", ("Tam Thăng", "Tam Phú", "Tam Thanh", "Tam Ngọc", "Tam Thái", "Tam Dân", "Tam Vinh",
             "Tam Đàn", "Tam An", "Kỳ Lý", "Kỳ Nghĩa")),
    District("Điện Bàn", "huyện", ("Điện Hồng", "Điện Thọ", "Điện Phước", "Điện An", "Điện Minh", "Điện Phương",
             "Điện Ngọc", "Điện Thắng", "Điện Hòa", "Điện Tiến", "Điện Dương", "Điện Phong", "Điện Trung")),
    District("Đại Lộc", "huyện", ("Đại Hiệp", "Đại Nghĩa", "Đại Quang", "Đại Đồng", "Đại Hồng", "Đại Lãnh", "Đại Minh",
             "Đại Phong", "Đại Cường", "Đại Thắng", "Đại Thạnh", "Đại An", "Đại Hòa")),
    District("Duy Xuyên", "huyện", ("Duy Hải", "Duy Nghĩa", "Duy Thành", "Duy Vinh", "Duy Phước", "Duy An",
             "Duy Trung", "Duy Sơn", "Duy Trinh", "Duy Châu", "Duy Hòa", "Duy Phú")),
    District("Quế Sơn", "huyện", ("Quế Xuân", "Quế Phú", "Quế Cường", "Quế Hiệp", "Quế Thuận", "Quế Châu", "Quế Minh",
             "Quế An", "Quế Phong", "Quế Long", "Quế Lộc")),
    District("Núi Thành", "huyện", ("Tam Hải", "Tam Quang", "Tam Giang", "Tam Hòa", "Tam Tiến", "Tam Anh", "Tam Hiệp",
             "Tam Nghĩa", "Tam Mỹ", "Tam Xuân")),
    District("Tiên Phước", "huyện", ("Tiên Mỹ", "Tiên Cảnh", "Tiên Lộc", "Tiên Châu", "Tiên Thọ", "Tiên Lập",
             "Tiên Lãnh", "Tiên Sơn", "Tiên Hà", "Tiên Cẩm")),
    District("Hội An", "thị xã", ("Cẩm Hà", "Cẩm Thanh", "Cẩm Kim", "Cẩm Nam", "Cẩm Châu", "Cẩm An", "Tân Hiệp")),
    District("Hiệp Đức", "huyện", ("Quế Thọ", "Bình Lâm", "Hiệp Thuận", "Hiệp Hòa", "Thăng Phước", "Sông Trà")),
    District("Trà My", "huyện", ("Trà Giang", "Trà Dương", "Trà Đông", "Trà Mai", "Trà Leng", "Trà Tân")),
    District("Phước Sơn", "huyện", ("Phước Hiệp", "Phước Trà", "Phước Đức", "Phước Năng", "Phước Mỹ")),
    District("Hiên", "huyện", ("Ba", "Tư", "Sông Kôn", "Jơ Ngây", "Prao", "A Ting")),
)  # fmt: skip

DA_NANG = (
    District("Hòa Vang", "huyện", ("Hòa Khương", "Hòa Phong", "Hòa Nhơn", "Hòa Phú", "Hòa Tiến", "Hòa Châu",
             "Hòa Phước", "Hòa Liên", "Hòa Sơn", "Hòa Ninh", "Hòa Bắc", "Hòa Khánh", "Hòa Minh", "Hòa Quý", "Hòa Hải",
             "Hòa Xuân", "Hòa Thọ", "Hòa Phát", "Hòa Hiệp")),
    District("Hải Châu", "quận", ("Thạch Thang", "Thanh Bình", "Thuận Phước", "Bình Hiên", "Bình Thuận", "Nam Dương",
             "Phước Ninh", "Hòa Thuận"), "phường"),
    District("Thanh Khê", "quận", ("An Khê", "Chính Gián", "Tam Thuận", "Xuân Hà", "Vĩnh Trung", "Thạc Gián"),
             "phường"),
    District("Sơn Trà", "quận", ("Thọ Quang", "Mân Thái", "An Hải Đông", "An Hải Tây", "Nại Hiên Đông"), "phường"),
    District("Ngũ Hành Sơn", "quận", ("Mỹ An", "Bắc Mỹ An", "Khuê Mỹ"), "phường"),
)  # fmt: skip

VILLAGES = (
    *("Phước Ấm", "Vân Đoài", "Trà Đình", "Thanh Ly", "An Phú", "Lạc Câu", "Đông Yên", "Mỹ Cang", "Xuân Quê"),
    *("Bàn Thạch", "Trung Lương", "Phú Bông", "Hà Nha", "Giáo Ái", "Cổ Lưu", "Thạnh Mỹ", "Vĩnh Bình", "Kim Đới"),
    *("Tây Yên", "Ngọc Kinh", "Đức Phú", "Hương Quế", "An Trân", "Bích An", "Xóm Rớ", "Long Sơn", "Phú Đa"),
)
STREETS = (
    *(
        "Phan Châu Trinh",
        "Trần Cao Vân",
        "Hùng Vương",
        "Bạch Đằng",
        "Nguyễn Huệ",
        "Lê Lợi",
        "Duy Tân",
        "Trưng Nữ Vương",
    ),
    *("Hoàng Diệu", "Ông Ích Khiêm", "Quang Trung", "Lý Thường Kiệt", "Phan Bội Châu", "Trần Hưng Đạo", "Thái Phiên"),
)


@dataclass(frozen=True)
class Locality:
    """A commune in its district, as a document of some year writes it."""

    commune: str
    district: str

    @property
    def whole(self) -> str:
        """Commune and district: "xã Tam Thăng, thị xã Tam Kỳ"."""
        return f"{self.commune}, {self.district}"


def locality(dice: Dice, districts: tuple[District, ...], year: int) -> Locality:
    """A commune of one of these districts."""
    district = dice.zipf(districts)
    return Locality(f"{district.commune_unit} {dice.zipf(district.communes)}", district.written(year))
