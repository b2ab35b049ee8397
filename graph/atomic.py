"""Files and folders written whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graph.errors import OutputError

__all__ = ["write_atomic", "write_folder"]

_MARKER = ".made-by-graph"
"""Marker file; folders without it are never overwritten."""


def write_atomic(path: Path, data: bytes) -> Path:
    """Write a file under another name beside it, then rename it.

    Raises OutputError where it cannot be written; what was there before stays.
    """
    return _replace(path, lambda part: part.write_bytes(data))


def write_folder(path: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` make a folder under another name beside it, then rename it.

    Raises OutputError where it cannot be written, or where another program made the folder that is there.
    """
    return _replace(path, write)


def _replace(path: Path, write: Callable[[Path], object]) -> Path:
    if path.is_dir() and not (path / _MARKER).is_file():
        raise OutputError(f"{path} is a folder that graph did not make; choose another output path.")
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        if part.is_dir():
            (part / _MARKER).touch()
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
