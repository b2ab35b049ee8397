"""What a person does with the page, and what they see, by role and name."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from graph import Answer, KnowledgeGraph

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
    at = page.evaluate("iri => graphPageForTests.at(iri)", iri)
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
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    return region


def table(region: Locator, name: str = "Answer") -> list[list[str]]:
    """Read a table when it is there, its head first."""
    place = region.get_by_role("region", name=name, exact=True)
    expect(place).to_be_visible()
    rows: list[list[str]] = place.locator("tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return rows


def ask(page: Page, query: str) -> Any:
    """Ask the store of the page, past what is shown."""
    return page.evaluate("query => graphPageForTests.ask(query)", query)


def open_question(page: Page, words: str) -> Locator:
    """Choose one of the questions, from the list of all of them."""
    region = open_panel(page, "Questions")
    region.get_by_role("button", name=words, exact=True).click()
    expect(region.get_by_role("heading", level=2)).to_have_text(words)
    return region


def choose(region: Locator, name: str, label: str) -> None:
    """Choose a value of a parameter."""
    region.get_by_role("combobox", name=name, exact=True).select_option(label=label)


def as_shown(kg: KnowledgeGraph, answer: Answer | Iterable[dict[str, Any]]) -> list[list[str]]:
    """Write the rows of an answer as the page writes them: labels, long numbers with commas, gaps said."""
    rows = list(answer)
    iris = {str(value) for row in rows for value in row.values() if str(value).startswith("http")}
    names = kg.labels(iris)
    return [[_shown(value, names) for value in row.values()] for row in rows]


def numeral(value: int | Decimal) -> str:
    """Write a number as the page does: no comma in what may be a year."""
    return f"{value:,}" if not -10_000 < value < 10_000 else f"{value}"


def _shown(value: Any, names: dict[str, str]) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        whole = numeral(value)
        return whole.rstrip("0").rstrip(".") if "." in whole else whole
    return names.get(str(value), " ".join(str(value).split()))


def settle(page: Page, hash_: str) -> None:
    """Open an address in the same page; wait until the page has followed it."""
    page.evaluate("hash => { location.hash = hash; }", hash_)
    page.evaluate("graphPageForTests.ask('ASK {}')")  # whatever the address asks is asked before this
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("graphPageForTests.ask('ASK {}')")


def download(page: Page, name: str, *, region: Locator | None = None) -> Path:
    """Take a file away: by a button of a region, or else by an item of the menu Download."""
    with page.expect_download() as taken:
        if region:
            region.get_by_role("button", name=name, exact=True).click()
        else:
            act(page, "Download")
            page.get_by_role("menuitem", name=name, exact=True).click()
    return Path(taken.value.path())
