"""Routes of the page viewer: the page on screen, and its marked image."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.decide import Obligations
from access_policy.terms import Action, Audience
from indexer.index.description import Description
from indexer.index.query import MAX_QUERY_LENGTH
from portal.audit.entry import Event
from portal.errors import BadQuestion, NotFound
from portal.gate import declares, door
from portal.i18n import _, day
from portal.limits import Limits
from portal.sessions.session import current
from portal.settings import PortalSettings
from portal.store.database import StoreUnavailable
from portal.store.readings import Readings
from portal.viewer.notice import notice
from portal.viewer.page import present_page
from portal.viewer.pages import SIZES, MarkedPages
from portal.viewer.store import ObjectMissing
from portal.viewer.unreadable import RenderBusy, UnreadableObject
from portal.viewer.watermark import Watermark

log = logging.getLogger("portal.viewer")


def make_blueprint(
    settings: PortalSettings,
    limits: Limits,
    pages: MarkedPages,
    readings: Readings,
    reader_name: Callable[[str], str],
) -> Blueprint:
    """The viewer page and the image route. Both ask the door before anything else. `reader_name` tells what a reader is
    called, by the id of the account.
    """
    viewer = Blueprint("viewer", __name__)

    @viewer.get("/tai-lieu/<record_id>/trang/<int:number>")
    @declares(Action.READ)
    @limits.search
    def page(record_id: str, number: int) -> ResponseReturnValue:
        record, obligations = door().page(record_id, number, event=Event.PAGE_TEXT, size="")
        words, size = request.args.get("q", "")[:MAX_QUERY_LENGTH], request.args.get("co", "screen")
        if size not in SIZES:
            raise BadQuestion(_("Ảnh trang không có cỡ này."))
        shown = render_template(
            "page.html",
            page=present_page(door(), record, number, permit=obligations.permit, words=words, size=size),
        )
        _remember(readings, record.id, number)
        return shown

    @viewer.get("/tai-lieu/<record_id>/trang/<int:number>/<size>.jpg")
    @declares(Action.READ)
    @limits.images
    def image(record_id: str, number: int, size: str) -> ResponseReturnValue:
        if size not in SIZES:
            raise NotFound
        record, obligations = door().page(record_id, number, event=Event.PAGE_IMAGE, size=size)
        held = record.object_with(number)
        if held is None:
            raise NotFound
        watermark = _watermark(settings.archive_name, record, obligations, reader_name)
        try:
            boxes = door().redactions(record, number)
            picture = pages.image(held, number, SIZES[size], watermark, redactions=boxes)
        except (UnreadableObject, ObjectMissing):
            return _jpeg(notice(_("Chưa hiển thị được ảnh của trang này."), SIZES[size]), 422)
        except RenderBusy:
            return _jpeg(notice(_("Máy chủ đang bận. Hãy tải lại sau ít phút."), SIZES[size]), 503)
        door().still_open(record)
        return _jpeg(picture)

    return viewer


def _watermark(
    archive: str, record: Description, obligations: Obligations, reader_name: Callable[[str], str]
) -> Watermark:
    """What everybody may read bears archive and day; what a permit opens names its reader and the permit too."""
    today = day(door().visibility.today)
    if obligations.permit is None:
        return Watermark((archive, record.reference_code, today))
    lines = (archive, reader_name(current().owner), obligations.permit, today)
    return Watermark(lines, strong=obligations.strong_watermark)


def _remember(readings: Readings, record_id: str, page: int) -> None:
    """Note the page in the reader's own history. Of whoever has not signed in nothing is noted, and a store that is
    away keeps no page from anybody.
    """
    opened = door()
    if Audience.SIGNED_IN not in opened.reader.audiences:
        return
    try:
        readings.note(current().owner, record_id, page, day=opened.visibility.today, now=opened.now())
    except StoreUnavailable as error:
        log.error("a page was not noted in its reader's history: %s", type(error).__name__)


def _jpeg(data: bytes, status: int = 200) -> Response:
    return Response(data, status, mimetype="image/jpeg")
