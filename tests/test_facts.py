"""Every fact that was gathered stands in the graph, in the words of the table, said by its source."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from graph import KnowledgeGraph
from tests.conftest import store_of

HERE = Path(__file__).parent
NAMES = {"http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#altLabel"}
ROWS = range(2, 1405)
"""The rows of the table that the facts were gathered in, counted as its lines."""
SECOND = range(1405, 3229)
"""The rows of a second table, counted on."""
SEED = range(2, 138)
"""Those whose source is the article."""


class Fact(NamedTuple):
    """A row of the table: what it is about, what is said of it, and the graph that says it."""

    row: int
    subject: str
    value: str
    source: str


class Statement(NamedTuple):
    """A row of the second table: a statement, or a figure with its unit and period, and the graph of its source."""

    row: int
    subject: str
    property: str
    value: str
    unit: str
    period: str
    source: str


def table(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


FACTS = [Fact(int(row), *rest) for row, *rest in table("facts.tsv")]
STATEMENTS = [Statement(int(row), *rest) for row, *rest in table("facts-2.tsv")]
LEFT_OUT = {int(row): reason for row, reason in table("facts-left-out.tsv")}


@pytest.fixture(scope="session")
def said(kg: KnowledgeGraph) -> dict[str, set[tuple[str, str]]]:
    """For each graph, every pair of a name and what the graph says of the thing of that name."""
    names: dict[str, set[str]] = defaultdict(set)
    about: dict[str, str] = {}
    quads = list(ox.parse(b"\n".join(store_of(kg).dump().quads), format=ox.RdfFormat.N_QUADS))
    for quad in quads:
        if quad.predicate.value in NAMES:
            names[str(quad.subject)].add(quad.object.value)
        if quad.predicate.value == kg.prefixes["mbc"] + "about":
            about[str(quad.subject)] = str(quad.object)
    shorten = kg.prefixes.compress
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            continue
        value = (
            {quad.object.value}
            if isinstance(quad.object, ox.Literal)
            else names[str(quad.object)] | {quad.object.value}
        )
        subject = about.get(str(quad.subject), str(quad.subject))
        pairs[shorten(quad.graph_name.value)] |= {(name, one) for name in names[subject] for one in value}
    return pairs


@pytest.fixture(scope="session")
def stated(kg: KnowledgeGraph) -> set[tuple[str, str, str, str, str, str]]:
    """Every statement of every graph; a figure as what it is about, measure, value, unit, and period."""
    shorten = kg.prefixes.compress
    figures: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    found = set()
    for quad in ox.parse(b"\n".join(store_of(kg).dump().quads), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            continue
        subject, name, source = (
            shorten(str(term.value)) for term in (quad.subject, quad.predicate, quad.graph_name)
        )
        value = quad.object.value if isinstance(quad.object, ox.Literal) else shorten(str(quad.object.value))
        if subject.startswith("obs:"):
            figures[source, subject][name] = value
        else:
            found.add((subject, name, value, "", "", source))
    for (source, _), figure in figures.items():
        if "mbc:measure" in figure:
            value = (
                figure.get("mbc:value") or f"{figure.get('mbc:minimum', '')}..{figure.get('mbc:maximum', '')}"
            )
            found.add(
                (
                    figure["mbc:about"],
                    figure["mbc:measure"],
                    value,
                    figure["mbc:unit"],
                    figure["mbc:period"],
                    source,
                )
            )
    return found


def test_every_row_of_the_second_table_is_stated_by_its_source(
    stated: set[tuple[str, str, str, str, str, str]],
) -> None:
    assert [statement for statement in STATEMENTS if statement[1:] not in stated] == []


def test_every_row_is_in_the_graph_of_its_source(said: dict[str, set[tuple[str, str]]]) -> None:
    lost = [fact for fact in FACTS if (fact.subject, fact.value) not in said[fact.source]]
    assert lost == []


def test_every_row_is_used_or_left_out_for_a_reason() -> None:
    used = {row.row for row in FACTS} | {row.row for row in STATEMENTS}
    assert used | LEFT_OUT.keys() == {*ROWS, *SECOND}
    assert not used & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


def test_all_of_the_article_but_its_furniture_is_used() -> None:
    assert {row for row in SEED if row in LEFT_OUT} == {10, 11}
    passages = {fact.row for fact in FACTS if fact.source.startswith("psg:")}
    assert set(SEED) - LEFT_OUT.keys() - passages == {
        4
    }  # where the article came from: what the editors found out


def test_every_passage_says_something(kg: KnowledgeGraph) -> None:
    passages = {str(row["passage"]) for row in kg.query("SELECT ?passage { ?passage a mbc:Passage }")}
    silent = passages - {str(row["g"]) for row in kg.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert silent == set()


INVENTING = (
    "winenfood.com",
    "visualfoodie.com",
    "eatsip365.com",
    "eathealthy365.com",
    "medicalbillingandcoding.training/aapc",
    "/chonc",
)
"""Pages that invent credentials or names."""


def test_no_claim_of_a_page_that_invents_things_is_in_the_graph(kg: KnowledgeGraph) -> None:
    addresses = {
        str(row["url"])
        for row in kg.query(
            "SELECT DISTINCT ?url { GRAPH ?source { ?s ?p ?o } ?source a mbc:Source ; schema:url ?url }"
        )
    }
    assert len(addresses) > 200
    assert {address for address in addresses if any(part in address for part in INVENTING)} == set()


def test_every_source_has_a_publisher_a_typed_date_and_a_form(kg: KnowledgeGraph) -> None:
    query = """SELECT ?source {
      ?source a mbc:Source OPTIONAL { ?source dcterms:isPartOf ?whole } BIND(COALESCE(?whole, ?source) AS ?work)
      FILTER NOT EXISTS { ?source dcterms:publisher ?publisher . ?work dcterms:date ?date ; mbc:seenAs ?form
        FILTER(DATATYPE(?date) IN (xsd:date, xsd:gYear, xsd:gYearMonth, <http://id.loc.gov/datatypes/edtf/EDTF>) || STR(?date) = "undated") }
    }"""
    assert list(kg.query(query)) == []


def test_passages_of_an_article_share_its_publisher(kg: KnowledgeGraph) -> None:
    query = "SELECT DISTINCT ?publisher { ?passage a mbc:Passage ; dcterms:publisher ?publisher ; dcterms:isPartOf/dcterms:publisher ?whole }"
    assert [row["publisher"] for row in kg.query(query)] == [kg.prefixes["org"] + "not-stated"]


def test_many_statements_are_agreed_by_independent_publishers(kg: KnowledgeGraph) -> None:
    """What repeats another publisher's text counts as that publisher; the seed article has none."""
    query = """SELECT ?s ?p ?o {
      ?source a mbc:Source ; dcterms:type ?kind ; dcterms:publisher ?publisher
      FILTER(?kind NOT IN (kind:opinion, kind:unattributed) && ?publisher != org:not-stated)
      OPTIONAL { ?source dcterms:source ?origin } BIND(COALESCE(?origin, ?publisher) AS ?voice)
      GRAPH ?source { ?s ?p ?o } FILTER(STRSTARTS(STR(?p), STR(mbc:)))
      FILTER(!EXISTS { ?s mbc:about ?item } || ?p IN (mbc:value, mbc:minimum, mbc:maximum))
    } GROUP BY ?s ?p ?o HAVING(COUNT(DISTINCT ?voice) > 1)"""
    assert len(kg.query(query)) >= 120


def test_there_are_forty_certifications_or_more(kg: KnowledgeGraph) -> None:
    assert len(kg.query("SELECT ?c { ?c a mbc:Certification }")) >= 40


def test_roles_are_not_occupations(kg: KnowledgeGraph) -> None:
    assert not kg.query("ASK { ?thing a mbc:Role , mbc:Occupation }")


def test_every_statement_of_a_source_has_one_level_of_trust(kg: KnowledgeGraph) -> None:
    query = """SELECT ?s ?p ?o (COUNT(DISTINCT ?level) AS ?levels) {
      { SELECT DISTINCT ?s ?p ?o {
          ?source a mbc:Source . GRAPH ?source { ?s ?p ?o } FILTER(STRSTARTS(STR(?p), STR(mbc:)))
          FILTER(!EXISTS { ?s mbc:about ?thing } || ?p IN (mbc:value, mbc:minimum, mbc:maximum))
      } }
      OPTIONAL { GRAPH ?level { ?s ?p ?o } FILTER(STRSTARTS(STR(?level), CONCAT(STR(rule:), "trust-"))) }
    } GROUP BY ?s ?p ?o"""
    levels = Counter(row["levels"] for row in kg.query(query))
    assert set(levels) == {1}


@pytest.mark.parametrize(
    ("level", "statement"),
    [
        ("trust-1-issuer", "cert:cpc mbc:isAwardedBy org:aapc"),
        ("trust-2-official", "obs:oews-2025-soc-29-2072-annual-pay-median-us mbc:value 51140"),
        ("trust-3-agreed", "obs:cbcs-exam-scored-questions-2026 mbc:value 100"),
        ("trust-4-single", "role:medical-biller mbc:needsTrait trait:empathy"),
        ("trust-5-opinion", "role:medical-coder mbc:suitsTrait trait:introvert"),
    ],
)
def test_trust_follows_from_who_says_it(kg: KnowledgeGraph, level: str, statement: str) -> None:
    assert kg.query(f"ASK {{ GRAPH rule:{level} {{ {statement} }} }}")


def test_disagreements_are_all_there_and_reached_from_what_they_are_about(kg: KnowledgeGraph) -> None:
    query = "SELECT ?number (COUNT(DISTINCT ?side) AS ?sides) { ?d a mbc:Disagreement ; skos:notation ?number ; mbc:concerns ?thing ; mbc:hasPosition ?side } GROUP BY ?number"
    found = {int(str(row["number"])): row["sides"] for row in kg.query(query)}
    assert sorted(found) == list(range(1, 48))
    assert all(isinstance(sides, int) and sides >= 2 for sides in found.values())


def test_every_difference_that_the_rule_finds_is_explained(kg: KnowledgeGraph) -> None:
    query = """SELECT ?one ?other {
      GRAPH rule:figures-conflicting { ?one mbc:differsFrom ?other }
      FILTER NOT EXISTS { ?d mbc:hasPosition/mbc:hasFigure ?one , ?other . ?d a mbc:Disagreement }
    }"""
    assert kg.query("ASK { ?one mbc:differsFrom ?other }")
    assert list(kg.query(query)) == []


def test_figures_of_the_past_never_answer_for_today(kg: KnowledgeGraph) -> None:
    questions = "SELECT ?value { ?f mbc:about cert:cpc ; mbc:measure measure:exam-questions ; mbc:value ?value FILTER NOT EXISTS { ?f mbc:isSetAside true } }"
    assert [row["value"] for row in kg.query(questions)] == [100]
