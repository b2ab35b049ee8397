"""A person walks the picture: click, expand, collapse, move, and never lose count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import act, find, find_and_read, in_list, panel, place, run_sparql, shown, status
from tests.browser.conftest import Visit, WritePage
from tests.browser.look import frames, ids, iri, looks

AT_ONCE = 25
MOST = 1000
MANY = 1200
BUSY = "Billing and Posting Clerks (O*NET)"
"""A thing with many links of several relations."""


def click(page: Page, label: str, *, times: int = 1) -> None:
    """Click in the picture where a thing lies."""
    page.mouse.click(*place(page, iri(page, label)), click_count=times)


def near(page: Page, thing: str) -> set[str]:
    """Tell which things the picture links to one, and itself."""
    links = [(link["from"], link["to"]) for link in looks(page)["edges"] if not link["hidden"]]
    return {end for ends in links if thing in ends for end in ends} | {thing}


def bright(page: Page) -> set[str]:
    """Tell which things stand out."""
    return {thing["id"] for thing in looks(page)["nodes"] if thing["bright"]}


def expand(page: Page, name: str = "Expand") -> tuple[int, int]:
    """Press a button that adds things; give what the page says: how many were added, how many are left."""
    before = len(ids(page))
    status(page).evaluate("line => line.replaceChildren()")
    panel(page, "Details").get_by_role("button", name=name, exact=True).click()
    expect(status(page)).to_have_text(re.compile(r"^\d+ added"))
    added, more = re.findall(r"^(\d+) added(?:; (\d+) more not shown)?", status(page).inner_text())[0]
    assert len(ids(page)) == before + int(added)
    return int(added), int(more or 0)


def empty_spot(page: Page) -> tuple[float, float]:
    """Find a place in the picture where nothing lies."""
    canvas = page.locator("#canvas").bounding_box()
    assert canvas
    things = [place(page, thing) for thing in ids(page)]
    spots = [
        (canvas["x"] + x, canvas["y"] + y)
        for x in range(20, int(canvas["width"]) - 20, 20)
        for y in range(20, int(canvas["height"]) - 60, 20)
    ]
    return max(spots, key=lambda spot: min((spot[0] - x) ** 2 + (spot[1] - y) ** 2 for x, y in things))


def test_click_selects_and_lights_up_what_is_near(page: Page) -> None:
    assert bright(page) == ids(page)
    before = looks(page)
    click(page, "CCS")
    heading = panel(page, "Details").get_by_role("heading", level=2)
    expect(heading).to_have_text("CCS")
    expect(in_list(page, "CCS")).to_have_attribute("aria-current", "true")
    assert bright(page) == near(page, iri(page, "CCS"))
    assert 1 < len(bright(page)) < len(ids(page))
    frames(page)
    assert (looks(page)["scale"], looks(page)["middle"]) == (before["scale"], before["middle"]), (
        "it moved away from the pointer"
    )
    click(page, "medical biller")
    expect(heading).to_have_text("medical biller")
    assert bright(page) == near(page, iri(page, "medical biller"))
    page.mouse.click(*empty_spot(page))
    expect(heading).to_have_text("Details")
    expect(page.locator("#shown [aria-current]")).to_have_count(0)
    assert bright(page) == ids(page)


def has_clear_room(page: Page, link: dict[str, str]) -> bool:
    """Tell whether more than two lines of text lie between the boxes of the two ends."""
    ends = [page.evaluate("id => graphPageForTests.box(id)", link[end]) for end in ("from", "to")]
    upper, lower = sorted(ends, key=lambda box: box["top"])
    return bool(lower["top"] - upper["bottom"] > 40)


def test_named_links_are_those_of_the_selected_item_with_room(page: Page) -> None:
    click(page, "CBCS")
    expect(in_list(page, "CBCS")).to_have_attribute("aria-current", "true")
    item = iri(page, "CBCS")
    named = [link for link in looks(page)["edges"] if link["label"]]
    own = [link for link in looks(page)["edges"] if item in (link["from"], link["to"])]
    assert [link for link in named if link not in own] == []
    assert [link for link in own if link not in named and has_clear_room(page, link)] == []
    assert any(has_clear_room(page, link) for link in own)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_double_click_expands(visit: Visit, shipped: Path, motion: str) -> None:
    page = visit(shipped, reduced_motion=motion)
    before, thing = ids(page), iri(page, "CPB")
    click(page, "CPB", times=2)
    expect(status(page)).to_have_text(re.compile(r"^\d+ added"))
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("CPB")
    added = ids(page) - before
    assert 0 < len(added) <= AT_ONCE
    assert added <= near(page, thing)


def test_expands_some_at_a_time_and_counts_the_rest(page: Page, kg: KnowledgeGraph) -> None:
    rows = list(
        kg.query(
            "SELECT DISTINCT ?task ?name { occ:onet-43-3021.00 mbc:hasTask ?task . mbc:hasTask rdfs:label ?name }"
        )
    )
    tasks, left = {str(row["task"]) for row in rows}, len(rows)
    assert left > AT_ONCE
    find_and_read(page, BUSY, BUSY)
    while left:
        assert expand(page, f"Add to graph: {rows[0]['name']}") == (
            min(AT_ONCE, left),
            max(0, left - AT_ONCE),
        )
        left -= min(AT_ONCE, left)
    assert tasks <= ids(page)
    added, more = expand(page)
    assert (added, more > 0) == (AT_ONCE, True)
    assert expand(page) == (min(AT_ONCE, more), max(0, more - AT_ONCE))


def test_collapse_takes_away_what_hangs_on_a_thing_alone(page: Page) -> None:
    start = ids(page)
    find_and_read(page, "CRC", "CRC")
    expand(page)
    thing = iri(page, "CRC")
    alone = {one for one in near(page, thing) if near(page, one) == {one, thing}} - {thing}
    assert alone
    before = ids(page)
    act(page, "Collapse")
    expect(status(page)).to_have_text(re.compile(r"^\d+ items? hidden$"))
    gone = before - ids(page)
    assert status(page).inner_text() == f"{len(gone)} item{'s' * (len(gone) != 1)} hidden"
    assert alone <= gone
    assert thing in ids(page)
    assert all(near(page, one) - {one} for one in start & ids(page))


def test_only_this_keeps_a_thing_and_its_neighbourhood(page: Page) -> None:
    find_and_read(page, BUSY, BUSY)
    thing = iri(page, BUSY)
    act(page, "Only this")
    expect(status(page)).to_have_text(re.compile(rf"^{re.escape(BUSY)} and \d+ of its \d+ neighbors shown$"))
    kept, every = map(int, re.findall(r"(\d+) of its (\d+)", status(page).inner_text())[0])
    assert kept == AT_ONCE < every
    assert len(ids(page)) == kept + 1
    assert near(page, thing) == ids(page)


def test_moves_zooms_and_fits(page: Page) -> None:
    canvas = page.locator("#canvas").bounding_box()
    assert canvas
    places = page.evaluate("graphPageForTests.positions()")
    thing = iri(page, "CCS")
    x, y = place(page, thing)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 25, steps=4)
    page.mouse.up()
    now = page.evaluate("graphPageForTests.positions()")
    assert {one for one in places if places[one] != now[one]} == {thing}
    scale = looks(page)["scale"]
    assert now[thing]["x"] - places[thing]["x"] == pytest.approx(40 / scale, abs=3)
    assert now[thing]["y"] - places[thing]["y"] == pytest.approx(25 / scale, abs=3)
    assert page.evaluate("location.hash") == ""
    click(page, "CPC")
    expect(in_list(page, "CPC")).to_have_attribute("aria-current", "true")
    assert page.evaluate("graphPageForTests.positions()") == now, "it went back when something else was done"

    page.mouse.move(canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2)
    page.mouse.wheel(0, -300)
    frames(page)
    assert looks(page)["scale"] > scale
    act(page, "Zoom out")
    act(page, "Zoom out")
    frames(page)
    smaller = looks(page)["scale"]
    act(page, "Zoom in")
    assert looks(page)["scale"] == pytest.approx(smaller * 1.25)

    page.locator("#canvas").focus()
    for key, axis, sign in (
        ("ArrowRight", "x", 1),
        ("ArrowLeft", "x", -1),
        ("ArrowDown", "y", 1),
        ("ArrowUp", "y", -1),
    ):
        at = looks(page)["middle"]
        page.keyboard.press(key)
        moved = {one: looks(page)["middle"][one] - at[one] for one in "xy"}
        assert moved[axis] * sign > 0
        assert moved["y" if axis == "x" else "x"] == pytest.approx(0)

    spot = empty_spot(page)
    at = looks(page)["middle"]
    page.mouse.move(*spot)
    page.mouse.down()
    page.mouse.move(spot[0] + 300, spot[1] + 200, steps=4)
    page.mouse.up()
    assert looks(page)["middle"] != at
    assert page.evaluate("graphPageForTests.positions()") == now, "to move the picture moves no thing"
    act(page, "Fit")
    for one in ids(page):
        x, y = place(page, one)
        assert canvas["x"] < x < canvas["x"] + canvas["width"]
        assert canvas["y"] < y < canvas["y"] + canvas["height"]


def test_picture_is_bounded_and_says_so(visit: Visit, write_page: WritePage) -> None:
    head = '@prefix : <http://a.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :hub rdfs:label "hub" .'
    lines = [
        f':hub :has :t{number} . :t{number} a :Thing ; rdfs:label "t{number}" .' for number in range(MANY)
    ]
    page = visit(write_page({"facts.ttl": "\n".join([head, *lines])}))
    assert len(ids(page)) <= 200
    answer = run_sparql(page, "SELECT ?thing { ?thing a <http://a.example/Thing> }")
    expect(answer.get_by_text("1,200 rows")).to_be_visible()
    act(page, "Show in graph")
    expect(status(page)).to_have_text(f"{MOST:,} of {MANY:,} items shown in the graph")
    assert len(ids(page)) == len(shown(page)) == MOST
    find(page, "hub")
    expect(status(page)).to_contain_text(f"the graph is limited to {MOST:,} items")
    assert len(ids(page)) == MOST
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("hub")
    missing = next(f"t{number}" for number in range(MANY) if f"t{number}" not in shown(page))
    find_and_read(page, f"{missing}", missing)
    assert len(ids(page)) == MOST
    act(page, "Expand")
    expect(status(page)).to_have_text(
        re.compile(rf"^0 added; \d+ more not shown; the graph is limited to {MOST:,} items$")
    )
    assert len(ids(page)) == MOST
