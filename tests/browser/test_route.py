"""A person looks for a way from what they have to what they want to be."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from graph import KnowledgeGraph
from graph.route import Route
from graph.text import no_way_text, routes_text
from tests.browser.acts import act, find, find_and_read, in_list, open_panel, panel


def written(kg: KnowledgeGraph, found: tuple[Route, ...]) -> list[list[str]]:
    """Write each way as the command line does, line by line; the sources stand in lines of their own, not in brackets."""
    steps = [one for route in found for one in route.steps]
    names = kg.labels({iri for one in steps for iri in (one.start, one.end, one.source, *(source for _, source in one.others))})
    ways = routes_text(found, names.__getitem__).replace("\nWay ", "\nRoute ").split("\n\n")[1:] if found else []
    between = r"^\s*(\d+\. )?|(?<=\. )\[(?=.*\]$)|;(?= (?:time|fee|membership|level|advice)[\w, ]*: [^\[]*\]$)|\]$"
    return [[re.sub(between, "", line) for line in way.splitlines()] for way in ways]


def test_best_ways_are_numbered_steps_with_totals_and_lit_in_the_picture(page: Page, kg: KnowledgeGraph) -> None:
    region = open_panel(page, "Route")
    expect(region.get_by_text("Choose where to start and where to go.")).to_be_visible()
    find(page, "high school diploma", box="From")
    find(page, "coding auditor", box="To")
    ways = region.get_by_role("region", name=re.compile(r"^Route \d$"))
    mine = kg.route("award:high-school-diploma", "role:coding-auditor")
    expect(ways).to_have_count(len(mine))
    assert len(mine) == 3
    names = kg.labels({iri for route in mine for one in route.steps for iri in (one.start, one.end)})
    for number, (route, lines) in enumerate(zip(mine, written(kg, mine), strict=True)):
        way = ways.nth(number)
        expect(way.get_by_role("heading", level=3)).to_have_text(lines[0])
        items = way.get_by_role("list").get_by_role("listitem")
        expect(items).to_have_text(lines[1:-1], use_inner_text=True)
        expect(way.get_by_text("Fees: ")).to_have_text(lines[-1])
        assert items.first.evaluate("item => getComputedStyle(item).listStyleType") == "decimal"
        way.get_by_role("button", name="Show in graph").click()
        expect(way.get_by_role("button", name="Show in graph", pressed=True)).to_be_visible()
        expect(region.get_by_role("button", name="Show in graph", pressed=True)).to_have_count(1)
        lit = page.evaluate("graphPageForTests.highlight()")
        assert lit["steps"] == [[one.start, one.how, one.end] for one in route.steps]
        assert lit["nodes"] == [route.steps[0].start, *(one.end for one in route.steps)]
        for one in route.steps:
            expect(in_list(page, names[one.end])).to_be_visible()
    open_panel(page, "About")
    assert page.evaluate("graphPageForTests.highlight().nodes") == []
    open_panel(page, "Route")
    assert page.evaluate("graphPageForTests.highlight().nodes.length") == len(mine[-1].steps) + 1
    items.first.get_by_role("button", name=names[mine[-1].steps[0].end], exact=True).click()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text(names[mine[-1].steps[0].end])

    act(page, "Undo")
    kinds = set()
    for name in ("CPC", "medical biller", "CPMA", "RHIA"):
        find(page, name, box="To")
        mine = kg.route("award:high-school-diploma", name)
        ways = region.get_by_role("region", name=re.compile(r"^Route \d$"))
        expect(region.locator(".end").nth(1)).to_contain_text(name)
        expect(ways).to_have_count(len(mine))
        for number, (route, lines) in enumerate(zip(mine, written(kg, mine), strict=True)):
            expect(ways.nth(number).get_by_text("Fees: ")).to_have_text(lines[-1])
            kinds.add((any(one.fee_for for one in route.steps), bool(route.without_fee), bool(route.months)))
    assert len(kinds) > 2


def test_no_way_is_said_in_a_sentence_and_ends_are_changed(page: Page, kg: KnowledgeGraph) -> None:
    find_and_read(page, "high school diploma", "high school diploma or GED").get_by_role("button", name="Find routes").click()
    region = panel(page, "Route")
    find(page, "coding auditor", box="From")
    assert kg.route("coding auditor", "high school diploma") == ()
    expect(
        region.get_by_text("No route of up to 6 steps is known from coding auditor to high school diploma or GED.")
    ).to_be_visible()
    for name in ("RHIA", "CPMA"):
        find(page, name, box="To")
        iri = kg.resolve(name)
        names = kg.labels({iri, kg.resolve("coding auditor"), *kg.predecessors(name)})
        text = no_way_text(kg.resolve("coding auditor"), iri, kg.predecessors(name), names.__getitem__)
        expect(region.locator(".gap + p")).to_have_text(text.split(". ", 1)[1].strip())
    find(page, "high school diploma", box="To")
    find(page, "CPC", box="From")
    expect(region.get_by_text("No route of up to 6 steps is known from CPC to high school diploma or GED.")).to_be_visible()
    find(page, "coding auditor", box="To")
    ways = region.get_by_role("region", name=re.compile(r"^Route \d$"))
    expect(ways).to_have_count(len(kg.route("CPC", "coding auditor")))
    expect(region.locator(".gap")).to_have_count(0)
    act(page, "Undo")
    expect(region.locator(".end").nth(1)).to_contain_text("high school diploma or GED")
    expect(ways).to_have_count(0)
