"""From a closed page to reading it and back: the whole way, through both sites, without JavaScript."""

import re

from portal.accounts.staff.roles import Role
from tests.requests.world import ASKABLE, World

FORM = {
    "purpose": "01",
    "purpose_text": "Làm hồ sơ hưởng chế độ",
    "topic": "Chế độ người có công",
    "fee_class": "10",
    "behalf": "self",
}


def test_from_denial_to_reading_and_back(world: World) -> None:
    reader = world.reader()
    assert reader.get(f"/tai-lieu/{ASKABLE}/trang/3").status_code == 403
    assert f"/yeu-cau/them?record={ASKABLE}" in reader.get(f"/tai-lieu/{ASKABLE}").text

    added = reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    assert added.location == "/yeu-cau/phieu"
    sent = reader.post("/yeu-cau/phieu", **FORM, **{"first-1": "3", "last-1": "4"}, act="submit")
    assert sent.status_code == 303, sent.text
    case_page = sent.location.partition("?")[0]
    shown = reader.get(sent.location).text
    code = re.search(r"H00\.1-\d{6}-\d{4}", shown)
    assert code is not None
    lookup = re.search(r"Mã tra cứu</dt>\s*<dd>\s*(\d{6})", shown)
    assert lookup is not None

    lan = world.member("lan", Role.ARCHIVIST)
    hoa = world.member("hoa", Role.HEAD)
    queue = lan.get("/ho-so")
    assert code[0] in queue.text
    desk_page = re.search(r'href="(/ho-so/[0-9a-f]{32})"', queue.text)
    assert desk_page is not None
    case = desk_page[1]

    def step(who, name, **fields):  # type: ignore[no-untyped-def]
        turn = re.search(r'name="turn" value="(\d+)"', who.get(case).text)[1]  # type: ignore[index]
        answer = who.post(f"{case}/{name}", case, turn=turn, step=name, **fields)
        assert answer.status_code == 303, answer.text
        return who.get(case).text

    step(lan, "receive")
    staff = re.findall(r'<option value="([0-9a-f]{32})"', lan.get(case).text)
    step(lan, "assign", to=staff[0])
    step(lan, "ask-supplement", words="Xin bổ sung giấy giới thiệu")
    assert "Xin bổ sung giấy giới thiệu" in reader.get(case_page).text
    turn = re.search(r'name="turn" value="(\d+)"', reader.get(case_page).text)[1]  # type: ignore[index]
    reader.post(f"{case_page}/bo-sung", seen_on=case_page, words="Xin gửi", turn=turn)
    ruling = {"outcome-1": "conditional", "pages-1": "3-4", "days-1": "7"}
    step(lan, "propose", **ruling)
    turn = re.search(r'name="turn" value="(\d+)"', lan.get(case).text)[1]  # type: ignore[index]
    barred = lan.post(f"{case}/decide", case, turn=turn, step="decide", **ruling)
    assert barred.status_code == 409
    assert "người đứng đầu" in barred.text
    step(hoa, "decide", **ruling)

    assert "Đồng ý có điều kiện" in reader.get(case_page).text
    assert reader.get(f"/tai-lieu/{ASKABLE}/trang/3").status_code == 200
    assert reader.get(f"/tai-lieu/{ASKABLE}/trang/2").status_code == 403

    permit = re.search(r'name="permit" value="([^"]+)"', hoa.get(case).text)[1]  # type: ignore[index]
    step(hoa, "revoke", permit=permit, words="Rà soát lại")
    assert reader.get(f"/tai-lieu/{ASKABLE}/trang/3").status_code == 403

    step(lan, "close")
    looked_up = reader.post("/tra-cuu-ho-so", code=code[0], lookup=lookup[1])
    assert "Đã trả kết quả" in looked_up.text
    assert "Nguyễn Văn An" not in looked_up.text.partition("<main")[2]
    assert reader.get(f"{case_page}/giay-hen.pdf").data.startswith(b"%PDF-")
    assert "đã có kết quả" in reader.get("/yeu-cau/tin-nhan").text
    assert reader.get("/so-lieu-phuc-vu").status_code == 200
