"""Files of RDF, or folders of them, become quads; a bad line is named by file and line."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from graph.errors import DataError

__all__ = ["FORMATS", "STANDARD_PREFIXES", "VIEW", "Dataset", "Files", "find", "parse", "read", "shipped"]

VIEW = "https://w3id.org/mbc-careers/view#"
"""The explorer's own terms: how things look, and which graph a folder's plain Turtle belongs to."""

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

STANDARD_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that work in every query, unless the data means something else by them."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a data set, by what they are for."""

    facts: tuple[Path, ...]
    rules: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    questions: tuple[Path, ...] = ()
    exports: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    view: tuple[Path, ...] = ()

    def __add__(self, other: Files) -> Files:
        return Files(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def asked(self, name: str) -> Path:
        """Find the query that the explorer asks by itself: the data's own, or the one for any data."""
        return next((path for path in self.view if path.name == name), Path(__file__).parent / "queries" / name)

    def digest(self) -> str:
        """Name what the store is made from by its content: SHA-256, in hexadecimal."""
        digest = hashlib.sha256(ox.__version__.encode())
        code = (Path(__file__).with_name(name) for name in ("dataset.py", "question.py", "rules.py", "store.py"))
        for path in (*code, *self.facts, *self.rules, *self.view):
            digest.update(f"\0{path.absolute()}\0".encode() + hashlib.sha256(_bytes(path)).digest())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Dataset:
    """What files say: a store of their quads, and the prefixes they declare."""

    store: ox.Store
    prefixes: dict[str, str]


def shipped() -> Path:
    """Find the data set that comes with the package, installed or in a checkout."""
    here = Path(__file__).parent
    return next((p for p in (here / "ontology", here.parent / "ontology") if p.is_dir()), here / "ontology")


def find(paths: Iterable[str | Path] = ()) -> Files:
    """Sort the files at some paths by what they are for; without paths, take the shipped data set.

    A folder may bring, beside facts anywhere in it, `shapes.ttl`, `view.ttl`, the queries `view.rq`,
    `route.rq`, `compare.rq` and `figures.rq`, and the folders `rules`, `checks`, `questions` and `exports`.

    Raises DataError where there is no RDF.
    """
    files = Files(())
    for path in [Path(p) for p in paths] or [shipped()]:
        files += _in_folder(path) if path.is_dir() else _alone(path)
    return files


def read(files: Files) -> Dataset:
    """Read every fact, in the graph that says it.

    Triples of a folder that stand in no graph go to the graph named by its `view.ttl`
    (`view:ownGraph`), or stay in the default graph. Blank nodes get the same names each time.

    Raises DataError for a file that cannot be read: the file, the line, the reason.
    """
    store = ox.Store()
    prefixes: dict[str, str] = {}
    for own, paths in _by_own_graph(files).items():
        for path in paths:
            for name, iri in _load(store, path).items():
                prefixes.setdefault(name, iri)
        if own:
            store.update(f"ADD DEFAULT TO {own} ; CLEAR DEFAULT")
    _name_blank_nodes(store)
    return Dataset(store, STANDARD_PREFIXES | prefixes)


def parse(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of one file.

    Raises DataError for a file that cannot be read.
    """
    with _named_errors(path):
        yield from _parser(path)


def _in_folder(folder: Path) -> Files:
    aside = {folder / name for name in ("shapes.ttl", "view.ttl")}
    facts = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in FORMATS and path not in aside and not _hidden(path, folder) and not path.is_dir()
    ]
    if not facts:
        raise DataError(f"{folder} holds no RDF; give a folder with files that end in {', '.join(FORMATS)}.")
    return Files(
        facts=tuple(facts),
        rules=_queries(folder / "rules"),
        checks=_queries(folder / "checks"),
        questions=_queries(folder / "questions"),
        exports=_queries(folder / "exports"),
        shapes=tuple(p for p in (folder / "shapes.ttl",) if p.is_file()),
        view=tuple(
            p for p in (folder / name for name in ("view.ttl", "view.rq", "route.rq", "compare.rq", "figures.rq")) if p.is_file()
        ),
    )


def _alone(path: Path) -> Files:
    if not path.exists():
        raise DataError(f"{path} does not exist; give a file or a folder of RDF.")
    if path.suffix.lower() not in FORMATS:
        raise DataError(f"{path} does not look like RDF; its name should end in one of {', '.join(FORMATS)}.")
    return Files(facts=(path,))


def _queries(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.rq")))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); check that it exists and that you may read it.") from error


def _load(store: ox.Store, path: Path) -> dict[str, str]:
    """Put the quads of one file into a store; give its prefixes."""
    with _named_errors(path):
        parser = _parser(path, rename_blank_nodes=True)
        store.bulk_extend(parser)
        return parser.prefixes


def _parser(path: Path, *, rename_blank_nodes: bool = False) -> ox.QuadParser:
    form, base = FORMATS[path.suffix.lower()], path.absolute().as_uri()
    return ox.parse(_text(path), format=form, base_iri=base, rename_blank_nodes=rename_blank_nodes)


def _text(path: Path) -> bytes:
    """Read a file of RDF, without the mark that some editors put at the start; XML has to be whole."""
    data = _bytes(path).removeprefix(codecs.BOM_UTF8)
    if FORMATS[path.suffix.lower()] == ox.RdfFormat.RDF_XML:
        expat.ParserCreate().Parse(data, True)  # noqa: FBT003
    return data


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    """Say of a syntax error in which file and line it stands, and how to go on."""
    try:
        yield
    except expat.ExpatError as error:
        raise DataError(f"{path}:{error.lineno}: {expat.ErrorString(error.code)}; correct that line and run again.") from error
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error))
        place, what = (f"{path}:{error.lineno}", "that line") if error.lineno else (path, "it")
        raise DataError(f"{place}: {reason}; correct {what} and run again.") from error


def _name_blank_nodes(store: ox.Store) -> None:
    """Give blank nodes names that depend on nothing but the data."""
    query = """SELECT ?g ?s ?p ?o {
      { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o }
      FILTER(isBlank(?s) || isBlank(?o) || isTriple(?o) || isBlank(?g))
    }"""
    found: Any = store.query(query)
    blank = [ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph()) for row in found]
    if blank:
        named = ox.Dataset(blank)
        named.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        for quad in blank:
            store.remove(quad)
        store.extend(named)


def _by_own_graph(files: Files) -> dict[ox.NamedNode | None, list[Path]]:
    """Bring together the files of each folder that names a graph for what stands in none, then all others."""
    own = {
        path.parent: quad.object
        for path in files.view
        if path.suffix == ".ttl"
        for quad in parse(path)
        if quad.predicate.value == f"{VIEW}ownGraph" and isinstance(quad.object, ox.NamedNode)
    }
    groups: dict[ox.NamedNode | None, list[Path]] = {graph: [] for graph in (*own.values(), None)}
    for path in files.facts:
        groups[next((graph for folder, graph in own.items() if folder in path.parents), None)].append(path)
    return groups
