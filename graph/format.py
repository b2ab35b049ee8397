"""The same data is always the same text: sorted Turtle and TriG, for small diffs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graph.dataset import parse
from graph.errors import DataError

__all__ = ["formatted"]

_FIRST = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#definition",
)
_TOKEN = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^>\s]*>|\\#|#.*"""
)
"""What may hold a # that begins no comment, and comments."""


def formatted(path: Path) -> str:
    """Give the text of a Turtle or TriG file in its one form, which says the same; comments at its head stay.

    Raises DataError for a file that cannot be read, or that would lose something: a comment further down,
    an address that is relative to the file.
    """
    if path.suffix not in {".ttl", ".trig"}:
        raise DataError(f"{path} is neither Turtle nor TriG; give a file that ends in .ttl or .trig.")
    form = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.TURTLE
    quads = list(parse(path))
    text = path.read_text(encoding="utf-8-sig")
    head = re.match(r"(?:#.*\n)*", text)
    kept = head[0] if head else ""
    for found in _TOKEN.finditer(text, len(kept)):
        if found[0].startswith("#"):
            line = text.count("\n", 0, found.start()) + 1
            raise DataError(f"{path}:{line}: this comment would be lost; move it to the head of the file or into rdfs:comment.")
    if "<file:" not in text and any("<file:" in str(quad) for quad in quads):
        raise DataError(f"{path} has addresses that are relative to the file; write them in full, or begin with @base.")
    prefixes = dict(re.findall(r"@?prefix\s+([^\s:]*):\s*<(\S*)>", text, re.IGNORECASE))
    body = _sorted(quads, form, prefixes)
    if form == ox.RdfFormat.TURTLE and "_:" in body:
        nested = _nested(quads, prefixes)
        if _said(ox.parse(nested, format=form)) == _said(quads):  # rdflib may put literals into other words
            body = nested
    return kept + body


def _sorted(quads: list[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str]) -> str:
    """Write quads in one order, a statement of its own for each thing."""
    data = bytes(ox.serialize(sorted(_said(quads), key=_order), format=form, prefixes=prefixes) or b"").decode()
    return re.sub(r"\n(?=[^\s}])", "\n\n", data.replace("\t", "  ")).replace(" .\n\n@prefix", " .\n@prefix")


def _nested(quads: list[ox.Quad], prefixes: dict[str, str]) -> str:
    """Write Turtle with its blank nodes nested; rdflib knows how."""
    import oxrdflib  # noqa: F401
    import rdflib

    plain = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads if not isinstance(quad.object, ox.Triple)]
    graph = rdflib.Graph(bind_namespaces="none")
    for name, iri in prefixes.items():
        graph.bind(name, iri)
    graph.parse(data=ox.serialize(plain, format=ox.RdfFormat.N_TRIPLES) or b"", format="ox-nt")
    return graph.serialize(format="longturtle", canon=True)


def _said(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Give quads as a set in which blank nodes are named by what is said of them."""
    said = ox.Dataset(quads)
    said.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return said


def _order(quad: ox.Quad) -> tuple[str, str, int, str, str]:
    predicate = quad.predicate.value
    rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return str(quad.graph_name), str(quad.subject), rank, predicate, str(quad.object)
