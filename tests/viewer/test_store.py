from pathlib import Path

import pytest

from portal.viewer.store import ObjectMissing, PageStore


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "store"
    (root / "phông 1").mkdir(parents=True)
    (root / "phông 1" / "a.pdf").write_bytes(b"a")
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    return root


def test_a_file_inside_is_found(root: Path) -> None:
    assert PageStore(root).resolve("phông 1/a.pdf") == (root / "phông 1" / "a.pdf").resolve()
    assert PageStore(root).resolve("phông 1/../phông 1/a.pdf").read_bytes() == b"a"


@pytest.mark.parametrize(
    "relative",
    [
        "nowhere.pdf",
        "../secret.pdf",
        "phông 1/../../secret.pdf",
        "/etc/passwd",
        "",
        ".",
        "..",
        "phông 1",
        "a\0b",
        "x" * 5000,
        "a.pdf\udcff",
        "..\\secret.pdf",
    ],
)
def test_everything_else_is_missing(root: Path, relative: str) -> None:
    with pytest.raises(ObjectMissing):
        PageStore(root).resolve(relative)


def test_an_absolute_path_is_refused_even_when_it_leads_inside(root: Path) -> None:
    with pytest.raises(ObjectMissing):
        PageStore(root).resolve(str(root / "phông 1" / "a.pdf"))


def test_a_link_may_lead_about_inside_and_never_out(root: Path, tmp_path: Path) -> None:
    (root / "inside.pdf").symlink_to(root / "phông 1" / "a.pdf")
    (root / "outside.pdf").symlink_to(tmp_path / "secret.pdf")
    (root / "folder").symlink_to(tmp_path)
    (root / "loop").symlink_to(root / "loop")
    store = PageStore(root)
    assert store.resolve("inside.pdf").read_bytes() == b"a"
    for relative in ("outside.pdf", "folder/secret.pdf", "loop"):
        with pytest.raises(ObjectMissing):
            store.resolve(relative)


def test_a_neighbour_whose_name_begins_alike_is_outside(root: Path, tmp_path: Path) -> None:
    (tmp_path / "store-2").mkdir()
    (tmp_path / "store-2" / "b.pdf").write_bytes(b"b")
    with pytest.raises(ObjectMissing):
        PageStore(root).resolve("../store-2/b.pdf")


def test_a_store_behind_a_link_is_still_a_store(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert PageStore(tmp_path / "link").resolve("phông 1/a.pdf").read_bytes() == b"a"


def test_absent_and_forbidden_say_the_same(root: Path) -> None:
    answers = set()
    for relative in ("nowhere.pdf", "../secret.pdf"):
        with pytest.raises(ObjectMissing) as refusal:
            PageStore(root).resolve(relative)
        answers.add((str(refusal.value), refusal.value.__cause__))
    assert len(answers) == 1
