"""Places as written and as today; agencies and who carries on their work."""

import pytest

from access_policy.record import Place
from indexer.sources.agencies import SUCCESSORS, creator_today
from indexer.sources.gazetteer import CITIES, DISTRICTS, TODAY, VARIANTS
from indexer.sources.places import places_in_title, places_written, province_today, provinces_today


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("tỉnh Quảng Nam", "thành phố Đà Nẵng"),
        ("Quảng Nam", "thành phố Đà Nẵng"),
        ("QUẢNG NAM - ĐÀ NẴNG", "thành phố Đà Nẵng"),
        ("Quảng Nam–Đà Nẵng", "thành phố Đà Nẵng"),
        ("huyện Hiên", "thành phố Đà Nẵng"),
        ("xã Tam Thăng, thị xã Tam Kỳ", "thành phố Đà Nẵng"),
        ("Đắc Lắc", "tỉnh Đắk Lắk"),
        ("Dak Lak", "tỉnh Đắk Lắk"),
        ("tỉnh Bắc Cạn", "tỉnh Thái Nguyên"),
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("Hà Tây", "thành phố Hà Nội"),
        ("xã Hòa Bình, huyện Krông Ana, tỉnh Đắc Lắc", "tỉnh Đắk Lắk"),
        ("Thừa Thiên-Huế", "thành phố Huế"),
        ("Nghĩa Bình", ""),
        ("xã Hòa Bình", ""),
        ("Pa-ri", ""),
        ("", ""),
    ],
)
def test_province_today(written, today):
    assert province_today(written) == today


def test_a_province_that_was_divided_belongs_to_each_of_its_heirs():
    assert provinces_today("tỉnh Nghĩa Bình") == ("tỉnh Quảng Ngãi", "tỉnh Gia Lai")
    assert places_written("tỉnh Nghĩa Bình") == (
        Place("tỉnh Nghĩa Bình", "tỉnh Quảng Ngãi"),
        Place("tỉnh Nghĩa Bình", "tỉnh Gia Lai"),
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Quyết định giao đất tại huyện Thăng Bình, tỉnh Quảng Nam", ["huyện Thăng Bình", "tỉnh Quảng Nam"]),
        ("GIAO ĐẤT TẠI HUYỆN THĂNG BÌNH", ["HUYỆN THĂNG BÌNH"]),
        ("Đơn của ông Nguyễn Thái Bình", []),
        ("Công trình vì hòa bình", []),
        ("UBND Quảng Nam họp", ["Quảng Nam"]),
        ("Sửa đường Điện Biên", []),
        ("Về xã Hòa Bình", []),
        ("Đất ở Hiên nhà", []),
    ],
)
def test_places_in_a_title(title, written):
    assert [place.written for place in places_in_title(title)] == written


def test_unknown_places_are_kept_as_written():
    assert places_written("xóm Bãi;  chợ   Được ") == (Place("xóm Bãi"), Place("chợ Được"))


def test_the_gazetteer_is_whole():
    provinces = {name for names in TODAY.values() for name in names}
    assert len(provinces) == 34
    assert provinces >= CITIES
    assert all(TODAY[name] == (name,) or name == "Hậu Giang" for name in provinces)
    former = 63 - 11 - 23
    assert len([name for name in TODAY if TODAY[name] != (name,)]) > former
    assert set(DISTRICTS.values()) <= set(TODAY)
    assert set(VARIANTS.values()) <= set(TODAY)


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Ty Điền địa", "Sở Nông nghiệp và Môi trường"),
        ("Sở Địa chính tỉnh Quảng Nam", "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng"),
        ("Sở Địa chính - Nhà đất thành phố Đà Nẵng", "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng"),
        ("Ủy ban nhân dân cách mạng tỉnh Quảng Nam", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("Ủy ban nhân dân huyện Thăng Bình", ""),
        ("Sở Nội vụ tỉnh Nghĩa Bình", ""),
        ("Hợp tác xã mua bán", ""),
    ],
)
def test_creator_today(name, today):
    assert creator_today(name) == today


def test_every_successor_carries_on_its_own_work():
    assert all(creator_today(name) == name for name in SUCCESSORS.values())
