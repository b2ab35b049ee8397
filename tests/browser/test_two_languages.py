"""The page and Python give the same answers: one question has one answer, whoever is asked."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page

from graph import KnowledgeGraph
from graph.payload import payload_of, to_json
from graph.route import Step
from tests.conftest import profile_of, store_of

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
    "item": "role:medical-biller",
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
TOGETHER = (
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


def test_one_question_has_one_answer_in_the_page_and_in_python(
    page: Page, kg: KnowledgeGraph, subtests: pytest.Subtests
) -> None:
    assert page.evaluate("graphPageForTests.payload.questions") == to_json(
        payload_of(store_of(kg), profile_of(kg), ()).questions
    )
    unset = "graphPageForTests.payload.questions.map(one => graphPageForTests.joinSegments(one, {}))"
    assert page.evaluate(unset) == [question.sparql for question in kg.questions()]
    assert {p.name for question in kg.questions() for p in question.parameters} == set(OTHERS)
    changed = 0
    for question in kg.questions():
        settings = {p.name: OTHERS[p.name] for p in question.parameters}
        for chosen in ({}, settings) if settings else ({},):
            with subtests.test(question.name, settings=chosen):
                answers_alike(page, kg, question.name, chosen)
        others = {name: value.replace("UNDEF", "") for name, value in settings.items()}
        changed += kg.query(question.name, others).rows != kg.query(question.name).rows
    assert changed > len(kg.questions()) / 3
    for ends in WAYS + NO_WAYS:
        with subtests.test(" to ".join(ends)):
            ways_alike(page, kg, ends)
    differing = 0
    for things in TOGETHER:
        with subtests.test(" and ".join(things)):
            comparisons_alike(page, kg, things)
            differing += any(row.differs for row in kg.compare(*things).rows)
    assert differing > len(TOGETHER) / 2


def answers_alike(page: Page, kg: KnowledgeGraph, name: str, settings: dict[str, str]) -> None:
    found = page.evaluate(
        """async ([name, settings]) => {
            const question = graphPageForTests.payload.questions.find(one => one.name === name);
            return graphPageForTests.ask(graphPageForTests.joinSegments(question, settings));
        }""",
        [name, settings],
    )
    mine = json.loads(
        kg.query(name, {key: value.replace("UNDEF", "") for key, value in settings.items()}).to_text("json")
    )
    assert found["columns"] == mine["head"]["vars"]
    assert found["rows"] == mine["results"]["bindings"]


def ways_alike(page: Page, kg: KnowledgeGraph, ends: tuple[str, str]) -> None:
    found = page.evaluate(
        "ends => graphPageForTests.routesBetween(...ends)", [kg.resolve(end) for end in ends]
    )
    mine = kg.route(*ends)
    assert [(way["bestBy"], way["steps"]) for way in found] == [
        (list(route.best_by), [step_of(one) for one in route.steps]) for route in mine
    ]
    assert bool(mine) == (ends in WAYS)


def step_of(step: Step) -> dict[str, Any]:
    """Write a step as the page does, which keeps numbers as whole multiples of 10 to the power of -18."""
    return {
        "start": step.start,
        "end": step.end,
        "text": step.text,
        "requires": step.requires,
        "recommends": step.recommends,
        "level": step.level,
        "amounts": [
            {
                "value": scaled(amount.value),
                "max": scaled(amount.max),
                "item": amount.item,
                "isMissing": amount.is_missing,
            }
            for amount in step.amounts
        ],
        "sources": [list(source) for source in step.sources],
    }


def scaled(value: Decimal | None) -> int | None:
    return None if value is None else int(value.scaleb(18))


def comparisons_alike(page: Page, kg: KnowledgeGraph, things: tuple[str, ...]) -> None:
    found = page.evaluate(
        "things => graphPageForTests.comparisonOf(things)", [kg.resolve(thing) for thing in things]
    )
    mine = kg.compare(*things)
    assert [
        (row["name"], row["differs"], [[stated_in(one) for one in values] for values in row["cells"]])
        for row in found["rows"]
    ] == [
        (
            row.name,
            row.differs,
            [[(one.value, one.period, list(one.sources)) for one in values] for values in row.cells],
        )
        for row in mine.rows
    ]
    assert found["sources"] == [list(source) for source in mine.sources]


def stated_in(one: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Read what the page says, in the words of Python."""
    term = one["value"]
    yes_or_no = {"true": "yes", "false": "no"} if term.get("datatype", "").endswith("#boolean") else {}
    return yes_or_no.get(term["value"], term["value"]), one["period"], one["sources"]
