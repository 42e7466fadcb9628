"""Minutes of readers who search, open, turn pages and ask nonsense: no failure, and the workers stay the size they are."""

import random
import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.demonstration import Demonstration
from tests.servers.portal import PortalServer

SECONDS = 120
READERS = 6
WORDS = ("quyet dinh", "giao đất", '"hợp tác xã"', "67/QĐ-UB", "-họp báo cáo", "%00", "nguyễn văn", "tờ trình", "zzzz")


@pytest.mark.long
def test_the_portal_serves_for_minutes_without_a_failure_or_growth(demonstration: Demonstration) -> None:
    with PortalServer({**demonstration.environment, "ARCHIVE_WORKERS": "2"}) as server:
        read_for(server.url, SECONDS / 4)
        before = resident()
        seen = read_for(server.url, SECONDS)
        after = resident()
    assert seen[200] > SECONDS * 10
    assert not [status for status in seen if status >= 500 and status != 503]
    assert seen[503] <= seen[200] / 100, "a busy renderer says so, seldom"
    assert after < before * 1.3


def read_for(url: str, seconds: float) -> Counter[int]:
    seen: Counter[int] = Counter()
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=wander, args=(url, until, seed, seen)) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def wander(url: str, until: float, seed: int, seen: Counter[int]) -> None:
    chance, path = random.Random(seed), "/"
    while time.monotonic() < until:
        status, body = get(url + path)
        seen[status] += 1
        links = re.findall(r'(?:href|src)="(/(?:en/)?(?:tim-kiem|tai-lieu|phong)[^"]*)"', body)
        anew = f"/tim-kiem?q={quote(chance.choice(WORDS))}&trang={chance.randrange(1, 4)}"
        path = chance.choice(links).replace("&amp;", "&") if links and chance.random() < 0.8 else anew


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def resident() -> int:
    """Kilobytes of anonymous memory of every process that serves the portal."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if b"portal.wsgi" in command:
            total += int(re.findall(r"RssAnon:\s+(\d+)", text)[0])
    return total
