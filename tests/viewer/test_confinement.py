import stat
import subprocess
from pathlib import Path

import pytest

from portal.viewer.confinement import RenderLimits, confined, write_launchers


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_confined_process_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "canary")
    said = _said(confined(RenderLimits(), ["/usr/bin/env"]))
    assert set(said.split()) == {"PATH=/usr/bin:/bin", "LANG=C.UTF-8"}


def test_the_kernel_holds_the_limits() -> None:
    limits = RenderLimits(seconds=7, memory_bytes=512 * 1024 * 100, output_bytes=512 * 300)
    command = ["/bin/sh", "-c", "ulimit -v; ulimit -t; ulimit -f; ulimit -n; ulimit -c"]
    assert _said(confined(limits, command)).split() == ["51200", "8", "300", "64", "0"]


def test_the_launchers_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "launchers"
    write_launchers(RenderLimits(), folder)
    entries = [folder, *folder.rglob("*")]
    assert {entry.relative_to(folder).as_posix() for entry in entries} == {
        ".",
        "pdftoppm",
        "pdfinfo",
        "diagnosis",
        "diagnosis/pdfinfo",
    }
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in entries} == {0o700}


def test_an_open_folder_is_closed_and_the_launchers_follow_new_limits(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    write_launchers(RenderLimits(memory_bytes=1_111_111_111), tmp_path)
    write_launchers(RenderLimits(memory_bytes=2_222_222_222), tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert "--as=2222222222" in (tmp_path / "pdftoppm").read_text()


def test_a_file_in_the_place_of_the_folder_is_noticed_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        write_launchers(RenderLimits(), tmp_path / "file")
