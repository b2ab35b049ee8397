"""Files of RDF become quads; an error names the file and the line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

import pyoxigraph as ox

from graph.errors import DataError
from graph.files import Inputs
from graph.terms import STANDARD_PREFIXES, VIEW, Prefixes

__all__ = ["FORMATS", "Dataset", "parse", "read"]

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


class Dataset(NamedTuple):
    """A store of the quads in some files, and the prefixes that the files declare."""

    store: ox.Store
    prefixes: Prefixes


def read(inputs: Inputs) -> Dataset:
    """Read the quads of some files, each in the graph that its file puts it in.

    Triples of a folder that stand in no graph go to the graph named by its `view.ttl`
    (`view:defaultGraph`), or stay in the default graph. Blank nodes are named by file and order.

    Raises DataError for a file that cannot be read: the file, the line, the reason.
    """
    store = ox.Store()
    prefixes: dict[str, str] = {}
    for graph, sources in _by_default_graph(inputs).items():
        for number, source in sources:
            for name, iri in _load(store, source, f"f{number}n").items():
                prefixes.setdefault(name, iri)
        if graph:
            store.update(f"ADD DEFAULT TO {graph} ; CLEAR DEFAULT")
    return Dataset(store, Prefixes(STANDARD_PREFIXES | prefixes))


def parse(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of one file.

    Raises DataError for a file that cannot be read.
    """
    with _explained(path):
        yield from _parser(path, _text(path))


def _load(store: ox.Store, source: Any, label: str) -> dict[str, str]:
    """Put the quads of one file or object into a store, and return its prefixes."""
    if not isinstance(source, Path):
        from graph.interop import quads_of

        quads, prefixes = quads_of(source)
        store.bulk_extend(_with_stable_blank_nodes(quads, label))
        return prefixes
    text = _text(source)
    with _explained(source):
        parser = _parser(source, text)
        has_blank_nodes = FORMATS[source.suffix.lower()] in {
            ox.RdfFormat.RDF_XML,
            ox.RdfFormat.JSON_LD,
        } or any(token in text for token in (b"_:", b"[", b"(", b"<<"))
        store.bulk_extend(_with_stable_blank_nodes(parser, label) if has_blank_nodes else parser)
        return parser.prefixes


def _parser(path: Path, text: bytes) -> ox.QuadParser:
    return ox.parse(text, format=FORMATS[path.suffix.lower()], base_iri=path.absolute().as_uri())


def _text(path: Path) -> bytes:
    """Read a file of RDF without its byte order mark; XML must be well-formed."""
    try:
        data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise DataError.unreadable(path, error) from error
    if FORMATS[path.suffix.lower()] == ox.RdfFormat.RDF_XML:
        with _explained(path):
            expat.ParserCreate().Parse(data, True)  # noqa: FBT003
    return data


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn a syntax error into a DataError that names the file, the line, and the remedy."""
    try:
        yield
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise DataError(f"{path}:{error.lineno}: {message}; correct that line and run again.") from error
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error))
        where, what = (f"{path}:{error.lineno}", "that line") if error.lineno else (str(path), "it")
        raise DataError(f"{where}: {reason}; correct {what} and run again.") from error


def _with_stable_blank_nodes(quads: Iterator[ox.Quad], label: str) -> Iterator[ox.Quad]:
    """Name blank nodes by the order in which they appear, so that the same file gives the same names."""
    names: dict[str, ox.BlankNode] = {}

    def renamed(term: Any) -> Any:
        if isinstance(term, ox.BlankNode):
            found = names.get(term.value)
            if found is None:
                found = names[term.value] = ox.BlankNode(f"{label}{len(names)}")
            return found
        if isinstance(term, ox.Triple):
            return ox.Triple(renamed(term.subject), term.predicate, renamed(term.object))
        return term

    for quad in quads:
        subject, obj, graph = quad.subject, quad.object, quad.graph_name
        if any(isinstance(term, ox.BlankNode | ox.Triple) for term in (subject, obj, graph)):
            yield ox.Quad(renamed(subject), quad.predicate, renamed(obj), renamed(graph))
        else:
            yield quad


def _by_default_graph(inputs: Inputs) -> dict[ox.NamedNode | None, list[tuple[int, Any]]]:
    """Group numbered files by the graph that their default-graph triples go to."""
    graphs = {
        path.parent: quad.object
        for path in inputs.view
        for quad in parse(path)
        if quad.predicate.value == f"{VIEW}defaultGraph" and isinstance(quad.object, ox.NamedNode)
    }
    groups: dict[ox.NamedNode | None, list[tuple[int, Any]]] = {
        graph: [] for graph in (*graphs.values(), None)
    }
    for number, source in enumerate(inputs.data):
        parents = source.parents if isinstance(source, Path) else ()
        groups[next((graph for folder, graph in graphs.items() if folder in parents), None)].append(
            (number, source)
        )
    return groups
