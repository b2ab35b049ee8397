"""The data in every form, each file written whole or not at all."""

from __future__ import annotations

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

__all__ = ["build", "write_whole"]


def build(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    """Write every form of the data, an on-disk store and the page; name what was written.

    `graph.trig`, `.nq` and `.jsonld` hold the named graphs, `graph.ttl` their merge. All but the
    store are the same to the byte when nothing changed.

    Raises OutputError where something cannot be written; what was there before stays.
    """
    by_graph = sorted(kg.lines.said, key=_graph)
    prefixes = dict(sorted(kg.prefixes.items()))
    outputs = {
        "graph.trig": _serialized(by_graph, ox.RdfFormat.TRIG, prefixes),
        "graph.nq": b"".join(line + b"\n" for line in kg.lines.said),
        "graph.ttl": _serialized(kg.lines.merge, ox.RdfFormat.TURTLE, prefixes),
        "graph.jsonld": _serialized(by_graph, ox.RdfFormat.JSON_LD, {}),
    }
    written = [write_whole(folder / name, data) for name, data in outputs.items()]
    written.append(_whole(folder / "store", lambda part: write_store(kg.opened, part)))
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
            part.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}); make room there, or name another place with -o."
        ) from error
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
    return path


def _serialized(lines: list[bytes], form: ox.RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Write lines of N-Quads in another form, in their order."""
    quads = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS)
    return bytes(ox.serialize(quads, format=form, prefixes=prefixes) or b"")


def _graph(line: bytes) -> bytes:
    """Give what to sort a line of N-Quads by to bring each graph's lines together."""
    return line.rsplit(b" ", 2)[1]
