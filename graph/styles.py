"""How classes are drawn: as `view.ttl` says, or else from a palette."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.errors import DataError
from graph.labels import find_labels, label_or_name, select
from graph.parser import parse
from graph.terms import BLANK, STANDARD_PREFIXES, VIEW, iri_of

__all__ = ["SHAPES", "ClassStyle", "class_styles", "find_types", "read_view"]

# The colors of Okabe and Ito, which people with any color vision can tell apart, lightened for dark text.
_COLORS = ("#9bd3f5", "#f7c873", "#7fd6b8", "#f2b199", "#e3b3d1", "#f3ec8f", "#b9c6e8", "#d3d3d3")
_PALETTE = ("ellipse", "box", "hexagon", "diamond", "triangle", "square", "star", "triangleDown", "dot")
SHAPES = (*_PALETTE, "database")
"""Shapes that a class can be drawn in."""

_ALLOWED = {
    "color": ("#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}", "write it as #rrggbb"),
    "defaultGraph": (r"\S+", "write the IRI of a graph"),
    "display": (f"{VIEW}Table", "write view:Table"),
    "drawn": ("true|false", "write true or false"),
    "firstQuestion": (r"[\w-]+", "write the name of a question"),
    "inverseLabel": (r"(?s:.*\S.*)", "write how the relation reads from its other end"),
    "order": ("[+-]?[0-9]{1,9}", "write a whole number"),
    "shape": ("|".join(SHAPES), f"choose among {', '.join(SHAPES)}"),
}
"""The terms of `view.ttl`, the pattern of their values, and the remedy where a value does not fit."""

_UNORDERED = 1_000_000_000
"""The order of a class that `view.ttl` gives none; more than it can give."""
_OWL, _RDF, _RDFS, _SH, _SKOS = (STANDARD_PREFIXES[name] for name in ("owl", "rdf", "rdfs", "sh", "skos"))
# browser/core/labels.js has the same.
_MODELING = (_OWL, _RDF, _RDFS, _SH, _SKOS)
_FORMAL = frozenset(
    {
        f"{_OWL}NamedIndividual",
        f"{_OWL}Thing",
        f"{_RDFS}Resource",
        f"{_SH}NodeShape",
        f"{_SH}PropertyShape",
        f"{_SH}Shape",
        f"{_OWL}FunctionalProperty",
        f"{_OWL}InverseFunctionalProperty",
        f"{_OWL}SymmetricProperty",
        f"{_OWL}AsymmetricProperty",
        f"{_OWL}ReflexiveProperty",
        f"{_OWL}IrreflexiveProperty",
        f"{_OWL}TransitiveProperty",
    }
)
"""Classes that tell next to nothing of what their members are."""

_CLASSES = """SELECT ?class (COUNT(DISTINCT ?s) AS ?count) { ?s a ?class FILTER(isIRI(?class)) }
GROUP BY ?class ORDER BY DESC(?count) ?class"""


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """How the resources of one class are drawn and listed."""

    iri: str
    label: str
    color: str
    shape: str
    order: int
    count: int
    drawn: bool = True


def class_styles(endpoint: Endpoint, view: Mapping[str, Mapping[str, str]]) -> tuple[ClassStyle, ...]:
    """Give every class that has members its style, in the order of the legend."""
    counts = {row["class"].value: int(row["count"].value) for row in select(endpoint, _CLASSES)}
    labels = find_labels(endpoint, counts)
    from_palette = {
        iri: number for number, iri in enumerate(i for i in counts if "color" not in view.get(i, {}))
    }
    found = []
    for iri, count in counts.items():
        style, number = view.get(iri, {}), from_palette.get(iri, 0)
        found.append(
            ClassStyle(
                iri,
                label_or_name(iri, labels),
                style.get("color", _COLORS[number % len(_COLORS)]),
                style.get("shape", _PALETTE[number % len(_PALETTE)]),
                int(style.get("order", _UNORDERED)),
                count,
                style.get("drawn") != "false",
            )
        )
    return tuple(
        sorted(found, key=lambda style: (style.order, _formality(style.iri), -style.count, style.iri))
    )


def find_types(endpoint: Endpoint, iris: Iterable[str], styles: Iterable[ClassStyle]) -> dict[str, str]:
    """Choose the class that each resource is drawn as and called by: the most telling one.

    That is the first in the order of `view.ttl`; else one of the data's own vocabularies before one of OWL,
    RDFS, SHACL, or SKOS; then the rarer; then by IRI.
    """
    known = {style.iri: style for style in styles}
    wanted = set(iris)
    named = " ".join(f"<{iri}>" for iri in sorted(wanted) if not iri.startswith(BLANK))
    queries = [f"SELECT ?s ?class {{ VALUES ?s {{ {named} }} ?s a ?class }}"]
    if any(iri.startswith(BLANK) for iri in wanted):
        queries.append("SELECT ?s ?class { ?s a ?class FILTER(isBlank(?s)) }")
    found: dict[str, tuple[int, int, int, str]] = {}
    for query in queries:
        for row in select(endpoint, query):
            iri = iri_of(row["s"])
            style = known.get(row["class"].value) if isinstance(row["class"], ox.NamedNode) else None
            if style and iri in wanted:
                rank = (style.order, _formality(style.iri), style.count, style.iri)
                found[iri] = min(found.get(iri, rank), rank)
    return {iri: class_ for iri, (*_, class_) in found.items()}


def _formality(class_: str) -> int:
    """Rank a class: of a vocabulary about the world, of one about data, or one that tells next to nothing."""
    return 2 if class_ in _FORMAL else int(class_.startswith(_MODELING))


def read_view(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Read what `view.ttl` says of each class and relation, by the local names of the view vocabulary.

    Raises DataError for a term or a value that the vocabulary does not have.
    """
    view: dict[str, dict[str, str]] = {}
    for path in paths:
        for quad in parse(path):
            if quad.predicate.value.startswith(VIEW) and isinstance(quad.subject, ox.NamedNode):
                term = quad.predicate.value.removeprefix(VIEW)
                view.setdefault(quad.subject.value, {})[term] = _valid(
                    path, quad.subject.value, term, quad.object
                )
    return view


def _valid(path: Path, subject: str, term: str, value: Any) -> str:
    """Return the text of a value of `view.ttl` if it is one that can be used."""
    text = value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
    if term not in _ALLOWED:
        known = ", ".join(f"view:{one}" for one in _ALLOWED)
        raise DataError(f"{path} gives {subject} the unknown term view:{term}; use {known}.")
    pattern, remedy = _ALLOWED[term]
    if not re.fullmatch(pattern, text):
        shown = textwrap.shorten(text, 60) or "of no text"
        raise DataError(f"{path} gives {subject} the view:{term} {shown}; {remedy}.")
    return text
