"""Files as they are written: whole or not at all, and only when something changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from routebook.findings import RoutebookError


def write_file(path: Path, text: str) -> bool:
    """Write one file in UTF-8, atomically; whether anything changed. See `write_files`."""
    return bool(write_files(path.parent, {path.name: text}))


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Write files under `folder`, by their relative POSIX paths; returns those that changed.

    Texts are written in UTF-8.

    A reader sees each file either as it was or as it becomes, never a part of it, and a
    file that already says the same is left alone. All are written beside their places
    before the first takes its place, so a full disk changes nothing; a folder that is not
    there yet appears with all its files at one stroke.

    Raises `RoutebookError` for a path that leaves the folder and for what the system refuses;
    `BrokenPipeError` where nobody reads what is written to a pipe.
    """
    if len(files) > 1 and not os.path.lexists(folder):
        write_folder(folder, files)
        return tuple(folder / path for path in files)
    waiting: list[tuple[Path, Path]] = []
    written: list[Path] = []
    targets = {path: _inside(folder, path) for path in files}
    try:
        for path, target in targets.items():
            if _is_special(target):
                target.write_bytes(_octets(files[path]))
                written.append(target)
            elif _held(target) != (content := _octets(files[path])):
                waiting.append((_write_beside(target, content), target))
        for temporary, target in waiting:
            temporary.replace(target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(error, folder) from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return (*written, *(target for _, target in waiting))


def write_folder(folder: Path, files: Mapping[str, str | bytes], *, replace: bool = False) -> None:
    """Write a folder of files, whole or not at all: it appears, or is replaced, at one stroke.

    A folder in which there is anything is only replaced with `replace`, and everything in it
    goes. Raises `RoutebookError` for a path that leaves the folder, where something stands in
    the way, and for what the system refuses.
    """
    import shutil
    import tempfile

    for path in files:
        _check(folder, path)
    target = folder.resolve()
    if not replace and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RoutebookError("there is something already", place=str(folder))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise _refused(error, folder) from error
    try:
        _fill(beside / "new", files)
        if target.exists():
            target.rename(beside / "old")
        (beside / "new").rename(target)
    except OSError as error:
        if (beside / "old").exists() and not target.exists():
            (beside / "old").rename(target)
        raise _refused(error, folder) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder that nobody else knows of."""
    made: set[str] = set()
    for path, content in files.items():
        file = os.path.join(folder, path)  # noqa: PTH118  # of a thousand paths, a tenth of all time
        parent = os.path.dirname(file)  # noqa: PTH120  # as above
        if parent not in made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        handle = os.open(file, _NEW, 0o666)
        try:
            _write(handle, _octets(content))
        finally:
            os.close(handle)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _octets(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _write(handle: int, content: bytes) -> None:
    """Write all of it; a call may write less than it was given."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _refused(error: OSError, folder: Path) -> RoutebookError:
    return RoutebookError(
        f"cannot be written: {error.strerror}",
        place=str(error.filename2 or error.filename or folder),
        hint="choose another place with -o, or make this one writable",
    )


def stale(path: Path, text: str, shown: str = "") -> str:
    """A unified diff from the file to what it should say; empty when it does say it.

    `shown` is what the diff calls the file, when not by its path.
    """
    old = _read(path)
    if old == text:
        return ""
    import difflib

    lines = difflib.unified_diff(
        _lines(old or ""),
        _lines(text),
        fromfile=f"{shown or path} (on disk)" if old is not None else "/dev/null",
        tofile=f"{shown or path} (as described)",
    )
    return "".join(lines)


def leftovers(folder: Path, files: Iterable[str], pattern: str) -> tuple[Path, ...]:
    """The files under `folder` that match a glob pattern and are none of `files`, sorted."""
    expected = {_inside(folder, path) for path in files}
    return tuple(sorted(path for path in folder.glob(pattern) if path not in expected))


def _lines(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n\\ No newline at end of file\n"
    return lines


def _check(folder: Path, path: str) -> None:
    """Refuse what is no relative POSIX path below `folder`."""
    away = path.startswith("/") or ".." in path.split("/")
    if not path or away or "\\" in path or "\0" in path:
        raise RoutebookError(f"the path {path!r} leaves the folder {folder}", place=str(folder))


def _inside(folder: Path, path: str) -> Path:
    _check(folder, path)
    target = folder / path
    # where /dev/stdout leads to a pipe has a name, but no folder
    return target.resolve() if target.is_symlink() and not _is_special(target) else target


def _is_special(target: Path) -> bool:
    """Whether it is a device or a pipe, such as `/dev/null`: written to, never replaced."""
    return target.exists() and not target.is_file() and not target.is_dir()


def _read(path: Path) -> str | None:
    """The text of a file; None when there is none, or when it is not UTF-8 text."""
    content = _held(path)
    try:
        return None if content is None else content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _held(path: Path) -> bytes | None:
    """What is in a file; None when there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write_beside(target: Path, content: bytes) -> Path:
    """Write a temporary file in the folder where `target` is."""
    import tempfile

    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(_mode(target))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
