"""What the picture and the whole page hold at a moment, to compare with what they held before."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.acts import in_list


def iri(page: Page, label: str) -> str:
    """Tell the IRI behind a name in the list Shown."""
    return in_list(page, label).get_attribute("data-iri") or ""


def looks(page: Page) -> Any:
    """Tell how the picture looks: its things and links, how large and from where it is seen."""
    return page.evaluate("graphPage.looks()")


def ids(page: Page) -> set[str]:
    """Tell what the picture holds and does not hide."""
    return {thing["id"] for thing in looks(page)["things"] if not thing["hidden"]}


def frames(page: Page, count: int = 30) -> None:
    """Let the page draw some times, in which a movement would be seen."""
    page.evaluate(
        "count => new Promise(done => { const step = () => count-- ? requestAnimationFrame(step) : done(); step(); })", count
    )
