"""A portal over a small archive, its store, the folder of its messages, and the provider that it knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from access_policy.register.store import open_register
from indexer.demo_archive.build import build_demo_archive
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.rebuild import rebuild
from indexer.sources.open import open_source
from portal.clock import ARCHIVE_ZONE
from portal.notices.spool import newest
from portal.store.database import Database
from portal.store.migrating import migrate
from tests.servers.oidc_provider import OidcProviderServer, Relying
from tests.servers.portal import PortalServer

PROVIDER_ID = "quoc-gia"
PROVIDER_NAME = "Định danh quốc gia (thử)"
CLIENT_ID, CLIENT_SECRET = "cong-luu-tru", "chi-de-thu-nghiem-0123456789abcdef"
UNLIMITED = "100000/minute"


@dataclass(frozen=True)
class Stage:
    """What stands when a reader arrives. The provider may be away, and taken away."""

    portal: PortalServer
    provider: OidcProviderServer
    mail_folder: Path

    @property
    def site(self) -> str:
        return self.portal.url

    def start_provider(self) -> None:
        """For the first time, or again with other keys."""
        back = f"{self.site}/dang-nhap/{PROVIDER_ID}"
        self.provider.start(
            Relying(
                client_id=CLIENT_ID,
                client_secret=CLIENT_SECRET,
                callback=f"{back}/tro-ve",
                back_channel=f"{back}/ket-thuc",
                after_logout=tuple(f"{self.site}{prefix}/dang-xuat/xong" for prefix in ("", "/en")),
            )
        )

    def newest_text(self) -> str:
        """The text of the message that the portal sent last."""
        return newest(self.mail_folder, 1)[0]["text"]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a portal over a few records without images."""
    folder = tmp_path_factory.mktemp("small-archive")
    database, register = f"sqlite:///{folder / 'archive.db'}", f"sqlite:///{folder / 'register.db'}"
    today = datetime.now(ARCHIVE_ZONE).date()
    build_demo_archive(database, folder / "pages", register_url=register, pages=40, seed=1, today=today, scans=0)
    rebuild(
        open_source(database), open_register(register).restrictions(), TantivyGenerations(folder / "index"), today=today
    )
    return {
        "ARCHIVE_REGISTER_URL": register,
        "ARCHIVE_INDEX_DIR": str(folder / "index"),
        "ARCHIVE_PAGES_DIR": str(folder / "pages"),
        "ARCHIVE_SECRET_KEY": "d" * 32,
        "ARCHIVE_LIMIT_SEARCH": UNLIMITED,
        "ARCHIVE_LIMIT_SIGN_IN": UNLIMITED,
    }


def profile(issuer: str) -> dict[str, object]:
    """The provider as an operator would write it down: Vietnamese claims, levels, both ways of signing out."""
    return {
        "id": PROVIDER_ID,
        "name": PROVIDER_NAME,
        "name_en": "National identity (test)",
        "issuer": issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "acr_values": "LoA1",
        "acr_values_by_level": {"1": "LoA1", "2": "LoA2"},
        "identity_from": "both",
        "claims": {
            "citizen_number": "SoDinhDanh",
            "name": "HoVaTen",
            "birth_date": "NgayThangNamSinh",
            "account_type": "LoaiTaiKhoan",
            "organisation_name": "TenDoanhNghiep",
            "organisation_number": "MaSoThue",
        },
        "birth_date_formats": ["%Y%m%d"],
        "account_types": {"1": "citizen", "2": "organisation"},
        "level_map": {"LoA1": 1, "LoA2": 2},
        "lowest_level": 1,
        "logout": "rp-initiated",
        "back_channel": True,
    }


@contextmanager
def set_up(archive: dict[str, str], folder: Path) -> Iterator[Stage]:
    """A portal that nobody has signed in to yet; its provider is not started."""
    store = f"sqlite:///{folder / 'portal.db'}"
    migrate(Database(store))
    with OidcProviderServer() as provider:
        own = {
            "ARCHIVE_STORE_URL": store,
            "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
            "ARCHIVE_CACHE_DIR": str(folder / "cache"),
            "ARCHIVE_DEMO": "true",
            "ARCHIVE_DEMO_MAIL_DIR": str(folder / "mail"),
            "ARCHIVE_IDENTITY_PROVIDERS": json.dumps([profile(provider.issuer)]),
        }
        with PortalServer(archive | own, application="tests.accounts.acceptance.served:create()") as portal:
            yield Stage(portal, provider, folder / "mail")


@pytest.fixture(scope="module")
def stage(archive: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Portal and provider, for the tests of one module."""
    with set_up(archive, tmp_path_factory.mktemp("stage")) as found:
        found.start_provider()
        yield found


@pytest.fixture
def empty_stage(archive: dict[str, str], tmp_path: Path) -> Iterator[Stage]:
    """A portal that has not heard of its provider yet, for one test."""
    with set_up(archive, tmp_path) as found:
        yield found
