"""Words of the standard's code lists, as records carry them: named here so that the catalogue holds their English."""

from portal.i18n import N_, _

WORDS = frozenset(
    {
        N_("Nghị quyết"),
        N_("Quyết định"),
        N_("Chỉ thị"),
        N_("Quy chế"),
        N_("Quy định"),
        N_("Thông cáo"),
        N_("Thông báo"),
        N_("Hướng dẫn"),
        N_("Chương trình"),
        N_("Kế hoạch"),
        N_("Phương án"),
        N_("Đề án"),
        N_("Dự án"),
        N_("Báo cáo"),
        N_("Tờ trình"),
        N_("Giấy ủy quyền"),
        N_("Phiếu gửi"),
        N_("Phiếu chuyển"),
        N_("Phiếu báo"),
        N_("Biên bản"),
        N_("Hợp đồng"),
        N_("Công văn"),
        N_("Công điện"),
        N_("Bản ghi nhớ"),
        N_("Bản thỏa thuận"),
        N_("Giấy mời"),
        N_("Giấy giới thiệu"),
        N_("Giấy nghỉ phép"),
        N_("Thư công"),
        N_("Bản đồ"),
        N_("Bản vẽ kỹ thuật"),
        N_("Khác"),
        N_("Tiếng Việt"),
        N_("Tiếng Anh"),
        N_("Tiếng Pháp"),
        N_("Tiếng Nga"),
        N_("Tiếng Trung"),
        N_("Việt - Anh"),
        N_("Việt - Nga"),
        N_("Việt - Pháp"),
        N_("Hán Nôm"),
        N_("Việt - Trung"),
        N_("Vĩnh viễn"),
        N_("70 năm"),
        N_("50 năm"),
        N_("30 năm"),
        N_("20 năm"),
        N_("10 năm"),
        N_("Tốt"),
        N_("Bình thường"),
        N_("Hỏng"),
        N_("Gốc điện tử"),
        N_("Số hóa"),
        N_("Hỗn hợp"),
        N_("Mở"),
        N_("Đóng"),
    }
)


def in_words(value: str) -> str:
    """A value of a code list in the language of the request; anything else, an archive's own word, as it stands."""
    return _(value) if value in WORDS else value
