"""From a notice and its reader to the message that is sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal import assets
from portal.i18n import DEFAULT_LANGUAGE, N_, said
from portal.notices.letters import subject_of, text_of
from portal.notices.message import LONGEST_SUBJECT, Channel, Message
from portal.notices.short_text import shortened

_GREETING = N_("Kính gửi ông/bà %(name)s,")
_GREETING_WITHOUT_NAME = N_("Kính gửi ông/bà,")
_LEADS_ON = N_("Xem hồ sơ tại đây (xin đăng nhập):")
_LINK = N_("Mở trang của hồ sơ")
_CONTACT = N_("Liên hệ: %(contact)s")
_NO_ANSWER = N_("Thư này do cổng lưu trữ tự gửi; xin không trả lời thư này.")


@dataclass(frozen=True)
class Addressee:
    """Whom a message is for: the name for the greeting, "" when unknown, and the one way to reach them."""

    name: str
    language: str
    channel: Channel
    address: str


@dataclass(frozen=True)
class Archive:
    """Who writes: the name in each language, where readers write to ("" for nowhere), the address of the site."""

    names: Mapping[str, str]
    contact: str
    base_url: str


class Composer:
    """Letters and text messages in the language of whoever gets them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._templates = Environment(
            loader=FileSystemLoader(assets.folder("templates") / "notices"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def message(self, template: str, values: Mapping[str, str], *, to: Addressee, message_id: str) -> Message:
        """What this notice says to this reader. KeyError for a template or value that there is not; ValueError for an
        address that is none.
        """
        text = text_of(template, values, language=to.language)
        if to.channel is Channel.SMS:
            return Message(to.channel, to.address, "", shortened(text), id=message_id)
        subject = subject_of(template, values, language=to.language)[:LONGEST_SUBJECT]
        shown = self._words(to) | {
            "subject": subject,
            "paragraphs": [line for line in text.splitlines() if line.strip()],
            "url": self.case_url(values["case_id"], to.language),
        }
        plain = self._templates.get_template("letter.txt").render(shown)
        html = self._templates.get_template("letter.html").render(shown)
        return Message(to.channel, to.address, subject, plain, html, message_id)

    def case_url(self, case_id: str, language: str) -> str:
        """The reader's page of a case, outside of any request."""
        prefix = "" if language == DEFAULT_LANGUAGE else f"/{language}"
        return f"{self._archive.base_url}{prefix}/yeu-cau/{case_id}"

    def _words(self, to: Addressee) -> dict[str, object]:
        archive, language = self._archive, to.language
        greeting = said(language, _GREETING, name=to.name) if to.name else said(language, _GREETING_WITHOUT_NAME)
        return {
            "language": language,
            "greeting": greeting,
            "leads_on": said(language, _LEADS_ON),
            "link": said(language, _LINK),
            "archive": archive.names[language],
            "site": archive.base_url,
            "contact": said(language, _CONTACT, contact=archive.contact) if archive.contact else "",
            "no_answer": said(language, _NO_ANSWER),
        }
