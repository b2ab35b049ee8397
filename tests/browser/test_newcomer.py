"""Someone who has never heard of RDF finds what they came for in at most four clicks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import as_shown, choose, find, open_panel, panel, table

MOST = 4


class Walk:
    """Counts what a person does: a click, a choice, or a name typed and taken with Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def find(self, text: str, box: str = "Find") -> None:
        """Type a name and press Enter."""
        self.clicks += 1
        find(self.page, text, box=box)

    def open(self, name: str) -> Locator:
        """Click on a tab."""
        self.clicks += 1
        return open_panel(self.page, name)

    def click(self, name: str, within: Locator) -> None:
        """Click on a button."""
        self.clicks += 1
        within.get_by_role("button", name=name, exact=True).click()

    def choose(self, name: str, label: str, within: Locator) -> None:
        """Choose from a chooser."""
        self.clicks += 1
        choose(within, name, label)


@pytest.fixture
def walk(page: Page) -> Walk:
    """Begin where everyone begins."""
    return Walk(page)


def test_what_does_a_coder_do(walk: Walk, kg: KnowledgeGraph) -> None:
    walk.find("coder")
    details = panel(walk.page, "Details")
    expect(details.get_by_role("heading", level=2)).to_have_text("medical coder")
    duties = [
        str(row["name"])
        for row in kg.query("SELECT ?name { role:medical-coder mbc:hasDuty/skos:prefLabel ?name }")
    ]
    said = [details.get_by_role("button", name=duty, exact=True) for duty in duties]
    assert len(said) > 5
    for duty in said:
        expect(duty).to_be_visible()
    assert any(duty.evaluate("one => one.getBoundingClientRect().bottom < innerHeight") for duty in said)
    assert walk.clicks <= MOST


def test_cpc_or_ccs(walk: Walk, kg: KnowledgeGraph) -> None:
    region = walk.open("Compare")
    walk.find("CPC", box="Add to comparison")
    walk.find("CCS", box="Add to comparison")
    expect(region.get_by_role("region", name="Comparison")).to_be_in_viewport()
    rows = {row[0].removeprefix("≠ "): row[1:] for row in table(region, "Comparison")}
    assert rows[""] == ["CPC", "CCS"]
    for row in kg.compare("CPC", "CCS").rows:
        assert [cell == "not stated" for cell in rows[row.name]] == [not values for values in row.cells]
    assert rows["is awarded by"][0].startswith("AAPC")
    assert rows["is awarded by"][1].startswith("AHIMA")
    assert walk.clicks <= MOST

    again = Walk(walk.page)
    region = again.open("Questions")
    again.click("CCS or CPC: how do two certifications compare?", region)
    assert table(region)[1:] == as_shown(kg, kg.query("ccs-or-cpc"))
    assert again.clicks <= MOST


def test_how_do_i_become_an_auditor_from_a_high_school_diploma(walk: Walk, kg: KnowledgeGraph) -> None:
    region = walk.open("Route")
    walk.find("high school diploma", box="From")
    walk.find("auditor", box="To")
    first = region.get_by_role("region", name="Route 1")
    expect(first).to_be_in_viewport()
    best = kg.route("high school diploma", "coding auditor")[0]
    names = kg.labels({one.end for one in best.steps})
    expect(first.get_by_role("listitem")).to_contain_text([names[one.end] for one in best.steps])
    expect(first.get_by_text("Fees: $")).to_be_visible()
    assert walk.clicks <= MOST


def test_what_would_i_earn_in_texas(walk: Walk, kg: KnowledgeGraph) -> None:
    pay = next(
        row
        for row in kg.query("compare-pay-in-states", {"state": "Texas", "other": "Alaska"})
        if str(row["statistic"]).endswith("/median")
    )
    region = walk.open("Questions")
    walk.click(
        "How does pay in Alaska compare with Texas, or in any two states, for coders or another role?", region
    )
    walk.choose("the first state", "Texas", region)
    median = region.get_by_role("row").filter(has=walk.page.get_by_role("cell", name="median", exact=True))
    expect(median).to_contain_text(f"{pay['payInState']:,}")
    expect(median).to_be_in_viewport()
    expect(median).to_contain_text("US dollars a year")
    assert walk.clicks <= MOST

    again = Walk(walk.page)
    again.find("Texas")
    figures = panel(walk.page, "Details").get_by_role("region", name="Current figures")
    (coders,) = kg.query(
        "SELECT ?name { role:medical-coder mbc:isClassifiedAs/mbc:isPartOfClass ?class . ?class mbc:typicalEntryEducation ?x ; skos:prefLabel ?name }"
    )
    line = figures.get_by_role("row").filter(
        has=walk.page.get_by_role("cell", name=f"{coders['name']}: annual pay, median", exact=True)
    )
    expect(line).to_contain_text(f"{pay['payInState']:,}")
    assert again.clicks <= MOST
