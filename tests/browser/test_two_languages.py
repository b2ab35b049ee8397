"""The page and Python give the same answers: one question has one answer, whoever is asked."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from graph import KnowledgeGraph

OTHERS = {
    "accreditor": "org:ncca",
    "body": "org:aapc",
    "certification": "cert:ccs",
    "code": "code:cpt",
    "disagreement": "UNDEF",
    "first": "UNDEF",
    "group": "UNDEF",
    "occupation": "UNDEF",
    "other": "place:us-ri",
    "pathway": "UNDEF",
    "role": "role:medical-biller",
    "second": "UNDEF",
    "setting": "setting:hospital",
    "state": "place:us-wa",
    "statistic": "stat:mean",
    "status": "UNDEF",
    "thing": "role:medical-biller",
}
WAYS = (
    ("award:high-school-diploma", "role:coding-auditor"),
    ("award:high-school-diploma", "role:medical-coder"),
    ("award:high-school-diploma", "role:medical-biller"),
    ("award:high-school-diploma", "cert:cpc"),
    ("award:high-school-diploma", "cert:ccs"),
    ("award:high-school-diploma", "role:inpatient-coder"),
    ("role:medical-biller", "role:coding-auditor"),
    ("role:medical-coder", "role:senior-coder"),
    ("cert:cca", "role:coding-auditor"),
    ("cert:cpc", "role:coding-auditor"),
    ("cert:cca", "role:inpatient-coder"),
)
NO_WAYS = (
    ("role:medical-coder", "cert:cpma"),
    ("role:coding-auditor", "award:high-school-diploma"),
    ("cert:cpc", "cert:cpc"),
)
PAIRS = (
    ("cert:cpc", "cert:ccs"),
    ("role:medical-coder", "role:medical-biller"),
    ("org:aapc", "org:ahima"),
    ("cert:cpc", "cert:ccs", "cert:rhia"),
    ("cert:cpc", "role:medical-coder", "place:us-tx", "org:aapc"),
    ("role:inpatient-coder", "role:coding-auditor"),
    ("cert:cca", "cert:cpb"),
    ("code:cpt", "code:icd-10-cm"),
    ("cert:ccs-p", "cert:coc", "cert:cic", "cert:crc"),
    ("setting:hospital", "setting:physician-office"),
    ("prog:vocational-certificate", "award:high-school-diploma"),
    ("cert:cpma", "cert:cbcs"),
)


def test_questions_are_the_same_in_both(page: Page, kg: KnowledgeGraph) -> None:
    said = page.evaluate("graphPage.page.questions")
    assert said == [
        {
            "name": question.name,
            "words": question.words,
            "sparql": question.sparql,
            "tags": list(question.tags),
            "parameters": [{"name": p.name, "kind": p.kind, "words": p.words, "default": p.default} for p in question.parameters],
        }
        for question in kg.questions()
    ]


def test_every_question_is_answered_alike(page: Page, kg: KnowledgeGraph, subtests: pytest.Subtests) -> None:
    asked = kg.questions()
    assert {p.name for question in asked for p in question.parameters} == set(OTHERS)
    different = 0
    for question in asked:
        others = {p.name: OTHERS[p.name] for p in question.parameters}
        for settings in ({}, others) if others else ({},):
            with subtests.test(question.name, settings=settings):
                found = page.evaluate(
                    """async ([name, settings]) => {
                        const question = graphPage.page.questions.find(one => one.name === name);
                        return graphPage.ask(graphPage.bound(question, settings));
                    }""",
                    [question.name, settings],
                )
                answer = kg.query(question.name, **{name: value.replace("UNDEF", "") for name, value in settings.items()})
                mine = json.loads(answer.results)
                assert found["columns"] == mine["head"]["vars"]
                assert found["rows"] == mine["results"]["bindings"]
                different += bool(settings) and answer.rows != kg.query(question.name).rows
    assert different > len(asked) / 3


def test_every_way_is_found_alike(page: Page, kg: KnowledgeGraph, subtests: pytest.Subtests) -> None:
    for start, end in WAYS + NO_WAYS:
        with subtests.test(f"{start} {end}"):
            found = page.evaluate("ends => graphPage.routes(...ends)", [kg.thing(start), kg.thing(end)])
            mine = kg.route(start, end)
            assert [(way["best"], way["steps"]) for way in found] == [
                (
                    list(route.best),
                    [
                        {
                            "start": step.start,
                            "end": step.end,
                            "how": step.how,
                            "asks": step.asks,
                            "months": number(step.months),
                            "upTo": number(step.months_up_to),
                            "fee": number(step.fee),
                            "feeFor": step.fee_for,
                            "level": step.level,
                            "advised": step.advised,
                            "source": step.source,
                        }
                        for step in route.steps
                    ],
                )
                for route in mine
            ]
            assert bool(mine) == ((start, end) in WAYS)


def number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def test_every_comparison_is_made_alike(page: Page, kg: KnowledgeGraph, subtests: pytest.Subtests) -> None:
    for things in PAIRS:
        with subtests.test(" ".join(things)):
            found = page.evaluate("things => graphPage.compared(things)", [kg.thing(thing) for thing in things])
            mine = kg.compare(*things)
            assert [line["name"] for line in found] == [aspect.name for aspect in mine.aspects]
            for line, aspect in zip(found, mine.aspects, strict=True):
                assert line["differs"] == aspect.differs, aspect.name
                assert [[(text(one["value"]), one["when"], one["sources"]) for one in said] for said in line["said"]] == [
                    [(one.value, one.when, list(one.sources)) for one in said] for said in aspect.said
                ]
            assert any(aspect.differs for aspect in mine.aspects)


def text(term: dict[str, str]) -> str:
    """Write a value as Python does."""
    if term.get("datatype", "").endswith("#boolean"):
        return "yes" if term["value"] == "true" else "no"
    return term["value"]
