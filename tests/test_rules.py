"""Rules conclude everything that follows, each in a graph of its own, and come to an end."""

from __future__ import annotations

import time

import owlrl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

import graph
from graph import KnowledgeGraph
from graph.errors import GraphError, RuleError
from graph.rules import MAX_ITERATIONS
from tests.conftest import Write

NOT_OURS = "FILTER(!STRSTARTS(STR(?g), STR(rule:)))"


def said_in(kg: KnowledgeGraph, name: str) -> set[str]:
    """Give the links between things that a rule's graph holds, such as `a-sailsTo-b`."""
    rows = kg.query(f"SELECT ?s ?p ?o {{ GRAPH <urn:rule:{name}> {{ ?s ?p ?o FILTER(isIRI(?o)) }} }}")
    return {"-".join(str(value).rsplit("/", 1)[-1] for value in row.values()) for row in rows}


def test_each_rule_has_a_graph_of_its_own(ferries: KnowledgeGraph) -> None:
    assert said_in(ferries, "and-back") == {"saltness-sailsTo-northport"}
    assert said_in(ferries, "all-year") == {"northport-sailsTo-eastholm"}


def test_rules_build_on_each_other_until_nothing_is_new(ferries: KnowledgeGraph) -> None:
    ports = ("northport", "eastholm", "saltness")
    assert said_in(ferries, "reach") == {f"{a}-reaches-{b}" for a in ports for b in ports}


def test_plain_queries_see_what_was_concluded(ferries: KnowledgeGraph) -> None:
    assert ferries.query("ASK { ferry:saltness ferry:sailsTo ferry:northport }").boolean


def test_what_is_said_is_not_repeated_unless_the_rule_says_so(ferries: KnowledgeGraph) -> None:
    assert "eastholm-sailsTo-northport" not in said_in(ferries, "and-back")
    assert "northport-sailsTo-eastholm" in said_in(ferries, "all-year")


def test_a_rule_says_what_it_is(ferries: KnowledgeGraph) -> None:
    words = {
        str(row["rule"]): (row["title"], row["sentence"])
        for row in ferries.query(
            "SELECT ?rule ?title ?sentence { GRAPH ?rule { ?rule rdfs:label ?title ; rdfs:comment ?sentence } }"
        )
    }
    assert words == {
        "urn:rule:all-year": ("all year", "Both timetables say so."),
        "urn:rule:and-back": ("there and back", "What sails one way sails back."),
        "urn:rule:reach": ("reach", "From where you can sail you can sail on."),
    }


def test_a_rule_may_have_any_name(write: Write) -> None:
    rule = "CONSTRUCT { ?b <a:q> ?a } WHERE { ?a <a:p> ?b }"
    folder = write({"facts.ttl": "<a:x> <a:p> <a:y> .", "rules/my own rüle.rq": rule})
    assert graph.load(folder).query("ASK { GRAPH ?g { <a:y> <a:q> <a:x> } }").boolean


def test_a_long_chain_is_followed_to_its_end(write: Write) -> None:
    length = MAX_ITERATIONS + 20
    chain = "".join(f"<a:{number}> <a:next> <a:{number + 1}> .\n" for number in range(length))
    rule = "CONSTRUCT { <a:0> <a:reaches> ?b } WHERE { { <a:0> <a:next> ?b } UNION { <a:0> <a:reaches>/<a:next> ?b } }"
    folder = write({"facts.ttl": chain, "rules/reach.rq": rule})
    assert graph.load(folder).query(f"ASK {{ <a:0> <a:reaches> <a:{length}> }}").boolean


ENDLESS = {
    "a blank node each round": "CONSTRUCT { ?x <a:makes> [ a <a:T> ] } WHERE { ?x a <a:T> }",
    "one blank node": "CONSTRUCT { <a:x> <a:makes> [] } WHERE { }",
    "longer and longer names": "CONSTRUCT { ?y a <a:T> } WHERE { ?x a <a:T> BIND(IRI(CONCAT(STR(?x), 'x')) AS ?y) }",
    "each pair makes a name": (
        "CONSTRUCT { ?z a <a:T> } WHERE { ?x a <a:T> . ?y a <a:T> BIND(IRI(CONCAT('a:', SHA1(CONCAT(STR(?x), STR(?y))))) AS ?z) }"
    ),
    "counting": "CONSTRUCT { <a:x> <a:count> ?more } WHERE { { <a:x> <a:count> ?n BIND(?n + 1 AS ?more) } UNION { BIND(0 AS ?more) } }",
}


@pytest.mark.parametrize("rule", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_rule_is_named_within_seconds(rule: str, write: Write) -> None:
    facts = "".join(f"<a:{number}> a <a:T> .\n" for number in range(60))
    harmless = "CONSTRUCT { ?x a <a:Thing> } WHERE { ?x a <a:Other> }"
    folder = write({"facts.ttl": facts, "rules/endless.rq": rule, "rules/harmless.rq": harmless})
    start = time.monotonic()
    with pytest.raises(RuleError) as caught:
        graph.load(folder).query("ASK {}")
    assert str(caught.value) == (
        "endless.rq does not terminate: it creates new IRIs or blank nodes in every round; "
        "remove BNODE, UUID, or IRI(…) from its template."
    )
    assert time.monotonic() - start < 10


def test_a_rule_that_only_concludes_much_is_not_endless(write: Write) -> None:
    facts = "".join(f"<a:{number}> a <a:T> .\n" for number in range(100))
    folder = write(
        {
            "facts.ttl": facts,
            "rules/pairs.rq": "CONSTRUCT { ?x <a:beside> ?y } WHERE { ?x a <a:T> . ?y a <a:T> }",
        }
    )
    (row,) = graph.load(folder).query("SELECT (COUNT(*) AS ?links) { ?x <a:beside> ?y }")
    assert row["links"] == 10_000


FAULTY = {
    "CONSTRUCT { ?s ?p } WHERE { ?s ?p ?o }": "Line 1, column 19: ",
    "CONSTRUCT { ?s nobody:knows ?o } WHERE { ?s ?p ?o }": "Line 1, column 16: the prefix nobody: is unknown; write PREFIX nobody: <…>",
    "SELECT * WHERE { ?s ?p ?o }": "is not a CONSTRUCT query; write a rule as CONSTRUCT { … }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }": "INSERT changes data, which is read-only",
    "CONSTRUCT { ?s ?p ?n } WHERE { ?s ?p ?o BIND(<a:function>(?o) AS ?n) }": "cannot be run",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }": "SERVICE asks another server",
    "": "The query is empty",
}


@pytest.mark.parametrize(("rule", "reason"), FAULTY.items())
def test_a_faulty_rule_is_named_in_one_sentence(rule: str, reason: str, write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> a <a:T> .", "rules/faulty.rq": rule})
    with pytest.raises(RuleError) as caught:
        graph.load(folder).query("ASK {}")
    message = str(caught.value)
    assert message.startswith(str(folder / "rules" / "faulty.rq"))
    assert reason in message
    assert "\n" not in message
    assert len(message) < len(str(folder)) + 200


def test_a_rule_that_is_not_utf_8_is_named(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> a <a:T> .", "rules/faulty.rq": b"# \xff"})
    with pytest.raises(GraphError, match=r"faulty\.rq cannot be read .* give a \.rq file in UTF-8\.$"):
        graph.load(folder).query("ASK {}")


def as_rdflib(kg: KnowledgeGraph, query: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=kg.query(query).to_text("ttl"), format="turtle")


def test_owlrl_concludes_the_same_as_our_rules(kg: KnowledgeGraph) -> None:
    """Compare everything that OWL can say: symmetric, inverse, sub-property, sub-class and chain, wages left out."""
    axioms = as_rdflib(
        kg,
        """CONSTRUCT { ?s ?p ?o } WHERE {
          { VALUES ?p { owl:inverseOf rdfs:subPropertyOf rdfs:subClassOf owl:propertyChainAxiom rdf:first rdf:rest } ?s ?p ?o }
          UNION { VALUES ?o { owl:SymmetricProperty } ?s a ?o BIND(rdf:type AS ?p) }
        }""",
    )
    properties = {
        RDF.type,
        *axioms.subjects(RDF.type, OWL.SymmetricProperty),
        *axioms.objects(None, RDF.first),
    }
    for relation in (OWL.inverseOf, RDFS.subPropertyOf, OWL.propertyChainAxiom):
        for subject, obj in axioms.subject_objects(relation):
            properties |= {subject, obj} - set(axioms.subjects(RDF.rest))
    these = " ".join(found.n3() for found in properties if isinstance(found, rdflib.URIRef))
    figures = "FILTER NOT EXISTS { ?s a ?left FILTER(?left IN (mbc:Observation, mbc:Step)) }"
    said = as_rdflib(
        kg,
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {these} }} GRAPH ?g {{ ?s ?p ?o }} {NOT_OURS} {figures} }}",
    )
    ours = as_rdflib(kg, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {these} }} ?s ?p ?o {figures} }}")

    closure = axioms + said
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)

    def of_the_data(found: rdflib.Graph) -> set[tuple[str, str, str]]:
        mbc = kg.prefixes["mbc"]
        return {
            (str(s), str(p), str(o))
            for s, p, o in found
            if (str(o) if p == RDF.type else str(p)).startswith(mbc) and not str(s).startswith(mbc)
        }

    assert of_the_data(ours) == of_the_data(closure)
    assert len(of_the_data(ours)) > len(of_the_data(said)) + 100


def test_rules_of_a_folder_see_only_what_it_brings_unless_they_may_see_all(write: Write) -> None:
    rule = "CONSTRUCT { ?s <a:seen> ?o } WHERE { ?s <a:p> ?o }"
    folder = write(
        {
            "theirs/f.ttl": "<a:x> <a:p> 1 .",
            "theirs/rules/r.rq": rule,
            "private.ttl": "<a:me> <a:p> 'secret' .",
        }
    )
    seen = "SELECT ?s { ?s <a:seen> ?o } ORDER BY ?s"
    paths = (folder / "private.ttl", folder / "theirs")
    assert [row["s"] for row in graph.load(*paths).query(seen)] == ["a:x"]
    assert [row["s"] for row in graph.load(*paths, rules=True).query(seen)] == ["a:me", "a:x"]
