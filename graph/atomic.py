"""Files and folders written whole or not at all, and never over what somebody else made."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import OutputError

__all__ = ["FOLDER_MARKER", "MARKER", "is_output", "write_atomic", "write_folder", "write_output"]

MARKER = ".made-by-graph"
"""Lists the digests and names of the files beside it that graph wrote, as sha256sum does."""
FOLDER_MARKER = ".folder-made-by-graph"
"""Lists the files of the folder that it is in, which graph made as a whole."""


def write_atomic(path: Path, data: bytes) -> Path:
    """Write a file under another name beside it, then rename it.

    Raises OutputError where it cannot be written; what was there before stays.
    """
    return _write(path, data, lambda: None)


def write_output(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write a file as `write_atomic` does, and list it as made by graph.

    Raises OutputError where it cannot be written, or would replace a file that graph did not make, unless
    `force` is set; what was there before stays.
    """
    if path.is_file() and not force and not is_output(path):
        raise OutputError(
            f"{path} exists, and graph did not make it; choose another output path, or replace it (--force)."
        )
    return _write(path, data, lambda: _list(path, data))


def _write(path: Path, data: bytes, before: Callable[[], None]) -> Path:
    """Write a file beside a path, call `before`, and rename the file."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give the name of a file, such as {path / 'graph.html'}.")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is a pipe or a device; choose another output path.")
    with _part(path) as part:
        part.write_bytes(data)
        before()
        part.replace(path)
    return path


def write_folder(path: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` make a folder under another name beside it, then rename it.

    Raises OutputError where it cannot be written, or where the folder that is there holds anything that
    graph did not make.
    """
    if path.exists() and not _is_own_folder(path):
        raise OutputError(f"{path} holds what graph did not make; choose another output path.")
    with _part(path) as part:
        write(part)
        names = "".join(f"{name}\n" for name in _names(part))
        (part / FOLDER_MARKER).write_text(names, encoding="utf-8")
        if path.exists():
            _swap_folders(path, part)
        else:
            part.rename(path)
    return path


def is_output(path: Path) -> bool:
    """Tell whether a file is as graph wrote it."""
    try:
        listed = (path.parent / MARKER).read_text(encoding="utf-8").splitlines()
        name = f"  {path.name}"
        return any(line.endswith(name) for line in listed) and f"{_sha256(path.read_bytes())}{name}" in listed
    except (OSError, UnicodeDecodeError):
        return False


def _list(path: Path, data: bytes) -> None:
    """Add a file to the list of what graph wrote; adding a line needs no lock."""
    line = f"{_sha256(data)}  {path.name}\n"
    marker = path.parent / MARKER
    with suppress(OSError):
        if line in marker.read_text(encoding="utf-8").splitlines(keepends=True):
            return
    with marker.open("a", encoding="utf-8") as file:
        file.write(line)


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _is_own_folder(path: Path) -> bool:
    """Tell whether graph made a folder and all that is in it; opening a store adds a log."""
    try:
        listed = (path / FOLDER_MARKER).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return all(name in listed or Path(name).name.startswith("LOG") for name in _names(path))


def _names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != FOLDER_MARKER)
    return sorted(path.relative_to(folder).as_posix() for path in files)


@contextmanager
def _part(path: Path) -> Iterator[Path]:
    """Give another name beside a path, which nothing is left of in the end."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):
            part.unlink()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system raises into an OutputError with the reason and the remedy."""
    try:
        yield
    except OSError as error:
        reason = "a file could not be copied" if isinstance(error, shutil.Error) else error.strerror or error
        raise OutputError(
            f"{path} cannot be written ({reason}); free some space, or choose another output path."
        ) from error


def _swap_folders(path: Path, part: Path) -> None:
    """Move the old folder aside, then the new one into its place: one step is not possible."""
    aside = part.with_suffix(".old")
    try:
        path.rename(aside)
        part.rename(path)
    except BaseException:
        if aside.exists() and not path.exists():
            aside.rename(path)
        raise
    shutil.rmtree(aside, ignore_errors=True)
