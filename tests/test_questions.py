"""Every question that comes with the data has its answer beside it, and two engines agree on it.

A question is `ontology/questions/NAME.rq`; its answer is `NAME.csv`. Where the data change an answer on
purpose, write the answers anew with `scripts/write_answers.py` and read the diff.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from graph import KnowledgeGraph
from graph.files import discover
from graph.question import read_question
from tests.conftest import store_of

PATHS = {path.stem: path for path in discover()[1].questions}
ANSWERED_BY_NOTHING = {"without-awarding-body"}
"""Questions about gaps that the data no longer has."""
Table = list[list[str | Decimal]]


@pytest.fixture(scope="session")
def memory(kg: KnowledgeGraph) -> rdflib.Dataset:
    """Take the same quads into plain rdflib: the named graphs, and their merge as the default graph."""
    dataset = rdflib.Dataset()
    dataset.parse(data=b"\n".join(store_of(kg).dump().quads).decode(), format="nquads")
    for subject, predicate, value, _ in list(dataset.quads()):
        dataset.default_graph.add((subject, predicate, value))
    return dataset


def by_value(cell: str) -> str | Decimal:
    """Take a number as such: 7, 7.0 and 7.00 are one value, and engines write it each in its way."""
    try:
        return Decimal(cell)
    except InvalidOperation:
        return cell


def table(text: str) -> Table:
    return [[by_value(cell) for cell in row] for row in csv.reader(text.splitlines(keepends=True))]


def answer_beside(name: str) -> Table:
    return table(PATHS[name].with_suffix(".csv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PATHS)
def test_answer_is_the_one_beside_the_question(name: str, kg: KnowledgeGraph) -> None:
    assert table(kg.query(name).to_text("csv")) == answer_beside(name)


@pytest.mark.parametrize(
    "name", [name for name, path in PATHS.items() if "?sourceOf" in path.read_text(encoding="utf-8")]
)
def test_what_another_source_says_comes_with_that_source(name: str, kg: KnowledgeGraph) -> None:
    answer = kg.query(name)
    for place, column in enumerate(answer.columns):
        if not column.startswith("sourceOf"):
            continue
        what = [other.lower() for other in answer.columns].index(column.removeprefix("sourceOf").lower())
        for row in answer.rows:
            source, said = row[place], row[what]
            assert (source is None) == (said is None), (column, row)
            where = f"{{ ?s ?p {said} }}" + (
                f" UNION {{ {said} ?p ?o }}" if isinstance(said, ox.NamedNode) else ""
            )
            assert (
                said is None
                or kg.query(f"ASK {{ {source} a mbc:Source GRAPH {source} {{ {where} }} }}").boolean
            ), (column, row)
        assert any(row[place] for row in answer.rows)


SLOW = {"about-a-role", "pay-by-industry", "pay-by-state", "what-is-on-the-exam", "what-may-i-bring"}
"""Questions that plain rdflib needs more than 40 seconds for; only one engine answers them here."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # it warns of itself
@pytest.mark.parametrize("name", sorted(PATHS.keys() - SLOW))
def test_plain_rdflib_gives_the_same_answer(name: str, kg: KnowledgeGraph, memory: rdflib.Dataset) -> None:
    found = memory.query(PATHS[name].read_text(encoding="utf-8"), initNs=kg.prefixes)
    columns = found.vars or []
    rows = [[by_value(str(row.get(column, ""))) for column in columns] for row in found.bindings]
    assert [[str(column) for column in columns], *rows] == answer_beside(name)


@pytest.mark.parametrize("name", PATHS)
def test_question_is_asked_in_words_and_has_an_answer(name: str) -> None:
    asked = read_question(PATHS[name])
    assert asked.title.endswith("?")
    assert asked.tags
    assert (len(answer_beside(name)) > 1) is (name not in ANSWERED_BY_NOTHING)


def test_no_answer_stands_without_its_question() -> None:
    folder = next(iter(PATHS.values())).parent
    assert {path.stem for path in folder.glob("*.csv")} == set(PATHS)


def test_all_forty_competency_questions_are_asked(kg: KnowledgeGraph) -> None:
    tags = {tag for asked in kg.questions() for tag in asked.tags}
    assert {f"q{number}" for number in range(1, 41)} == {tag for tag in tags if re.fullmatch(r"q\d+", tag)}


def test_every_statement_has_its_source(kg: KnowledgeGraph) -> None:
    """Where an answer names sources, no row goes without one."""
    for name in PATHS:
        answer = kg.query(name)
        if "source" in answer.columns:
            assert all(row["source"] for row in answer), name


@pytest.mark.parametrize(
    ("name", "settings", "cells"),
    [
        ("pay-now", {"role": "medical biller"}, {"48500", "48240"}),
        (
            "next-roles",
            {"role": "biller"},
            {"role/ar-supervisor", "role/denials-manager", "role/senior-biller", "role/medical-coder"},
        ),
        ("tests-code-system", {"code": "CPT"}, {"cert/cpc", "cert/ccs", "cert/coc"}),
        ("compare-pay-in-states", {"state": "Washington", "other": "place:us-ri"}, {"62270", "63960"}),
        ("pay-by-state", {"statistic": "mean"}, {"80250"}),
        ("renewal", {"certification": "Certified Coding Specialist"}, {"20", "24"}),
        ("certifications-for-a-role", {"role": ""}, {"cert/cpma", "cert/crc", "cert/cpb"}),
        ("trust", {"item": "role:medical-biller"}, {"single source", "opinion or unattributed"}),
    ],
)
def test_parameter_takes_a_name(
    name: str, settings: dict[str, str], cells: set[str], kg: KnowledgeGraph
) -> None:
    answer = kg.query(name, settings)
    assert cells <= {
        str(cell).removeprefix(kg.prefixes["data"] + "id/") for row in answer for cell in row.values()
    }


def test_title_question_has_a_choice_for_every_profile(kg: KnowledgeGraph) -> None:
    answer = kg.query("which-certification")
    chosen = {Path(str(row["profile"])).name: Path(str(row["take"])).name for row in answer}
    assert chosen == {
        "new": "cpc",
        "physician-office": "cpc",
        "billing": "cbcs",
        "inpatient": "ccs",
        "outpatient-facility": "coc",
        "risk-adjustment": "crc",
        "undecided": "cpc",
    }
    assert [row["firstYear"] for row in answer] == [647, 647, 117, 399, None, 647, 647]
    assert answer.text.startswith("It depends on the work you want.")


def test_a_choice_is_what_most_independent_publishers_name(kg: KnowledgeGraph) -> None:
    """The awarding body's own pages do not count; where only these name anything, so does the choice."""
    query = """SELECT ?profile ?choice (COUNT(DISTINCT ?publisher) AS ?voices) (SAMPLE(?first) AS ?taken) {
      ?profile mbc:firstChoice ?first ; mbc:aimsAt ?work .
      { ?page a mbc:Source . GRAPH ?page { ?work mbc:mayHold|mbc:shouldConsider|mbc:valuesCertification ?choice } }
      UNION { ?page a mbc:Source . GRAPH ?page { ?choice mbc:targetsSetting|mbc:targetsRole|mbc:isCertificationIn ?work } }
      ?page dcterms:publisher ?publisher . ?choice a mbc:Certification FILTER NOT EXISTS { ?choice mbc:isAwardedBy ?publisher }
    } GROUP BY ?profile ?choice"""
    voices: dict[object, dict[object, int]] = {}
    taken: dict[object, object] = {}
    for row in kg.query(query):
        voices.setdefault(row["profile"], {})[row["choice"]] = int(str(row["voices"]))
        taken[row["profile"]] = row["taken"]
    assert len(taken) >= 5
    for profile, counts in voices.items():
        assert counts.get(taken[profile], 0) == max(counts.values()), profile


def test_every_question_has_an_answer_headings_wordings_and_a_theme(kg: KnowledgeGraph) -> None:
    for question in kg.questions():
        assert question.answer, question.name
        assert question.group, question.name
        assert 3 <= len(question.also) <= 6, question.name
        assert all(name in question.headings for name in kg.query(question.name).columns), question.name


def test_every_question_answers_in_a_sentence_even_without_rows(kg: KnowledgeGraph) -> None:
    for name in PATHS:
        text = kg.query(name).text
        assert text.endswith("."), name
        assert "not stated" not in text.replace("copies: not stated", ""), name
    assert (
        kg.query("pay-now", {"role": "denials manager"}).text
        == "No source states it: no official group has denials manager as a title."
    )
