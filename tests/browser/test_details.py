"""The panel Details says what is known of a thing, and who says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from graph import KnowledgeGraph
from graph.question import read_question
from tests.browser.acts import find_and_read
from tests.conftest import profile_of

READING = (
    "has the duty",
    "has the purpose",
    "may choose the certification",
    "can progress to",
    "needs knowledge of",
    "is said to suit",
)


def values(details: Locator, term: str) -> Locator:
    """Find the values of one statement."""
    return details.locator(f"xpath=.//dd[normalize-space(preceding-sibling::dt[1]/text()) = '{term}']")


def terms(details: Locator) -> list[str]:
    """Read what is said of a thing, in order."""
    said: list[str] = details.locator("dt").evaluate_all("terms => terms.map(term => term.firstChild.data)")
    return said


def test_says_what_it_is_and_what_it_means(page: Page, kg: KnowledgeGraph) -> None:
    details = find_and_read(page, "medical coder", "medical coder")
    row = next(iter(kg.query("SELECT ?words { role:medical-coder skos:definition ?words }")))
    expect(details.locator(".type")).to_have_text("role")
    expect(details.locator(".definition")).to_have_text(str(row["words"]))


def test_statement_names_source_kind_and_date(page: Page, kg: KnowledgeGraph) -> None:
    said = kg.query("""SELECT ?label ?kind ?date {
      GRAPH ?source { cert:cpc mbc:isAwardedBy org:aapc }
      ?source a mbc:Source ; skos:prefLabel ?label ; dcterms:type/skos:prefLabel ?kind .
      OPTIONAL { ?source dcterms:date|dcterms:isPartOf/dcterms:date ?date }
    }""")
    details = find_and_read(page, "CPC", "CPC")
    award = values(details, "is awarded by")
    expect(award.get_by_role("button", name="AAPC", exact=True)).to_be_visible()
    award.locator("summary").click()
    lines = award.locator(".source").all_inner_texts()
    assert len(lines) == len({str(row["label"]) for row in said}) > 1
    assert set(lines) <= {
        " · ".join(str(row[key]) for key in ("label", "kind", "date") if row[key]) for row in said
    }


def test_every_statement_of_the_store_is_there(page: Page, kg: KnowledgeGraph) -> None:
    details = find_and_read(page, "inpatient coder", "inpatient coder")
    out = kg.query(
        "SELECT DISTINCT ?name { role:inpatient-coder ?p ?o . ?p skos:prefLabel|rdfs:label ?name FILTER(?p != rdf:type && STRSTARTS(STR(?p), STR(mbc:))) }"
    )
    assert {str(row["name"]) for row in out} <= set(terms(details))
    back = kg.query("SELECT DISTINCT ?s { ?s mbc:canProgressTo role:inpatient-coder }")
    reached = values(details, "can be reached from")
    assert reached.get_by_role("button").filter(has_not=page.locator(".sources *")).count() >= len(back)


def test_statements_come_in_the_order_of_the_shapes(page: Page) -> None:
    said = terms(find_and_read(page, "medical coder", "medical coder"))
    order = [said.index(name) for name in READING]
    assert order == sorted(order)


def test_concluded_statement_says_the_rule(page: Page, kg: KnowledgeGraph) -> None:
    rule = next(
        iter(
            kg.query(
                "SELECT ?words { GRAPH ?rule { role:medical-coder mbc:leadsTo ?to . ?rule rdfs:comment ?words } FILTER NOT EXISTS { ?rule a mbc:Source } } LIMIT 1"
            )
        )
    )
    details = find_and_read(page, "medical coder", "medical coder")
    expect(details.get_by_text(f"inferred: {rule['words']}").first).to_be_visible()


def test_gap_is_said(page: Page, kg: KnowledgeGraph) -> None:
    gap = next(
        iter(
            kg.query(
                "SELECT ?name { ?cert a mbc:Certification ; skos:prefLabel ?name FILTER NOT EXISTS { ?cert mbc:isAwardedBy ?body } } ORDER BY ?name LIMIT 1"
            )
        )
    )
    details = find_and_read(page, str(gap["name"]), str(gap["name"]))
    expect(values(details, "is awarded by")).to_have_text("not stated")


def test_figures_stand_in_a_table_with_bars(page: Page, kg: KnowledgeGraph) -> None:
    details = find_and_read(page, "CPC", "CPC")
    figures = details.get_by_role("region", name="Figures", exact=True)
    table = figures.get_by_role("region", name="Current figures")
    expect(table.get_by_role("columnheader")).to_have_text(["measure", "value", "period", "source"])
    question = read_question(profile_of(kg).system_query("figures.rq") or Path())
    rows = list(kg.query(question, {"item": "cert:cpc"}))
    assert table.locator("tbody tr").count() == sum(row["holdsToday"] == "yes" for row in rows)
    holders = next(row for row in rows if row["stated"] == "more than")
    line = table.get_by_role("row").filter(
        has=page.get_by_role("cell", name=str(holders["measure"]), exact=True)
    )
    expect(line.get_by_role("cell").nth(1)).to_have_text(f"more than {holders['value']:,} {holders['unit']}")
    page.set_viewport_size({"width": 390, "height": 800})
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth"), (
        "measure, value, period and source are seen on a phone"
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth"), "and beside the picture"
    details = find_and_read(page, "medical coder", "medical coder")
    bars = details.get_by_role("img").locator("rect")
    numbers = details.get_by_role("img").locator(".value")
    expect(numbers).to_have_text(["43,260", "50,240"])
    assert bars.count() == 2


def test_links_walk_on(page: Page) -> None:
    details = find_and_read(page, "CPC", "CPC")
    details.get_by_role("button", name="AAPC", exact=True).first.click()
    heading = details.get_by_role("heading", level=2)
    expect(heading).to_have_text("AAPC")
    expect(heading).to_be_focused()
    source = details.locator(".sources").get_by_role("button").first
    if not source.is_visible():
        details.locator("summary").first.click()
    name = source.inner_text()
    source.click()
    expect(heading).to_have_text(name)


def test_only_web_addresses_of_others_are_links(page: Page, subtests: pytest.Subtests) -> None:
    for name in ("AAPC", "CPC", "BLS", "medical coder"):
        with subtests.test(name):
            details = find_and_read(page, name, name)
            addresses = details.get_by_role("link").evaluate_all("links => links.map(link => link.href)")
            assert all(re.match(r"https?://", address) for address in addresses)
            assert not [
                address
                for address in addresses
                if address.startswith(page.evaluate("graphPageForTests.payload.base"))
            ]
    rel = page.get_by_role("link").evaluate_all("links => links.map(link => link.rel)")
    assert all("noopener" in said for said in rel)


def test_many_values_are_folded_and_counted(page: Page) -> None:
    details = find_and_read(page, "AAPC", "AAPC")
    more = details.get_by_role("button", name=re.compile(r"^\+\d+ more$")).first
    rest = int(re.sub(r"\D", "", more.inner_text()))
    name = more.evaluate(
        "button => { let at = button.closest('dd'); while (at.tagName !== 'DT') at = at.previousSibling; return at.firstChild.data }"
    )
    every = values(details, name).locator("xpath=./div[not(@class)]")
    expect(every).to_have_count(25)
    more.click()
    expect(every).to_have_count(25 + rest)
    expect(details.locator("dd :focus")).to_have_count(1)
