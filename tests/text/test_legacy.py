"""TCVN3 and VNI: found where they are, never seen where they are not, and read back as they were written."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.legacy import decode_legacy, from_tcvn3, from_vni, to_tcvn3, to_vni
from indexer.text.repair import repair
from tests.text.vietnamese import real_texts, sentences

_TITLES = [
    "Hồ sơ về việc đăng ký hộ khẩu",
    "Lưu trữ lịch sử tỉnh",
    "mục lục",
    "Kế hoạch số 67/KH-UBND của UBND tỉnh năm 2020",
    "Phông Tòa Công sứ Hà Giang",
    "Tập bản đồ địa chính xã Thạch Kim",
    "Báo cáo tình hình sản xuất nông nghiệp vụ đông xuân 1962 - 1963",
    "Biên bản bàn giao, 12 tờ (bản chính)",
    "Đường sắt “Hà Nội – Lào Cai”",
    "Trưởng ty Giáo dục: thư trả lời",
    "Quyết định",
]
_CAPITALS = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "QUYẾT ĐỊNH CỦA ỦY BAN HÀNH CHÍNH",
    "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 1975",
    "HỒ SƠ",
]
_UNTOUCHED = [
    "Lưu trữ lịch sử tỉnh",
    "Hà Nam, Hòa Bình, Bình Thuận, Cái Bè, Lâm Thao",
    "cà phê, bánh mì, hàng hóa",
    "má, bà, cô, chú, dì",
    "lưu\u00adtrữ",
    "Ha\u0300 Nam môc lôc",
    "Văn thƣ môc lôc",
    "67/KH-UBND",
    "",
    "Province de Yên-Baï et Laï-Châu: procès-verbal de délimitation",
    "Rapport économique de la province de Hanoï, 1932",
    "Résidence supérieure au Tonkin. Correspondance générale",
    "Haï Phong, Haï Dzuong, Laokaï, Moncaï, Saïgon",
    "Arrêté du 3 août 1908 créant des écoles à Hué",
    "Bientôt, plus tôt; né à Huê; où est le thé? L'hôte est haï.",
    "Élevage, forêts, chasse et pêche; côte d’Annam",
    "Noël à l'hôtel, maïs, aiguë, naïf, été, déjà, très, père, être, août",
    "Société française des charbonnages du Tonkin",
    "« Le Courrier d’Haïphong », n° 1, à 5 ½ % l’an",
    "Windows® 95 © Microsoft, 5 µm, 20 °C, 3 m², £5, ¥100",
    "Jahresbericht für das Schutzgebiet, größere Übersicht, Öl",
    "El niño, año, señor, ¿qué? ¡sí! São João, informação, não",
    "Smørrebrød på Ærø; Åland; Þingvellir",
    "infor\u00admation manage\u00adment",
    "µm",
]


@pytest.mark.parametrize("title", _TITLES)
@pytest.mark.parametrize(("encode", "name"), [(to_tcvn3, "tcvn3"), (to_vni, "vni")])
def test_reads_real_titles(title: str, encode: Callable[[str], str], name: str) -> None:
    encoded = encode(title)
    assert encoded != title
    assert decode_legacy(encoded) == (title, name)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("Hå s¬ vÒ viÖc ®¨ng ký hé khÈu", ("Hồ sơ về việc đăng ký hộ khẩu", "tcvn3")),
        ("B¸o c¸o tæng kÕt", ("Báo cáo tổng kết", "tcvn3")),
        ("V¨n th\u00ad - L\u00adu tr÷", ("Văn thư - Lưu trữ", "tcvn3")),
        ("§¶ng bé huyÖn Nh\u00ad Xu©n", ("Đảng bộ huyện Như Xuân", "tcvn3")),
        ("SÖÛ VIEÄT NAM", ("SỬ VIỆT NAM", "vni")),
        ("MUÏC LUÏC", ("MỤC LỤC", "vni")),
        ("Hoà sô veà vieäc ñaêng kyù hoä khaåu", ("Hồ sơ về việc đăng ký hộ khẩu", "vni")),
        ("Toaø aùn nhaân daân tænh", ("Toà án nhân dân tỉnh", "vni")),
    ],
)
def test_reads_what_old_databases_hold(dirty: str, expected: tuple[str, str]) -> None:
    assert decode_legacy(dirty) == expected


@pytest.mark.parametrize("title", _CAPITALS)
def test_titles_in_capitals_come_back_in_capitals(title: str) -> None:
    assert decode_legacy(to_tcvn3(title)) == (title, "tcvn3")


def test_capitals_inside_a_line_of_small_letters() -> None:
    assert decode_legacy("UBND TØNH ra QUYÕT §ÞNH sè 5, «ng Hµ ký") == (
        "UBND TỈNH ra QUYẾT ĐỊNH số 5, ông Hà ký",
        "tcvn3",
    )
    assert decode_legacy("Sè 5\nQUYÕT §ÞNH\nvÒ viÖc") == ("Số 5\nQUYẾT ĐỊNH\nvề việc", "tcvn3")


@pytest.mark.parametrize(
    ("lost", "restored"),
    [
        ("§êng s¾t Hµ Néi - Lµo Cai", "Đường sắt Hà Nội - Lào Cai"),
        ("Lu tr÷ lÞch sö tØnh", "Lưu trữ lịch sử tỉnh"),
        ("V¨n th vµ tµi liÖu", "Văn thư và tài liệu"),
        ("hiÖn nay vÉn nh tríc, nhng níc t¨ng", "hiện nay vẫn như trước, nhưng nước tăng"),
        ("Th«ng t vÒ ®Çu t", "Thông tư về đầu tư"),
        ("Hng Yªn, B×nh D¬ng", "Hưng Yên, Bình Dương"),
        ("§ÒN Bï RõNG, CHñ TR¦¥NG", "ĐỀN BÙ RỪNG, CHỦ TRƯƠNG"),
        ("GI¸O S, LUËT S", "GIÁO SƯ, LUẬT SƯ"),
    ],
)
def test_lost_horn_is_put_back_where_nothing_else_fits(lost: str, restored: str) -> None:
    assert decode_legacy(lost) == (restored, "tcvn3")


def test_horn_is_not_made_up_where_none_was_lost() -> None:
    assert decode_legacy("th\u00ad viÖn, lu tr÷") == ("thư viện, lu trữ", "tcvn3")
    assert decode_legacy("m¸i nhµ, cha mÑ, ®Òn ma") == ("mái nhà, cha mẹ, đền ma", "tcvn3")


@pytest.mark.parametrize("text", _UNTOUCHED)
def test_leaves_everything_else_alone(text: str) -> None:
    assert decode_legacy(text) == (text, "unicode")


def test_leaves_real_documents_alone_whole_and_in_pieces() -> None:
    for text in real_texts():
        assert decode_legacy(text) == (text, "unicode")
        words = text.split()
        for size in (1, 2, 3, 5, 8):
            pieces = [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
            assert [piece for piece in pieces if decode_legacy(piece) != (piece, "unicode")] == []


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_real_documents_survive_the_round_trip(encode: Callable[[str], str]) -> None:
    for text in real_texts():
        text = text.replace("§", "")  # in TCVN3 this sign is the letter Đ
        decoded, name = decode_legacy(encode(text))
        assert name in encode.__name__
        assert decoded.lower() == text.lower()


def test_most_short_pieces_are_recognised() -> None:
    words = [word for text in real_texts() for word in text.split()]
    pieces = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
    pieces = [piece for piece in pieces if not piece.isascii()]
    for encode in (to_tcvn3, to_vni):
        found = [decode_legacy(encode(piece))[0].lower() == piece.lower() for piece in pieces]
        assert sum(found) / len(found) > 0.95


@settings(max_examples=300)
@given(sentences)
def test_encoders_are_undone_by_their_readers(sentence: str) -> None:
    assert from_vni(to_vni(sentence)) == sentence
    assert from_vni(to_vni(sentence.upper())) == sentence.upper()
    assert from_vni(to_vni(sentence.title())) == sentence.title()
    anchor = "Trường lưu trữ "  # keeps a soft hyphen in the text, so that nothing counts as lost
    assert from_tcvn3(to_tcvn3(anchor + sentence)) == anchor + sentence


@settings(max_examples=300)
@given(sentences)
def test_any_sentence_with_a_sure_sign_is_found(sentence: str) -> None:
    title = f"Hồ sơ về việc lưu trữ {sentence}"
    assert decode_legacy(to_tcvn3(title)) == (title, "tcvn3")
    assert decode_legacy(to_tcvn3(title.upper())) == (title.upper(), "tcvn3")
    assert decode_legacy(to_vni(title)) == (title, "vni")


@settings(max_examples=300)
@given(sentences)
def test_unicode_sentences_are_untouched(sentence: str) -> None:
    assert decode_legacy(sentence) == (sentence, "unicode")


_LATIN1 = st.characters(min_codepoint=0x20, max_codepoint=0xFF)


@settings(max_examples=500)
@given(st.text() | st.text(_LATIN1) | sentences.map(to_tcvn3) | sentences.map(to_vni))
def test_is_idempotent(text: str) -> None:
    decoded, _ = decode_legacy(text)
    assert decode_legacy(decoded) == (decoded, "unicode")


@settings(max_examples=500)
@given(st.text() | st.text(_LATIN1) | sentences.map(to_tcvn3) | sentences.map(to_vni))
def test_repair_is_idempotent(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("L\u00adu tr÷ lÞch sö", "Lưu trữ lịch sử"),
        ("H&aring; s&not; v&Ograve; vi&Ouml;c", "Hồ sơ về việc"),
        ("L&shy;u tr&divide;", "Lưu trữ"),
        ("§\u00adêng\u00a0s¾t\u200b ", "Đường sắt"),
        ("Ðảng bộ, văn thƣ", "Đảng bộ, văn thư"),
        ("Ðông Hà", "Đông Hà"),
        ("Lưu\u00adtrữ", "Lưutrữ"),
        ("Bieân ba\u00adûn ho\u00adïp", "Biên bản họp"),
    ],
)
def test_repair_decodes_before_it_cleans(dirty: str, expected: str) -> None:
    assert repair(dirty) == expected
