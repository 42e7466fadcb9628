"""Photographs, films, sound and video recordings: their rows, and files to look at and to play."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table

from access_policy.terms import Level
from indexer.demo_archive.dice import Dice
from indexer.demo_archive.geography import locality
from indexer.demo_archive.offices import FONDS
from indexer.demo_archive.people import person
from indexer.demo_archive.pictures import MEDIA_TYPE, Picture
from indexer.demo_archive.recordings import SOUND_TYPE, Film, Sound, film_program
from indexer.demo_archive.standing import MODE_SECRECY, OPEN, Secrecy, of_mode
from indexer.demo_archive.studio import Drawing, Held
from indexer.demo_archive.worksite import Worksite, with_canary
from indexer.sources.identity import fonds_id, id_in_fonds
from indexer.sources.schema import audio, films, photos, video

_HOW_MANY = {Level.PHOTO: 36, Level.FILM: 14, Level.AUDIO: 14, Level.VIDEO: 14}
_TABLES = {Level.PHOTO: photos, Level.FILM: films, Level.AUDIO: audio, Level.VIDEO: video}

_SCENES = (
    "Quang cảnh bến sông tại {noi}",
    "Lễ khánh thành công trình thủy lợi tại {noi}",
    "Bà con nông dân nhận đất canh tác tại {noi}",
    "Chợ làng ven sông, {noi}",
    "Thuyền đánh cá trở về bến, {noi}",
    "Học sinh trường làng ngày khai giảng, {noi}",
    "Dân công làm đường liên xã qua {noi}",
    "Phố cổ sau trận lụt, {noi}",
)
_TALKS = (
    "Buổi phát thanh về phong trào làm thủy lợi tại {noi}",
    "Hát bả trạo trong lễ hội cầu ngư, {noi}",
    "Hội nghị tổng kết vụ đông xuân tại {noi}",
    "Lời kể của người cao tuổi về làng nghề, {noi}",
    "Hát hò khoan đối đáp, {noi}",
    "Phóng sự về ngày đầu nhập hợp tác xã, {noi}",
)


@dataclass(frozen=True)
class _Thing:
    """One photo or recording being written."""

    level: Level
    number: int
    mode: str | None
    canary: str
    dice: Dice
    day: date
    noi: str

    @property
    def hidden(self) -> str:
        """The made-up word that its description must hold."""
        return self.canary if of_mode(self.mode).secrecy is Secrecy.ALL else ""


def write_media(site: Worksite) -> None:
    """A few dozen of them, whatever the size of the archive; every mode occurs among them."""
    for level, count in _HOW_MANY.items():
        for number in range(1, count + 1):
            _write(site, level, number)
    _write_faults(site)


def _write(site: Worksite, level: Level, number: int) -> None:
    dice = site.dice(f"{level.value} {number}")
    fonds_at = dice.between(0, len(FONDS) - 1)
    fonds = FONDS[fonds_at]
    mode = dict(enumerate(MODE_SECRECY, 1)).get(number, "01")
    code = f"{level.value[0].upper()}.{number:04}"
    record_id = id_in_fonds(level, fonds_id(fonds.archive_code, fonds.code), code, given_prefix="")
    standing = of_mode(mode)
    hides = standing.secrecy is Secrecy.ALL or site.draws
    canary = site.ledger.canary(record_id, standing if hides else OPEN)
    day = dice.day(date(max(1958, fonds.first_year), 1, 1), date(2005, 12, 31))
    noi = locality(dice, fonds.districts, day.year).whole
    thing = _Thing(level, number, mode, canary, dice, day, noi)
    row = site.ledger.record(level.value, mode)
    described = _picture(thing) if level in (Level.PHOTO, Level.FILM) else _recording(thing)
    site.rows.add(_TABLES[level], **_frame(row, fonds_at, code, mode), **described)
    site.ledger.landmarks[f"{level.value}:{'' if mode is None else mode or 'empty'}"] = record_id
    if site.draws:
        drawing, media_type, suffix = _drawing(site.seed, thing)
        path = record_id.replace(".", "/") + (f"-{canary}" if canary else "") + suffix
        site.studio.draw(drawing, Held(level.value, row, path, media_type, int(level in (Level.PHOTO, Level.FILM))))


def _frame(row: int, fonds_at: int, code: str, mode: str | None) -> dict[str, Any]:
    return {
        "id": row,
        "fonds_id": fonds_at + 1,
        "archives_number": code,
        "infor_sign": "",
        "mode": mode,
        "format": "01",
        "doc_attached": "",
        "row_version": 1,
    }


def _picture(thing: _Thing) -> dict[str, Any]:
    return {
        "event_name": thing.dice.pick(("", "Mít tinh", "Khánh thành", "Hội nghị")),
        "title": with_canary(thing.dice.pick(_SCENES).format(noi=thing.noi), thing.hidden),
        "description": with_canary("Ảnh chụp toàn cảnh, chú thích viết tay ở mặt sau.", thing.hidden),
        "photographer": with_canary(person(thing.dice), thing.hidden),
        "photo_place": with_canary(thing.noi, thing.hidden and f"; thôn {thing.hidden}"),
        "photo_time": f"{thing.day:%d/%m/%Y}",
        "colour": "Đen trắng" if thing.day.year < 1990 else "Màu",
        "film_size": thing.dice.pick(("6x9", "9x12", "35mm")),
        "keyword": with_canary("ảnh tư liệu", thing.hidden and f"; {thing.hidden}"),
    }


def _recording(thing: _Thing) -> dict[str, Any]:
    return {
        "event_name": thing.dice.pick(("", "Lễ hội", "Hội nghị", "Phóng sự")),
        "title": with_canary(thing.dice.pick(_TALKS).format(noi=thing.noi), thing.hidden),
        "description": with_canary("Băng gốc còn nghe rõ.", thing.hidden),
        "recorder": with_canary(person(thing.dice), thing.hidden),
        "record_place": with_canary(thing.noi, thing.hidden and f"; thôn {thing.hidden}"),
        "record_date": f"{thing.day:%m/%Y}",
        "language": "01",
        "play_time": "00:00:04" if thing.level is Level.AUDIO else "00:00:03",
        "keyword": with_canary("tư liệu nghe nhìn", thing.hidden and f"; {thing.hidden}"),
        "quality": "Trung bình",
    }


def _drawing(seed: int, thing: _Thing) -> tuple[Drawing, str, str]:
    name = f"{thing.level.value} {thing.number}"
    if thing.level is Level.AUDIO:
        return Sound(seed, name), SOUND_TYPE, ".wav"
    if thing.level is Level.VIDEO:
        film = Film(seed, name, film_program())
        return film, film.media_type, film.suffix
    is_film = thing.level is Level.FILM
    return Picture(seed, name, negative=is_film, sepia=not is_film and thing.day.year < 1980), MEDIA_TYPE, ".jpg"


def _write_faults(site: Worksite) -> None:
    """Two photographs that must be refused."""
    for fault, table, changes in _faulty():
        row = site.ledger.record(Level.PHOTO.value, "01")
        thing = _Thing(Level.PHOTO, row, "01", "", site.dice(fault), date(1980, 1, 1), "xã Tam Thăng, thị xã Tam Kỳ")
        site.rows.add(table, **(_frame(row, 0, f"P.{row:04}", "01") | _picture(thing) | changes))
        site.ledger.faults[fault] += 1
        site.ledger.refused += 1


def _faulty() -> Iterator[tuple[str, Table, dict[str, Any]]]:
    yield "photo-missing-title", photos, {"title": None}
    yield "photo-impossible-date", photos, {"photo_time": "31/04/1980"}
