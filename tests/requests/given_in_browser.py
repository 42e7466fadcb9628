"""What a browser test of requests begins with: a record to ask for, and a case that a reader has handed in."""

from playwright.sync_api import Page, expect

from access_policy.register.store import open_register
from access_policy.rules import conditions_of
from access_policy.terms import Known
from indexer.sources.open import open_source
from indexer.sources.port import SourceRecord
from portal.clock import archive_today
from tests.demonstration import Demonstration
from tests.requests.three_sites import ThreeSites


def undigitised_of(demonstration: Demonstration) -> str:
    """A record that may be asked for and has no image: what is granted of it is fetched on paper."""
    restrictions = open_register(demonstration.register_url).restrictions()
    for entry in open_source(demonstration.database_url).entries():
        if isinstance(entry, SourceRecord) and not entry.record.objects:
            conditions = conditions_of(entry.record, restrictions.of(entry.record))
            known, ground = conditions.known(archive_today()), conditions.governing(archive_today())
            if ground.requestable and known is Known.DESCRIPTION:
                return entry.record.id
    raise LookupError("the demonstration has no such record")


def ask_for(sites: ThreeSites, page: Page, person: str, record: str) -> None:
    """Hand in a request to read a record, as a reader who has signed in does for the first time."""
    page.goto(f"{sites.portal}/yeu-cau/them?record={record}")
    sites.be_known_surely(page, person)
    page.get_by_role("button", name="Thêm vào phiếu").click()
    page.get_by_label("Nhu cầu cá nhân").check()
    page.get_by_label("Mục đích cụ thể").fill("Viết sử xã")
    page.get_by_label("Đề tài hoặc việc cần tài liệu").fill("Lịch sử xã")
    page.get_by_label("Cho chính tôi").check()
    page.get_by_label("Đối tượng được giảm hoặc miễn phí").select_option("10")
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.get_by_role("status").last).to_contain_text("Đã gửi phiếu")
