"""Every notice has words in both languages, by letter and by text message, and nothing is left out of them."""

import pytest

from portal.i18n import LANGUAGES
from portal.notices.composing import Addressee, Archive, Composer
from portal.notices.letters import LETTERS
from portal.notices.message import Channel
from portal.notices.short_text import MOST_PARTS, parts

CASE = "c" * 32
VALUES = {
    "code": "H00.1-261121-0001",
    "case_id": CASE,
    "lookup": "123456",
    "due": "2026-11-23",
    "until": "2026-11-24",
    "ends": "2026-11-25",
    "amount": "120000",
    "permit": "H00.1-261121-0001/1",
    "words": "Xin đến nhận.\n\nMang theo giấy tờ.",
}
NAMES = {"vi": "Lưu trữ lịch sử tỉnh Ví Dụ", "en": "Vi Du Archive"}


def composer(contact: str = "luutru@vidu.vn") -> Composer:
    return Composer(Archive(NAMES, contact, "https://luutru.vidu.vn"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", LETTERS)
def test_every_template_makes_a_letter_and_a_text_message(template: str, language: str) -> None:
    reader = Addressee("An", language, Channel.EMAIL, "an@vidu.vn")
    letter = composer().message(template, VALUES, to=reader, message_id="notice-1.a")
    for body in (letter.text, letter.html):
        assert "An," in body
        assert NAMES[language] in body
        assert f"https://luutru.vidu.vn{'/en' if language == 'en' else ''}/yeu-cau/{CASE}" in body
        assert "luutru@vidu.vn" in body
        assert "%(" not in body
    assert f'<html lang="{language}">' in letter.html
    assert "H00.1-261121-0001" in letter.subject
    telephone = Addressee("An", language, Channel.SMS, "+84912345678")
    short = composer().message(template, VALUES, to=telephone, message_id="notice-1.a")
    assert (short.subject, short.html) == ("", "")
    assert parts(short.text) <= MOST_PARTS


def test_nobody_is_greeted_by_an_empty_name_and_no_empty_contact_is_told() -> None:
    reader = Addressee("", "vi", Channel.EMAIL, "an@vidu.vn")
    letter = composer(contact="").message("decided", VALUES, to=reader, message_id="")
    assert letter.text.startswith("Kính gửi ông/bà,\n")
    assert "Liên hệ" not in letter.text + letter.html


def test_the_name_of_a_reader_is_no_markup() -> None:
    reader = Addressee("<i>An</i>", "vi", Channel.EMAIL, "an@vidu.vn")
    letter = composer().message("decided", VALUES, to=reader, message_id="")
    assert "&lt;i&gt;An&lt;/i&gt;" in letter.html
    assert "<i>" not in letter.html


def test_nothing_of_a_letter_is_fetched_from_elsewhere() -> None:
    reader = Addressee("An", "vi", Channel.EMAIL, "an@vidu.vn")
    html = composer().message("decided", VALUES, to=reader, message_id="").html
    assert not any(word in html for word in ("<img", "src=", "<link", "@import", "url("))
