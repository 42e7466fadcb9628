"""What the importer says of a file of a list, in the words of the desk. The importer speaks English to operators."""

import re
from collections.abc import Sequence

from portal.i18n import N_, _, language

_ADVICE = re.compile(r" \(say [^()]*\)")
"""Options of the command, which the desk has not."""

_QUOTED = r'"(?P<value>[^"]*)"'

_SAID: Sequence[tuple[str, str]] = (
    (r"the file has headings, but no line below them", N_("Tệp có tiêu đề cột nhưng không có dòng nào ở dưới.")),
    (r"a CSV file has no sheets; leave out --sheet", N_("Tệp CSV không có trang tính: để trống ô tên trang tính.")),
    (r"^.* cannot be read: .*$", N_("Không đọc được tệp này.")),
    (r"the file is empty", N_("Tệp trống.")),
    (r"the file is protected by a password.*$", N_("Tệp đặt mật khẩu: hãy lưu lại thành .xlsx không mật khẩu.")),
    (r"the file is no \.xlsx.*$", N_("Tệp không phải .xlsx, hoặc bị hỏng: hãy lưu lại thành .xlsx hoặc CSV UTF-8.")),
    (r"the file is UTF-16 text.*$", N_("Tệp viết bằng UTF-16: hãy lưu lại thành CSV UTF-8.")),
    (
        r"the file is not UTF-8 \(behind line (?P<n>\d+)\).*$",
        N_("Sau dòng %(n)s tệp không phải UTF-8: hãy lưu lại thành CSV UTF-8."),
    ),
    (r"the file has more than (?P<n>[\d,]+) rows", N_("Tệp có hơn %(n)s dòng.")),
    (r"line (?P<n>\d+) is no CSV: .*$", N_("Dòng %(n)s không đúng dạng CSV.")),
    (r"the workbook unpacks to more than (?P<n>\d+) MB", N_("Bảng tính mở ra lớn hơn %(n)s MB.")),
    (r"the workbook has no sheets", N_("Bảng tính không có trang nào.")),
    (
        r"the workbook has no sheet (?P<name>.*); it has: (?P<names>.*)$",
        N_("Bảng tính không có trang %(name)s; các trang: %(names)s."),
    ),
    (
        r"no column is headed (?P<name>.*?); the first row reads: (?P<names>.*)$",
        N_("Không cột nào có tiêu đề %(name)s; dòng đầu ghi: %(names)s."),
    ),
    (
        r"two columns mean the same: (?P<name>.*) and (?P<names>.*)$",
        N_("Hai cột cùng một nghĩa: %(name)s và %(names)s."),
    ),
    (r"columns are missing: (?P<names>.*)$", N_("Thiếu cột: %(names)s.")),
    (
        r"columns nobody knows: (?P<names>.*)$",
        N_("Cột không rõ nghĩa: %(names)s. Sửa tiêu đề, hoặc ghi vào ô các cột bỏ qua."),
    ),
    (r"XLSX files are read only where .*$", N_("Máy chủ này chưa đọc được tệp .xlsx: hãy lưu lại thành CSV UTF-8.")),
    (r"column (?P<name>[A-Z]+) holds a value but has no heading", N_("cột %(name)s có chữ nhưng không có tiêu đề")),
    (r"is missing", N_("còn trống")),
    (
        r"an id has 1 to (?P<n>\d+) characters and no spaces",
        N_("phải là một mã, từ 1 đến %(n)s ký tự, không có dấu cách"),
    ),
    (_QUOTED + r" is no category", N_("«%(value)s» không phải một nhóm hạn chế")),
    (
        r"first and last page are written together, also for a single page",
        N_("trang đầu và trang cuối phải ghi cùng nhau, kể cả khi chỉ một trang"),
    ),
    (r"the pages run backwards: (?P<first>\d+) to (?P<last>\d+)", N_("trang chạy ngược: từ %(first)s đến %(last)s")),
    (
        r"the description may be seen, but not that the record is there: one of the two is wrong",
        N_("cho xem mô tả mà không cho biết có tài liệu: một trong hai ô sai"),
    ),
    (r"holds a formula; only values are read", N_("chứa công thức; chỉ đọc giá trị")),
    (r"holds an error of the spreadsheet; only values are read", N_("chứa lỗi của bảng tính; chỉ đọc giá trị")),
    (r"should be words", N_("phải là chữ")),
    (r"holds characters that cannot be shown", N_("có ký tự không hiện được")),
    (r"is longer than (?P<n>[\d,]+) characters", N_("dài hơn %(n)s ký tự")),
    (_QUOTED + r" is no page number", N_("«%(value)s» không phải số trang")),
    (r"holds a time of day beside the date", N_("ghi cả giờ bên cạnh ngày")),
    (_QUOTED + r" is no date \(write 31/12/2030\)", N_("«%(value)s» không phải ngày (ghi như 31/12/2030)")),
    (_QUOTED + r" is a day that does not exist", N_("«%(value)s» là ngày không có thật")),
    (r"(?P<value>[\d-]+) lies too far back", N_("%(value)s quá xa về trước")),
    (
        _QUOTED + r" is neither yes \(có, x\) nor no \(không\)",
        N_("«%(value)s» không phải có (x) cũng không phải không"),
    ),
    (r"says again what line (?P<n>\d+) says", N_("lặp lại dòng %(n)s")),
    (
        r"contradicts line (?P<n>\d+): the same pages, but another category, date or answer",
        N_("trái với dòng %(n)s: cùng trang mà khác nhóm, ngày mở hoặc câu trả lời"),
    ),
)

_PATTERNS = tuple((re.compile(pattern), words) for pattern, words in _SAID)


def in_words(message: str) -> str:
    """What the importer says, in the language of the request; what it has learnt to say since, as it says it."""
    said = _ADVICE.sub("", message)
    if language() == "en":
        return said
    for pattern, words in _PATTERNS:
        said = pattern.sub(lambda found, words=words: _(words, **found.groupdict()), said)  # type: ignore[misc]
    return said
