from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from routebook import RoutebookError
from routebook.output import leftovers, stale, write_file, write_files


def tree(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_files_and_folders_come_into_being(tmp_path: Path) -> None:
    files = {"a.md": "a\n", "deep/er/b.md": "é\n"}
    changed = write_files(tmp_path / "new", files)
    assert tree(tmp_path / "new") == files
    assert changed == (tmp_path / "new/a.md", tmp_path / "new/deep/er/b.md")


def test_line_breaks_are_written_as_they_are(tmp_path: Path) -> None:
    write_file(tmp_path / "a", "1\n2\r\n")
    assert (tmp_path / "a").read_bytes() == b"1\n2\r\n"


def test_a_file_that_says_the_same_is_left_alone(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a", "x")
    os.utime(tmp_path / "a", (1, 1))
    assert not write_file(tmp_path / "a", "x")
    assert (tmp_path / "a").stat().st_mtime == 1


def test_permissions_stay_and_new_files_obey_the_mask(tmp_path: Path) -> None:
    file = tmp_path / "a"
    old = os.umask(0o027)
    try:
        write_file(file, "x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    file.chmod(0o600)
    write_file(file, "y")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_pipe_is_written_to_by_any_name(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    (tmp_path / "link").symlink_to(f"/proc/self/fd/{writing}")
    write_file(tmp_path / "link", "new")
    assert os.read(reading, 9) == b"new"
    assert (tmp_path / "link").is_symlink()
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        write_file(tmp_path / "link", "new")
    os.close(writing)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert write_file(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


def test_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(RoutebookError, match="cannot be written"):
        write_files(tmp_path, {"a": "new", "in-the-way/b": "b"})
    assert tree(tmp_path) == {"a": "old", "in-the-way": ""}


def test_a_new_folder_appears_at_one_stroke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed: list[tuple[set[str], Path]] = []

    def rename(self: Path, target: Path) -> Path:
        renamed.append((set(tree(self)), target))
        return self

    monkeypatch.setattr(Path, "rename", rename)
    files = {"a": "1", "b/c": "2", "b/d": "3"}
    assert write_files(tmp_path / "new", files) == tuple(tmp_path / "new" / path for path in files)
    assert renamed == [(set(files), tmp_path / "new")]
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RoutebookError, match="cannot be written"):
        write_files(tmp_path / "new", {"a": "1", "a/b": "2"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(RoutebookError, match="Is a directory"):
        write_file(tmp_path / "a", "x")
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "", "a\\b", "a\0b"])
def test_nothing_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(RoutebookError, match="leaves the folder"):
        write_files(tmp_path / "f", {"ok": "x", path: "x"})
    assert tree(tmp_path) == {}


def test_a_diff_of_what_is_stale(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1\n2\n3\n")
    assert stale(file, "1\n2\n3\n") == ""
    assert stale(file, "1\n3\n4", shown="a") == (
        "--- a (on disk)\n+++ a (as described)\n@@ -1,3 +1,3 @@\n 1\n-2\n 3\n+4\n"
        "\\ No newline at end of file\n"
    )
    assert stale(tmp_path / "b", "x\n", shown="b") == (
        "--- /dev/null\n+++ b (as described)\n@@ -0,0 +1 @@\n+x\n"
    )


def test_a_stale_file_that_differs_in_bytes_only(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"1\r\n")
    assert stale(file, "1\n")
    file.write_bytes(b"\xff")
    assert stale(file, "1\n")
    assert write_file(file, "1\n")


def test_leftovers(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.md": "", "old.md": "", "img/x.png": "", "deep/old.md": ""})
    assert leftovers(tmp_path, ["index.md"], "**/*.md") == (
        tmp_path / "deep/old.md",
        tmp_path / "old.md",
    )
    assert leftovers(tmp_path / "none", [], "**/*.md") == ()
