"""Both languages are complete: every string of templates and code stands in the English catalogue, translated."""

import re
import subprocess
from pathlib import Path

from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from portal.i18n import CATALOGUES

ROOT = Path(__file__).parents[2]
VIETNAMESE_ONLY = re.compile("[ăđĩũơưạ-ỹ]", re.IGNORECASE)


def test_the_catalogue_keeps_up_with_the_code() -> None:
    assert subprocess.run([ROOT / "deploy/bin/messages", "--check"], capture_output=True).returncode == 0


def test_every_string_is_translated_and_none_is_doubtful() -> None:
    with (CATALOGUES / "en.po").open("rb") as source:
        messages = [message for message in read_po(source, locale="en") if message.id]
    assert len(messages) > 200
    assert not [message.id for message in messages if not message.string or message.fuzzy]


def test_the_frame_of_english_pages_is_english(client: FlaskClient) -> None:
    for path in ("/en/", "/en/tro-giup", "/en/tim-kiem?q=giao", "/en/tai-lieu/khong-co"):
        header = re.search(r"<header.*?</header>", client.get(path).text, re.DOTALL)
        assert header is not None
        words = re.sub(r"<[^>]+>", " ", header[0]).replace("Cổng Lưu trữ", "").replace("Tiếng Việt", "")
        assert not VIETNAMESE_ONLY.search(words)
