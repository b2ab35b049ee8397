"""Data is text: whatever stands in it, or in the address, is shown as its characters, and nothing of it runs."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

import graph
from graph import KnowledgeGraph
from tests.browser.acts import act, ask, find, open_panel, panel, run_sparql, status, table
from tests.browser.conftest import Visit

LONG = "<i onclick=window.pwned=1>long</i> " * 3000
TEXTS = (
    "</script><img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "'-window.pwned=1-'",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "line\u2028and\u2029paragraph",
    "<!--<script>",
    "]]></style></title><script>window.pwned=1</script>",
    "\u202egpj.exe\u202c \u200f right to left",
    "zero\0bell\x07none\ufffe\uffff",
    '=HYPERLINK("javascript:window.pwned=1","free")',
    "+1,\r\n@SUM(A1)\t-2+3",
    "$& $1 $` $' \\u003cimg\\u003e %3Cscript%3E &lt;b&gt; &amp;",
    "<a href=javascript:window.pwned=1>click</a>",
    LONG,
)
IRIS = (
    "javascript:window.pwned=1",
    "JaVaScRiPt:window.pwned=1//%0A",
    "data:text/html,%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "vbscript:window.pwned=1",
    "blob:https://h.example/1",
    "file:///etc/passwd",
    "urn:x:'onmouseover='window.pwned=1",
    "https://h.example/$&$1$'",
    "https://h.example/'onclick='window.pwned=1",
    "https://h.example/\u202egpj\u2028.exe",
    "https://h.example/a)//.,;b",
    "constructor:prototype",
    "https://h.example/__proto__",
    "https://h.example/%3Cimg%20src=x%20onerror=window.pwned=1%3E",
)
KIND, OTHER_KIND = "javascript:window.pwned='kind'", "https://h.example/Kind"
RELATION, OTHER_RELATION = "data:text/html,%3Cscript%3Ewindow.pwned='relation'%3C/script%3E", "https://h.example/relation"
GRAPH, OTHER_GRAPH = "javascript:window.pwned='graph'", "https://h.example/graph/$&"
TITLE = "</title><script>window.pwned=1</script> {{7*7}} <!--"
LICENCE = "javascript:window.pwned='licence'"
WORDS = '"><svg onload=window.pwned=1> What {{7*7}} of </script>?'
PARAMETER = "<img src=x onerror=window.pwned=1>"
FILE = "<img src=x onerror=window.pwned=1>&'"

RDFS, SKOS, DCTERMS, XSD = (
    f"http://{rest}"
    for rest in (
        "www.w3.org/2000/01/rdf-schema#",
        "www.w3.org/2004/02/skos/core#",
        "purl.org/dc/terms/",
        "www.w3.org/2001/XMLSchema#",
    )
)
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def facts() -> Iterator[ox.Quad]:
    """Say hostile things of hostile things, in hostile graphs."""
    node = ox.NamedNode

    def said(subject: str, predicate: str, value: str | ox.Literal, place: str = GRAPH) -> ox.Quad:
        return ox.Quad(node(subject), node(predicate), value if isinstance(value, ox.Literal) else node(value), node(place))

    turned = itertools.cycle(TEXTS)
    next(turned)
    for iri, text, other, neighbour in zip(IRIS, TEXTS, turned, (*IRIS[1:], IRIS[0]), strict=False):
        yield said(iri, f"{RDFS}label", ox.Literal(text, language="en"))
        yield said(iri, f"{SKOS}definition", ox.Literal(other))
        yield said(iri, f"{SKOS}altLabel", ox.Literal(other[:200], language="x-script"))
        yield said(iri, TYPE, KIND)
        yield said(iri, RELATION, neighbour)
        yield said(iri, RELATION, neighbour, OTHER_GRAPH)
        yield said(iri, OTHER_RELATION, ox.Literal(text), OTHER_GRAPH)
        yield said(iri, OTHER_RELATION, ox.Literal(text, language="ar", direction=ox.BaseDirection.RTL), OTHER_GRAPH)
        yield said(iri, OTHER_RELATION, ox.Literal("javascript:window.pwned=1", datatype=node(f"{XSD}anyURI")))
        yield said(iri, OTHER_RELATION, ox.Literal("1", datatype=node("javascript:window.pwned='type'")))
        yield said(iri, OTHER_RELATION, "javascript:window.pwned='nobody'")
        yield said(iri, OTHER_RELATION, "data:text/html,nobody")
        yield said(iri, "https://h.example/number", ox.Literal(len(other)))
    for name, text in (
        (KIND, TEXTS[0]),
        (RELATION, TEXTS[1]),
        (OTHER_RELATION, TEXTS[3]),
        (GRAPH, TEXTS[12]),
        (OTHER_GRAPH, TEXTS[5]),
    ):
        yield said(name, f"{RDFS}label", ox.Literal(text))
    yield said(GRAPH, f"{DCTERMS}date", ox.Literal(TEXTS[6]))
    yield said(GRAPH, f"{DCTERMS}type", "https://h.example/source-kind")
    yield said("https://h.example/source-kind", f"{SKOS}prefLabel", ox.Literal(TEXTS[2]))
    yield said(GRAPH, "https://schema.org/url", "javascript:window.pwned='url'")
    data = "javascript:window.pwned='data'"
    yield said(data, TYPE, "http://www.w3.org/ns/dcat#Dataset")
    yield said(data, f"{DCTERMS}title", ox.Literal(TITLE))
    yield said(data, f"{DCTERMS}description", ox.Literal(TEXTS[0]))
    yield said(data, f"{DCTERMS}license", LICENCE)
    yield said(data, f"{DCTERMS}rights", ox.Literal(TEXTS[1]))
    yield said(data, "http://www.w3.org/ns/dcat#version", ox.Literal(TEXTS[3]))


QUESTION = f"""#+ summary: {WORDS}
#+ tags: [<b>, hostile]
#+ parameters:
#+   thing: k:window.pwned='kind', {PARAMETER}
#+   text: xsd:string, </label>{PARAMETER}
#+   odd: "><svg onload=window.pwned=1>, {PARAMETER}
SELECT ?label ?number ?constructor ?__proto__ ?text WHERE {{
  VALUES ?thing {{ UNDEF }}
  VALUES ?text {{ "<img src=x onerror=window.pwned=1>" }}
  VALUES ?odd {{ "\\"</script>" }}
  ?thing rdfs:label ?label ; <https://h.example/number> ?number
}} # </script> <!--
"""
FILES = {
    f"{FILE}.trig": bytes(ox.serialize(facts(), format=ox.RdfFormat.TRIG) or b"")
    + b"@prefix k: <javascript:> . @prefix constructor: <data:text/html,> . @prefix toString: <https://h.example/$&> .\n",
    "shapes.ttl": f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] sh:targetClass <{KIND}> ; sh:property
        [ sh:path <{OTHER_RELATION}> ; sh:order 1 ; sh:minCount 1 ; sh:name "<img src=x onerror=window.pwned=1>shape" ] ,
        [ sh:path <javascript:window.pwned='path'> ; sh:order 2 ; sh:minCount 1 ; sh:name "</script>missing" ] .""".encode(),
    "view.ttl": f"""@prefix view: <https://w3id.org/mbc-careers/view#> .
        <{RELATION}> view:inverseLabel "<img src=x onerror=window.pwned=1>inverse" .""".encode(),
    "figures.rq": b"""SELECT ?measure ?value ?unit WHERE { VALUES ?thing { }
        ?thing rdfs:label ?measure ; <https://h.example/number> ?value BIND("<img src=x onerror=window.pwned=1>" AS ?unit) }""",
    f"questions/{FILE}.rq": QUESTION.encode(),
    "questions/broken.rq": b"#+ summary: <script>window.pwned=1</script> broken\nSELECT </script><img src=x onerror=window.pwned=1> WHERE {",
}
TREE = """() => [
    ...[...document.querySelectorAll("img:not(.cm-widgetBuffer), iframe, object, embed, base, form, link, audio, video, script:not([data-there])")].map(one => one.outerHTML.slice(0, 200)),
    ...[...document.querySelectorAll("*")].flatMap(one => [...one.attributes]).filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
    ...[...document.querySelectorAll("[href]")].map(one => one.getAttribute("href")).filter(href => !/^https?:\\/\\//.test(href)),
    ...(window.pwned === undefined ? [] : [`ran: ${window.pwned}`]),
]"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Load a data set in which every field is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return graph.load(folder)


@pytest.fixture(scope="module")
def written(hostile: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write its page."""
    return hostile.page(tmp_path_factory.mktemp("page") / "hostile.html")


@pytest.fixture
def opened(visit: Visit, written: Path) -> Page:
    """Open its page, and mark the scripts that are its own."""
    page = visit(written)
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")
    return page


def text_of(place: Locator) -> str:
    """Read a text as it is, with every sign."""
    return place.text_content() or ""


def test_every_panel_shows_the_characters(opened: Page, subtests: pytest.Subtests) -> None:
    assert text_of(opened.get_by_role("heading", level=1)) == opened.title() == TITLE
    assert TEXTS[0] in text_of(opened.get_by_role("note", name="How to begin"))
    assert set(opened.get_by_role("list", name="Shown", exact=True).get_by_role("button").all_text_contents()) >= set(TEXTS)
    assert TEXTS[0] in opened.get_by_role("group", name="Legend").locator(".name").all_text_contents()
    assert opened.evaluate(TREE) == []
    details = panel(opened, "Details")
    addresses = {}
    for iri, text in zip(IRIS, TEXTS, strict=True):
        with subtests.test(text[:40]):
            find(opened, text.splitlines()[0][:300])  # a box takes no line breaks
            expect(details.locator(".iri")).to_contain_text(iri.replace("\u2028", " "))
            assert text_of(details.get_by_role("heading", level=2)) == text
            assert text_of(details.locator(".kind")) == TEXTS[0]
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
            figures = details.get_by_role("region", name="Figures that hold today").locator("td")
            assert {text, "<img src=x onerror=window.pwned=1>"} < set(figures.all_text_contents())
            assert f" · {TEXTS[2]} · {TEXTS[6]}" in " ".join(details.locator(".source").all_text_contents())
            assert opened.evaluate(TREE) == []
            addresses[text] = opened.evaluate("location.hash")
    for text, address in addresses.items():
        settle(opened, address)
        assert text_of(details.get_by_role("heading", level=2)) == text
    act(opened, "Expand")
    act(opened, "Only this")
    expect(status(opened)).to_contain_text("shown")
    opened.go_back()
    for kind in ("Compare", "Route to here"):
        act(details.page, kind)
        open_panel(opened, "Details")
    compare = open_panel(opened, "Compare")
    find(opened, TEXTS[0], box="Add to the comparison")
    find(opened, TEXTS[7], box="Add to the comparison")
    rows = compare.get_by_role("region", name="Comparison").locator("tr")
    expect(rows.first.get_by_role("columnheader")).to_have_count(3)
    expect(rows.first).to_contain_text(TEXTS[0])
    assert TEXTS[1] in " ".join(rows.locator("th").all_text_contents())
    assert TEXTS[12] in compare.get_by_role("list", name="Sources").get_by_role("button").all_text_contents()
    assert opened.evaluate(TREE) == []
    route = open_panel(opened, "Route")
    find(opened, TEXTS[-3], box="From")
    expect(route.get_by_role("region", name="Way 1")).to_contain_text(TEXTS[1])
    assert opened.evaluate(TREE) == []
    about = open_panel(opened, "About")
    assert {LICENCE, TEXTS[1], TEXTS[3]} <= set(about.locator("dd").all_text_contents())
    assert opened.evaluate(TREE) == []


def test_questions_show_the_characters(opened: Page) -> None:
    questions = open_panel(opened, "Questions")
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
    assert opened.evaluate(TREE) == []
    opened.set_viewport_size({"width": 360, "height": 740})
    assert opened.evaluate("document.documentElement.scrollWidth") == 360
    act(opened, "Copy as Python")
    assert "window.pwned" in opened.evaluate("navigator.clipboard.readText()")
    act(opened, "Open in SPARQL")
    expect(panel(opened, "SPARQL").get_by_role("region", name="Answer", exact=True).locator("tbody tr")).to_have_count(len(TEXTS))
    assert opened.evaluate(TREE) == []
    open_panel(opened, "Questions")
    act(opened, "← All questions")
    questions.get_by_role("button", name="<script>window.pwned=1</script> broken", exact=True).click()
    expect(questions.get_by_role("alert")).to_contain_text("error at 2:")
    assert opened.evaluate(TREE) == []


def test_sparql_shows_the_characters(opened: Page) -> None:
    region = run_sparql(opened, "SELECT * { ?thing rdfs:label ?label ; a ?kind }")
    answer = region.get_by_role("region", name="Answer", exact=True)
    expect(answer.locator("tbody tr")).to_have_count(len(TEXTS))
    assert set(answer.locator("td:nth-child(2)").all_text_contents()) == set(TEXTS)
    assert opened.evaluate(TREE) == []
    run_sparql(
        opened,
        'SELECT ("<img src=x onerror=window.pwned=1>" AS ?constructor) (IRI("javascript:window.pwned=1//x") AS ?toString) ?valueOf {}',
    )
    expect(answer.locator("tbody tr")).to_have_count(1)
    assert table(region)[1] == ["<img src=x onerror=window.pwned=1>", "javascript:window.pwned=1//x", "not stated"]
    run_sparql(opened, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    expect(region.get_by_role("region", name="Triples")).to_contain_text("window.pwned")
    run_sparql(opened, "DESCRIBE <javascript:window.pwned=1>")
    expect(region.get_by_role("region", name="Triples")).to_contain_text("</script><img src=x onerror=window.pwned=1>")
    run_sparql(opened, "SELECT * { ?s constructor:html ?o ; k:window.pwned ?x }")
    expect(region.get_by_role("list", name="Names that are not in the data").get_by_role("listitem")).to_have_count(2)
    opened.keyboard.press("Control+a")
    opened.keyboard.type("prototyp")
    completed = opened.locator(".cm-tooltip-autocomplete li").first
    expect(completed).to_have_text(f"<constructor:prototype>{TEXTS[11]} · {TEXTS[0]}")
    assert opened.evaluate(TREE) == []
    for wrong in (
        "SELECT <img src=x onerror=window.pwned=1>",
        "</script><svg onload=window.pwned=1>",
        "{{7*7}} \u2028 \0",
        "SELECT * { ?s constructor:__proto__ 'a\nb' }",
        "<" * 1000,
    ):
        run_sparql(opened, wrong)
        expect(region.get_by_role("alert")).to_be_visible()
        assert opened.evaluate(TREE) == []


def downloaded(page: Page, item: str) -> str:
    """Choose a form in the menu Download; give the text of the file."""
    act(page, "Download")
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name=item, exact=True).click()
    return Path(saved.value.path()).read_bytes().decode()


def picture(page: Page) -> ET.Element:
    """Take the picture away as SVG, and read it."""
    return ET.fromstring(downloaded(page, "Picture as SVG"))  # noqa: S314  entities are none of its dangers: there are none


def test_files_are_read_again_as_they_were(opened: Page, hostile: KnowledgeGraph) -> None:
    drawing = picture(opened)
    assert {one.tag.rpartition("}")[2] for one in drawing.iter()} == {"svg", "rect", "line", "title", "g", "path", "text"}
    assert not [name for one in drawing.iter() for name in one.attrib if name.startswith("on") or "href" in name]
    said = {str(one.text) for one in drawing.iter() if one.tag.endswith("text")}
    signs = {re.sub(r"[\0-\x08\x0e-\x1f\ufffe\uffff]", "", re.sub(r"\s+", " ", text)) for text in TEXTS}
    assert {text for text in signs if len(text) <= 80} <= said
    assert max(len(str(text)) for text in said) < 100
    shown = opened.evaluate("graphPage.page.nodes.map(({ id }) => id)")
    links = list(csv.reader(io.StringIO(downloaded(opened, "Shown links as CSV"), newline="")))[1:]
    assert {tuple(link[3:]) for link in links} == {
        (str(row["from"]), str(row["relation"]), str(row["to"]))
        for row in hostile.query("SELECT ?from ?relation ?to { ?from ?relation ?to FILTER(isIRI(?to) && ?relation != rdf:type) }")
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
    for item, form in (("Shown facts as Turtle", ox.RdfFormat.TURTLE), ("Shown facts as JSON-LD", ox.RdfFormat.JSON_LD)):
        found = {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(downloaded(opened, item).encode(), format=form)}
        assert found == expected, item
    region = run_sparql(opened, "SELECT ?thing ?label { ?thing rdfs:label ?label ; a ?kind }")
    expect(region.get_by_role("region", name="Answer", exact=True)).to_be_visible()
    with opened.expect_download() as saved:
        act(opened, "Download CSV")
    text = Path(saved.value.path()).read_bytes().decode()
    assert {tuple(row) for row in csv.reader(io.StringIO(text, newline=""))} == {
        ("thing", "label"),
        *zip(IRIS, TEXTS, strict=True),
    }
    assert saved.value.suggested_filename == "answer.csv"


HASHES = (
    "#<img src=x onerror=window.pwned=1>",
    "#select=javascript:window.pwned=1",
    "#select=data:text/html,<script>window.pwned=1</script>&show=javascript:window.pwned=1",
    "#panel=javascript:alert(1)&question=</script><svg onload=window.pwned=1>",
    "#panel=constructor&question=__proto__&set-__proto__=1&set-constructor=<x:y>",
    "#panel=__proto__&hide=__proto__ constructor",
    "#panel=sparql&query=" + quote("SELECT ('<img src=x onerror=window.pwned=1>' AS ?x) {}"),
    "#panel=sparql&query=" + quote("</script><img src=x onerror=window.pwned=1>"),
    "#panel=sparql&query=" + quote("INSERT DATA { <a:b> <a:c> <a:d> }"),
    "#panel=sparql&query=" + quote("SELECT * { SERVICE <https://h.example/> { ?s ?p ?o } }"),
    "#panel=sparql&query=" + quote("LOAD <https://h.example/>"),
    "#panel=compare&compare=javascript:a data:b <c> {{7*7}} - -",
    "#panel=route&route=javascript:a data:b",
    "#panel=route&route=- -",
    "#show=* -* <> <javascript:window.pwned=1> \u202e \0 %00 %E2%80%A8 %FF %",
    "#show=" + "a:b " * 20_000,
    "#query=" + "%22" * 50_000 + "&panel=sparql",
    "#show=&select=&hide=&panel=&question=&query=&compare=&route=",
    "#show=*&show=*&select=a&select=b",
    "#" + "&" * 10_000,
    "#=&==&%&%%&#&?#?",
)


def settle(page: Page, hash_: str) -> None:
    """Open an address in the same page; wait until the page has followed it."""
    page.evaluate("hash => { location.hash = hash; }", hash_)
    page.evaluate("graphPage.ask('ASK {}')")  # whatever the address asks is asked before this
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("graphPage.ask('ASK {}')")


def is_alive(page: Page, text: str) -> None:
    """Find something, to see that the page still works."""
    find(page, text)
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text(text)


def test_hostile_addresses_do_nothing(opened: Page, page: Page, subtests: pytest.Subtests) -> None:
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")
    for one, name in ((page, "CPC"), (opened, TEXTS[0])):
        for hash_ in HASHES:
            with subtests.test(hash_[:60]):
                settle(one, hash_)
                assert one.evaluate(TREE) == []
                assert one.locator("[role=tabpanel]:visible, .panel:visible").count() == 1
        is_alive(one, name)


def test_page_is_opened_with_a_hostile_address(visit: Visit, shipped: Path) -> None:
    page = visit(shipped, HASHES[4] + "&show=javascript:window.pwned=1&compare=" + "%3Cimg%3E " * 100)
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")
    assert page.evaluate(TREE) == []
    is_alive(page, "CPC")


LOOKS = (
    ("url(javascript:window.pwned=1)", '"><svg onload=window.pwned=1>'),
    ("__proto__;", "__proto__"),
    ("#12345", "constructor"),
)


def test_looks_that_were_changed_in_the_file_do_nothing(visit: Visit, written: Path, tmp_path: Path) -> None:
    """Python refuses such looks; this is a page that somebody has changed by hand."""
    text = written.read_text(encoding="utf-8")
    found = re.search(r'<script id="payload" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found
    payload = json.loads(found[1])
    for kind, (colour, shape) in zip(payload["kinds"], itertools.cycle(LOOKS), strict=False):
        kind.update(colour=colour, shape=shape, label=TEXTS[1])
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace(found[1], json.dumps(payload).replace("<", "\\u003c")), encoding="utf-8")
    page = visit(changed)
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")
    assert page.evaluate(TREE) == []
    drawing = picture(page)
    assert {one.get("fill") for one in drawing.iter() if one.tag.endswith("path")} == {"#d3d3d3"}


def test_names_of_files_are_text(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / FILE
    folder.mkdir()
    name = "{{7*7}}<svg onload=window.pwned=1>\u202e"
    (folder / f"{name}.ttl").write_text("<a:x> <a:p> <a:y> .", encoding="utf-8")
    page = visit(graph.load(folder / f"{name}.ttl").page(folder / f"{name}.html"))
    assert text_of(page.get_by_role("heading", level=1)) == name
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")
    assert page.evaluate(TREE) == []


signs = st.characters(exclude_categories=["Cs"])


def written_with(parts: str) -> st.SearchStrategy[str]:
    """Write texts of these words and any signs between them."""
    word = st.one_of(st.sampled_from(parts.split(" ")), st.text(signs, max_size=8), st.sampled_from([" ", "\n", *TEXTS[:8]]))
    return st.lists(word, max_size=10).map("".join)


names = written_with("CPC medical coder ( [ * \\ + ? ^ $ .* $& %s {0} é ß İ ﬁ \u0300 \u202e")
queries = written_with(
    "SELECT ASK CONSTRUCT DESCRIBE WHERE PREFIX BASE VALUES LIMIT 1 * { } ( ) . ; , # < > <a:b> ?s ?p ?o a cert:cpc mbc: 'x' \" ''' \\ \\u003C @en ^^"
)
addresses = written_with(
    "& = # % %00 %FF + * - -- show= select= hide= panel= question= query= compare= route= set- set-certification= sparql compare route about"
    " which-certification cert:cpc role:medical-coder <a:b> SELECT ASK{} UNDEF __proto__ constructor"
)


def test_whatever_is_typed_or_opened_nothing_runs(page: Page, complaints: list[str]) -> None:
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")

    def is_quiet() -> None:
        assert page.evaluate(TREE) == []
        assert complaints == []

    @settings(max_examples=15)
    @given(names)
    def find_it(text: str) -> None:
        box = page.get_by_role("combobox", name="Find", exact=True)
        box.fill(text)
        options = page.get_by_role("listbox", name="Hits").get_by_role("option")
        assert (options.count() > 0) == bool(box.evaluate("box => box.value.trim()"))
        box.press("Enter")
        is_quiet()

    @settings(max_examples=15)
    @given(queries)
    def ask_it(text: str) -> None:
        region = run_sparql(page, text)
        ask(page, "ASK {}")  # it is asked after that one
        expect(page.locator("#stop")).to_be_hidden()
        if page.evaluate("text => text.trim()", text):
            expect(region.locator("#sparql-answer > *").first).to_be_visible()
        is_quiet()

    @settings(max_examples=20)
    @given(addresses)
    def open_it(text: str) -> None:
        settle(page, f"#{text}")
        assert page.locator(".panel:visible").count() == 1
        is_quiet()

    for property_ in (find_it, ask_it, open_it):
        property_()
    settle(page, "")
    is_alive(page, "CPC")
