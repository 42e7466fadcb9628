"""A file with a restricted-use list, sent from the desk: the importer of the command judges it, and keeps a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from indexer.lists.faults import UnreadableFile
from indexer.lists.importing import ListFile, stage_lines
from indexer.lists.staging import Staging
from portal.accounts.staff.roles import Duty
from portal.desk.administration.ledger import Impossible, ListTaken, ListVersion
from portal.desk.administration.list_faults import in_words
from portal.desk.administration.office import AdministrationOffice
from portal.desk.administration.typed import read_day, tidy_line
from portal.desk.gate import declares, member
from portal.i18n import _, page_url
from portal.uploads import takes_files

MOST_BYTES = 5_000_000
MOST_LINES = 20_000
"""What one request is answered for; a longer list is imported by the command."""

FAULTS_SHOWN = 500
LONGEST = {"number": 60, "authority": 200, "basis": 500, "sheet": 100, "ignored": 1000}
FIRST_YEAR = 1945
_FORM = 20_000
"""Bytes of the fields around the file."""


@dataclass(frozen=True)
class Judged:
    """What was found in a file: good lines, lines with faults, and the faults with their lines, the first of them where
    there are `more`.
    """

    lines: int
    faulty: int = 0
    faults: Sequence[tuple[int, str]] = ()
    more: bool = False


class _TooLong(Exception):
    """More lines than are taken here."""


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The form, and what it sends."""

    @desk.get("/danh-muc/nhap", endpoint="list_file")
    @declares(Duty.MANAGE_RESTRICTIONS)
    def list_file() -> ResponseReturnValue:
        return _page({}, {})

    @declares(Duty.MANAGE_RESTRICTIONS)
    def import_list() -> ResponseReturnValue:
        version, faults = _read(request.form, office.today)
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            faults["file"] = _("Chọn một tệp XLSX hoặc CSV.")
        if version is None or sent is None or "file" in faults:
            return _page(request.form, faults)
        return _import(office, version, sent)

    most = MOST_BYTES + _FORM
    desk.add_url_rule("/danh-muc/nhap", "import_list", takes_files(import_list, most_bytes=most), methods=["POST"])


def _import(office: AdministrationOffice, version: ListVersion, sent: FileStorage) -> ResponseReturnValue:
    """Judge all of the file; keep a draft when nothing is wrong with it and not only a judgement was asked for."""
    with TemporaryDirectory(prefix="list-") as folder, Staging() as staging:
        path = Path(folder) / "list"
        sent.save(path)
        try:
            stage_lines(_file(path, request.form), staging, _bounded)
        except UnreadableFile as error:
            return _page(request.form, {"file": in_words(str(error))})
        except _TooLong:
            return _page(request.form, {"file": _("Tệp có hơn %(n)s dòng: hãy nhập trên máy chủ.", n=MOST_LINES)})
        if staging.faulty() or request.form.get("act") == "check":
            return _page(request.form, {}, _judged(staging))
        try:
            office.ledger.import_list(version, staging.entries(), by=member(), now=office.now())
        except ListTaken:
            return _page(request.form, {"number": _("Số này đã có danh mục; danh mục không bao giờ bị sửa.")})
        except Impossible:
            return _page(request.form, {"file": _("Sổ hạn chế không nhận một dòng của tệp này.")})
        flash(
            _(
                "Đã nhập %(n)s dòng làm bản nhập, chưa có hiệu lực. Người khác xem trước và cho hiệu lực.",
                n=staging.count(),
            )
        )
    return redirect(page_url("desk.list_version", so=version.number), 303)


def _bounded(_what: str, done: int, _total: int | None) -> None:
    if done > MOST_LINES:
        raise _TooLong


def _file(path: Path, given: Mapping[str, str]) -> ListFile:
    ignored = [line.strip() for line in given.get("ignored", "").splitlines() if line.strip()]
    return ListFile(path, given.get("sheet", "").strip() or None, {}, ignored)


def _judged(staging: Staging) -> Judged:
    found = list(islice(staging.faults(), FAULTS_SHOWN + 1))
    first = [(each.line, in_words(each.reason)) for each in found[:FAULTS_SHOWN]]
    return Judged(staging.count(), staging.faulty(), first, len(found) > FAULTS_SHOWN)


def _page(given: Mapping[str, str], faults: Mapping[str, str], judged: Judged | None = None) -> ResponseReturnValue:
    """The form with what was typed; the file has to be chosen again, since browsers keep none."""
    body = render_template(
        "administration/list_file.html",
        given=given,
        faults=faults,
        judged=judged,
        most_lines=MOST_LINES,
        most_megabytes=MOST_BYTES // 1_000_000,
        longest=LONGEST,
    )
    return body, 422 if faults or (judged and judged.faulty) else 200


def _read(given: Mapping[str, str], today: date) -> tuple[ListVersion | None, dict[str, str]]:
    values = {name: _line(given, name) for name in LONGEST if name != "ignored"}
    wanted = {
        "number": _("Ghi số của danh mục như đã ban hành, tối đa 60 ký tự."),
        "authority": _("Ghi cơ quan ban hành, tối đa 200 ký tự."),
        "basis": _("Ghi căn cứ pháp lý, tối đa 500 ký tự."),
    }
    faults = {name: words for name, words in wanted.items() if not values[name]}
    issued = read_day(given.get("issued", ""))
    if issued is None or not FIRST_YEAR <= issued.year <= today.year + 1:
        faults["issued"] = _("Ghi ngày ban hành, như 1/12/2026.")
    if values["sheet"] is None:
        faults["sheet"] = _("Tên trang tính tối đa 100 ký tự.")
    if len(given.get("ignored", "")) > LONGEST["ignored"]:
        faults["ignored"] = _("Tối đa 1.000 ký tự.")
    if faults or issued is None:
        return None, faults
    return ListVersion(values["number"] or "", issued, values["authority"] or "", values["basis"] or ""), faults


def _line(given: Mapping[str, str], name: str) -> str | None:
    """One line as it was typed; None for one that is too long or cannot be shown."""
    line = tidy_line(given.get(name, ""))
    return line if line is not None and len(line) <= LONGEST[name] else None
