"""Quads in an Oxigraph store, kept on disk under the name of their content."""

from __future__ import annotations

import json
import re
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.dataset import Files, read

__all__ = ["Lines", "Opened", "cache_folder", "fill", "lines_of", "open_store", "write_store"]

KEEP_DAYS = 30
"""How long a store stays in the cache before another may push it out."""

_OURS = re.compile(r"[0-9a-f]{32}(\.[0-9a-f]{8}\.part)?")


@dataclass(frozen=True, slots=True)
class Opened:
    """A store whose default graph is the merge of all its graphs, and the prefixes of its data."""

    store: ox.Store
    prefixes: dict[str, str]
    folder: Path | None = None
    """Where the store lies on disk, if it does."""


def open_store(files: Files) -> Opened:
    """Open the store of some files: the one on disk if these files were read before, else a new one.

    Raises DataError for a file that cannot be read, RuleError for a rule that is wrong.
    """
    folder = cache_folder() / files.digest()[:32]
    try:
        prefixes = json.loads((folder / "prefixes.json").read_bytes())
        return Opened(ox.Store.read_only(str(folder / "store")), prefixes, folder)
    except (OSError, ValueError, RuntimeError):  # not there yet, or damaged
        shutil.rmtree(folder, ignore_errors=True)
    opened = fill(files)
    part = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        write_store(opened, part)
        part.rename(folder)
        _forget_old(folder)
        return Opened(opened.store, opened.prefixes, folder)
    except OSError:  # no room, no right to write, or another process was first: what is in memory serves as well
        pass
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return opened


def write_store(opened: Opened, folder: Path) -> None:
    """Write a store and its prefixes into a new folder."""
    if opened.folder:
        shutil.copytree(opened.folder, folder)
        return
    folder.mkdir()
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(opened.store)
    store.flush()
    (folder / "prefixes.json").write_text(json.dumps(opened.prefixes, indent=1), encoding="utf-8")


def fill(files: Files) -> Opened:
    """Read some files, write the merge of their graphs, and add what the rules conclude.

    Plain queries see the default graph. It holds each triple once, however many graphs say it,
    because it is written here and not left to a union that counts a triple once a graph.
    """
    data = read(files)
    data.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    if files.rules:
        from graph.rules import infer

        infer(data.store, files.rules, data.prefixes)
    return Opened(data.store, data.prefixes)


@dataclass(frozen=True, slots=True)
class Lines:
    """All quads of a store as sorted lines of N-Quads."""

    said: list[bytes]
    """Each quad where it is said; read again, they give the same data."""
    merge: list[bytes]
    """Each triple once."""


def lines_of(store: ox.Store) -> Lines:
    """Write the quads of a store as lines."""
    merge, named, said = _triples(store, ox.DefaultGraph()), set[bytes](), list[bytes]()
    for graph in store.named_graphs():
        triples, end = _triples(store, graph), f"{graph} .".encode()
        named |= triples
        said += [triple[:-1] + end for triple in triples]
    return Lines(sorted([*said, *(merge - named)]), sorted(merge))


def _triples(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> set[bytes]:
    """Write the triples of one graph as lines of N-Triples."""
    return set(bytes(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"").splitlines())


def cache_folder() -> Path:
    """Say where stores are kept: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("graph", appauthor=False)


def _forget_old(used: Path) -> None:
    """Remove stores made over a month ago, and halves left by a crash; nothing that others keep beside them."""
    limit = time.time() - KEEP_DAYS * 86_400
    for folder in used.parent.glob("*"):
        if folder != used and _OURS.fullmatch(folder.name) and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
