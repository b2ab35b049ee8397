"""A person asks the questions that come with the data, and takes the answer further."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from graph import KnowledgeGraph
from tests.browser.acts import (
    act,
    as_shown,
    choose,
    find,
    in_list,
    open_panel,
    open_question,
    settle,
    shown,
    table,
)
from tests.browser.conftest import Visit, WritePage
from tests.conftest import ROOT

IN_EACH_STATE = "What do coders, or people in another role, earn in each state?"
TRUST = "How far can each statement about CPC, or about another item, be trusted?"
ODD = """#+ summary: Who is "<b>it</b>"?
#+ parameters:
#+   who: ex:Thing, the <i>one</i>
#+   word: xsd:string, a word
SELECT ?name ?word { VALUES ?who { } VALUES ?word { "none" } ?who rdfs:label ?name }"""
THINGS = """@prefix ex: <http://a.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:one a ex:Thing ; rdfs:label "</script><b>one</b>" . ex:two a ex:Thing ; rdfs:label "two" ."""


def test_question_is_found_in_the_list_and_its_answer_shown_in_the_picture(
    page: Page, kg: KnowledgeGraph
) -> None:
    region = open_panel(page, "Questions")
    listed = region.get_by_role("list", name="Questions").get_by_role("button")
    assert listed.all_inner_texts() == [question.title for question in kg.questions()]
    box = region.get_by_role("searchbox", name="Filter questions")
    box.fill("earn STATE")
    left = [
        question.title
        for question in kg.questions()
        if "state" in f"{question.title} {question.tags}".lower()
    ]
    left = [words for words in left if "earn" in words]
    expect(listed.filter(visible=True)).to_have_text(left)
    assert 0 < len(left) < 5
    box.fill("zzz")
    expect(listed.filter(visible=True)).to_have_count(0)
    expect(region.get_by_text("No matching questions.")).to_be_visible()
    box.fill("")
    expect(listed.filter(visible=True)).to_have_count(len(kg.questions()))

    region = open_question(page, "Which certifications test ICD-10-PCS, or another code system?")
    expect(region.get_by_role("region", name="Answer")).to_be_visible()
    found = {str(row["certification"]) for row in kg.query("tests-code-system")}
    every = {str(value) for row in kg.query("tests-code-system") for value in row.values()}
    region.get_by_role("button", name="Show in graph").click()
    expect(in_list(page, "medical biller")).to_have_count(0)
    assert set(kg.labels(found).values()) <= set(shown(page)) <= set(kg.labels(every).values())
    assert found <= set(page.evaluate("Object.keys(graphPageForTests.positions())")) <= every


def test_answer_is_sorted_and_follows_what_is_chosen(page: Page, kg: KnowledgeGraph) -> None:
    region = open_question(page, IN_EACH_STATE)
    rows = as_shown(kg, kg.query("pay-by-state"))
    assert table(region)[1:] == rows
    bars = region.get_by_role("img", name="pay-by-state: value for each state", exact=True)
    assert bars.locator("rect").count() == len(rows) > 50
    assert bars.locator(".value").all_text_contents() == [row[1] for row in rows]
    offered = region.get_by_role("combobox", name="the role").get_by_role("option").all_inner_texts()
    roles = kg.query(
        "SELECT DISTINCT ?thing ?name { ?thing a/rdfs:subClassOf* mbc:Role ; skos:prefLabel ?name }"
    )
    assert offered == sorted((str(row["name"]) for row in roles), key=str.casefold)
    widths = [float(bar.get_attribute("width") or 0) for bar in bars.locator("rect").all()]
    assert widths == sorted(widths, reverse=True)

    heads = region.get_by_role("columnheader")
    states = sorted(row[0] for row in as_shown(kg, kg.query("pay-by-state")))
    for column, order, cells in (
        ("state", "ascending", states),
        ("state", "descending", states[::-1]),
    ):
        heads.get_by_role("button", name=column, exact=True).click()
        expect(heads.filter(has_text=re.compile(rf"^{column}"))).to_have_attribute("aria-sort", order)
        assert [row[0] for row in table(region)[1:]] == cells
    heads.get_by_role("button", name="value", exact=True).click()
    assert [head.get_attribute("aria-sort") for head in heads.all()] == [
        "none",
        "ascending",
        "none",
        "none",
        "none",
    ]
    figures = [int(row[1].replace(",", "")) for row in table(region)[1:]]
    assert figures == sorted(int(str(row["value"])) for row in kg.query("pay-by-state"))

    choose(region, "the role", "medical biller")
    choose(region, "the statistic of pay", "mean")
    expect(region.get_by_role("combobox", name="the role")).to_have_value("role:medical-biller")
    billers = as_shown(kg, kg.query("pay-by-state", {"role": "medical biller", "statistic": "mean"}))
    expect(region.locator("tbody tr").first).to_have_text("".join(billers[0]))
    assert table(region)[1:] == billers != rows

    act(page, "Undo")
    expect(region.get_by_role("combobox", name="the statistic of pay")).to_have_value("stat:median")
    expect(region.get_by_role("combobox", name="the role")).to_have_value("role:medical-biller")
    region.get_by_role("button", name="← All questions").click()
    expect(region.get_by_role("list", name="Questions")).to_be_visible()


def test_parameter_that_may_be_anything_is_found_by_name_and_no_answer_is_said(
    page: Page, kg: KnowledgeGraph
) -> None:
    region = open_question(page, TRUST)
    box = "the item, such as cert:cpc or role:medical-coder"
    find(page, "medical biller", box=box)
    expect(region.get_by_role("combobox", name=box)).to_have_attribute("placeholder", "medical biller")
    expect(region.get_by_role("region", name="Answer")).to_be_visible()
    assert table(region)[1:] == as_shown(kg, kg.query("trust", {"item": "role:medical-biller"}))

    roles = [
        str(row["name"])
        for row in kg.query("SELECT ?name { ?role a mbc:Role ; skos:prefLabel ?name } ORDER BY ?name")
    ]
    nowhere = next(role for role in roles if not kg.query("next-roles", {"role": role}))
    region.get_by_role("button", name="← All questions").click()
    region = open_question(page, "Where can a coder, a biller or someone in another role move next?")
    choose(region, "the role to move on from", nowhere)
    expect(region.get_by_text("No results.")).to_be_visible()
    expect(region.get_by_text("0 rows")).to_be_visible()


def test_answer_goes_on_in_python_and_in_sparql(page: Page, kg: KnowledgeGraph, tmp_path: Path) -> None:
    region = open_question(
        page, "How does pay in Alaska compare with Texas, or in any two states, for coders or another role?"
    )
    choose(region, "the first state", "Texas")
    choose(region, "the second state", "Washington")
    choose(region, "the role", "medical biller")
    rows = as_shown(
        kg,
        kg.query(
            "compare-pay-in-states", {"role": "medical biller", "state": "Texas", "other": "Washington"}
        ),
    )
    expect(region.locator("tbody tr").first).to_have_text("".join(rows[0]))
    seen = table(region)
    assert seen[1:] == rows

    region.get_by_role("button", name="Copy as Python").click()
    script = tmp_path / "asked.py"
    script.write_text(page.evaluate("navigator.clipboard.readText()"), encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, script], cwd=ROOT, check=True, capture_output=True, encoding="utf-8", timeout=120
    ).stdout.splitlines()
    assert printed == [
        str(row)
        for row in kg.query(
            "compare-pay-in-states", {"role": "medical biller", "state": "Texas", "other": "Washington"}
        )
    ]

    region.get_by_role("button", name="Open in SPARQL").click()
    sparql = page.get_by_role("region", name="SPARQL", exact=True)
    expect(sparql.get_by_role("textbox", name="Query")).to_contain_text("VALUES ?state { place:us-tx }")
    expect(sparql.get_by_role("region", name="Answer")).to_be_visible()
    assert table(sparql) == seen


def test_question_of_any_data_is_text_and_asks_for_what_it_needs(visit: Visit, write_page: WritePage) -> None:
    page = visit(write_page({"facts.ttl": THINGS, "questions/odd.rq": ODD}))
    region = open_question(page, 'Who is "<b>it</b>"?')
    expect(region.get_by_text("Choose a value for “the <i>one</i>” to see the answer.")).to_be_visible()
    choose(region, "the <i>one</i>", "</script><b>one</b>")
    expect(region.get_by_role("cell", name="</script><b>one</b>", exact=True)).to_be_visible()
    word = region.get_by_role("textbox", name="a word")
    word.fill('"} } # \\')
    word.press("Enter")
    expect(region.get_by_role("cell", name='"} } # \\', exact=True)).to_be_visible()


def test_answer_is_read_on_a_phone_without_scrolling_sideways(
    visit: Visit, shipped: Path, kg: KnowledgeGraph
) -> None:
    page = visit(
        shipped, "#panel=questions&question=which-certification", viewport={"width": 360, "height": 740}
    )
    answer = page.get_by_role("region", name="Answer", exact=True)
    rows = answer.get_by_role("row")
    expect(rows).to_have_count(len(kg.query("which-certification")) + 1)
    assert answer.evaluate("one => one.scrollWidth <= one.clientWidth")
    first, second = as_shown(kg, kg.query("which-certification"))[:2]
    expect(rows.nth(1).get_by_role("cell")).to_have_text(first)
    fresh = next(place for place, (one, other) in enumerate(zip(first, second, strict=True)) if one != other)
    assert fresh > 0, "the second row says something of the first again"
    expect(rows.nth(2).get_by_role("cell")).to_have_text(second[fresh:])
    for column, name in enumerate(kg.query("which-certification").columns):
        words = re.sub(r"([A-Z])", r" \1", name).lower()
        cell = rows.nth(1).get_by_role("cell").nth(column)
        assert cell.evaluate("one => getComputedStyle(one, '::before').content") == f'"{words}"'
    answer.get_by_role("button", name="date", exact=True).click()
    expect(answer.get_by_role("columnheader", name="date", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_answer_that_does_not_fit_beside_the_picture_is_cards(
    visit: Visit, shipped: Path, kg: KnowledgeGraph
) -> None:
    laptop, screen = ViewportSize(width=1280, height=720), ViewportSize(width=1440, height=900)
    page = visit(shipped, "#panel=questions&question=which-certification", viewport=laptop)
    answer = page.get_by_role("region", name="Answer", exact=True)
    head = answer.get_by_role("columnheader").first
    cells = answer.get_by_role("row").nth(1).get_by_role("cell")
    expect(cells).to_have_text(as_shown(kg, kg.query("which-certification"))[0])
    expect(cells.last).to_be_in_viewport(ratio=1)
    assert answer.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.set_viewport_size(screen)
    expect(head).to_have_css("display", "table-cell")
    page.set_viewport_size(laptop)
    expect(head).not_to_have_css("display", "table-cell")
    settle(page, "#panel=questions&question=software-in-demand")
    expect(answer.get_by_role("columnheader", name="technology")).to_have_css("display", "table-cell")
    assert answer.evaluate("one => one.scrollWidth <= one.clientWidth")
