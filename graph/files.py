"""Which files make up a data set: what is read, and what describes how to ask and show it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from graph.errors import DataError

__all__ = ["EXTENSIONS", "Inputs", "Profile", "bundled", "discover"]

EXTENSIONS = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld")
"""How the names of files of RDF end."""

_SYSTEM_QUERIES = ("view.rq", "route.rq", "compare.rq", "figures.rq")


class Inputs(NamedTuple):
    """What becomes the store."""

    data: tuple[Any, ...]
    """Files, or objects such as an `rdflib.Graph`."""
    rules: tuple[Path, ...] = ()
    view: tuple[Path, ...] = ()
    """The `view.ttl` files, which may name the graph of a folder's plain triples."""


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


def discover(data: Iterable[Any] = ()) -> tuple[Inputs, Profile]:
    """Sort the files at some paths by their purpose; without paths, take the bundled data set.

    A folder may bring, beside data anywhere in it, `shapes.ttl`, `view.ttl`, the queries `view.rq`,
    `route.rq`, `compare.rq` and `figures.rq`, and the folders `rules`, `checks`, `questions` and `exports`.

    Raises DataError where there is no RDF.
    """
    inputs, profile = Inputs(()), Profile()
    for item in list(data) or [bundled()]:
        if not isinstance(item, str | Path):
            more_inputs, more_profile = Inputs((item,)), Profile()
        elif (path := Path(item)).is_dir():
            more_inputs, more_profile = _folder(path)
        else:
            more_inputs, more_profile = _single_file(path), Profile()
        inputs = Inputs(*(a + b for a, b in zip(inputs, more_inputs, strict=True)))
        profile = Profile(*(a + b for a, b in zip(profile, more_profile, strict=True)))
    return inputs, profile


def _folder(folder: Path) -> tuple[Inputs, Profile]:
    shapes, view = (tuple(p for p in (folder / name,) if p.is_file()) for name in ("shapes.ttl", "view.ttl"))
    data = tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in EXTENSIONS
        and path not in {*shapes, *view}
        and not _is_hidden(path, folder)
        and not path.is_dir()
    )
    if not data:
        raise DataError(
            f"{folder} holds no RDF; give a folder with files that end in {', '.join(EXTENSIONS)}."
        )
    profile = Profile(
        questions=_queries(folder / "questions"),
        view=view,
        queries=tuple(p for p in (folder / name for name in _SYSTEM_QUERIES) if p.is_file()),
        shapes=shapes,
        checks=_queries(folder / "checks"),
        exports=_queries(folder / "exports"),
    )
    return Inputs(data, _queries(folder / "rules"), view), profile


def _single_file(path: Path) -> Inputs:
    if not path.exists():
        raise DataError(f"{path} does not exist; give a file or a folder of RDF.")
    if path.suffix.lower() not in EXTENSIONS:
        raise DataError(
            f"{path} does not look like RDF; its name should end in one of {', '.join(EXTENSIONS)}."
        )
    return Inputs((path,))


def _queries(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.rq")))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
