"""The store of a data set, built once and kept on disk under the digest of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.endpoint import LocalStore
from graph.errors import DataError
from graph.files import Inputs, Source, bundled
from graph.interrupt import run_interruptibly

if TYPE_CHECKING:
    from graph.dataset import Dataset

__all__ = ["KEEP_DAYS", "build_store", "cache_folder", "digest", "open_store"]

KEEP_DAYS = 30
"""Days after which a store in the cache is deleted, when another is written."""

_RECORD = "record.json"
"""The sums of the files of a store, and what was skipped when it was built."""
_ENTRY = r"[0-9a-f]{32}(\.[0-9a-f]{8}\.part)?"
_CODE = (
    "cache.py",
    "dataset.py",
    "endpoint.py",
    "files.py",
    "parser.py",
    "question.py",
    "rules.py",
    "sparql.py",
    "terms.py",
)
"""The modules that decide what a store holds."""


def open_store(inputs: Inputs) -> LocalStore:
    """Open the store of a data set: from the cache if the same files were read before, else a new one.

    Raises DataError for a file that cannot be read, RuleError for a rule that cannot be run.
    """
    if not all(isinstance(item, Path) for item in inputs.data):
        return run_interruptibly(lambda _: build_store(inputs))
    folder = cache_folder() / digest(inputs)[:32]
    try:
        return _open(folder)
    except (OSError, ValueError, RuntimeError, KeyError):  # not there yet, or damaged
        _delete(folder)
    return _keep(run_interruptibly(lambda _: build_store(inputs)), folder)


def build_store(inputs: Inputs) -> LocalStore:
    """Read the data, merge its graphs in the default graph, and add what the rules infer.

    Plain queries see the default graph. It holds each triple once, however many graphs hold it,
    because it is written here and not left to a union that counts a triple once a graph.
    The rules of a folder see only what the folder brings, unless it is the bundled one or the only one.
    """
    data = _merged(inputs)
    everywhere: list[Path] = []
    for source in inputs.sources:
        if inputs.rules_everywhere or len(inputs.sources) == 1 or source.root == bundled():
            everywhere += source.rules
        elif source.rules:
            _add_inferred(data, inputs, source)
    if everywhere:
        from graph.rules import infer

        infer(data, everywhere)
    return LocalStore(data.store, data.prefixes, skipped=data.skipped)


def digest(inputs: Inputs) -> str:
    """Hash the inputs of a store: SHA-256, in hexadecimal.

    Raises DataError for a file that cannot be read.
    """
    import hashlib

    total = hashlib.sha256(f"{ox.__version__} {inputs[1:]}".encode())
    code = map(Path(__file__).with_name, _CODE)
    for source in (Source(tuple(code)), *inputs.sources):
        total.update(f"\0{source.root and source.root.absolute()} {source.skipped}".encode())
        for path in (*source.data, *source.rules, *source.view):
            total.update(f"\0{path.absolute()}\0".encode())
            try:
                with path.open("rb") as file:
                    total.update(hashlib.file_digest(file, "sha256").digest())
            except OSError as error:
                if not inputs.lenient:
                    raise DataError.unreadable(path, error) from error
    return total.hexdigest()


def cache_folder() -> Path:
    """Return the folder that stores are kept in: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("mbc-careers", appauthor=False)


def _merged(inputs: Inputs, only: Source | None = None) -> Dataset:
    """Read the data of all sources, or of one, and write the merge of its graphs into the default graph."""
    from graph.dataset import read

    data = read(inputs, only)
    data.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return data


def _add_inferred(data: Dataset, inputs: Inputs, source: Source) -> None:
    """Add what the rules of one source infer from the data of that source alone."""
    from graph.rules import infer

    part = _merged(inputs, source)
    before = set(part.store)
    infer(part, source.rules)
    data.store.extend(quad for quad in part.store if quad not in before)


def _open(folder: Path) -> LocalStore:
    """Open a store in the cache, if no bit of it has changed; a thread finds that out meanwhile."""
    import json

    record = json.loads((folder / _RECORD).read_bytes())
    sums: list[dict[str, int]] = []
    files = sorted((folder / "store").iterdir())
    summing = Thread(target=lambda: sums.append(_sums(files)))
    summing.start()
    try:
        prefixes = json.loads((folder / "prefixes.json").read_bytes())
        store = ox.Store.read_only(str(folder / "store"))
    finally:
        summing.join()
    if sums != [record["sums"]]:
        raise ValueError
    return LocalStore(store, prefixes, folder, tuple(record["skipped"]))


def _sums(files: Iterable[Path]) -> dict[str, int]:
    """Sum up the files of a store, the log that opening it writes apart."""
    import zlib

    return {path.name: zlib.adler32(path.read_bytes()) for path in files if "LOG" not in path.name}


def _keep(store: LocalStore, folder: Path) -> LocalStore:
    """Write a store into the cache, for its owner alone; if that fails, use the store in memory."""
    import json
    import uuid

    part = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.chmod(0o700)
        store.write(part)
        record = {"sums": _sums((part / "store").iterdir()), "skipped": store.skipped}
        (part / _RECORD).write_text(json.dumps(record), encoding="utf-8")
        part.rename(folder)
        _delete_old(folder)
    except OSError:  # no room, no right to write, or another process was first
        return store
    finally:
        _delete(part)
    return LocalStore(store.store, store.prefixes, folder, store.skipped)


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
