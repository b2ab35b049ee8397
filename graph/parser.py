"""One file of RDF becomes quads; an error names the file, the line, and the remedy."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.parsers import expat

import pyoxigraph as ox

from graph.errors import DataError

__all__ = ["BASE", "FORMATS", "explained", "parse", "read_file", "with_stable_blank_nodes"]

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

BASE = "http://graph.invalid/"
"""Base of relative IRIs that have no other: never a path of this machine."""

_MAX_DEPTH = 500
"""Depth of nested objects that a JSON-LD file may have; the parser's time and memory grow by its square."""
_TREES = frozenset({ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD})
_MAKE_BLANK_NODES = (b"_:", b"[", b"(", b"<<", b"{|", b"~")
"""What Turtle and TriG make blank nodes with."""
_PLAIN_NAME = re.compile(rb"(?<!\S)_:[A-Za-z0-9_]+(?=[ \t])")
_NAME_AFTER_QUOTE = re.compile(rb"\"[^\"\n]*_:")
_ONTOLOGY = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")


def parse(path: Path, base: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of one file.

    Raises DataError for a file that cannot be read.
    """
    text = _text(path)
    with explained(path):
        yield from _parser(path, text, base or BASE + quote(path.name))


def read_file(
    path: Path, base: str | None, fallback: str, label: str
) -> tuple[Iterator[ox.Quad], ox.QuadParser]:
    """Return the quads of one file, and its parser, which knows the prefixes once they are read.

    Relative IRIs are resolved against `base`, or the IRI of the ontology in the file, or `fallback`. The
    names of blank nodes start with `label` and count up, so that the same file gives the same names.

    Raises DataError for a file that cannot be read, here or while the quads are read.
    """
    text = _text(path)
    format_ = FORMATS[path.suffix.lower()]
    in_lines = format_ in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}
    renamed = _renamed_lines(text, label) if in_lines else None
    with explained(path):
        base = base or (None if in_lines else _ontology(path, text, fallback)) or fallback
        parser = _parser(path, text if renamed is None else renamed, base)
    if renamed is None and (format_ in _TREES or any(token in text for token in _MAKE_BLANK_NODES)):
        return with_stable_blank_nodes(parser, label), parser
    return parser, parser


def with_stable_blank_nodes(quads: Iterator[ox.Quad], label: str) -> Iterator[ox.Quad]:
    """Name blank nodes by the order in which they appear, so that the same quads give the same names."""
    names: dict[Any, ox.BlankNode] = {}
    blank, triple = ox.BlankNode, ox.Triple

    def renamed(term: Any) -> Any:
        if type(term) is blank:
            found = names.get(term)
            if found is None:
                found = names[term] = blank(f"{label}{len(names)}")
            return found
        if type(term) is triple:
            return triple(renamed(term.subject), term.predicate, renamed(term.object))
        return term

    for quad in quads:
        subject, predicate, obj, graph = quad
        if type(subject) is blank or type(obj) is blank or type(obj) is triple or type(graph) is blank:
            yield ox.Quad(renamed(subject), predicate, renamed(obj), renamed(graph))
        else:
            yield quad


def _renamed_lines(text: bytes, label: str) -> bytes | None:
    """Name the blank nodes of N-Triples or N-Quads in their text, which takes a third of the time.

    None for a text that is not plain: where `_:` may stand in a literal, or does not start an ASCII name.
    """
    if len(_PLAIN_NAME.findall(text)) != text.count(b"_:") or _NAME_AFTER_QUOTE.search(text):
        return None
    names: dict[bytes, bytes] = {}
    start = b"_:" + label.encode()

    def renamed(found: re.Match[bytes]) -> bytes:
        name = found[0]
        return names.get(name) or names.setdefault(name, b"%b%d" % (start, len(names)))

    return _PLAIN_NAME.sub(renamed, text)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what a parser raises into a DataError that names the file, the line, and the remedy."""
    try:
        yield
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise DataError(f"{path}:{error.lineno}: {message}; correct that line and run again.") from error
    except SyntaxError as error:
        reason = " ".join(re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error)).split())
        where, what = (f"{path}:{error.lineno}", "that line") if error.lineno else (str(path), "it")
        raise DataError(f"{where}: {reason}; correct {what} and run again.") from error
    except MemoryError as error:
        raise DataError(
            f"{path} holds a value of more than 16 MB; keep such values in files of their own."
        ) from error
    except RecursionError as error:
        raise DataError(f"{path} nests triples too deeply; name the inner triples.") from error


def _parser(path: Path, text: bytes, base: str) -> ox.QuadParser:
    return ox.parse(text, format=FORMATS[path.suffix.lower()], base_iri=base)


def _text(path: Path) -> bytes:
    """Read a file of RDF without its byte order mark; XML must be well-formed, JSON not too deep."""
    try:
        data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise DataError.unreadable(path, error) from error
    if FORMATS[path.suffix.lower()] == ox.RdfFormat.RDF_XML:
        with explained(path):
            expat.ParserCreate().Parse(data, True)  # noqa: FBT003
    if FORMATS[path.suffix.lower()] == ox.RdfFormat.JSON_LD and _depth(data) > _MAX_DEPTH:
        raise DataError(f"{path} nests more than {_MAX_DEPTH} levels deep; reduce the nesting.")
    return data


def _depth(data: bytes) -> int:
    """Count how deep objects and arrays of JSON are nested."""
    depth = deepest = 0
    for byte in re.sub(rb'"(?:[^"\\]|\\.)*"|[^][{}]', b"", data):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _ontology(path: Path, text: bytes, fallback: str) -> str | None:
    """Find the IRI of the ontology that a file describes, if there is one that is not relative itself."""
    if b"Ontology" not in text:
        return None
    found = {
        quad.subject.value
        for quad in _parser(path, text, fallback)
        if quad.object == _ONTOLOGY and isinstance(quad.subject, ox.NamedNode)
    }
    absolute = sorted(iri for iri in found if not iri.startswith(fallback))
    return absolute[0] if len(absolute) == 1 else None
