"""What a data set tells about itself: its title, size, version, license, and credits."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import commonpath
from pathlib import Path
from typing import Any

from graph.endpoint import Endpoint
from graph.labels import DEFINITION_PROPERTIES, find_labels, find_texts, select
from graph.terms import iri_of

__all__ = ["about", "title_of"]

_COUNTS = """SELECT ?what ?count WHERE {
  { SELECT ("triples" AS ?what) (COUNT(*) AS ?count) { ?s ?p ?o } }
  UNION { SELECT ("graphs" AS ?what) (COUNT(DISTINCT ?g) AS ?count) { GRAPH ?g { ?s ?p ?o } } }
}"""

_VERSION = """SELECT ?version ?modified ?license WHERE {
  { ?data a dcat:Dataset } UNION { ?data a owl:Ontology }
  OPTIONAL { ?data dcat:version|owl:versionInfo ?version }
  OPTIONAL { ?data dcterms:modified ?modified }
  OPTIONAL { ?data dcterms:license ?license }
} ORDER BY ?data LIMIT 1"""

_CREDITS = """SELECT ?credit WHERE {
  ?data a dcat:Dataset ; dcterms:provenance|dcterms:rights ?credit
} ORDER BY ?credit"""

_DATA_SETS = """SELECT DISTINCT ?class ?data {
  VALUES ?class { dcat:Dataset <http://rdfs.org/ns/void#Dataset> owl:Ontology }
  ?data a ?class FILTER(isIRI(?data) || isBlank(?data))
} LIMIT 2000"""
_MAX_NAMES = 3
"""Files or folders that a title names."""
_DESCRIBED = ("dcat#Dataset", "void#Dataset", "owl#Ontology")


def about(endpoint: Endpoint) -> tuple[tuple[str, str], ...]:
    """Tell the size, version, license, and credits of the data, each with its name."""
    counts = {row["what"].value: int(row["count"].value) for row in select(endpoint, _COUNTS)}
    size = [("Facts", f"{counts['triples']:,}")]
    if counts["graphs"]:
        size.append(("Named graphs", f"{counts['graphs']:,}"))
    names = {"version": "Version", "modified": "Last changed", "license": "License of the data"}
    found = [
        (name, row[key].value)
        for row in select(endpoint, _VERSION)
        for key, name in names.items()
        if key in row
    ]
    return (*size, *found, *(("Credit", row["credit"].value) for row in select(endpoint, _CREDITS)))


def title_of(endpoint: Endpoint, data: Sequence[Any]) -> tuple[str, str]:
    """Take the title and description of the one data set or ontology, or else name the folder or files."""
    described: dict[str, list[str]] = {}
    for row in select(endpoint, _DATA_SETS):
        described.setdefault(row["class"].value.rpartition("/")[2], []).append(iri_of(row["data"]))
    for class_ in _DESCRIBED:
        titles = find_labels(endpoint, described.get(class_, []))
        if len(titles) > 1:
            break
        for iri, title in titles.items():
            return title, find_texts(endpoint, {iri}, DEFINITION_PROPERTIES).get(iri, "")
    paths = [item for item in data if isinstance(item, Path)]
    folders = {path.absolute().parent for path in paths}
    names = [folder.name for folder in folders] if len(folders) < len(paths) else []
    names = sorted(names or [path.stem for path in paths])
    if len(names) > _MAX_NAMES and (shared := Path(commonpath(folders)).name):
        return shared, ""
    return ", ".join(names[:_MAX_NAMES]), ""
