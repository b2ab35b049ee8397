"""The store of a data set, built once and kept on disk under the digest of its files."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from graph.endpoint import LocalStore
from graph.errors import DataError
from graph.files import Inputs
from graph.interrupt import run_interruptibly

__all__ = ["KEEP_DAYS", "build_store", "cache_folder", "digest", "open_store"]

KEEP_DAYS = 30
"""Days after which unused cache entries are deleted."""

_ENTRY = r"[0-9a-f]{32}(\.[0-9a-f]{8}\.part)?"
_CODE = ("cache.py", "dataset.py", "endpoint.py", "files.py", "question.py", "rules.py", "sparql.py")
"""The modules that decide what a store holds."""


def open_store(inputs: Inputs) -> LocalStore:
    """Open the store of a data set: from the cache if the same files were read before, else a new one.

    Raises DataError for a file that cannot be read, RuleError for a rule that cannot be run.
    """
    import json

    if not all(isinstance(item, Path) for item in inputs.data):
        return run_interruptibly(lambda _: build_store(inputs))
    folder = cache_folder() / digest(inputs)[:32]
    try:
        prefixes = json.loads((folder / "prefixes.json").read_bytes())
        return LocalStore(ox.Store.read_only(str(folder / "store")), prefixes, folder)
    except (OSError, ValueError, RuntimeError):  # not there yet, or damaged
        _delete(folder)
    return _keep(run_interruptibly(lambda _: build_store(inputs)), folder)


def build_store(inputs: Inputs) -> LocalStore:
    """Read the data, merge its graphs in the default graph, and add what the rules infer.

    Plain queries see the default graph. It holds each triple once, however many graphs hold it,
    because it is written here and not left to a union that counts a triple once a graph.
    """
    from graph.dataset import read

    data = read(inputs)
    data.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    if inputs.rules:
        from graph.rules import infer

        infer(data, inputs.rules)
    return LocalStore(data.store, data.prefixes)


def digest(inputs: Inputs) -> str:
    """Hash the inputs of a store: SHA-256, in hexadecimal.

    Raises DataError for a file that cannot be read.
    """
    import hashlib

    total = hashlib.sha256(ox.__version__.encode())
    for path in (*map(Path(__file__).with_name, _CODE), *inputs.data, *inputs.rules, *inputs.view):
        total.update(f"\0{path.absolute()}\0".encode())
        try:
            with path.open("rb") as file:
                total.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise DataError.unreadable(path, error) from error
    return total.hexdigest()


def cache_folder() -> Path:
    """Return the folder that stores are kept in: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("mbc-careers", appauthor=False)


def _keep(store: LocalStore, folder: Path) -> LocalStore:
    """Write a store into the cache; where that fails, the store in memory serves as well."""
    import uuid

    part = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        store.write(part)
        part.rename(folder)
        _delete_old(folder)
    except OSError:  # no room, no right to write, or another process was first
        return store
    finally:
        _delete(part)
    return LocalStore(store.store, store.prefixes, folder)


def _delete_old(used: Path) -> None:
    """Delete stores that are older than KEEP_DAYS, and parts left by a crash; nothing that is not ours."""
    import time

    limit = time.time() - KEEP_DAYS * 86_400
    for folder in used.parent.glob("*"):
        if folder != used and re.fullmatch(_ENTRY, folder.name) and folder.stat().st_mtime < limit:
            _delete(folder)


def _delete(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
