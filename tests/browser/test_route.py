"""A person looks for a route from what they have to what they want to be."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from graph import KnowledgeGraph
from graph.route import Route
from graph.text import no_route_text, routes_text
from tests.browser.acts import act, find, find_and_read, in_list, open_panel, panel


def as_text(kg: KnowledgeGraph, found: tuple[Route, ...]) -> list[list[str]]:
    """Write each route as the command line does, but without brackets around its sources."""
    steps = [step for route in found for step in route.steps]
    sources = {source for step in steps for _, source in step.sources}
    labels = kg.labels({iri for step in steps for iri in (step.start, step.end)} | sources)
    routes = routes_text(found, kg.route_policy, labels.__getitem__).split("\n\n")[1:] if found else []
    parts = "|".join(part for _, part in kg.route_policy.sources)
    between = rf"^\s*(\d+\. )?|(?<=\. )\[(?=.*\]$)|;(?= (?:{parts})[\w, ]*: [^\[]*\]$)|\]$"
    return [[re.sub(between, "", line) for line in route.splitlines()] for route in routes]


def test_best_routes_are_numbered_steps_with_sums_and_marked_in_the_picture(
    page: Page, kg: KnowledgeGraph
) -> None:
    region = open_panel(page, "Route")
    expect(region.get_by_text("Choose a start and an end.")).to_be_visible()
    find(page, "high school diploma", box="From")
    find(page, "coding auditor", box="To")
    routes = region.get_by_role("region", name=re.compile(r"^Route \d$"))
    mine = kg.route("award:high-school-diploma", "role:coding-auditor")
    expect(routes).to_have_count(len(mine))
    assert len(mine) == 3
    names = kg.labels({iri for route in mine for one in route.steps for iri in (one.start, one.end)})
    for number, (route, lines) in enumerate(zip(mine, as_text(kg, mine), strict=True)):
        found = routes.nth(number)
        expect(found.get_by_role("heading", level=3)).to_have_text(lines[0])
        items = found.get_by_role("list").get_by_role("listitem")
        expect(items).to_have_text(lines[1:-1], use_inner_text=True)
        expect(found.get_by_text("Fees: ")).to_have_text(lines[-1])
        assert items.first.evaluate("item => getComputedStyle(item).listStyleType") == "decimal"
        found.get_by_role("button", name="Show in graph").click()
        expect(found.get_by_role("button", name="Show in graph", pressed=True)).to_be_visible()
        expect(region.get_by_role("button", name="Show in graph", pressed=True)).to_have_count(1)
        lit = page.evaluate("graphPageForTests.highlight()")
        assert lit["steps"] == [[one.start, one.text, one.end] for one in route.steps]
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
    cases = set()
    for name in ("CPC", "medical biller", "CPMA", "RHIA"):
        find(page, name, box="To")
        mine = kg.route("award:high-school-diploma", name)
        routes = region.get_by_role("region", name=re.compile(r"^Route \d$"))
        expect(region.locator(".end").nth(1)).to_contain_text(name)
        expect(routes).to_have_count(len(mine))
        for number, (route, lines) in enumerate(zip(mine, as_text(kg, mine), strict=True)):
            expect(routes.nth(number).get_by_text("Fees: ")).to_have_text(lines[-1])
            cases.add((any(one.amounts[0].item for one in route.steps), *map(bool, route.missing.values())))
    assert len(cases) > 2


def test_where_there_is_no_route_it_says_so_and_ends_are_changed(page: Page, kg: KnowledgeGraph) -> None:
    find_and_read(page, "high school diploma", "high school diploma or GED").get_by_role(
        "button", name="Find routes"
    ).click()
    region = panel(page, "Route")
    find(page, "coding auditor", box="From")
    assert kg.route("coding auditor", "high school diploma") == ()
    expect(
        region.get_by_text(
            "No route of up to 6 steps leads from coding auditor to high school diploma or GED."
        )
    ).to_be_visible()
    for name in ("RHIA", "CPMA"):
        find(page, name, box="To")
        start, end, before = kg.resolve("coding auditor"), kg.resolve(name), kg.predecessors(name)
        labels = kg.labels({start, end, *before})
        text = no_route_text(start, end, before, kg.route_policy, labels.__getitem__)
        expect(region.locator(".gap + p")).to_have_text(text.split(". ", 1)[1].strip())
    find(page, "high school diploma", box="To")
    find(page, "CPC", box="From")
    expect(
        region.get_by_text("No route of up to 6 steps leads from CPC to high school diploma or GED.")
    ).to_be_visible()
    find(page, "coding auditor", box="To")
    routes = region.get_by_role("region", name=re.compile(r"^Route \d$"))
    expect(routes).to_have_count(len(kg.route("CPC", "coding auditor")))
    expect(region.locator(".gap")).to_have_count(0)
    act(page, "Undo")
    expect(region.locator(".end").nth(1)).to_contain_text("high school diploma or GED")
    expect(routes).to_have_count(0)
