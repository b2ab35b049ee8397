"""What a person takes away is what they saw, in files that others can open."""

from __future__ import annotations

import csv
import io
import struct
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
from playwright.sync_api import Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import act, choose, download, find, in_list, open_panel, open_question, shown
from tests.browser.conftest import Visit, WritePage

SVG = "{http://www.w3.org/2000/svg}"
ODD = "</script><img src=x onerror=alert(1)>"
ODD_FACTS = f"""@prefix : <http://a.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:a rdfs:label \"\"\"{ODD}\"\"\" ; :near :b ; :says "a\\"b,\\nc" . :b rdfs:label "=1+1, \\"b\\"" ."""
SAID = (
    """SELECT ?s ?p ?o { VALUES ?s { %s } ?s ?p ?o FILTER(isLiteral(?o) || ?p = rdf:type || ?o IN (%s)) }"""
)


def quads(path: Path, form: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(path.read_bytes(), format=form)}


def links(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_picture_and_what_is_shown_are_taken_away(page: Page, kg: KnowledgeGraph) -> None:
    find(page, "RHIA")
    expect(in_list(page, "RHIA")).to_be_visible()
    page.get_by_role("group", name="Legend").get_by_role("checkbox", name="organization").uncheck()
    expect(in_list(page, "AAPC")).to_have_count(0)
    seen = shown(page)

    png = download(page, "Graph as PNG").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width >= 400
    assert height >= 400
    assert page.evaluate(
        """async bytes => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
            const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
            context.drawImage(image, 0, 0);
            const colours = new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer));
            return [image.width, colours.size > 20];
        }""",
        list(png),
    ) == [width, True]

    root = ET.fromstring(download(page, "Graph as SVG").read_bytes())  # noqa: S314
    assert sorted(text.text or "" for text in root.iter(f"{SVG}text")) == sorted(seen)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "rect",
        "line",
        "title",
        "g",
        "path",
        "text",
    }

    rows = links(download(page, "Links as CSV"))
    iris = page.evaluate("Object.keys(graphPageForTests.positions())")
    names = kg.labels(iris)
    assert len(root.findall(f".//{SVG}line")) == len(rows) > 10
    assert {name for row in rows for name in (row["from"], row["to"])} <= set(seen)
    assert all(
        kg.query(f"ASK {{ <{row['fromIri']}> <{row['relationIri']}> <{row['toIri']}> }}").boolean
        for row in rows
    )
    assert all(names[row["fromIri"]] == row["from"] for row in rows)
    expect(page.locator("#status")).to_contain_text("Saved graph.csv")

    left = [iri for iri in iris if names[iri] in seen]
    found = kg.query(
        f"CONSTRUCT {{ ?s ?p ?o }} {{ {SAID % (' '.join(f'<{iri}>' for iri in left), ', '.join(f'<{iri}>' for iri in left))} }}"
    )
    mine = {str(triple) for triple in found.triples or ()}
    assert quads(download(page, "Facts as Turtle"), ox.RdfFormat.TURTLE) == mine
    assert quads(download(page, "Facts as JSON-LD"), ox.RdfFormat.JSON_LD) == mine
    assert len(mine) > len(seen)


def test_odd_data_stays_data_in_every_file(visit: Visit, write_page: WritePage) -> None:
    page = visit(write_page({"facts.ttl": ODD_FACTS}))
    root = ET.fromstring(download(page, "Graph as SVG").read_bytes())  # noqa: S314
    assert {text.text for text in root.iter(f"{SVG}text")} == {ODD, '=1+1, "b"'}
    assert not [element.tag for element in root.iter() if element.tag.endswith(("script", "img"))]
    (row,) = links(download(page, "Links as CSV"))
    assert (row["from"], row["to"]) == (ODD, '=1+1, "b"')
    mine = {str(quad.triple) for quad in ox.parse(ODD_FACTS.encode(), format=ox.RdfFormat.TURTLE)}
    assert quads(download(page, "Facts as Turtle"), ox.RdfFormat.TURTLE) == mine
    assert quads(download(page, "Facts as JSON-LD"), ox.RdfFormat.JSON_LD) == mine


def test_table_is_taken_away_as_csv_and_the_menu_is_used_with_keys_alone(
    page: Page, kg: KnowledgeGraph
) -> None:
    region = open_question(page, "CCS or CPC: how do two certifications compare?")
    choose(region, "the second certification", "RHIA")
    expect(region.get_by_role("cell", name="RHIA", exact=True).first).to_be_visible()
    taken = download(page, "Download CSV", region=region)
    mine = kg.query("ccs-or-cpc", {"second": "RHIA"}).to_text("csv")
    assert list(csv.reader(io.StringIO(taken.read_bytes().decode("utf-8"), newline=""))) == list(
        csv.reader(io.StringIO(mine, newline=""))
    )

    button = page.get_by_role("button", name="Download", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    items = page.get_by_role("menu", name="Download").get_by_role("menuitem")
    expect(button).to_have_attribute("aria-expanded", "true")
    names = items.all_inner_texts()
    assert len(names) == 6
    for name in names:
        expect(page.get_by_role("menuitem", name=name)).to_be_focused()
        page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("End")
    expect(items.last).to_be_focused()
    page.keyboard.press("Home")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(items).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")


def test_comparison_and_way_are_printed_without_the_rest(page: Page) -> None:
    page.evaluate("() => { globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1 } }")
    compare = open_panel(page, "Compare")
    for name in ("CPC", "CCS", "COC", "RHIA"):
        find(page, name, box="Add to comparison")
        expect(compare.get_by_role("list", name="Compared")).to_contain_text(name)
    act(page, "Print")
    act(page, "Download")
    page.get_by_role("menuitem", name="Print this panel").click()
    assert page.evaluate("printed") == 2

    page.emulate_media(media="print")
    comparison = compare.get_by_role("region", name="Comparison")
    expect(comparison.get_by_role("table")).to_be_visible()
    expect(compare.get_by_role("heading", name="Compare")).to_be_visible()
    expect(compare.get_by_role("list", name="Sources")).to_be_visible()
    for hidden in ("banner", "tablist", "complementary", "group", "combobox"):
        assert not [one for one in page.get_by_role(hidden).all() if one.is_visible()], hidden
    expect(page.get_by_role("region", name="Graph")).to_be_hidden()
    for act_on_it in ("Print", "Remove CPC"):
        expect(page.get_by_role("button", name=act_on_it)).to_be_hidden()
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    assert comparison.evaluate(
        "place => place.scrollWidth <= place.clientWidth + 1 && place.scrollHeight <= place.clientHeight + 1"
    )
    pages = page.pdf(format="A4").count(b"/Type /Page\n")
    assert pages > 1

    page.emulate_media(media="screen")
    route = open_panel(page, "Route")
    find(page, "high school diploma", box="From")
    find(page, "coding auditor", box="To")
    expect(route.get_by_role("region", name="Route 3")).to_be_visible()
    page.emulate_media(media="print")
    for text in ("Route 1", "Route 3"):
        expect(route.get_by_role("region", name=text).get_by_role("list")).to_be_visible()
    for end in ("high school diploma or GED", "coding auditor"):
        expect(route.locator(".end").get_by_text(end, exact=True)).to_be_visible()
    expect(route.get_by_role("combobox", name="From")).to_be_hidden()
    expect(compare).to_be_hidden()
    tops = [box["y"] for box in (way.bounding_box() for way in route.locator(".route").all()) if box]
    assert len(tops) == 3
    assert all(one < other for one, other in pairwise(tops))
