"""Files of RDF, or folders of them, become quads; a bad line is named by file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

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
    shapes: tuple[Path, ...] = ()
    view: tuple[Path, ...] = ()

    def __add__(self, other: Files) -> Files:
        return Files(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def digest(self) -> str:
        """Name what the store is made from by its content: SHA-256, in hexadecimal."""
        digest = hashlib.sha256(ox.__version__.encode() + Path(__file__).with_name("rules.py").read_bytes())
        for path in (*self.facts, *self.rules, *self.view):
            digest.update(f"\0{path.name}\0".encode() + hashlib.sha256(_bytes(path)).digest())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Dataset:
    """Quads as the files say them, and the prefixes the files declare."""

    quads: tuple[ox.Quad, ...]
    prefixes: dict[str, str] = field(default_factory=dict)


def shipped() -> Path:
    """Find the data set that comes with the package, installed or in a checkout."""
    here = Path(__file__).parent
    return next((p for p in (here / "ontology", here.parent / "ontology") if p.is_dir()), here / "ontology")


def find(paths: Iterable[str | Path] = ()) -> Files:
    """Sort the files at some paths by what they are for; without paths, take the shipped data set.

    A folder may bring, beside facts anywhere in it, `shapes.ttl`, `view.ttl`, `view.rq` and the
    folders `rules`, `checks` and `questions`.

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
    own = _own_graph(files.view)
    prefixes = dict(STANDARD_PREFIXES)
    quads: dict[ox.Quad, None] = {}
    blank = False
    for path in files.facts:
        for quad in parse(path, prefixes):
            graph = own if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
            blank = blank or _has_blank(quad)
            quads[ox.Quad(quad.subject, quad.predicate, quad.object, graph)] = None
    if not blank:
        return Dataset(tuple(quads), prefixes)
    named = ox.Dataset(quads)
    named.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return Dataset(tuple(named), prefixes)


def _in_folder(folder: Path) -> Files:
    aside = {folder / name for name in ("shapes.ttl", "view.ttl")}
    facts = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in FORMATS and path not in aside and not _hidden(path, folder) and path.is_file()
    ]
    if not facts:
        raise DataError(f"{folder} holds no RDF; give a folder with files that end in {', '.join(FORMATS)}.")
    return Files(
        facts=tuple(facts),
        rules=_queries(folder / "rules"),
        checks=_queries(folder / "checks"),
        questions=_queries(folder / "questions"),
        shapes=tuple(p for p in (folder / "shapes.ttl",) if p.is_file()),
        view=tuple(p for p in (folder / "view.ttl", folder / "view.rq") if p.is_file()),
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


def parse(path: Path, prefixes: dict[str, str] | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of one file; add its prefixes, without changing one already there."""
    parser = None
    try:
        base = path.absolute().as_uri()
        parser = ox.parse(_bytes(path), format=FORMATS[path.suffix.lower()], base_iri=base)
        yield from parser
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error))
        raise DataError(f"{path}:{error.lineno or 1}: {reason}; correct that line and run again.") from error
    if prefixes is not None and parser is not None:
        for name, iri in parser.prefixes.items():
            prefixes.setdefault(name, iri)


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _own_graph(view: tuple[Path, ...]) -> ox.NamedNode | ox.DefaultGraph:
    for path in view:
        if path.suffix == ".ttl":
            for quad in parse(path):
                if quad.predicate.value == f"{VIEW}ownGraph" and isinstance(quad.object, ox.NamedNode):
                    return quad.object
    return ox.DefaultGraph()
