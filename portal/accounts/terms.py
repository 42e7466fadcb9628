"""What a reader agrees to: why the archive holds personal data, by which article, and for how long."""

from dataclasses import dataclass

from portal.i18n import N_

TERMS_VERSION = "2026-11-2"
"""Grows with every change of what follows; readers are asked again then."""


@dataclass(frozen=True)
class Purpose:
    """One reason for holding data: what for, which data, by which article, how long."""

    what_for: str
    data: str
    article: str
    kept: str


PURPOSES = (
    Purpose(
        N_("Biết ai đọc tài liệu tiếp cận có điều kiện và cấp tài khoản sử dụng tài liệu lưu trữ số"),
        N_("Họ tên, số định danh hoặc giấy tờ tùy thân, ngày sinh; với tổ chức: tên, mã số và người thay mặt"),
        N_("Luật Lưu trữ số 33/2024/QH15; Thông tư 05/2025/TT-BNV, Điều 32 và Điều 35"),
        N_("Cho tới khi tài khoản được xóa"),
    ),
    Purpose(
        N_("Trả lời ông/bà về các yêu cầu đã gửi"),
        N_("Một địa chỉ thư điện tử hoặc một số điện thoại"),
        N_("Thông tư 05/2025/TT-BNV, Điều 35; Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 9"),
        N_("Cho tới khi ông/bà đổi địa chỉ hoặc tài khoản được xóa"),
    ),
    Purpose(
        N_("Để ông/bà tìm lại tài liệu đã đọc"),
        N_("Tài liệu nào đã mở, trang nào, ngày nào, khi ông/bà đã đăng nhập"),
        N_("Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 9"),
        N_("12 tháng, hoặc cho tới khi ông/bà xóa"),
    ),
    Purpose(
        N_("Bảo vệ tài khoản và kho lưu trữ"),
        N_("Lúc nào đăng nhập, bằng cách nào, tài khoản có gì thay đổi"),
        N_("Quy chuẩn QCVN 12:2026/BCA"),
        N_("Ít nhất 12 tháng"),
    ),
)
"""Articles have to be confirmed by each archive before it goes live, like those of the policy."""

DELETION_DAYS = 20
"""Days until a deletion is answered (Decree 356/2025, Article 5, as reported)."""
