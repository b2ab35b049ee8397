"""Data is text: whatever stands in it is shown as its characters, and nothing of it runs."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from playwright.sync_api import Page, expect

import graph
from graph import KnowledgeGraph
from tests.browser.acts import act, download, find, open_panel, panel, run_sparql, settle, status, table
from tests.browser.conftest import Visit
from tests.browser.hostile import (
    FILE,
    IRIS,
    LICENCE,
    PARAMETER,
    TEXTS,
    TITLE,
    WORDS,
    foreign,
    keep_own,
    text_of,
)


def test_every_panel_shows_the_characters(hostile_page: Page, subtests: pytest.Subtests) -> None:
    assert text_of(hostile_page.get_by_role("heading", level=1)) == hostile_page.title() == TITLE
    assert TEXTS[0] in text_of(hostile_page.get_by_role("note", name="Getting started"))
    assert set(
        hostile_page.get_by_role("list", name="Shown", exact=True).get_by_role("button").all_text_contents()
    ) >= set(TEXTS)
    assert TEXTS[0] in hostile_page.get_by_role("group", name="Legend").locator(".name").all_text_contents()
    assert foreign(hostile_page) == []
    details = panel(hostile_page, "Details")
    addresses = {}
    for iri, text in zip(IRIS, TEXTS, strict=True):
        with subtests.test(text[:40]):
            find(hostile_page, text.splitlines()[0][:300])  # a box takes no line breaks
            expect(details.locator(".iri")).to_contain_text(iri.replace("\u2028", " "))
            assert text_of(details.get_by_role("heading", level=2)) == text
            assert text_of(details.locator(".type")) == TEXTS[0]
            assert text_of(details.locator(".definition")) in TEXTS
            assert text in details.locator("dd span").all_text_contents()
            terms = details.locator("dt").evaluate_all("terms => terms.map(term => term.firstChild.data)")
            assert {
                TEXTS[1],
                "<img src=x onerror=window.pwned=1>inverse",
                "<img src=x onerror=window.pwned=1>shape",
                "</script>missing",
            } <= set(terms)
            assert {TEXTS[5], TEXTS[12]} <= set(details.locator(".source button").all_text_contents())
            figures = details.get_by_role("region", name="Current figures").locator("td")
            name, value = figures.all_text_contents()[:2]
            assert name == text
            assert re.fullmatch(r"[\d,]+ <img src=x onerror=window\.pwned=1>", value)
            assert f" · {TEXTS[2]} · {TEXTS[6]}" in " ".join(details.locator(".source").all_text_contents())
            assert foreign(hostile_page) == []
            addresses[text] = hostile_page.evaluate("location.hash")
    for text, address in addresses.items():
        settle(hostile_page, address)
        assert text_of(details.get_by_role("heading", level=2)) == text
    act(hostile_page, "Expand")
    act(hostile_page, "Only this")
    expect(status(hostile_page)).to_contain_text("shown")
    hostile_page.go_back()
    for kind in ("Compare", "Find routes"):
        act(details.page, kind)
        open_panel(hostile_page, "Details")
    compare = open_panel(hostile_page, "Compare")
    find(hostile_page, TEXTS[0], box="Add to comparison")
    find(hostile_page, TEXTS[7], box="Add to comparison")
    rows = compare.get_by_role("region", name="Comparison").locator("tr")
    expect(rows.first.get_by_role("columnheader")).to_have_count(3)
    expect(rows.first).to_contain_text(TEXTS[0])
    assert TEXTS[1] in " ".join(rows.locator("th").all_text_contents())
    assert TEXTS[12] in compare.get_by_role("list", name="Sources").get_by_role("button").all_text_contents()
    assert foreign(hostile_page) == []
    route = open_panel(hostile_page, "Route")
    find(hostile_page, TEXTS[-3], box="From")
    expect(route.get_by_role("region", name="Route 1")).to_contain_text(TEXTS[1])
    assert foreign(hostile_page) == []
    about = open_panel(hostile_page, "About")
    assert {LICENCE, TEXTS[1], TEXTS[3]} <= set(about.locator("dd").all_text_contents())
    assert foreign(hostile_page) == []


def test_questions_show_the_characters(hostile_page: Page) -> None:
    questions = open_panel(hostile_page, "Questions")
    questions.get_by_role("button", name=WORDS, exact=True).click()
    assert text_of(questions.get_by_role("heading", level=2)) == WORDS
    answer = questions.get_by_role("region", name="Answer", exact=True)
    expect(answer.locator("tbody tr")).to_have_count(len(TEXTS))
    assert set(answer.locator("td:nth-child(1)").all_text_contents()) == set(TEXTS)
    assert set(answer.locator("td:nth-child(3), td:nth-child(4)").all_text_contents()) == {"not stated"}
    chooser = questions.get_by_role("combobox", name=PARAMETER, exact=True).first
    assert set(chooser.locator("option").all_text_contents()) == {"any", *TEXTS}
    box = questions.get_by_role("textbox", name=f"</label>{PARAMETER}", exact=True)
    for text in ('"}</script>"><svg onload=window.pwned=1>\\', "$&'${7*7}{{7*7}}"):
        box.fill(text)
        box.press("Enter")
        expect(answer.locator("td:nth-child(5)").first).to_have_text(text)
    assert foreign(hostile_page) == []
    hostile_page.set_viewport_size({"width": 360, "height": 740})
    assert hostile_page.evaluate("document.documentElement.scrollWidth") == 360
    act(hostile_page, "Copy as Python")
    assert "window.pwned" in hostile_page.evaluate("navigator.clipboard.readText()")
    act(hostile_page, "Open in SPARQL")
    expect(
        panel(hostile_page, "SPARQL").get_by_role("region", name="Answer", exact=True).locator("tbody tr")
    ).to_have_count(len(TEXTS))
    assert foreign(hostile_page) == []
    open_panel(hostile_page, "Questions")
    act(hostile_page, "← All questions")
    questions.get_by_role("button", name="<script>window.pwned=1</script> broken", exact=True).click()
    expect(questions.get_by_role("alert")).to_contain_text("Line 2, column 8: ")
    assert foreign(hostile_page) == []


def test_sparql_shows_the_characters(hostile_page: Page) -> None:
    region = run_sparql(hostile_page, "SELECT * { ?thing rdfs:label ?label ; a ?kind }")
    answer = region.get_by_role("region", name="Answer", exact=True)
    expect(answer.locator("tbody tr")).to_have_count(len(TEXTS))
    assert set(answer.locator("td:nth-child(2)").all_text_contents()) == set(TEXTS)
    assert foreign(hostile_page) == []
    run_sparql(
        hostile_page,
        'SELECT ("<img src=x onerror=window.pwned=1>" AS ?constructor) (IRI("javascript:window.pwned=1//x") AS ?toString) ?valueOf {}',
    )
    expect(answer.locator("tbody tr")).to_have_count(1)
    assert table(region)[1] == [
        "<img src=x onerror=window.pwned=1>",
        "javascript:window.pwned=1//x",
        "not stated",
    ]
    run_sparql(hostile_page, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    expect(region.get_by_role("region", name="Triples")).to_contain_text("window.pwned")
    run_sparql(hostile_page, "DESCRIBE <javascript:window.pwned=1>")
    expect(region.get_by_role("region", name="Triples")).to_contain_text(
        "</script><img src=x onerror=window.pwned=1>"
    )
    run_sparql(hostile_page, "SELECT * { ?s constructor:html ?o ; k:window.pwned ?x }")
    expect(
        region.get_by_role("list", name="Names that are not in the data").get_by_role("listitem")
    ).to_have_count(2)
    hostile_page.keyboard.press("Control+a")
    hostile_page.keyboard.type("prototyp")
    completed = hostile_page.locator(".cm-tooltip-autocomplete li").first
    expect(completed).to_have_text(f"<constructor:prototype>{TEXTS[11]} · {TEXTS[0]}")
    assert foreign(hostile_page) == []
    for wrong in (
        "SELECT <img src=x onerror=window.pwned=1>",
        "</script><svg onload=window.pwned=1>",
        "{{7*7}} \u2028 \0",
        "SELECT * { ?s constructor:__proto__ 'a\nb' }",
        "<" * 1000,
    ):
        run_sparql(hostile_page, wrong)
        expect(region.get_by_role("alert")).to_be_visible()
        assert foreign(hostile_page) == []


def picture(page: Page) -> ET.Element:
    """Take the picture away as SVG, and read it."""
    return ET.fromstring(download(page, "Graph as SVG").read_text(encoding="utf-8"))  # noqa: S314  entities are none of its dangers: there are none


def test_files_are_read_again_as_they_were(hostile_page: Page, hostile: KnowledgeGraph) -> None:
    drawing = picture(hostile_page)
    assert {one.tag.rpartition("}")[2] for one in drawing.iter()} == {
        "svg",
        "rect",
        "line",
        "title",
        "g",
        "path",
        "text",
    }
    assert not [
        name for one in drawing.iter() for name in one.attrib if name.startswith("on") or "href" in name
    ]
    said = {str(one.text) for one in drawing.iter() if one.tag.endswith("text")}
    signs = {re.sub(r"[\0-\x08\x0e-\x1f\ufffe\uffff]", "", re.sub(r"\s+", " ", text)) for text in TEXTS}
    assert {text for text in signs if len(text) <= 80} <= said
    assert max(len(str(text)) for text in said) < 100
    shown = hostile_page.evaluate("graphPageForTests.payload.nodes.map(({ id }) => id)")
    links = list(
        csv.reader(io.StringIO(download(hostile_page, "Links as CSV").read_bytes().decode(), newline=""))
    )[1:]
    assert {tuple(link[3:]) for link in links} == {
        (str(row["from"]), str(row["relation"]), str(row["to"]))
        for row in hostile.query(
            "SELECT ?from ?relation ?to { ?from ?relation ?to FILTER(isIRI(?to) && ?relation != rdf:type) }"
        )
        if {str(row["from"]), str(row["to"])} <= set(shown)
    }
    assert {(link[0], link[3]) for link in links} >= set(zip(TEXTS, IRIS, strict=True))
    assert {(link[2], link[5]) for link in links} >= set(zip(TEXTS, IRIS, strict=True))
    things = " ".join(f"<{iri}>" for iri in shown)
    expected = set(
        hostile.query(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {things} }} ?s ?p ?o FILTER(isLiteral(?o) || ?p = rdf:type || ?o IN ({things.replace(' ', ', ')})) }}"
        ).rows
    )
    for item, form in (("Facts as Turtle", ox.RdfFormat.TURTLE), ("Facts as JSON-LD", ox.RdfFormat.JSON_LD)):
        found = {
            (quad.subject, quad.predicate, quad.object)
            for quad in ox.parse(download(hostile_page, item).read_bytes(), format=form)
        }
        assert found == expected, item
    region = run_sparql(hostile_page, "SELECT ?thing ?label { ?thing rdfs:label ?label ; a ?kind }")
    expect(region.get_by_role("region", name="Answer", exact=True)).to_be_visible()
    with hostile_page.expect_download() as saved:
        act(hostile_page, "Download CSV")
    assert saved.value.suggested_filename == "answer.csv"
    text = Path(saved.value.path()).read_bytes().decode()
    assert {tuple(row) for row in csv.reader(io.StringIO(text, newline=""))} == {
        ("thing", "label"),
        *zip(IRIS, TEXTS, strict=True),
    }


LOOKS = (
    ("url(javascript:window.pwned=1)", '"><svg onload=window.pwned=1>'),
    ("__proto__;", "__proto__"),
    ("#12345", "constructor"),
)


def test_looks_that_were_changed_in_the_file_do_nothing(
    visit: Visit, hostile_file: Path, tmp_path: Path
) -> None:
    """Python refuses such looks; this is a page that somebody has changed by hand."""
    text = hostile_file.read_text(encoding="utf-8")
    found = re.search(r'<script id="payload" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found
    payload = json.loads(found[1])
    for kind, (colour, shape) in zip(payload["classStyles"], itertools.cycle(LOOKS), strict=False):
        kind.update(color=colour, shape=shape, label=TEXTS[1])
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace(found[1], json.dumps(payload).replace("<", "\\u003c")), encoding="utf-8")
    page = visit(changed)
    keep_own(page)
    assert foreign(page) == []
    drawing = picture(page)
    assert {one.get("fill") for one in drawing.iter() if one.tag.endswith("path")} == {"#d3d3d3"}


def test_names_of_files_are_text(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / FILE
    folder.mkdir()
    name = "{{7*7}}<svg onload=window.pwned=1>\u202e"
    (folder / f"{name}.ttl").write_text("<a:x> <a:p> <a:y> .", encoding="utf-8")
    page = visit(graph.load(folder / f"{name}.ttl").write_page(folder / f"{name}.html"))
    assert text_of(page.get_by_role("heading", level=1)) == name
    keep_own(page)
    assert foreign(page) == []
