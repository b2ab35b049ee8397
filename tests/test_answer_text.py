"""Answers in plain sentences: the template language, the same in Python and in JavaScript."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph import KnowledgeGraph
from graph.answer_text import answer_text, displayed, joined, read_wording
from graph.errors import QuestionError
from graph.question import parse_question
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests" / "cases" / "answers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_an_answer_is_put_in_words(case: dict[str, Any]) -> None:
    header = dict(case["header"])
    sections = {"columns": header.pop("columns", {})}
    known = case.get("known") or set(case["rows"][0]) | {"source"}
    if error := case.get("error"):
        with pytest.raises(QuestionError) as raised:
            read_wording(header, sections, known, "query")
        assert str(raised.value) == error
        return
    wording = read_wording(header, sections, known, "query")._replace(settings=case.get("settings", {}))
    shown = displayed(case["rows"], wording)
    assert answer_text(wording, shown) == case["answer"]
    if "table" in case:
        assert joined(shown, wording) == case["table"]


def test_the_header_of_a_question_holds_its_words() -> None:
    question = parse_question(
        """#+ summary: Which ports are there?
#+ group: ports
#+ also: where are the ports ; list of ports
#+ answer: {count} ports.
#+ columns:
#+   p: Port
SELECT ?p { ?p a ferry:Port }""",
        "ports",
    )
    assert question.answer == "{count} ports."
    assert question.headings == {"p": "Port"}
    assert question.also == ("where are the ports", "list of ports")
    assert question.group == "ports"


def test_a_template_names_only_what_the_query_has() -> None:
    with pytest.raises(QuestionError, match=r"^ports names q in its header, but its query has no \?q\.$"):
        parse_question("#+ answer: {first.q}\nSELECT ?p { ?p ?r ?o }", "ports")


def test_an_answer_comes_before_its_table(kg: KnowledgeGraph) -> None:
    question = parse_question(
        """#+ answer: AAPC is {first.name}, {first.yes}.
#+ join: source
#+ columns:
#+   name: Name
#+   yes: True
#+   source: Source
SELECT ?name ?yes ?source { VALUES ?source { 1 2 } org:aapc skos:prefLabel ?name BIND(true AS ?yes) } ORDER BY ?source"""
    )
    answer = kg.query(question)
    assert answer.text == "AAPC is AAPC, yes."
    assert (
        answer.to_text("md")
        == "AAPC is AAPC, yes.\n\n| Name | True | Source |\n| --- | --- | --- |\n| AAPC | yes | 1; 2 |\n"
    )
    assert (
        answer.to_text()
        == "AAPC is AAPC, yes.\n\nName  True  Source\n----  ----  ------\nAAPC  yes   1; 2\n1 row\n"
    )
    assert answer.to_text("csv") == "name,yes,source\nAAPC,true,1\nAAPC,true,2\n"


def test_no_rows_are_no_bare_header(kg: KnowledgeGraph) -> None:
    question = parse_question("#+ answer: {first.x}\nSELECT ?x { ?x a mbc:Nothing }")
    assert kg.query(question).to_text() == kg.query(question).to_text("md") == "No source states this.\n"


def test_other_wordings_are_searched_when_no_question_has_the_name(kg: KnowledgeGraph) -> None:
    with pytest.raises(QuestionError, match=r"did you mean .*pay-now"):
        kg.query("how much do medical coders make")
