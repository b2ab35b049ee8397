"""The list Shown is the picture in words: the same things, the same selection, the same filters."""

from __future__ import annotations

import re
from collections import defaultdict

from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import act, find_and_read, in_list, open_panel, panel, run_sparql, shown, status
from tests.browser.look import ids, looks


def groups(page: Page) -> dict[str, list[tuple[str, str]]]:
    """Read the list: under each kind, the IRIs and names of its things."""
    said: dict[str, list[tuple[str, str]]] = {}
    for group in page.locator("#shown > li").all():
        name, count = re.findall(r"^(.*) \((\d+)\)$", group.locator(".group").inner_text())[0]
        things = group.get_by_role("button").evaluate_all(
            "all => all.map(one => [one.dataset.iri, one.innerText])"
        )
        assert int(count) == len(things)
        said[name] = [(iri, label) for iri, label in things]
    return said


def in_picture(page: Page) -> dict[str, set[str]]:
    """Read the picture: under each kind, the IRIs of its things."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for thing in looks(page)["nodes"]:
        if not thing["hidden"]:
            kinds[thing["title"]].add(thing["id"])
    return kinds


def same(page: Page) -> None:
    """Make sure that list and picture hold the same."""
    said = groups(page)
    assert {kind: {iri for iri, _ in things} for kind, things in said.items()} == in_picture(page)
    for things in said.values():
        labels = [label for _, label in things]
        assert labels == page.evaluate("labels => labels.sort((a, b) => a.localeCompare(b))", labels)


def current(page: Page) -> Locator:
    """Find what is selected in the list."""
    return page.locator("#shown [aria-current]")


def test_holds_what_the_picture_holds(page: Page) -> None:
    same(page)
    find_and_read(page, "CPC", "CPC")
    same(page)
    expect(current(page)).to_have_text("CPC")
    act(page, "Expand")
    expect(status(page)).to_contain_text("added")
    same(page)
    page.get_by_role("group", name="Legend").get_by_role("checkbox", name=re.compile("^role")).uncheck()
    expect(in_list(page, "medical coder")).to_have_count(0)
    same(page)
    assert "role" not in groups(page)


def test_is_walked_with_arrow_keys(page: Page) -> None:
    buttons = page.get_by_role("list", name="Shown", exact=True).get_by_role("button")
    names = shown(page)
    expect(page.locator("#shown button[tabindex='0']")).to_have_count(1)
    page.locator("#shown button[tabindex='0']").focus()
    expect(buttons.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(buttons.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(buttons.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(current(page)).to_have_text(names[1])
    expect(current(page)).to_be_focused()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text(names[1])
    page.keyboard.press("End")
    expect(buttons.last).to_be_focused()
    page.keyboard.press("Space")
    expect(current(page)).to_have_text(names[-1])
    page.keyboard.press("Home")
    expect(buttons.first).to_be_focused()
    expect(page.locator("#shown button[tabindex='0']")).to_have_count(1)


def test_everything_works_without_the_picture(page: Page) -> None:
    page.locator("#graph").evaluate("picture => { picture.hidden = true }")
    assert page.locator("#canvas").is_hidden()
    find_and_read(page, "RHIA", "RHIA")
    expect(current(page)).to_have_text("RHIA")
    before = len(shown(page))
    act(page, "Expand")
    expect(status(page)).to_have_text(re.compile(r"^[1-9]\d* added"))
    assert len(shown(page)) == before + int(status(page).inner_text().split()[0])
    act(page, "Collapse")
    expect(status(page)).to_contain_text("hidden")
    in_list(page, "CCS").click()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("CCS")
    act(page, "Only this")
    expect(status(page)).to_contain_text("CCS and ")
    assert "CCS" in shown(page)
    assert "medical biller" not in shown(page)

    questions = open_panel(page, "Questions")
    questions.get_by_role("list", name="Questions").get_by_role("button").first.click()
    expect(questions.get_by_role("table")).to_be_visible()
    answer = run_sparql(page, "SELECT ?role { ?role a mbc:Role }")
    expect(answer.get_by_role("table")).to_be_visible()
    answer.get_by_role("button", name="Show in graph").click()
    expect(status(page)).to_contain_text("items shown in the graph")
    assert set(groups(page)) == {"role"}
    page.keyboard.press("Escape")
    act(page, "Undo")
    expect(in_list(page, "CCS")).to_have_count(1)
    page.locator("#graph").evaluate("picture => { picture.hidden = false }")
    same(page)
    assert len(ids(page)) == len(shown(page))
