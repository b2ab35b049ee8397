"""What people read in the data is American English, and every term has a clean name of its own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from graph import KnowledgeGraph
from graph.files import bundled

BRITISH = re.compile(
    r"programme|centre|licence|colour|\banalys(e|ed|er|ers|ing)\b|labour|\benrol(s|ment|ments)?\b|practis|catalogue|organis|neighbour|"
    r"specialis(e|ed|es|ing|ation)\b|recognis|anaesth|paedi|gynaec|haemat|behaviour|favour|\bfulfil\b|judgement|\btowards\b|\bwhilst\b|dependants|"
    r"\b(sit|sits|sat|sitting) (the|an?|it)\b",
    re.IGNORECASE,
)
PROPER_NAMES = {"Certified Orthopaedic Surgery Coder"}
"""Names that an organization writes the British way."""
TERM_LABELS = "SELECT DISTINCT ?label { ?term rdfs:label ?label FILTER(!STRSTARTS(STR(?term), STR(rule:))) }"


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("ambulatory surgery center", "setting:ambulatory-surgery-center"),
        ("ambulatory surgery centre", "setting:ambulatory-surgery-center"),
        ("surgery center", "setting:ambulatory-surgery-center"),
        ("surgery centre", "setting:ambulatory-surgery-center"),
        ("outpatient cancer centre", "setting:outpatient-cancer-center"),
        ("certificate program", "prog:vocational-certificate"),
        ("certificate programme", "prog:vocational-certificate"),
        ("billing and coding program", "prog:billing-coding-program"),
        ("billing and coding programme", "prog:billing-coding-program"),
    ],
)
def test_american_and_british_names_find_the_same_item(text: str, item: str, kg: KnowledgeGraph) -> None:
    prefix, _, name = item.partition(":")
    assert kg.resolve(text) == kg.prefixes[prefix] + name


def test_texts_are_american_english(kg: KnowledgeGraph) -> None:
    query = """SELECT DISTINCT ?item ?text {
      ?item ?relation ?value FILTER(isLiteral(?value) && LANG(?value) IN ("", "en") && ?relation NOT IN (skos:altLabel, schema:url))
      BIND(STR(?value) AS ?text)
    }"""
    texts = {(str(row["item"]), str(row["text"])) for row in kg.query(query)}
    assert len(texts) > 1000
    assert {
        (item, text) for item, text in texts if BRITISH.search(text) and text not in PROPER_NAMES
    } == set()
    assert any(
        BRITISH.search(str(row["text"])) for row in kg.query("SELECT ?text { ?item skos:altLabel ?text }")
    )


def test_local_names_are_american_english(kg: KnowledgeGraph) -> None:
    query = "SELECT DISTINCT ?item { { ?item ?p ?o } UNION { ?s ?item ?o } FILTER(STRSTARTS(STR(?item), STR(data:)) && !STRSTARTS(STR(?item), STR(rule:))) }"
    names = {str(row["item"]).removeprefix(kg.prefixes["data"]) for row in kg.query(query)}
    assert {name for name in names if BRITISH.search(name)} == set()


def test_messages_of_shapes_are_american_english() -> None:
    assert BRITISH.search((bundled() / "shapes.ttl").read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", sorted(bundled().rglob("*.rq")), ids=lambda path: path.stem)
def test_headers_of_queries_are_american_english(path: Path) -> None:
    header = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#+")]
    assert [line for line in header if BRITISH.search(line)] == []


def test_columns_of_answers_are_american_english(kg: KnowledgeGraph) -> None:
    for asked in kg.questions():
        names = {*kg.query(asked).columns, *(parameter.name for parameter in asked.parameters)}
        assert {name for name in names if BRITISH.search(name)} == set(), asked.name


def test_no_two_properties_share_a_label(kg: KnowledgeGraph) -> None:
    query = """SELECT DISTINCT ?property ?label {
      { SELECT DISTINCT ?property { { ?s ?property ?o } UNION { ?property a owl:ObjectProperty } UNION { ?property a owl:DatatypeProperty } } }
      ?property rdfs:label ?label
    }"""
    labels = Counter(str(row["label"]) for row in kg.query(query))
    assert len(labels) > 200
    assert [label for label, count in labels.items() if count > 1] == []


def test_a_label_is_a_clean_phrase(kg: KnowledgeGraph) -> None:
    view = (bundled() / "view.ttl").read_text(encoding="utf-8")
    inverse = set(re.findall(r'view:inverseLabel "(.+)"@en', view))
    assert len(inverse) > 50
    labels = {str(row["label"]) for row in kg.query(TERM_LABELS)}
    assert len(labels) > 200
    assert BRITISH.search(" ".join(inverse)) is None
    assert {label for label in labels | inverse if not re.fullmatch(r"\w(.*[\w)])?", label)} == set()


def test_the_class_of_an_item_is_its_type_and_not_a_kind(kg: KnowledgeGraph) -> None:
    query = "SELECT ?label { VALUES ?property { rdf:type rdfs:subClassOf } ?property rdfs:label ?label } ORDER BY ?label"
    assert [str(row["label"]) for row in kg.query(query)] == ["is a subclass of", "type"]
