"""Numbers and texts of the law as typed data. POLICY_VERSION grows whenever anything here or in the rules changes."""

from dataclasses import dataclass

POLICY_VERSION = "2026-11-3"


@dataclass(frozen=True)
class Citation:
    """An article of a legal text. `confirmed` is False where the archive still has to check the wording."""

    text: str
    article: str
    text_en: str
    confirmed: bool = True


LAW_2024 = Citation(
    "Luật Lưu trữ số 33/2024/QH15", "Điều 25", "Law on Archives No. 33/2024/QH15, Article 25", confirmed=False
)
STATE_SECRETS = Citation(
    "Luật Bảo vệ bí mật nhà nước số 117/2025/QH15", "", "Law on Protection of State Secrets No. 117/2025/QH15"
)
LAW_2011 = Citation(
    "Luật Lưu trữ số 01/2011/QH13", "Điều 30", "Law on Archives No. 01/2011/QH13, Article 30", confirmed=False
)
COMPLAINTS = Citation(
    "Luật Khiếu nại số 02/2011/QH13", "Điều 7", "Law on Complaints No. 02/2011/QH13, Article 7", confirmed=False
)
DIGITAL_USE = Citation("Thông tư 05/2025/TT-BNV", "Điều 32", "Circular 05/2025/TT-BNV, Article 32")
DESCRIPTION_STANDARD = Citation("Thông tư 05/2025/TT-BNV", "Điều 35", "Circular 05/2025/TT-BNV, Article 35")

CONDITIONAL_ANSWER_DAYS = 7
"""Working days to answer a request for a conditional item (procedure 1.013932); ordinary reading takes 1."""
READING_ANSWER_DAYS = 1

DECIDING_OFFICE = "Người đứng đầu Lưu trữ lịch sử tỉnh"
DECIDING_OFFICE_EN = "Head of the provincial historical archive"
"""Unconfirmed: who decides on conditional items after the 2024 law; each archive checks it before going live."""
