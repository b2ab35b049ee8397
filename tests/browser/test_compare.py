"""A person puts things side by side and sees where they differ, and who says so."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import act, find, find_and_read, open_panel, panel, table
from tests.browser.conftest import Visit


def lines(region: Locator) -> dict[str, list[str]]:
    """Read the comparison: for each line its cells."""
    return {row[0]: row[1:] for row in table(region, "Comparison")[1:]}


def expected(kg: KnowledgeGraph, *things: str) -> dict[str, list[str]]:
    """Write a comparison of Python as the page writes it, each value with the numbers of its sources."""
    found = kg.compare(*things)
    stated = [one for row in found.rows for values in row.cells for one in values]
    numbers = {source: number for number, (source, _) in enumerate(found.sources, 1)}
    names = kg.labels({one.value for one in stated if one.value.startswith("http")})
    cells: dict[str, list[str]] = {}
    for row in found.rows:
        cells[f"≠ {row.name}" if row.differs else row.name] = [
            "\n".join(
                part
                for one in values
                for part in (
                    names.get(one.value, one.value),
                    f"({one.period})" if one.period else "",
                    ", ".join(map(str, sorted(numbers[source] for source in one.sources))),
                )
                if part
            )
            or "not stated"
            for values in row.cells
        ]
    return cells


def compared(region: Locator) -> list[str]:
    """Read what is compared."""
    items = region.get_by_role("list", name="Compared").get_by_role("listitem").all_inner_texts()
    return [re.sub("\\s*\N{MULTIPLICATION SIGN}$", "", item) for item in items]


def test_things_are_put_side_by_side_with_their_sources(page: Page, kg: KnowledgeGraph) -> None:
    find_and_read(page, "CPC", "CPC").get_by_role("button", name="Compare", exact=True).click()
    region = panel(page, "Compare")
    expect(region.get_by_text("Choose two to four items")).to_be_visible()
    find(page, "CCS", box="Add to comparison")
    assert table(region, "Comparison")[0] == ["", "CPC", "CCS"]
    mine = expected(kg, "cert:cpc", "cert:ccs")
    assert lines(region) == mine
    assert "not stated" in {cell for cells in mine.values() for cell in cells}

    differing = [name for name in mine if name.startswith("≠")]
    assert 0 < len(differing) < len(mine)
    assert region.get_by_role("img", name="differs:", exact=True).count() == len(differing)
    region.get_by_role("checkbox", name="Differences only").check()
    visible = region.get_by_role("rowheader").filter(visible=True)
    expect(visible).to_have_text(differing)
    region.get_by_role("checkbox", name="Differences only").uncheck()
    expect(visible).to_have_count(len(mine))

    sources = region.get_by_role("list", name="Sources").get_by_role("listitem")
    found = kg.compare("cert:cpc", "cert:ccs")
    names = kg.labels([iri for iri, _ in found.sources])
    expect(sources).to_have_text([f"{names[iri]} · {note}" for iri, note in found.sources])
    sources.first.get_by_role("button").click()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text(names[found.sources[0][0]])
    act(page, "Undo")
    assert lines(region) == mine


def test_things_are_added_up_to_four_and_taken_out(page: Page, kg: KnowledgeGraph) -> None:
    region = open_panel(page, "Compare")
    for name in ("CPC", "medical coder", "AAPC", "Texas"):
        find(page, name, box="Add to comparison")
        expect(region.get_by_role("list", name="Compared")).to_contain_text(name)
    assert compared(region) == ["CPC", "medical coder", "AAPC", "Texas"]
    expect(region.get_by_role("combobox")).to_have_count(0)
    assert lines(region) == expected(kg, "cert:cpc", "role:medical-coder", "org:aapc", "place:us-tx")

    act(page, "Remove medical coder")
    expect(region.get_by_role("columnheader")).to_have_text(["CPC", "AAPC", "Texas"])
    assert lines(region) == expected(kg, "cert:cpc", "org:aapc", "place:us-tx")
    act(page, "Undo")
    expect(region.get_by_role("columnheader")).to_have_text(["CPC", "medical coder", "AAPC", "Texas"])
    for name in ("CPC", "AAPC", "Texas"):
        act(page, f"Remove {name}")
    expect(region.get_by_role("region", name="Comparison")).to_have_count(0)
    assert compared(region) == ["medical coder"]


def test_wide_table_scrolls_within_a_narrow_page(visit: Visit, shipped: Path) -> None:
    page = visit(
        shipped,
        "#panel=compare&compare=cert:cpc cert:ccs cert:coc cert:rhia",
        viewport={"width": 360, "height": 740},
    )
    place = panel(page, "Compare").get_by_role("region", name="Comparison")
    expect(place).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert place.evaluate("place => place.scrollWidth > place.clientWidth && place.tabIndex === 0")
    last, first = place.get_by_role("columnheader", name="RHIA"), place.get_by_role("rowheader").first
    expect(last).not_to_be_in_viewport()
    first.scroll_into_view_if_needed()
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=0.9)
    expect(first).to_be_in_viewport(ratio=0.9)
