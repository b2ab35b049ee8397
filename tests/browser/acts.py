"""What a person does with the page, and what they see, by role and name."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=15_000)


def panel(page: Page, name: str) -> Locator:
    """Find a panel at the side."""
    return page.get_by_role("region", name=name, exact=True)


def open_panel(page: Page, name: str) -> Locator:
    """Click on a tab."""
    page.get_by_role("tab", name=name, exact=True).click()
    return panel(page, name)


def find(page: Page, text: str, *, box: str = "Find") -> None:
    """Type a name into a box and press Enter."""
    combobox = page.get_by_role("combobox", name=box, exact=True)
    combobox.fill(text)
    expect(combobox).to_have_attribute("aria-expanded", "true")
    combobox.press("Enter")


def find_and_read(page: Page, text: str, label: str) -> Locator:
    """Find a thing and wait until its details are there."""
    find(page, text)
    details = panel(page, "Details")
    expect(details.get_by_role("heading", level=2)).to_have_text(label)
    return details


def act(page: Page, name: str) -> None:
    """Click on a button."""
    page.get_by_role("button", name=name, exact=True).click()


def shown(page: Page) -> list[str]:
    """Read the list Shown."""
    return page.get_by_role("list", name="Shown", exact=True).get_by_role("button").all_inner_texts()


def in_list(page: Page, name: str) -> Locator:
    """Find a thing in the list Shown."""
    return page.get_by_role("list", name="Shown", exact=True).get_by_role("button", name=name, exact=True)


def place(page: Page, iri: str) -> tuple[float, float]:
    """Tell where in the window a thing lies."""
    at = page.evaluate("iri => graphPage.at(iri)", iri)
    return at["x"], at["y"]


def status(page: Page) -> Locator:
    """Find the line that says what has changed."""
    return page.locator("#status")


def run_sparql(page: Page, text: str) -> Locator:
    """Type a query over the one that is there, and run it with Ctrl+Enter."""
    region = open_panel(page, "SPARQL")
    box = region.get_by_role("textbox", name="Query")
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    return region


def table(region: Locator, name: str = "Answer") -> list[list[str]]:
    """Read a table, its head first."""
    rows: list[list[str]] = (
        region.get_by_role("region", name=name, exact=True)
        .locator("tr")
        .evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))")
    )
    return rows


def ask(page: Page, query: str) -> Any:
    """Ask the store of the page, past what is shown."""
    return page.evaluate("query => graphPage.ask(query)", query)
