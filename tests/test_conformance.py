"""The W3C tests of SPARQL pass through graph as through the engine alone.

They run where RDF_TESTS names a copy of https://github.com/w3c/rdf-tests: `git clone` it, and run
`RDF_TESTS=rdf-tests pytest tests/test_conformance.py`. The copy is not part of this package.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import graph
from graph.errors import GraphError

ROOT = Path(os.environ.get("RDF_TESTS", "nowhere"))
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
CASES = f"""SELECT ?query ?data {{
  {{ ?test <{MF}action> ?action . ?action <{QT}query> ?query OPTIONAL {{ ?action <{QT}data> ?data }} }}
  UNION {{ ?test <{MF}action> ?query FILTER(isIRI(?query)) }}
}} ORDER BY ?query ?data"""


def cases() -> list[tuple[Path, Path | None]]:
    """List the queries of all manifests, each with its data."""
    found = []
    for manifest in sorted(ROOT.glob("sparql/sparql1[012]/*/manifest.ttl")):
        store = ox.Store()
        store.load(path=str(manifest), format=ox.RdfFormat.TURTLE, base_iri=manifest.absolute().as_uri())
        for row in store.query(CASES):  # type: ignore[union-attr]
            query, data = (
                Path(term.value.removeprefix("file://")) if term else None
                for term in (row["query"], row["data"])
            )
            if query and query.suffix == ".rq" and (data is None or data.suffix in {".ttl", ".rdf", ".nt"}):
                found.append((query, data))
    return found


def outcome(answer: Any) -> object:
    """Write rows as sets of terms; blank nodes are all alike."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return len(set(answer))
    names = sorted(variable.value for variable in answer.variables)
    return sorted(
        str([None if isinstance(row[name], ox.BlankNode) else str(row[name]) for name in names])
        for row in answer
    )


@pytest.mark.skipif(not ROOT.is_dir(), reason="RDF_TESTS names no copy of w3c/rdf-tests")
def test_graph_answers_as_the_engine_alone_does() -> None:
    differences, count = [], 0
    for query, data in cases():
        if not query.is_file() or (data and not data.is_file()):
            continue
        text = query.read_bytes().decode("utf-8", errors="replace")
        if "SERVICE" in text or "NOW()" in text.upper() or "UUID" in text.upper() or "RAND" in text.upper():
            continue
        count += 1
        store = ox.Store()
        if data:
            store.load(path=str(data), base_iri=f"http://graph.invalid/{data.name}")
        try:
            expected: object = outcome(store.query(text))
        except (SyntaxError, ValueError, RuntimeError, OSError):
            expected = "refused"
        try:
            answer = graph.load(data or ox.Store()).query(text)
            if answer.results.ntriples is not None:
                found: object = len(set(answer.results.ntriples.splitlines()))
            else:
                parsed = ox.parse_query_results(answer.results.json, format=ox.QueryResultsFormat.JSON)
                found = outcome(parsed)
        except GraphError:
            found = "refused"
        if found != expected:
            differences.append(str(query.relative_to(ROOT.absolute())))
    assert count > 900
    assert differences == []
