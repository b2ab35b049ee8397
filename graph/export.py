"""The data in every form, each file written whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import OutputError
from graph.store import write_store

if TYPE_CHECKING:
    from graph.knowledge import KnowledgeGraph

__all__ = ["build", "said", "write_whole"]


def build(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    """Write every form of the data, an on-disk store and the page; name what was written.

    `graph.trig`, `.nq` and `.jsonld` hold the named graphs, `graph.ttl` their merge. All but the
    store are the same to the byte when nothing changed.

    Raises OutputError where something cannot be written; what was there before stays.
    """
    quads = sorted(kg.opened.store, key=_order)
    merge = [ox.Triple(q.subject, q.predicate, q.object) for q in quads if isinstance(q.graph_name, ox.DefaultGraph)]
    quoted = said(quads)
    prefixes = dict(sorted(kg.prefixes.items()))
    outputs: dict[str, bytes] = {
        "graph.trig": _bytes(ox.serialize(quoted, format=ox.RdfFormat.TRIG, prefixes=prefixes)),
        "graph.nq": _bytes(ox.serialize(quoted, format=ox.RdfFormat.N_QUADS)),
        "graph.ttl": _bytes(ox.serialize(merge, format=ox.RdfFormat.TURTLE, prefixes=prefixes)),
        "graph.jsonld": _bytes(ox.serialize(quoted, format=ox.RdfFormat.JSON_LD)),
    }
    written = [write_whole(folder / name, data) for name, data in outputs.items()]
    written.append(_whole(folder / "store", lambda part: (part.mkdir(), write_store(kg.files, part))))
    written.append(kg.page(folder / "graph.html"))
    return tuple(written)


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file under another name beside it, then give it its own: whole or not at all.

    Raises OutputError where it cannot be written; what was there before stays.
    """
    return _whole(path, lambda part: part.write_bytes(data))


def _whole(path: Path, write: Callable[[Path], object]) -> Path:
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        if path.is_dir():  # a folder cannot be replaced in one step: move it aside first
            aside = part.with_suffix(".old")
            path.rename(aside)
            part.rename(path)
            shutil.rmtree(aside, ignore_errors=True)
        else:
            os.replace(part, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror or error}); make room there, or name another place with -o.") from error
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
    return path


def said(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Leave out of the merge what a named graph says: read again, the rest gives the same data."""
    named = {(q.subject, q.predicate, q.object) for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)}
    return [
        q for q in quads if not isinstance(q.graph_name, ox.DefaultGraph) or (q.subject, q.predicate, q.object) not in named
    ]


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _bytes(data: bytes | None) -> bytes:
    return bytes(data or b"")
