"""Conditions stay with their facts, and no route or figure promises more than its sources do."""

from __future__ import annotations

import pytest

from graph import KnowledgeGraph


@pytest.mark.parametrize(
    ("row", "pattern"),
    [
        (
            954,
            "GRAPH ?g { elig:move-biller-to-coder mbc:movesFrom role:medical-biller ; mbc:movesTo role:medical-coder ; mbc:needsOneOf cert:cpc , cert:cca }",
        ),
        (
            955,
            "GRAPH ?g { elig:move-revenue-cycle-to-coder mbc:movesTo role:professional-fee-coder ; mbc:needs cert:cpc }",
        ),
        (
            192,
            "GRAPH src:army-cool-cpc { cert:cpc mbc:recognition ?good ; mbc:accreditationNote ?note } FILTER(CONTAINS(?good, 'in demand'))",
        ),
        (
            603,
            "elig:ods-certificate mbc:needsOneOf award:associate-degree , award:sixty-credits ; mbc:needs prog:ncra-certificate",
        ),
        (
            604,
            "elig:ods-hours mbc:needsOneOf award:sixty-credits ; mbc:alsoNeeds ?more FILTER(CONTAINS(?more, 'anatomy'))",
        ),
        (430, "elig:rhit-associate mbc:needsOneOf prog:him-associate , prog:him-foreign"),
        (
            452,
            "elig:rhia-degree mbc:needsOneOf cert:rhit ; mbc:alsoNeeds ?more FILTER(CONTAINS(?more, '2017'))",
        ),
        (576, "elig:ccds-associate mbc:alsoNeeds ?more FILTER(CONTAINS(?more, 'terminology'))"),
        (699, 'code:icd-10-cm mbc:inUseSince "2015-10-01"^^xsd:date'),
        (713, 'code:icd-10-pcs mbc:inUseSince "2015-10-01"^^xsd:date'),
        (711, "code:icd-10-pcs mbc:developedIn 1995"),
        (674, "org:acdis mbc:operatorIsStatedFor ?years FILTER(STRSTARTS(?years, '2015'))"),
        (135, "mbc:canBeHarderThan rdfs:label ?label FILTER(CONTAINS(?label, 'depending on background'))"),
        (79, "obs:vocational-certificate-duration-seed-article mbc:bound bound:about"),
        (648, "obs:ahima-members-mid-2000s mbc:bound bound:about"),
        (670, "obs:hfma-members-not-stated mbc:bound bound:about"),
        (35, "path:biller-coder mbc:educationRequirementsVaryBy ?by"),
        (
            605,
            "?figure mbc:about cert:ods ; mbc:value 60 ; mbc:category ?part FILTER(STRSTARTS(?part, 'open'))",
        ),
        (525, "cert:cbcs mbc:remark ?rest FILTER(CONTAINS(?rest, 'compliance'))"),
        (729, "code:cpt mbc:isAlsoCalled ?name FILTER(STRSTARTS(?name, 'HCPCS'))"),
        (609, "cert:cbcs mbc:remark ?price FILTER(CONTAINS(?price, 'cheapest'))"),
    ],
)
def test_a_condition_stays_with_its_fact(kg: KnowledgeGraph, row: int, pattern: str) -> None:
    assert kg.query(f"ASK {{ {pattern} }}").boolean, row


@pytest.mark.parametrize(
    "pattern",
    [
        "code:cpt mbc:fullName ?name FILTER(STRSTARTS(?name, 'HCPCS'))",
        "cert:cbcs mbc:reputation ?price FILTER(CONTAINS(?price, 'cheapest'))",
        "GRAPH src:bls-projections-2024-34-occupations { ?class mbc:outlookInWords ?words }",
        "cert:cmrs mbc:allowedBook ?book FILTER(CONTAINS(?book, '45 days'))",
    ],
)
def test_nothing_is_stated_by_the_wrong_source_or_relation(kg: KnowledgeGraph, pattern: str) -> None:
    assert not kg.query(f"ASK {{ {pattern} }}").boolean


def test_the_sideways_move_asks_for_a_certification(kg: KnowledgeGraph) -> None:
    for route in kg.route("medical biller", "medical coder"):
        assert {"cpc", "cca"} & {step.end.rsplit("/", 1)[-1] for step in route.steps}
        assert route.sums["fee"] > 0


@pytest.mark.parametrize(
    "end", ["coding auditor", "medical coder", "inpatient coder", "CCS", "CDI specialist"]
)
def test_no_route_sends_a_school_leaver_to_a_mastery_examination_first(kg: KnowledgeGraph, end: str) -> None:
    for route in kg.route("high school diploma", end, limit=5):
        assert not any(word in route.steps[0].level for word in ("advanced", "mastery", "not entry"))


@pytest.mark.parametrize(
    "end",
    ["CCS", "inpatient coder", "CDI specialist", "coding auditor", "coding manager", "revenue cycle manager"],
)
def test_ways_lead_on_from_medical_coder(kg: KnowledgeGraph, end: str) -> None:
    assert kg.route("medical coder", end)


def test_what_asks_for_less_than_is_recommended_is_never_called_best(kg: KnowledgeGraph) -> None:
    for end in ("medical coder", "coding auditor", "CCS", "inpatient coder"):
        for start in ("high school diploma", "medical coder", "medical biller"):
            found = kg.route(start, end) if start != end else ()
            if any(not route.sums["gap"] for route in found):
                assert not any(route.best_by and route.sums["gap"] for route in found), (start, end)


def test_experience_counts_in_months(kg: KnowledgeGraph) -> None:
    (best, *_) = kg.route("medical coder", "CCS")
    assert best.steps[0].requires == "two years of coding experience"
    assert best.sums["months"] == 24


@pytest.mark.parametrize(
    ("statement", "level"),
    [
        ("cert:cpc mbc:reputation ?o", "trust-1-issuer"),
        ("role:coding-auditor mbc:valuesCertification cert:cpma", "trust-1-issuer"),
        ('org:aapc mbc:fullName "American Academy of Professional Coders"@en', "trust-3-agreed"),
    ],
)
def test_praise_of_its_own_and_an_old_name_have_no_high_trust(
    kg: KnowledgeGraph, statement: str, level: str
) -> None:
    assert not kg.query(f"ASK {{ GRAPH rule:{level} {{ {statement} }} }}").boolean


def test_outpatient_care_includes_a_surgery_center(kg: KnowledgeGraph) -> None:
    answer = kg.query("certifications-for-a-setting", {"setting": "outpatient care"})
    assert any(str(row["certification"]).endswith("/coc") for row in answer)
