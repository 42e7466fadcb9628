"""Names of people who never were: common family, middle and given names, put together by chance."""

from indexer.demo_archive.dice import Dice

_FAMILY = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Trương", "Bùi", "Đặng", "Đỗ", "Ngô", "Hồ", "Dương"),
    *("Đinh", "Lương", "Đoàn", "Lưu", "Mai", "Trịnh", "Thái", "Hứa", "Tạ", "Châu", "Ung", "Văn", "Tăng", "Kiều"),
)
_MIDDLE_MAN = ("Văn", "Đình", "Hữu", "Công", "Quang", "Đức", "Xuân", "Ngọc", "Thanh", "Viết", "Bá", "Duy", "Tấn")
_MIDDLE_WOMAN = ("Thị", "Thị Thu", "Thị Kim", "Thị Ngọc", "Thị Minh", "Thanh", "Thị Bích", "Thị Hồng", "Thị Mỹ")
_GIVEN_MAN = (
    *("Hòa", "Tuấn", "Dũng", "Thành", "Lợi", "Minh", "Bình", "Sơn", "Khánh", "Phúc", "Tâm", "Hải", "Cường", "Lâm"),
    *("Quý", "Thạnh", "Nghĩa", "Tân", "Điền", "Khôi", "Liêm", "Thuận", "Bảy", "Chín", "Sáu", "Mười", "Cẩn", "Đạt"),
    *("Hiển", "Kỉnh", "Lộc", "Mẫn", "Nhẫn", "Ổn", "Quyền", "Thọ", "Trợ", "Ước", "Vịnh", "Xê", "Yên", "Ảnh"),
)
_GIVEN_WOMAN = (
    *("Lan", "Hoa", "Hương", "Mai", "Hạnh", "Nga", "Thủy", "Liên", "Xuân", "Bé", "Năm", "Hai", "Đào", "Cúc", "Sen"),
    *("Phượng", "Diệu", "Thảo", "Lài", "Tuyết", "Vân", "Yến", "Hường", "Nhị", "Tư", "Sương", "Thơm", "Út"),
)


def person(dice: Dice) -> str:
    """A full name."""
    if dice.chance(0.68):
        return f"{dice.zipf(_FAMILY)} {dice.zipf(_MIDDLE_MAN)} {dice.pick(_GIVEN_MAN)}"
    return f"{dice.zipf(_FAMILY)} {dice.zipf(_MIDDLE_WOMAN)} {dice.pick(_GIVEN_WOMAN)}"


def man(dice: Dice) -> str:
    """The full name of a man, as nearly all who signed in these years."""
    return f"{dice.zipf(_FAMILY)} {dice.zipf(_MIDDLE_MAN)} {dice.pick(_GIVEN_MAN)}"
