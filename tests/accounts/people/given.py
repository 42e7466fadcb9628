"""Made-up people; their numbers cannot be anybody's."""

from dataclasses import replace
from datetime import date

from portal.accounts.providers.identity import AccountKind, Identity

NUMBER = "000000000017"

AN = Identity(
    provider="vneid",
    subject="tech-1",
    kind=AccountKind.CITIZEN,
    level=2,
    name="Nguyễn Văn An",
    citizen_number=NUMBER,
    birth_date=date(1960, 2, 29),
    issuer="https://sso.vidu.vn",
    sid="sid-1",
)

AN_ELSEWHERE = replace(AN, provider="dvcqg", subject="0a1b", issuer="https://dvc.vidu.vn", sid="sid-2")

BINH = replace(AN, subject="tech-2", name="Trần Thị Bình", citizen_number="000000000025", birth_date=date(1981, 7, 1))

COMPANY = Identity(
    provider="dvcqg",
    subject="company-1",
    kind=AccountKind.ORGANISATION,
    level=2,
    organisation_name="Công ty TNHH Ví Dụ",
    organisation_number="0000000001",
)
