"""Messages of the archive as the site shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.i18n import language, page_url
from portal.notices.letters import subject_of, text_of
from portal.requests.pages.presented import moment
from portal.store.inbox import Received


@dataclass(frozen=True)
class ShownMessage:
    """One message in the language of the request; `case_url` leads to what it is about."""

    at: str
    subject: str
    text: str
    case_url: str
    new: bool


def shown_messages(received: Sequence[Received]) -> list[ShownMessage]:
    """In the order given."""
    spoken = language()
    return [
        ShownMessage(
            at=moment(each.at),
            subject=subject_of(each.template, each.values, language=spoken),
            text=text_of(each.template, each.values, language=spoken),
            case_url=page_url("requests.case", case_id=each.values["case_id"]),
            new=each.read_at is None,
        )
        for each in received
    ]
