"""The formatter: the same data is always the same Turtle or TriG, sorted, for small diffs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graph.errors import DataError
from graph.parser import BASE, parse

__all__ = ["format_file"]

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
"""Tokens that may contain '#', then comments."""


def format_file(path: Path) -> str:
    """Return the text of a Turtle or TriG file, formatted; comments at its head stay.

    Raises DataError for a file that cannot be read, or that would lose something: a comment further down,
    an IRI that is relative to the file.
    """
    if path.suffix not in {".ttl", ".trig"}:
        raise DataError(f"{path} is neither Turtle nor TriG; give a file that ends in .ttl or .trig.")
    form = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.TURTLE
    quads = list(parse(path))
    text = path.read_text(encoding="utf-8-sig")
    head = re.match(r"(?:#.*\n)*", text)
    comments = head[0] if head else ""
    for found in _TOKEN.finditer(text, len(comments)):
        if found[0].startswith("#"):
            line = text.count("\n", 0, found.start()) + 1
            raise DataError(
                f"{path}:{line}: this comment would be lost; "
                "move it to the head of the file, or into rdfs:comment."
            )
    if BASE not in text and any(f"<{BASE}" in str(quad) for quad in quads):
        raise DataError(
            f"{path} has IRIs that are relative to the file; write them in full, or begin with @base."
        )
    prefixes = dict(re.findall(r"@?prefix\s+([^\s:]*):\s*<(\S*)>", text, re.IGNORECASE))
    body = _sorted(quads, form, prefixes)
    if form == ox.RdfFormat.TURTLE and "_:" in body:
        nested = _nested(quads, prefixes)
        if _canonical(ox.parse(nested, format=form)) == _canonical(quads):  # rdflib may change lexical forms
            body = nested
    return comments + body


def _sorted(quads: list[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str]) -> str:
    """Write quads in one order, one block for each subject."""
    data = bytes(
        ox.serialize(sorted(_canonical(quads), key=_order), format=form, prefixes=prefixes) or b""
    ).decode()
    return re.sub(r"\n(?=[^\s}])", "\n\n", data.replace("\t", "  ")).replace(" .\n\n@prefix", " .\n@prefix")


def _nested(quads: list[ox.Quad], prefixes: dict[str, str]) -> str:
    """Write Turtle with its blank nodes nested, as rdflib does."""
    import oxrdflib  # noqa: F401
    import rdflib

    triples = [
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if not isinstance(quad.object, ox.Triple)
    ]
    graph = rdflib.Graph(bind_namespaces="none")
    for name, iri in prefixes.items():
        graph.bind(name, iri)
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="ox-nt")
    return graph.serialize(format="longturtle", canon=True)


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Canonicalize blank node labels."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _order(quad: ox.Quad) -> tuple[str, str, int, str, str]:
    predicate = quad.predicate.value
    rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return str(quad.graph_name), str(quad.subject), rank, predicate, str(quad.object)
