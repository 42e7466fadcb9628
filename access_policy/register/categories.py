"""Why a line may stand on a restricted-use list: the kinds that the law and archives' practice name.

After Article 25 of the Law on Archives of 2024 and what remains of the regime of 2011. The wording of the law is still
to be checked (see `access_policy.parameters`), so an archive that needs another kind adds a row here.
"""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """One kind: the code that is kept, its words for people, and other words that lists use for it."""

    code: str
    words: str
    words_en: str
    also: tuple[str, ...] = ()


CATEGORIES: tuple[Category, ...] = (
    Category(
        "state-interests",
        "Lợi ích quốc gia, dân tộc",
        "Interests of state and nation",
        ("lợi ích quốc gia", "ảnh hưởng lợi ích quốc gia, dân tộc"),
    ),
    Category(
        "private-life",
        "Bí mật đời sống riêng tư, bí mật cá nhân",
        "Private life, personal secrets",
        ("đời tư", "thông tin đời tư", "bí mật cá nhân", "bí mật đời tư", "đời sống riêng tư"),
    ),
    Category("family-secrets", "Bí mật gia đình", "Family secrets", ("gia đình",)),
    Category("business-secrets", "Bí mật kinh doanh", "Business secrets", ("bí mật thương mại", "bí mật công nghệ")),
    Category(
        "damaged",
        "Tài liệu bị hư hỏng nặng",
        "Badly damaged material",
        ("hư hỏng nặng", "hư hỏng", "có nguy cơ bị hư hỏng", "tu bổ"),
    ),
    Category(
        "in-processing",
        "Tài liệu đang trong quá trình xử lý về nghiệp vụ",
        "Material being processed",
        ("đang xử lý", "đang xử lý nghiệp vụ", "đang chỉnh lý"),
    ),
    Category(
        "donated",
        "Tài liệu hiến tặng, ký gửi",
        "Donated or deposited papers",
        ("hiến tặng", "ký gửi", "tài liệu cá nhân hiến tặng"),
    ),
    Category("other", "Lý do khác", "Other", ("khác",)),
)


def category_named(written: str) -> Category | None:
    """The kind of this code or these words, with their accents or with none; None for what is no kind."""
    return _BY_NAME.get(_key(written))


def category_words(code: str) -> str:
    """The words of a code; a code of an older register stands for itself."""
    found = _BY_NAME.get(_key(code))
    return found.words if found and found.code == code else code


def _key(written: str) -> str:
    return " ".join(unicodedata.normalize("NFC", written).casefold().replace("_", "-").split())


def _without_accents(key: str) -> str:
    decomposed = unicodedata.normalize("NFD", key.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _by_name() -> dict[str, Category]:
    names: dict[str, Category] = {}
    for category in CATEGORIES:
        for name in (category.code, category.words, category.words_en, *category.also):
            names[_key(name)] = names[_without_accents(_key(name))] = category
    return names


_BY_NAME = _by_name()
