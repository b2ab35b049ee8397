"""Labels of resources, asked for in bounds: only of the resources that somebody wants to show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.terms import BLANK, iri_of

__all__ = ["LABEL_PROPERTIES", "find_labels", "label_or_name", "local_name", "select"]

LABEL_PROPERTIES = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    "https://schema.org/name",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
)
"""Properties that give a label, the preferred one first."""

_CHUNK = 2_000
"""Resources in one look-up."""


def select(endpoint: Endpoint, sparql: str) -> Iterator[dict[str, Any]]:
    """Run a SELECT query, and yield its rows without what is unbound."""
    found: Any = ox.parse_query_results(endpoint.query(sparql).json, format=ox.QueryResultsFormat.JSON)
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name] for name in names if row[name] is not None}


def find_labels(endpoint: Endpoint, iris: Collection[str]) -> dict[str, str]:
    """Find the labels of some resources: English before no language before others.

    A blank node is named by its IRI (see `terms.BLANK`). Resources without a label are left out.
    """
    named = sorted(iri for iri in iris if not iri.startswith(BLANK))
    queries = [
        _query(f"VALUES ?s {{ {' '.join(f'<{iri}>' for iri in some)} }}", "") for some in _chunks(named)
    ]
    if len(named) < len(iris):
        queries.append(_query("", "FILTER(isBlank(?s))"))
    ranks: dict[str, tuple[int, int, str]] = {}
    for query in queries:
        for row in select(endpoint, query):
            label, iri = row["label"], iri_of(row["s"])
            if isinstance(label, ox.Literal) and iri in iris:
                rank = (LABEL_PROPERTIES.index(row["p"].value), _language_rank(label.language), label.value)
                ranks[iri] = min(ranks.get(iri, rank), rank)
    return {iri: label for iri, (_, _, label) in ranks.items()}


def label_or_name(iri: str, labels: dict[str, str]) -> str:
    """Name a resource by its label, or else by the end of its IRI."""
    if label := labels.get(iri):
        return label
    return (
        f"(unnamed {re.sub('^f0n', '', iri.removeprefix(BLANK))})"
        if iri.startswith(BLANK)
        else local_name(iri)
    )


def local_name(iri: str) -> str:
    """Return the last part of an IRI, percent-decoded as far as it is text.

    >>> local_name("http://a.example/caf%C3%A9")
    'café'
    """
    from urllib.parse import unquote

    end = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    try:
        return unquote(end, errors="strict") or iri
    except UnicodeDecodeError:
        return end


def _query(start: str, end: str) -> str:
    # FILTER … IN and not a second VALUES, which makes Oxigraph join all labels: 0.025 s instead of 5 s for 2,000 IRIs.
    properties = ", ".join(f"<{iri}>" for iri in LABEL_PROPERTIES)
    return f"SELECT ?s ?p ?label {{ {start} ?s ?p ?label FILTER(?p IN ({properties})) {end} }}"


def _chunks(iris: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(iris), _CHUNK):
        yield iris[start : start + _CHUNK]


def _language_rank(language: str | None) -> int:
    if language is None:
        return 1
    return 0 if language.lower().split("-")[0] == "en" else 2
