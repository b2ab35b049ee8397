"""The page works in Firefox and WebKit, opened as a file: find an item, ask in SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import KnowledgeGraph
from tests.browser.webdriver import CONTROL, DELETE, ENTER, Browser, firefox, missing, webkit

BROWSERS = {
    "firefox": (firefox, {"firefox-esr": "firefox-esr"}),
    "webkit": (webkit, {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}),
}
"""How to start each, what that needs, and the Debian packages that bring it."""
COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"


@pytest.fixture(scope="module", params=BROWSERS)
def window(
    request: pytest.FixtureRequest,
    shipped: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Browser]:
    """Open the page of the shipped data; wait until it can be used."""
    start, packages = BROWSERS[request.param]
    if absent := missing(*packages):
        debian = ", ".join(packages[program] for program in absent)
        pytest.skip(f"not installed: {', '.join(absent)} (Debian: {debian})")
    with start(tmp_path_factory.mktemp(request.param)) as browser:
        browser.open(shipped.as_uri())
        browser.wait("document.documentElement.hasAttribute('data-ready')")
        yield browser


def test_item_is_found_by_its_name(window: Browser) -> None:
    window.click("[role=combobox][aria-label=Find]")
    window.type("certified professional coder")
    window.wait("document.querySelector('[role=option][aria-selected=true]')?.innerText.startsWith('CPC')")
    window.press(ENTER)
    heading = "document.querySelector('[role=region][aria-label=Details] h2')"
    window.wait(f"{heading}?.checkVisibility() && {heading}.innerText === 'CPC'")


def test_sparql_is_answered(window: Browser, kg: KnowledgeGraph) -> None:
    (row,) = kg.query(COUNT)
    tab = "[...document.querySelectorAll('[role=tab]')].find(tab => tab.innerText === 'SPARQL')"
    window.click(f"#{window.wait(f'{tab}?.id')}")
    window.click("[role=textbox][aria-label=Query]")
    window.press(CONTROL, "a")
    window.press(DELETE)
    window.type(COUNT)
    window.press(CONTROL, ENTER)
    cells = "[...document.querySelectorAll('[role=region][aria-label=SPARQL] td')]"
    text = f"(cells => cells.length && cells.map(cell => cell.innerText))({cells})"
    assert window.wait(text) == [f"{row['count']:,}"]
