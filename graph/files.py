"""Which files make up a data set: what is read, and what describes how to ask and show it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graph.errors import DataError

__all__ = ["EXTENSIONS", "Inputs", "Profile", "Source", "bundled", "discover", "read_profile"]

EXTENSIONS = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld")
"""How the names of files of RDF end."""

_SYSTEM_QUERIES = ("view.rq", "route.rq", "compare.rq", "figures.rq")
_SNIFFED = 4_096
"""Bytes at the start of an .xml file in which RDF/XML names its namespace."""


class Source(NamedTuple):
    """What one path, or one object such as an `rdflib.Graph`, brings to a data set."""

    data: tuple[Any, ...]
    root: Path | None = None
    """The folder that relative IRIs are resolved in."""
    rules: tuple[Path, ...] = ()
    view: tuple[Path, ...] = ()
    """The `view.ttl` of a folder, which may name the graph of the folder's plain triples."""
    skipped: tuple[str, ...] = ()
    """Folders that were not looked into, each with the reason."""


class Inputs(NamedTuple):
    """What becomes the store."""

    sources: tuple[Source, ...]
    base: str | None = None
    """The IRI that relative IRIs are resolved against; None for the ontology's own."""
    lenient: bool = False
    """Whether files that cannot be read are left out."""
    rules_everywhere: bool = False
    """Whether rules run over all the data, and not only over what their own folder brings."""

    @property
    def data(self) -> tuple[Any, ...]:
        """The files and objects of all sources."""
        return tuple(item for source in self.sources for item in source.data)


class Profile(NamedTuple):
    """The files that say how to ask a data set and how to show it; they go with any endpoint."""

    questions: tuple[Path, ...] = ()
    view: tuple[Path, ...] = ()
    queries: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    exports: tuple[Path, ...] = ()

    def system_query(self, name: str) -> Path | None:
        """Find a built-in query: the data set's override, or else the one for any data."""
        builtin = Path(__file__).parent / "queries" / name
        own = (path for path in self.queries if path.name == name)
        return next(own, builtin if builtin.is_file() else None)


def bundled() -> Path:
    """Find the data set that comes with the package, installed or in a checkout."""
    here = Path(__file__).parent
    return next((p for p in (here / "ontology", here.parent / "ontology") if p.is_dir()), here / "ontology")


def discover(data: Iterable[Any] = (), *, lenient: bool = False) -> tuple[Inputs, Profile]:
    """Sort the files at some paths by their purpose; without paths, take the bundled data set.

    A folder may bring, beside data anywhere in it, `shapes.ttl`, `view.ttl`, the queries `view.rq`,
    `route.rq`, `compare.rq` and `figures.rq`, and the folders `rules`, `checks`, `questions` and `exports`.

    Raises DataError where there is no RDF, or a folder cannot be read and `lenient` is not set.
    """
    sources: list[Source] = []
    profile = Profile()
    for item in list(data) or [bundled()]:
        if not isinstance(item, str | Path):
            sources.append(Source((item,)))
        elif (path := Path(item)).is_dir():
            source, more = _folder(path, lenient=lenient)
            sources.append(source)
            profile = Profile(*(a + b for a, b in zip(profile, more, strict=True)))
        else:
            sources.append(_single_file(path))
    return Inputs(tuple(sources), lenient=lenient), profile


def read_profile(folder: Path) -> Profile:
    """Find what a folder brings beside data.

    Raises DataError where there is no such folder.
    """
    if not folder.is_dir():
        raise DataError(
            f"{folder} is not a folder; give one with questions, a view, shapes, checks, or exports."
        )
    return Profile(
        questions=_queries(folder / "questions"),
        view=tuple(p for p in (folder / "view.ttl",) if p.is_file()),
        queries=tuple(p for p in (folder / name for name in _SYSTEM_QUERIES) if p.is_file()),
        shapes=tuple(p for p in (folder / "shapes.ttl",) if p.is_file()),
        checks=_queries(folder / "checks"),
        exports=_queries(folder / "exports"),
    )


def _folder(folder: Path, *, lenient: bool) -> tuple[Source, Profile]:
    profile = read_profile(folder)
    skipped: list[str] = []
    files = list(_walk(folder, skipped, lenient=lenient))
    special = {path for path in files if path.suffix.lower() in EXTENSIONS and _is_special(path)}
    if special and not lenient:
        raise DataError(f"{min(special)} is a pipe or a device; move it out of the folder.")
    skipped += (f"{path} is a pipe or a device" for path in sorted(special))
    other = {*profile.shapes, *profile.view, *special}
    data = tuple(path for path in sorted(files) if path not in other and _is_data(path))
    if not data:
        raise DataError(
            f"{folder} contains no RDF files; give a folder with files that end in {', '.join(EXTENSIONS)}."
        )
    return Source(data, folder, _queries(folder / "rules"), profile.view, tuple(skipped)), profile


def _walk(folder: Path, skipped: list[str], *, lenient: bool) -> Iterator[Path]:
    """Yield the files of a folder and of those below it, hidden ones apart; note the folders left out."""

    def fail(error: OSError) -> None:
        if not lenient:
            raise DataError.unreadable(Path(error.filename), error) from error
        skipped.append(f"{error.filename} cannot be read ({error.strerror})")

    for here, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        skipped += (
            f"{Path(here, name)} is a linked folder" for name in folders if Path(here, name).is_symlink()
        )
        yield from (Path(here, name) for name in files if not name.startswith("."))


def _is_special(path: Path) -> bool:
    """Tell whether a path is a pipe or a device, which opening might wait for without end."""
    return path.exists() and not path.is_file()


def _is_data(path: Path) -> bool:
    """Tell whether a file in a folder holds data: RDF by its name, and not written there by graph."""
    extension = path.suffix.lower()
    if extension not in EXTENSIONS or _is_output(path):
        return False
    if extension != ".xml":
        return True
    try:
        with path.open("rb") as file:
            return b"http://www.w3.org/1999/02/22-rdf-syntax-ns#" in file.read(_SNIFFED)
    except OSError:
        return True  # reading it says what is wrong


def _is_output(path: Path) -> bool:
    """Tell whether graph wrote a file, such as an earlier build in the data's own folder."""
    if not (path.parent / ".made-by-graph").exists():
        return False
    from graph.atomic import is_output

    return is_output(path)


def _single_file(path: Path) -> Source:
    if re.match(r"https?:/", str(path)):
        raise DataError(
            f"{str(path).replace(':/', '://', 1)} is a URL, and graph reads files; download it first."
        )
    if not path.exists():
        raise DataError(f"{path} does not exist; give a file or a folder of RDF.")
    if not path.is_file():
        raise DataError(f"{path} is no file that can be read twice; save what it gives as a file.")
    if path.suffix.lower() not in EXTENSIONS:
        raise DataError(
            f"{path} does not look like RDF; its name should end in one of {', '.join(EXTENSIONS)}."
        )
    return Source((path,), path.parent)


def _queries(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*.rq") if not _is_special(path)))
