"""A person finds a thing by whatever they know of its name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import act, find, find_and_read, in_list, panel, place, settle, shown
from tests.browser.conftest import Visit, WritePage

TWO_LANGUAGES = """
@prefix : <http://a.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:a rdfs:label "Haus"@de , "house"@en ; rdfs:comment "A place to live."@en , "Wo man wohnt."@de ; :near :b .
:b rdfs:label "Baum"@de , "tree"@en .
:near rdfs:label "nahe"@de , "near"@en .
"""


def hits(page: Page, text: str) -> Locator:
    """Type into the box Find; give what it offers."""
    page.get_by_role("combobox", name="Find", exact=True).fill(text)
    return page.get_by_role("listbox", name="Matches").get_by_role("option")


def test_finds_by_any_name_and_says_why(page: Page, subtests: pytest.Subtests) -> None:
    for typed, label, why in (
        ("medical coder", "medical coder", "role"),
        ("MEDICAL CODER", "medical coder", "role"),
        ("certified professional coder", "CPC", "also called Certified Professional Coder"),
        ("CCS", "CCS", "certification"),
        ("CPC-H", "COC", "also called CPC-H"),
        ("CTR", "ODS", "also called CTR"),
        ("audit", "coding auditor", "role"),
        ("medcal coder", "medical coder", "similar spelling"),
        ("medicla coder", "medical coder", "similar spelling"),
        ("audiitor", "coding auditor", "similar spelling"),
        ("Téxas", "Texas", "place"),
    ):
        with subtests.test(typed):
            hit = hits(page, typed).filter(has=page.get_by_text(label, exact=True)).first
            expect(hit).to_be_visible()
            expect(hit).to_contain_text(why)


def test_best_hit_comes_first(page: Page, subtests: pytest.Subtests) -> None:
    for typed in ("CPC", "CCS", "AAPC", "medical coder"):
        with subtests.test(typed):
            expect(hits(page, typed).first.locator(".name")).to_have_text(typed)


def test_says_that_nothing_is_called_that(page: Page) -> None:
    found = hits(page, "zzzzzzzzzz")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("No matches")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == ""


def test_is_used_with_keys_alone(page: Page) -> None:
    box = page.get_by_role("combobox", name="Find", exact=True)
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("coder")
    options = page.get_by_role("listbox", name="Matches").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert 1 < options.count() <= 20
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "?")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    chosen = options.last.locator(".name").inner_text()
    page.keyboard.press("Enter")
    heading = panel(page, "Details").get_by_role("heading", level=2)
    expect(heading).to_have_text(chosen)
    expect(heading).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_hits_and_a_slash_can_be_typed(page: Page) -> None:
    expect(hits(page, "biller/coder").first).to_be_visible()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Find", exact=True)
    expect(box).to_have_value("biller/coder/")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Matches")).to_be_hidden()
    expect(box).to_be_focused()


def test_hit_can_be_clicked(page: Page) -> None:
    hits(page, "CPC").first.click()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("CPC")


def test_who_types_on_keeps_the_keyboard(page: Page) -> None:
    box = page.get_by_role("combobox", name="Find", exact=True)
    box.fill("CPC")
    box.evaluate(  # all of it before the store can answer
        """box => {
            box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            box.value = "RHI";
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }"""
    )
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("CPC")
    settle(page, "#select=cert:cpc")
    expect(box).to_be_focused()
    page.keyboard.type("A")
    expect(
        page.get_by_role("listbox", name="Matches").get_by_role("option").first.locator(".name")
    ).to_have_text("RHIA")


def test_what_is_found_joins_the_picture_in_its_middle(page: Page) -> None:
    assert "RHIA" not in shown(page)
    find_and_read(page, "RHIA", "RHIA")
    expect(in_list(page, "RHIA")).to_have_attribute("aria-current", "true")
    canvas = page.locator("#canvas").bounding_box()
    assert canvas
    x, y = place(page, "https://w3id.org/mbc-careers/id/cert/rhia")
    assert abs(x - canvas["x"] - canvas["width"] / 2) < 2
    assert abs(y - canvas["y"] - canvas["height"] / 2) < 2
    others = page.evaluate(
        "Object.entries(graphPageForTests.positions()).map(([iri]) => [iri, graphPageForTests.box(iri)])"
    )
    mine = next(box for iri, box in others if iri.endswith("/cert/rhia"))
    for iri, box in others:
        apart = (
            mine["left"] > box["right"]
            or mine["right"] < box["left"]
            or mine["top"] > box["bottom"]
            or mine["bottom"] < box["top"]
        )
        assert apart or box == mine, f"RHIA lies on {iri}"


def test_what_is_not_drawn_is_still_read(page: Page) -> None:
    before = shown(page)
    find_and_read(page, "median", "median")
    assert shown(page) == before


def test_person_is_told_names_in_their_language(visit: Visit, write_page: WritePage) -> None:
    file = write_page({"facts.ttl": TWO_LANGUAGES})
    assert shown(visit(file, locale="en-GB")) == ["house", "tree"]
    german = visit(file, locale="de-AT")
    assert sorted(shown(german)) == ["Baum", "Haus"]
    find(german, "house")
    expect(panel(german, "Details").get_by_role("heading", level=2)).to_have_text("Haus")
    expect(panel(german, "Details")).to_contain_text("nahe")
    expect(panel(german, "Details")).to_contain_text("Wo man wohnt.")


def test_finding_is_one_step_back(page: Page) -> None:
    find_and_read(page, "RHIA", "RHIA")
    act(page, "Undo")
    expect(in_list(page, "RHIA")).to_have_count(0)
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("Details")
