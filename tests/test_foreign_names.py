"""Items and data sets of others are called what their data calls them."""

from __future__ import annotations

import pytest

import graph
from graph.errors import QuestionError
from graph.labels import LABEL_PROPERTIES
from tests.conftest import Write
from tests.test_payload import payload

PREFIXES = """@prefix a: <http://a.example/> . @prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix void: <http://rdfs.org/ns/void#> .
"""


@pytest.mark.parametrize(
    "iri",
    [
        "http://usefulinc.com/ns/doap#name",
        "http://www.w3.org/ns/shacl#name",
        "http://lv2plug.in/ns/lv2core#name",
        "http://purl.obolibrary.org/obo/IAO_0000111",
        "https://schema.org/name",
    ],
)
def test_a_name_by_a_known_property_is_a_label(iri: str, write: Write) -> None:
    kg = graph.load(write({"facts.ttl": f"<http://a.example/x> <{iri}> 'Ann' ."}))
    assert kg.labels(["http://a.example/x"]) == {"http://a.example/x": "Ann"}
    assert kg.resolve("ann") == "http://a.example/x"


def test_a_declared_subproperty_of_label_gives_labels(write: Write) -> None:
    facts = """a:called rdfs:subPropertyOf a:named . a:named rdfs:subPropertyOf rdfs:label .
    skos:altLabel rdfs:subPropertyOf rdfs:label . a:nick rdfs:subPropertyOf skos:altLabel .
    a:x a:called 'Ann' ; skos:altLabel 'Annie' ; a:nick 'An' . a:y skos:altLabel 'Bob' ; a:nick 'Bo' ."""
    kg = graph.load(write({"facts.ttl": PREFIXES + facts}))
    assert kg.labels(["http://a.example/x", "http://a.example/y"]) == {"http://a.example/x": "Ann"}
    assert kg.resolve("Ann") == "http://a.example/x"
    properties = payload(kg).label_properties
    assert properties == (*LABEL_PROPERTIES, "http://a.example/called", "http://a.example/named")


TITLES = {
    "one ontology": (
        "a:o a owl:Ontology ; dcterms:title 'Ships' ; dcterms:description 'All of them.' .",
        "Ships",
        "All of them.",
    ),
    "English first": (
        "a:o a owl:Ontology ; dc:title 'Schiffe'@de , 'Ships'@en ; rdfs:comment 'Alle.'@de , 'All.'@en .",
        "Ships",
        "All.",
    ),
    "the data set, not its vocabulary": (
        "a:d a dcat:Dataset ; dcterms:title 'Data' . a:o a owl:Ontology ; dcterms:title 'Terms' .",
        "Data",
        "",
    ),
    "two ontologies": (
        "a:o a owl:Ontology ; dcterms:title 'Ships' . a:p a owl:Ontology ; dcterms:title 'Ports' .",
        "",
        "",
    ),
    "one of two has a title": ("a:o a owl:Ontology ; rdfs:label 'Ships' . a:p a owl:Ontology .", "Ships", ""),
    "two data sets and an ontology": (
        "a:d a void:Dataset ; rdfs:label 'D' . a:e a void:Dataset ; rdfs:label 'E' . a:o a owl:Ontology ; rdfs:label 'O' .",
        "",
        "",
    ),
    "a title that is no text": (
        "a:o a owl:Ontology ; dcterms:title a:t , [ rdfs:label 'x' ] ; dcterms:description a:t .",
        "",
        "",
    ),
    "a description that is no text": (
        "a:o a owl:Ontology ; dcterms:title 'Ships' ; dcterms:description [] .",
        "Ships",
        "",
    ),
    "a type that is a text": ("a:o a 'owl:Ontology' ; dcterms:title 'Ships' .", "", ""),
}


@pytest.mark.parametrize(("facts", "title", "description"), TITLES.values(), ids=TITLES)
def test_the_title_is_that_of_the_one_data_set_described(
    facts: str, title: str, description: str, write: Write
) -> None:
    found = payload(graph.load(write({"facts.ttl": PREFIXES + facts}) / "facts.ttl"))
    assert (found.title, found.description) == (title or "facts", description)


def test_a_folder_of_many_folders_gives_its_name(write: Write) -> None:
    folder = write(
        {f"{name}/facts.ttl": f"<http://a.example/{name}> a <http://a.example/T> ." for name in "abcd"}
    )
    assert payload(graph.load(folder)).title == folder.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("E21_Person", "E21_Person"),
        ("e21_person", "E21_Person"),
        ("E21", "E21_Person"),
        ("RO_0002211", "obo#RO_0002211"),
        ("RO:0002211", "obo#RO_0002211"),
        ("Salt Ness", "Salt%20Ness"),
        ("North", "x"),
    ],
)
def test_an_item_is_found_by_the_end_of_its_iri_or_its_code(text: str, name: str, write: Write) -> None:
    facts = """a:E21_Person rdfs:label "Person"@en . a:x rdfs:label "North" . a:North rdfs:label "up" . a:E2 rdfs:label "e" .
    <http://a.example/obo#RO_0002211> rdfs:label "regulates" ; dc:identifier "RO:0002211" . <http://a.example/Salt%20Ness> a:p 1 ."""
    assert graph.load(write({"facts.ttl": PREFIXES + facts})).resolve(text) == f"http://a.example/{name}"


def test_the_beginning_of_several_ends_names_none(write: Write) -> None:
    kg = graph.load(write({"facts.ttl": PREFIXES + "a:x_1 rdfs:label 'one' . a:x_2 rdfs:label 'two' ."}))
    with pytest.raises(QuestionError, match="No item is called “x”"):
        kg.resolve("x")
