"""What each notice says, in the reader's language: the subject, and the text that a letter and the site both show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.i18n import N_, day, number, said

DAYS = ("due", "until", "ends")
AMOUNTS = ("amount",)


@dataclass(frozen=True)
class Letter:
    """Vietnamese sources of the catalogue. Their values are those of the notice, and `code` of the case."""

    subject: str
    text: str


LETTERS: Mapping[str, Letter] = {
    "submitted": Letter(
        N_("Hồ sơ %(code)s: đã gửi phiếu yêu cầu"),
        N_(
            "Lưu trữ đã nhận phiếu yêu cầu của ông/bà. Mã hồ sơ là %(code)s. Để xem hồ sơ đến đâu mà không cần đăng "
            "nhập, nhập mã hồ sơ và mã tra cứu %(lookup)s."
        ),
    ),
    "received": Letter(
        N_("Hồ sơ %(code)s: đã được tiếp nhận"),
        N_("Hồ sơ %(code)s đã được tiếp nhận. Ngày hẹn trả kết quả: %(due)s."),
    ),
    "receipt-refused": Letter(
        N_("Hồ sơ %(code)s: không được tiếp nhận"),
        N_("Lưu trữ không tiếp nhận hồ sơ %(code)s. Lý do và cách khiếu nại có ở trang của hồ sơ."),
    ),
    "supplement-asked": Letter(
        N_("Hồ sơ %(code)s: cần bổ sung"),
        N_(
            "Lưu trữ đề nghị ông/bà bổ sung cho hồ sơ %(code)s chậm nhất là ngày %(until)s. Việc cần bổ sung có ở "
            "trang của hồ sơ."
        ),
    ),
    "payment-asked": Letter(
        N_("Hồ sơ %(code)s: phí phải nộp"),
        N_(
            "Phí của hồ sơ %(code)s là %(amount)s đồng, nộp chậm nhất là ngày %(until)s. Cách nộp có ở trang của hồ sơ."
        ),
    ),
    "payment-noted": Letter(
        N_("Hồ sơ %(code)s: đã nhận phí"),
        N_("Lưu trữ đã nhận phí của hồ sơ %(code)s và tiếp tục xử lý."),
    ),
    "decided": Letter(
        N_("Hồ sơ %(code)s: đã có kết quả"),
        N_("Hồ sơ %(code)s đã có kết quả. Xin mở trang của hồ sơ để xem quyết định với từng tài liệu."),
    ),
    "reply": Letter(N_("Hồ sơ %(code)s: lưu trữ viết cho ông/bà"), "%(words)s"),
    "revoked": Letter(
        N_("Hồ sơ %(code)s: giấy phép bị thu hồi"),
        N_("Lưu trữ đã thu hồi giấy phép của hồ sơ %(code)s. Lý do: %(words)s"),
    ),
    "withdrawn": Letter(N_("Hồ sơ %(code)s: đã rút"), N_("Ông/bà đã rút hồ sơ %(code)s. Lưu trữ không xử lý tiếp.")),
    "stopped": Letter(
        N_("Hồ sơ %(code)s: dừng xử lý"),
        N_("Đã quá thời hạn mà lưu trữ chưa nhận được phần ông/bà cần bổ sung, nên hồ sơ %(code)s dừng lại."),
    ),
    "closed": Letter(
        N_("Hồ sơ %(code)s: đã trả kết quả"),
        N_("Hồ sơ %(code)s đã trả kết quả. Xin cho biết ông/bà có hài lòng không ở trang của hồ sơ."),
    ),
    "reopened": Letter(
        N_("Hồ sơ %(code)s: được mở lại"),
        N_("Lưu trữ mở lại hồ sơ %(code)s. Ngày hẹn trả kết quả mới: %(due)s."),
    ),
    "overdue": Letter(
        N_("Hồ sơ %(code)s: xin lỗi vì trả kết quả chậm"),
        N_("Hồ sơ %(code)s hẹn trả kết quả ngày %(due)s nhưng chưa xong. Lưu trữ xin lỗi ông/bà và sẽ trả sớm nhất."),
    ),
    "permit-ending": Letter(
        N_("Hồ sơ %(code)s: giấy phép đọc sắp hết hạn"),
        N_(
            "Giấy phép %(permit)s của hồ sơ %(code)s hết hạn sau ngày %(ends)s. Ông/bà có thể xin gia hạn ở trang "
            "của hồ sơ."
        ),
    ),
}


def subject_of(template: str, values: Mapping[str, str], *, language: str) -> str:
    """One line."""
    return said(language, LETTERS[template].subject, **_in_words(values, language))


def text_of(template: str, values: Mapping[str, str], *, language: str) -> str:
    """Paragraphs without greeting and address."""
    return said(language, LETTERS[template].text, **_in_words(values, language))


def _in_words(values: Mapping[str, str], language: str) -> dict[str, str]:
    """Days and amounts as people write them."""
    words = dict(values)
    words |= {name: day(date.fromisoformat(words[name])) for name in DAYS if words.get(name)}
    return words | {name: number(int(words[name]), language) for name in AMOUNTS if words.get(name)}
