"""What Python and JavaScript both do, they do alike: the cases in tests/cases are read by both."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest

from graph.comparison import compare
from graph.endpoint import LocalStore
from graph.labels import LABEL_PROPERTIES, find_labels
from graph.layout import truncate
from graph.payload import _to_words
from graph.sparql import in_order_of_appearance
from graph.styles import ClassStyle, find_types
from graph.terms import Prefixes, parse_term, to_python
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
PREFIXES = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#"}
ITEM = ox.NamedNode("http://a.example/item")


def cases(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def expanded(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


@pytest.mark.parametrize("case", cases("prefixes")["compress"], ids=lambda case: case["iri"])
def test_iris_are_compressed(case: dict[str, Any]) -> None:
    name = Prefixes(cases("prefixes")["prefixes"]).compress(case["iri"])
    assert (None if name.startswith("<") else name) == case["name"]


@pytest.mark.parametrize("case", cases("prefixes")["expand"], ids=lambda case: case["text"])
def test_names_are_expanded(case: dict[str, Any]) -> None:
    term = parse_term(case["text"], Prefixes(cases("prefixes")["prefixes"]))
    assert (term and term[1:-1]) == case["iri"]


@pytest.mark.parametrize("case", cases("prefixes")["compress"], ids=lambda case: case["iri"])
def test_what_is_compressed_is_read_by_the_engine(case: dict[str, Any]) -> None:
    if case["name"]:
        store = ox.Store()
        found: Any = store.query(
            f"SELECT ({case['name']} AS ?x) {{}}", prefixes=cases("prefixes")["prefixes"]
        )
        assert [row["x"] for row in found] == [ox.NamedNode(case["iri"])]


@pytest.mark.parametrize("case", cases("labels")["labels"], ids=lambda case: case["why"])
def test_the_best_label_is_chosen(case: dict[str, Any]) -> None:
    store = ox.Store()
    for name, value, language in case["labels"]:
        store.add(ox.Quad(ITEM, expanded(name), ox.Literal(value, language=language)))
    names = [iri.rpartition("#")[2] for iri in LABEL_PROPERTIES[:2]]
    assert names == ["prefLabel", "label"]
    assert find_labels(LocalStore(store, {}), {ITEM.value}).get(ITEM.value) == case["label"]


@pytest.mark.parametrize("case", cases("labels")["classes"], ids=lambda case: case["why"])
def test_the_best_class_is_chosen(case: dict[str, Any]) -> None:
    store = ox.Store()
    type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for one in case["classes"]:
        store.add(ox.Quad(ITEM, type_, ox.NamedNode(one["iri"])))
    styles = [ClassStyle(one["iri"], "", "", "dot", one["order"], one["count"]) for one in case["classes"]]
    assert find_types(LocalStore(store, {}), [ITEM.value], styles) == {ITEM.value: case["class"]}


@pytest.mark.parametrize("case", cases("labels")["words"], ids=lambda case: case["name"])
def test_identifiers_become_words(case: dict[str, Any]) -> None:
    assert _to_words(case["name"]) == case["words"]


@pytest.mark.parametrize("case", cases("truncation"), ids=lambda case: case["why"])
def test_long_labels_are_truncated(case: dict[str, Any]) -> None:
    assert truncate(case["text"]) == case["truncated"]


@pytest.mark.parametrize("case", cases("columns"), ids=lambda case: case["why"])
def test_columns_come_in_order_of_appearance(case: dict[str, Any]) -> None:
    assert in_order_of_appearance(case["query"], case["columns"]) == case["ordered"]


def term(json_term: dict[str, str]) -> ox.NamedNode | ox.Literal:
    if json_term["type"] == "uri":
        return ox.NamedNode(json_term["value"])
    datatype = json_term.get("datatype")
    return ox.Literal(json_term["value"], datatype=ox.NamedNode(datatype) if datatype else None)


@pytest.mark.parametrize("case", cases("comparison"), ids=lambda case: case["why"])
def test_rows_become_a_comparison(case: dict[str, Any]) -> None:
    rows = [{name: to_python(term(value)) for name, value in row.items()} for row in case["rows"]]
    found = compare(rows, tuple(case["items"]))
    assert {
        "rows": [
            {
                "name": row.name,
                "differs": row.differs,
                "cells": [
                    [
                        {"value": one.value, "period": one.period, "sources": list(one.sources)}
                        for one in values
                    ]
                    for values in row.cells
                ],
            }
            for row in found.rows
        ],
        "sources": [list(source) for source in found.sources],
    } == case["comparison"]


def test_javascript_reads_the_same_cases() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "node").glob("*.test.js"))
    assert [path.stem for path in CASES.glob("*.json") if f'readCases("{path.stem}")' not in text] == []
