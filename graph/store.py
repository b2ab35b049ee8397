"""Quads in an Oxigraph store, kept on disk under the name of their content."""

from __future__ import annotations

import json
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.dataset import Files, read

__all__ = ["Opened", "cache_folder", "fill", "open_store"]

KEEP_DAYS = 30
"""How long a store stays in the cache before another may push it out."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A store whose default graph is the merge of all its graphs, and the prefixes of its data."""

    store: ox.Store
    prefixes: dict[str, str]


def open_store(files: Files) -> Opened:
    """Open the store of some files: the one on disk if these files were read before, else a new one.

    Raises DataError for a file that cannot be read, RuleError for a rule that is wrong.
    """
    folder = cache_folder() / files.digest()[:32]
    try:
        prefixes = json.loads((folder / "prefixes.json").read_bytes())
        return Opened(ox.Store.read_only(str(folder / "store")), prefixes)
    except (OSError, ValueError):
        pass
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.part")
        part.mkdir()
    except OSError:
        store = ox.Store()
        return Opened(store, fill(store, files))
    try:
        prefixes = write_store(files, part)
        part.rename(folder)
    except OSError:  # a full disk, or another process was first: what is in memory serves as well
        store = ox.Store()
        return Opened(store, fill(store, files))
    finally:
        shutil.rmtree(part, ignore_errors=True)
        _forget_old(folder)
    return Opened(ox.Store.read_only(str(folder / "store")), prefixes)


def write_store(files: Files, folder: Path) -> dict[str, str]:
    """Write a store and its prefixes into an empty folder; give the prefixes."""
    store = ox.Store(str(folder / "store"))
    prefixes = fill(store, files)
    store.flush()
    (folder / "prefixes.json").write_text(json.dumps(prefixes, indent=1), encoding="utf-8")
    return prefixes


def fill(store: ox.Store, files: Files) -> dict[str, str]:
    """Put the quads of some files, their merge and what the rules conclude into an empty store.

    Plain queries see the default graph. It holds each triple once, however many graphs say it,
    because it is written here and not left to a union that counts a triple once a graph.
    """
    data = read(files)
    store.extend(data.quads)
    store.extend({ox.Quad(q.subject, q.predicate, q.object) for q in data.quads})
    if files.rules:
        from graph.rules import infer

        infer(store, files.rules, data.prefixes)
    return data.prefixes


def cache_folder() -> Path:
    """Say where stores are kept: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("graph", appauthor=False)


def _forget_old(used: Path) -> None:
    """Remove stores made over a month ago, and halves left by a crash."""
    limit = time.time() - KEEP_DAYS * 86_400
    for folder in used.parent.glob("*"):
        if folder != used and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
