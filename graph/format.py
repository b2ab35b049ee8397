"""The same data is always the same text: sorted Turtle and TriG, for small diffs."""

from __future__ import annotations

import re
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


def formatted(path: Path) -> str:
    """Give the text of a Turtle or TriG file in its one form; comments at its head stay.

    Raises DataError for a file that cannot be read, or whose comments further down would be lost.
    """
    if path.suffix not in {".ttl", ".trig"}:
        raise DataError(f"{path} is neither Turtle nor TriG; give a file that ends in .ttl or .trig.")
    quads = list(parse(path))
    text = path.read_text(encoding="utf-8")
    head = re.match(r"(?:#.*\n)*", text)
    kept = head[0] if head else ""
    for number, line in enumerate(text.splitlines()[kept.count("\n") :], kept.count("\n") + 1):
        if re.match(r"\s*#", line):
            raise DataError(f"{path}:{number}: this comment would be lost; move it to the head of the file or into rdfs:comment.")
    prefixes = dict(re.findall(r"^@?prefix\s+(\S*):\s*<(\S*)>", text, re.MULTILINE | re.IGNORECASE))
    if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        return kept + _nested(text)
    form = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.TURTLE
    data = bytes(ox.serialize(sorted(quads, key=_order), format=form, prefixes=prefixes) or b"").decode()
    return kept + re.sub(r"\n(?=[^\s}])", "\n\n", data.replace("\t", "  ")).replace(" .\n\n@prefix", " .\n@prefix")


def _nested(text: str) -> str:
    """Write Turtle with its blank nodes nested; rdflib knows how."""
    import rdflib

    graph = rdflib.Graph().parse(data=text, format="turtle")
    return graph.serialize(format="longturtle", canon=True)


def _order(quad: ox.Quad) -> tuple[str, str, int, str, str]:
    predicate = quad.predicate.value
    rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return str(quad.graph_name), str(quad.subject), rank, predicate, str(quad.object)
