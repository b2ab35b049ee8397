"""Files and folders written whole or not at all, and never over what somebody else made."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graph.errors import OutputError

__all__ = ["MARKER", "is_output", "write_atomic", "write_folder", "write_output"]

MARKER = ".made-by-graph"
"""Lists the digests and names of the files beside it that graph wrote, as sha256sum does; empty in folders."""


def write_atomic(path: Path, data: bytes) -> Path:
    """Write a file under another name beside it, then rename it.

    Raises OutputError where it cannot be written; what was there before stays.
    """
    return _replace(path, lambda part: part.write_bytes(data))


def write_output(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write a file as `write_atomic` does, and list it as made by graph.

    Raises OutputError where it cannot be written, or would replace a file that graph did not make, unless
    `force` is set; what was there before stays.
    """
    if path.is_file() and not force and not is_output(path):
        raise OutputError(
            f"{path} exists, and graph did not make it; choose another output path, or force it to be replaced."
        )

    def write(part: Path) -> None:
        part.write_bytes(data)
        _list(path, data)

    return _replace(path, write)


def write_folder(path: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` make a folder under another name beside it, then rename it.

    Raises OutputError where it cannot be written, or where graph did not make the folder that is there.
    """
    return _replace(path, write)


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


def _replace(path: Path, write: Callable[[Path], object]) -> Path:
    if path.is_dir() and not (path / MARKER).is_file():
        raise OutputError(f"{path} is a folder that graph did not make; choose another output path.")
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OutputError(f"{path} is a pipe or a device; choose another output path.")
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        if part.is_dir():
            (part / MARKER).touch()
        if path.is_dir():
            _swap_folders(path, part)
        else:
            part.replace(path)
    except OSError as error:
        reason = "a file could not be copied" if isinstance(error, shutil.Error) else error.strerror or error
        raise OutputError(
            f"{path} cannot be written ({reason}); free some space, or choose another output path."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):
            part.unlink()
    return path


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
