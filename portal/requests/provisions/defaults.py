"""What the product brings along: version 0 of every provision, each row with its source."""

from collections.abc import Mapping

from portal.requests.provisions.models import (
    Approval,
    Approvals,
    Approver,
    Calendar,
    Content,
    Deadline,
    Deadlines,
    Fee,
    Fees,
    Letter,
    Letters,
    Provision,
    Reason,
    Reasons,
    Requester,
)
from portal.requests.terms import FeeClass, ItemClass, Kind

_PROCEDURE = "Thủ tục 1.013932, Sử dụng tài liệu lưu trữ tại lưu trữ lịch sử của Nhà nước"
_LAW_25 = "Luật Lưu trữ số 33/2024/QH15, Điều 25"
_LAW_25_EN = "Law on Archives No. 33/2024/QH15, Article 25"
_FEES = "Thông tư 275/2016/TT-BTC"
_BENEFIT = (
    FeeClass.MARTYRS_RELATIVE,
    FeeClass.WOUNDED,
    FeeClass.RESISTANCE,
    FeeClass.HELPED_REVOLUTION,
    FeeClass.WORSHIPS_MARTYR,
    FeeClass.RETIRED,
    FeeClass.DISABLED,
    FeeClass.OCCUPATIONAL_DISEASE,
)
_RELIEF = {FeeClass.STUDENT: 50} | dict.fromkeys(_BENEFIT, 100)

_DEADLINES = Deadlines(
    rows=(
        Deadline(kind=Kind.READING, item=ItemClass.OPEN, days=1, citation=_PROCEDURE),
        Deadline(kind=Kind.COPY, item=ItemClass.OPEN, days=2, citation=_PROCEDURE),
        Deadline(kind=Kind.READING, item=ItemClass.CONDITIONAL, days=7, citation=_PROCEDURE),
        Deadline(kind=Kind.COPY, item=ItemClass.CONDITIONAL, days=7, citation=_PROCEDURE),
    ),
    receipt_days=1,
    patience_days=30,
)

_FEE_TABLE = Fees(
    rows=(
        Fee(
            code="copy-a4",
            name="Bản sao không xác thực, đen trắng, khổ A4",
            unit="trang",
            amount=3_000,
            relief=_RELIEF,
            legal_basis=_FEES,
            confirmed=False,
        ),
        Fee(
            code="certification",
            name="Xác thực bản sao",
            unit="văn bản",
            amount=20_000,
            relief=_RELIEF,
            legal_basis=_FEES,
            confirmed=False,
        ),
    )
)

_APPROVALS = Approvals(
    rows=(
        Approval(
            item=ItemClass.OPEN,
            kind=Kind.READING,
            approver=Approver.ARCHIVIST,
            four_eyes=False,
            citation=_PROCEDURE,
            confirmed=False,
        ),
        Approval(
            item=ItemClass.OPEN,
            kind=Kind.COPY,
            approver=Approver.HEAD,
            four_eyes=True,
            citation="Thông tư 10/2014/TT-BNV, Điều 5",
        ),
        Approval(
            item=ItemClass.CONDITIONAL,
            approver=Approver.HEAD,
            four_eyes=True,
            citation=_LAW_25,
            confirmed=False,
        ),
        Approval(
            item=ItemClass.CONDITIONAL,
            requester=Requester.FOREIGNER,
            approver=Approver.AUTHORITY,
            four_eyes=True,
            authority="Chủ tịch Ủy ban nhân dân tỉnh",
            citation="Quyết định 4602/QĐ-UBND (2017) của Ủy ban nhân dân thành phố Hà Nội, làm mẫu",
            confirmed=False,
        ),
    )
)

_REASONS = Reasons(
    rows=(
        Reason(
            code="restricted-list",
            text="Tài liệu nằm trong danh mục hạn chế sử dụng và mục đích nêu trong phiếu chưa đủ để cho đọc.",
            text_en="The material is on the restricted-use list, and the purpose stated is not enough to read it.",
            article=_LAW_25,
            article_en=_LAW_25_EN,
            confirmed=False,
        ),
        Reason(
            code="private-secret",
            text="Tài liệu chứa bí mật đời sống riêng tư, bí mật cá nhân hoặc bí mật gia đình của người khác.",
            text_en="The material holds private, personal or family secrets of others.",
            article=_LAW_25,
            article_en=_LAW_25_EN,
            confirmed=False,
        ),
        Reason(
            code="bad-condition",
            text="Tài liệu bị hư hỏng nặng hoặc đang được xử lý, nên chưa thể đưa ra sử dụng.",
            text_en="The material is badly damaged or being treated, so it cannot be used now.",
            article=_LAW_25,
            article_en=_LAW_25_EN,
            confirmed=False,
        ),
        Reason(
            code="no-evidence",
            text="Phiếu thiếu giấy tờ chứng minh và đã quá hạn bổ sung.",
            text_en="Evidence is missing from the request, and the time for handing it in has passed.",
            article=_PROCEDURE,
            article_en="Procedure 1.013932, Use of records at historical archives of the State",
        ),
        Reason(
            code="not-held",
            text="Lưu trữ không giữ tài liệu được yêu cầu.",
            text_en="The archive does not hold the material asked for.",
            article=_PROCEDURE,
            article_en="Procedure 1.013932, Use of records at historical archives of the State",
        ),
    ),
    appeal=(
        "Ông/bà có quyền khiếu nại đến người đứng đầu lưu trữ trong 90 ngày kể từ ngày nhận quyết định, "
        "hoặc khởi kiện tại Tòa án nhân dân."
    ),
    appeal_en=("You may complain to the head of the archive within 90 days of receiving the decision, or go to court."),
    appeal_article="Luật Khiếu nại số 02/2011/QH13, Điều 7 và Điều 9",
)

_LETTERS = Letters(
    rows=(
        Letter(
            code="supplement-authorisation",
            name="Đề nghị bổ sung giấy ủy quyền",
            text=(
                "Kính gửi ông/bà {name},\n\nHồ sơ {code} được lập cho người khác nhưng chưa có giấy ủy quyền. "
                "Xin bổ sung bản chụp giấy ủy quyền.\n\n{archive}"
            ),
            text_en=(
                "Dear {name},\n\nCase {code} was made on behalf of somebody else, without an authorisation. "
                "Please add a copy of it.\n\n{archive}"
            ),
        ),
        Letter(
            code="late-apology",
            name="Thư xin lỗi trả kết quả chậm",
            text=(
                "Kính gửi ông/bà {name},\n\nHồ sơ {code} có hạn trả kết quả {due} nhưng lưu trữ chưa giải quyết xong. "
                "Chúng tôi xin lỗi ông/bà và sẽ trả kết quả sớm nhất.\n\n{archive}"
            ),
            text_en=(
                "Dear {name},\n\nThe answer to case {code} was due on {due} and is not finished. "
                "We apologise and will answer as soon as we can.\n\n{archive}"
            ),
        ),
    )
)

DEFAULTS: Mapping[Provision, Content] = {
    Provision.DEADLINES: _DEADLINES,
    Provision.CALENDAR: Calendar(),
    Provision.FEES: _FEE_TABLE,
    Provision.APPROVALS: _APPROVALS,
    Provision.REASONS: _REASONS,
    Provision.LETTERS: _LETTERS,
}
"""Rows that are not `confirmed` say so on the desk; each archive checks them before it goes into service."""
