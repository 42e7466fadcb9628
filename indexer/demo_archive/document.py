"""One administrative document: what its description says, and its text in the layout of its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.demo_archive.blocks import Block, Style, line_count, lines_of_pages
from indexer.demo_archive.dice import Dice
from indexer.demo_archive.kinds import COMPLAINT, DECISION, LETTER, MINUTES, PLAN, RESOLUTION
from indexer.demo_archive.matter import Matter
from indexer.demo_archive.matters import GENERAL
from indexer.demo_archive.offices import Office
from indexer.demo_archive.people import man, person
from indexer.demo_archive.slots import Slots
from indexer.sources.codes import DOCUMENT_TYPES


@dataclass(frozen=True)
class Document:
    """A document as described and as written. `kind` is a code of TT 05/2025; `blocks` are in reading order."""

    kind: str
    number: str
    notation: str
    day: date
    creator: str
    subject: str
    place: str
    blocks: list[Block]


@dataclass
class Draft:
    """What a document is written from. `secret` is a word its text must hold, or nothing; `stamp` a mark of secrecy;
    `personal` a sentence with somebody's numbers.
    """

    dice: Dice
    office: Office
    matter: Matter
    kind: str
    day: date
    pages: int
    slots: Slots
    number: str
    secret: str = ""
    stamp: str = ""
    personal: str = ""
    decks: dict[int, list[str]] = field(default_factory=dict)

    def next_of(self, sentences: Sequence[str]) -> str:
        """Another sentence of a table; none comes twice before all have come once."""
        deck = self.decks.setdefault(id(sentences), [])
        if not deck:
            deck.extend(self.dice.shuffled(sentences))
        return deck.pop()

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return DOCUMENT_TYPES[self.kind].name if self.kind != COMPLAINT else "Đơn khiếu nại"


def write(draft: Draft) -> Document:
    """The document of a draft."""
    matter_words = draft.slots.fill(draft.dice.zipf(draft.matter.subjects))
    joint = " về việc " if draft.dice.chance(0.45) else " "
    if draft.kind == COMPLAINT:
        subject = f"Đơn khiếu nại của {person(draft.dice)} về việc {matter_words}"
    else:
        subject = f"{draft.kind_name}{joint}{matter_words}"
    notation = _notation(draft)
    stamp = [Block(Style.CENTRED, draft.stamp)] if draft.stamp else []
    blocks = [*_letterhead(draft, notation), *stamp, *_BODIES.get(draft.kind, _report)(draft, matter_words)]
    is_numbered = draft.kind != COMPLAINT
    return Document(
        kind=draft.kind,
        number=draft.number if is_numbered else "",
        notation=notation if is_numbered else "",
        day=draft.day,
        creator=draft.office.name if is_numbered else "",
        subject=subject,
        place=draft.slots["noi"],
        blocks=blocks,
    )


def _notation(draft: Draft) -> str:
    short = DOCUMENT_TYPES[draft.kind].abbreviation
    if draft.kind == LETTER or not short:
        return draft.office.sign + draft.dice.pick(("", "-TH", "-NN", "-NC", "-VX"))
    return f"{short}-{draft.office.sign}"


def _letterhead(draft: Draft, notation: str) -> list[Block]:
    office, state, motto = draft.office.name.upper(), *draft.office.heading
    if draft.kind == COMPLAINT:
        return [Block(Style.TITLE, state), Block(Style.TITLE, motto), Block(Style.TITLE, "ĐƠN KHIẾU NẠI")]
    body, unit, name = _parted(office)
    day = f"{draft.office.seat}, ngày {draft.day:%d} tháng {draft.day.month} năm {draft.day.year}"
    return [
        Block(Style.HEADING, body, state),
        Block(Style.HEADING, f"{unit}{name}", motto),
        Block(Style.DATE, f"Số: {draft.number}/{notation}", day),
    ]


def _parted(office: str) -> tuple[str, str, str]:
    """The name of an office in two lines: body, unit and name of its territory."""
    for unit in (" TỈNH ", " THÀNH PHỐ "):
        if unit in office:
            body, _, name = office.partition(unit)
            return body, unit.lstrip(), name
    return office, "", ""


def _body(draft: Draft, written: list[Block], closing: int) -> list[Block]:
    """Paragraphs until the document has its length; the secret word, when there is one, stands among the first."""
    missing = lines_of_pages(draft.pages) - line_count(written) - closing
    blocks: list[Block] = []
    if draft.secret:
        village = f"Trường hợp của hộ {draft.secret} tại thôn {draft.secret}, {draft.slots['xa']} được xem xét riêng."
        blocks.append(Block(Style.BODY, village))
        missing -= 1
    if draft.personal:
        blocks.append(Block(Style.BODY, draft.personal))
        missing -= 2
    while not blocks or missing > 0:
        sentences = [_sentence(draft) for _ in range(draft.dice.between(2, 4))]
        blocks.append(Block(Style.BODY, " ".join(sentences)))
        missing -= line_count(blocks[-1:])
    return blocks


def _sentence(draft: Draft) -> str:
    table = draft.matter.sentences if draft.dice.chance(0.72) else GENERAL
    return draft.slots.fill(draft.next_of(table))


def _decision(draft: Draft, about: str) -> list[Block]:
    """Title, grounds, articles."""
    authority = (
        f"{draft.office.posts[0]} {draft.office.name.upper()}" if draft.day.year < 1994 else draft.office.name.upper()
    )
    order = "QUYẾT NGHỊ:" if draft.kind == RESOLUTION else "QUYẾT ĐỊNH:"
    opening = [
        Block(Style.TITLE, draft.kind_name.upper()),
        Block(Style.TITLE, f"Về việc {about}"),
        Block(Style.TITLE, authority),
        *(Block(Style.BODY, draft.slots.fill(ground)) for ground in _grounds(draft)),
        Block(Style.ORDER, order),
    ]
    first = Block(Style.BODY, f"Nay chuẩn y các nội dung về {about}.")
    articles = [first, *_body(draft, opening, closing=11)]
    numbered = [Block(Style.BODY, f"Điều {at}. {block.text}") for at, block in enumerate(articles[:6], 1)]
    last = len(numbered) + 1
    final = f"Điều {last}. Thủ trưởng các cơ quan liên quan và {draft.slots['xa']} chịu trách nhiệm thi hành."
    return [*opening, *numbered, *articles[6:], Block(Style.BODY, final), *_signature(draft, f"- Như Điều {last};")]


def _grounds(draft: Draft) -> list[str]:
    grounds = [
        "Căn cứ nhiệm vụ, quyền hạn được quy định cho chính quyền địa phương các cấp;",
        "Căn cứ văn bản số {so_truoc} ngày {ngay_truoc};",
        "Xét tờ trình số {so_truoc} ngày {ngay_truoc} của {don_vi};",
        "Theo đề nghị của ông Trưởng {don_vi} và {xa},",
    ]
    if draft.day.year >= 2004 and "đất" in draft.matter.keywords:
        grounds.insert(1, "Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003;")
    elif draft.day.year >= 1994 and "đất" in draft.matter.keywords:
        grounds.insert(1, "Căn cứ Luật Đất đai ngày 14 tháng 7 năm 1993;")
    return grounds


def _report(draft: Draft, about: str) -> list[Block]:
    """Title, addressee, numbered parts."""
    opening = [
        Block(Style.TITLE, draft.kind_name.upper()),
        Block(Style.TITLE, f"Về việc {about}"),
        Block(Style.CENTRED, f"Kính gửi: {draft.slots['don_vi']} {draft.slots['huyen']}"),
    ]
    parts = ("I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN")
    if draft.kind != PLAN:
        parts = ("I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ CỤ THỂ", "III. KIẾN NGHỊ")
    body = _body(draft, opening, closing=12)
    cuts = (0, max(1, len(body) // 3), max(2, 2 * len(body) // 3), len(body))
    blocks = list(opening)
    for part, start, end in zip(parts, cuts, cuts[1:], strict=False):
        if body[start:end]:
            blocks += [Block(Style.BODY, part), *body[start:end]]
    return [*blocks, *_signature(draft, "- Như trên;")]


def _letter(draft: Draft, about: str) -> list[Block]:
    opening = [Block(Style.CENTRED, f"V/v {about}"), Block(Style.CENTRED, f"Kính gửi: {draft.slots['don_vi']}")]
    return [*opening, *_body(draft, opening, closing=8), *_signature(draft, "- Như trên;")]


def _minutes(draft: Draft, about: str) -> list[Block]:
    day = draft.day
    opening = [
        Block(Style.TITLE, "BIÊN BẢN"),
        Block(Style.TITLE, f"Về việc {about}"),
        Block(
            Style.BODY,
            f"Hôm nay, vào hồi {draft.dice.between(7, 15)} giờ ngày {day:%d} tháng {day.month} năm {day.year}, tại "
            f"{draft.slots['noi']}, chúng tôi gồm có:",
        ),
        *(
            Block(Style.BODY, f"{at}. Ông (bà) {person(draft.dice)}, đại diện {draft.slots['don_vi']};")
            for at in (1, 2, 3)
        ),
        Block(Style.BODY, "Cùng nhau lập biên bản với nội dung như sau:"),
    ]
    final = "Biên bản được đọc lại cho mọi người cùng nghe, lập thành ba bản có giá trị như nhau."
    return [*opening, *_body(draft, opening, closing=8), Block(Style.BODY, final), *_signature(draft, "- Các bên;")]


def _complaint(draft: Draft, about: str) -> list[Block]:
    name, card = person(draft.dice), draft.dice.between(100_000, 999_999)
    opening = [
        Block(Style.CENTRED, f"Kính gửi: {draft.office.name}"),
        Block(
            Style.BODY,
            f"Tôi tên là {name}, số giấy chứng minh 000{card}, thường trú tại {draft.slots['thon']}, "
            f"{draft.slots['noi']}. Nay tôi làm đơn này trình bày về việc {about}.",
        ),
    ]
    last = Block(Style.BODY, "Kính mong quý cơ quan xem xét, giải quyết. Tôi xin chân thành cảm ơn.")
    return [*opening, *_body(draft, opening, closing=6), last, *_signers("", ["NGƯỜI LÀM ĐƠN"], name)]


def _signature(draft: Draft, first_copy: str) -> list[Block]:
    deputy = draft.dice.chance(0.5)
    posts = [f"TM. {_parted(draft.office.name.upper())[0]}"]
    posts += [f"KT. {draft.office.posts[0]}", draft.office.posts[1]] if deputy else [draft.office.posts[0]]
    return _signers(first_copy, posts, man(draft.dice))


def _signers(first_copy: str, posts: list[str], name: str) -> list[Block]:
    copies = ["Nơi nhận:", first_copy, "- Lưu: VT."] if first_copy else []
    rows = max(len(copies), len(posts))
    copies += [""] * (rows - len(copies))
    posts = posts + [""] * (rows - len(posts))
    columns = [Block(Style.SIGN, left, right) for left, right in zip(copies, posts, strict=True)]
    return [*columns, Block(Style.SIGNED, "", name)]


_BODIES: Mapping[str, Callable[[Draft, str], list[Block]]] = {
    DECISION: _decision,
    RESOLUTION: _decision,
    LETTER: _letter,
    MINUTES: _minutes,
    COMPLAINT: _complaint,
}
