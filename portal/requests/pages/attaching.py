"""Files that come along with a form."""

from datetime import datetime

from flask import request

from portal.i18n import N_, _
from portal.requests.files import CaseFiles, FileRefused
from portal.requests.scanning import ScannerAway

_REFUSALS = {
    "type": N_("Chỉ nhận tệp PDF, JPEG hoặc PNG."),
    "size": N_("Tệp lớn quá %(megabytes)s MB."),
    "empty": N_("Tệp trống."),
    "many": N_("Một phiếu có nhiều nhất %(most)s tệp."),
    "infected": N_("Phần mềm diệt virus của lưu trữ không cho nhận tệp này."),
    "broken": N_("Không mở được ảnh này; xin chụp hoặc lưu lại rồi gửi lần nữa."),
}


def attach(files: CaseFiles, case_id: str, *, most: int, now: datetime) -> dict[str, str]:
    """Keep them with the case, which may have so many; what is wrong with the first that cannot be kept, under the name
    of the field.
    """
    for given in request.files.getlist("files"):
        if not given.filename:
            continue
        try:
            files.add(case_id, given.filename, given.stream.read(files.most_bytes + 1), most=most, now=now)
        except FileRefused as refused:
            megabytes = files.most_bytes // 1_000_000
            return {"files": f"{given.filename}: {_(_REFUSALS[str(refused)], megabytes=megabytes, most=most)}"}
        except ScannerAway:
            return {"files": _("Chưa kiểm tra virus được nên chưa nhận tệp; xin thử lại sau ít phút.")}
    return {}
