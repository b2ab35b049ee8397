"""A person asks in SPARQL: types, completes, runs, stops, and is told what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Locator, Page, expect

from graph import KnowledgeGraph
from graph.errors import QueryError
from tests.browser.acts import act, as_shown, ask, download, in_list, open_panel, run_sparql, shown, table
from tests.browser.conftest import Visit

ROLES = "SELECT ?role ?duty WHERE { ?role a mbc:Role ; mbc:hasDuty ?duty } ORDER BY ?role ?duty LIMIT 12"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f || ?f = ?i) }"
MANY = "SELECT ?s ?p ?o ?t WHERE { ?s ?p ?o . ?s a ?t } ORDER BY STR(?o) ?s ?p ?t LIMIT 10000"
ABOUT_CPC = "CONSTRUCT { cert:cpc ?p ?o } WHERE { cert:cpc ?p ?o }"


def editor(page: Page) -> Locator:
    """Open the editor, empty."""
    box = open_panel(page, "SPARQL").get_by_role("textbox", name="Query")
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    return box


def lines(box: Locator) -> list[str]:
    """Read what is written."""
    return box.locator(".cm-line").all_inner_texts()


def triples(turtle: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)}


def test_what_is_typed_stays_and_names_of_the_data_are_completed(
    page: Page, kg: KnowledgeGraph, subtests: pytest.Subtests
) -> None:
    page.clock.install()
    box = editor(page)
    text = "ASK\n{ ?s ?p 10\n.\n}"
    for line in text.splitlines():
        page.keyboard.type(line)
        page.clock.run_for(1000)  # whatever wants to pop up has popped up, and would take the next key
        page.keyboard.press("Enter")
    assert "\n".join(lines(box)).strip() == text
    page.keyboard.press("Control+Enter")
    region = page.get_by_role("region", name="SPARQL", exact=True)
    expect(region.get_by_text("Yes" if kg.query(text) else "No", exact=True)).to_be_visible()
    for typed, offered, gives in (
        ("cet", "ceterms:", "ceterms:"),
        ("mbc:isAw", "mbc:isAwardedBy", "mbc:isAwardedBy"),
        ("a mbc:Cert", "mbc:Certification", "a mbc:Certification"),
        ("texas", "place:us-tx", "place:us-tx"),
        ("sel", "SELECT", "SELECT"),
    ):
        with subtests.test(typed):
            box = editor(page)
            page.keyboard.type(typed)
            options = page.get_by_role("listbox", name="Completions").get_by_role("option")
            page.clock.run_for(1000)
            expect(options.first).to_contain_text(offered)
            page.keyboard.press("Enter")
            assert lines(box) == [gives]
    box = editor(page)
    page.keyboard.type("role:cod")
    page.clock.run_for(1000)
    chosen = options.nth(1).locator(".cm-completionLabel").inner_text()
    options.nth(1).click()
    assert lines(box) == [chosen]


def test_each_kind_of_query_gives_its_kind_of_answer(page: Page, kg: KnowledgeGraph) -> None:
    region = run_sparql(page, ROLES)
    rows = as_shown(kg, kg.query(ROLES))
    assert table(region) == [["role", "duty"], *rows]
    region.get_by_role("button", name="Show in graph").click()
    expect(in_list(page, rows[0][1])).to_be_visible()
    assert set(shown(page)) == {name for row in rows for name in row}
    region.get_by_role("cell", name=rows[0][0], exact=True).first.get_by_role("button").click()
    expect(
        page.get_by_role("region", name="Details", exact=True).get_by_role("heading", level=2)
    ).to_have_text(rows[0][0])
    act(page, "Undo")
    assert table(region)[1:] == rows

    box = region.get_by_role("textbox", name="Query")
    for query, said in (
        ("ASK { cert:cpc a mbc:Certification }", "Yes"),
        ("ASK { cert:cpc a mbc:Role }", "No"),
    ):
        box.click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.insert_text(query)
        region.get_by_role("button", name="Run", exact=True).click()
        expect(region.get_by_text(said, exact=True)).to_be_visible()
    page.go_back()
    expect(region.get_by_text("Yes", exact=True)).to_be_visible()
    assert lines(box) == ["ASK { cert:cpc a mbc:Certification }"]

    seen = region.get_by_role("region", name="Triples")
    for prologue, thing in (
        ("# one thing\nPREFIX c: <", "> DESCRIBE c:cpc"),
        ("PREFIX # so\nc:<", ">describec:ccs"),
    ):
        run_sparql(page, f"{prologue}https://w3id.org/mbc-careers/id/cert/{thing}")
        expect(seen).to_contain_text(f"cert:{thing[-3:]} a ")
        assert triples(seen.inner_text()) == {
            str(triple) for triple in kg.query(f"DESCRIBE cert:{thing[-3:]}").triples or ()
        }
    region = run_sparql(page, ABOUT_CPC)
    expect(region.get_by_text(f"{len(kg.query(ABOUT_CPC).triples or ())} triples")).to_be_visible()
    mine = {str(triple) for triple in kg.query(ABOUT_CPC).triples or ()}
    assert triples(seen.inner_text()) == mine
    assert triples(download(page, "Download Turtle", region=region).read_text(encoding="utf-8")) == mine
    region.get_by_role("button", name="Show in graph").click()
    expect(in_list(page, "medical biller")).to_have_count(0)
    assert {"CPC", "AAPC"} <= set(shown(page))


def complaint(kg: KnowledgeGraph, query: str) -> str:
    """Tell what Python says of a query."""
    with pytest.raises(QueryError) as raised:
        kg.query(query)
    return str(raised.value)


def test_mistake_is_one_sentence_with_its_place_and_the_remedy(
    page: Page, kg: KnowledgeGraph, subtests: pytest.Subtests
) -> None:
    for query, sentence in (
        ("SELECT * WHERE { ?s ?p . }", "Line 1, column 24: "),
        ("SELECT *\nWHERE { ?s ?p . }", "Line 2, column 15: "),
        ("SELECT *\n\nWHERE {\n  ?s ?p 'é☃' ?o .\n}", "Line 4, column 14: a dot is missing"),
        ("ASK { cert:cpc a mbc:Certification ", "Line 1, column 35: the query ends before the “{”"),
        ("SELECT * { ?s nobody:knows ?o }", "Line 1, column 15: the prefix nobody: is unknown"),
        ("INSERT DATA { <a:x> <a:y> 1 }", "Line 1, column 1: INSERT changes data, which is read-only"),
        ("PREFIX a: <a:>\n# so\nDELETE WHERE { ?s ?p ?o }", "Line 3, column 1: DELETE changes data"),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "Line 1, column 12: SERVICE asks"),
        (" ", "The query is empty; try "),
    ):
        with subtests.test(query):
            alert = run_sparql(page, query).get_by_role("alert")
            expect(alert).to_contain_text(sentence)
            assert alert.inner_text() == complaint(kg, query)
            expect(page.get_by_role("textbox", name="Query")).to_be_focused()
    before = len(kg.query("SELECT * { ?s ?p ?o }"))
    assert ask(page, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["rows"][0]["n"]["value"] == str(before)

    region = run_sparql(page, "SELECT ?s { ?s mbc:isAwardedBi org:aapc . ?s a mbc:Certificatoin }")
    unknown = region.get_by_role("list", name="Names that are not in the data").get_by_role("listitem")
    expect(unknown).to_have_text(
        [
            re.compile(r"^mbc:isAwardedBi is not in the data\. Did you mean mbc:isAwardedBy\?$"),
            re.compile(r"^mbc:Certificatoin is not in the data\. Did you mean mbc:Certification\?$"),
        ]
    )
    expect(region.get_by_text("No results.")).to_be_visible()
    unknown.first.get_by_role("button", name="mbc:isAwardedBy", exact=True).click()
    expect(unknown).to_have_count(1)
    unknown.get_by_role("button", name="mbc:Certification", exact=True).click()
    expect(unknown).to_have_count(0)
    assert (
        len(table(region)) - 1
        == len(kg.query("SELECT ?s { ?s mbc:isAwardedBy org:aapc . ?s a mbc:Certification }"))
        > 5
    )


def test_long_work_can_be_stopped_and_leaves_the_page_at_hand(page: Page, kg: KnowledgeGraph) -> None:
    region = run_sparql(page, ENDLESS)
    expect(region.get_by_text("Running …")).to_be_visible()
    region.get_by_role("button", name="Stop", exact=True).click()
    expect(region.get_by_text(re.compile("^Cancelled"))).to_be_visible()
    expect(region.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    assert table(run_sparql(page, ROLES))[1:] == as_shown(kg, kg.query(ROLES))

    run_sparql(page, MANY)
    stop = region.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    in_list(page, "AAPC").click()
    expect(page.get_by_role("status").filter(has_text="AAPC selected")).to_be_visible()
    find = page.get_by_role("combobox", name="Find", exact=True)
    find.press_sequentially("cpc")
    expect(page.get_by_role("listbox", name="Matches").get_by_role("option").first).to_contain_text("CPC")
    find.press("Escape")
    open_panel(page, "SPARQL")
    expect(region.get_by_text("10,000 rows")).to_be_visible()
    assert len(table(region)) == 201
    region.get_by_role("columnheader").get_by_role("button", name="s", exact=True).click()
    expect(region.get_by_role("columnheader", name="s", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    region.get_by_role("button", name="+9,800 more").click()
    assert len(table(region)) == 401
    assert page.locator("*").count() < 10_000


def test_query_ends_at_its_time_limit(visit: Visit, shipped: Path, kg: KnowledgeGraph) -> None:
    page = visit(shipped)
    page.clock.install()
    region = run_sparql(page, ENDLESS)
    expect(region.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    page.clock.fast_forward("01:01")
    expect(region.get_by_text("Timed out after 60 seconds.")).to_be_visible()
    assert table(run_sparql(page, ROLES))[1:] == as_shown(kg, kg.query(ROLES))


def test_columns_of_a_star_come_in_order_of_appearance(page: Page) -> None:
    region = run_sparql(page, "SELECT * { ?role a mbc:Role ; skos:prefLabel ?name } LIMIT 1")
    assert table(region)[0] == ["role", "name"]
