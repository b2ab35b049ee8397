"""The legend says what the signs mean, counts what is shown, and filters picture and list alike."""

from __future__ import annotations

import re
from collections import Counter

from playwright.sync_api import Locator, Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import act, find, find_and_read, in_list, shown, status
from tests.browser.look import ids, iri, looks


def legend(page: Page) -> Locator:
    """Find the legend, its relations unfolded."""
    group = page.get_by_role("group", name="Legend", exact=True)
    if not group.locator("details").evaluate("one => one.open"):
        group.get_by_text("Relations", exact=True).click()
    return group


def boxes(page: Page, inside: str) -> dict[str, tuple[str, list[int]]]:
    """Read boxes of the legend: for each IRI its name and its numbers."""
    rows: list[list[str]] = (
        legend(page)
        .locator(inside)
        .evaluate_all(
            "rows => rows.map(row => [row.querySelector('input').dataset.iri, row.querySelector('.name').innerText, row.querySelector('.count').innerText])"
        )
    )
    return {
        row[0]: (row[1], [int(number) for number in re.findall(r"\d+", row[2].replace(",", ""))])
        for row in rows
    }


def kinds(page: Page) -> dict[str, tuple[str, list[int]]]:
    """Read the boxes of the kinds."""
    return boxes(page, "> label")


def relations(page: Page) -> dict[str, tuple[str, list[int]]]:
    """Read the boxes of the relations."""
    return boxes(page, "details label")


def agrees(page: Page, kg: KnowledgeGraph) -> None:
    """Make sure that the numbers are those of the picture, and of the data."""
    every = looks(page)
    drawn = Counter(thing["title"] for thing in every["nodes"])
    assert {name: numbers[0] for name, numbers in kinds(page).values()} == drawn
    members = {
        str(row["kind"]): int(str(row["n"]))
        for row in kg.query("SELECT ?kind (COUNT(DISTINCT ?s) AS ?n) { ?s a ?kind } GROUP BY ?kind")
    }
    assert all(numbers[1] == members[kind] for kind, (_, numbers) in kinds(page).items())
    assert {relation: numbers[0] for relation, (_, numbers) in relations(page).items()} == Counter(
        link["relation"] for link in every["edges"]
    )


def hidden_links(page: Page) -> int:
    """Count the links that the picture hides."""
    return sum(link["hidden"] for link in looks(page)["edges"])


def said(page: Page) -> str:
    """Read how much is shown."""
    return page.locator("#shown-count").inner_text()


def test_counts_what_is_shown(page: Page, kg: KnowledgeGraph) -> None:
    agrees(page, kg)
    find_and_read(page, "AHIMA", "AHIMA")
    act(page, "Expand")
    expect(status(page)).to_contain_text("added")
    agrees(page, kg)
    assert said(page) == f"{len(ids(page))} of {len(ids(page))} shown"


def test_kind_is_filtered_out_of_picture_and_list(page: Page, kg: KnowledgeGraph) -> None:
    box = legend(page).get_by_role("checkbox", name=re.compile("^role"))
    before, roles = (
        ids(page),
        {
            str(row["role"]): str(row["name"])
            for row in kg.query(
                "SELECT ?role ?name { ?role a mbc:Role ; skos:prefLabel ?name } ORDER BY ?name"
            )
        },
    )
    other = next(name for role, name in roles.items() if role not in before)
    assert said(page) == f"{len(before)} of {len(before)} shown"
    box.focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    expect(box).to_be_focused()
    expect(in_list(page, "medical coder")).to_have_count(0)
    assert ids(page) == before - set(roles) != before
    links = looks(page)["edges"]
    assert all(link["hidden"] == bool({link["from"], link["to"]} & set(roles)) for link in links)
    out, all_out = len(before & set(roles)), hidden_links(page)
    assert (
        said(page)
        == f"{len(before) - out} of {len(before)} shown, {out} filtered out, {all_out} links filtered out"
    )
    agrees(page, kg)

    find(page, other)
    expect(status(page)).to_have_text(f"{other} selected; items of its type are filtered out")
    assert ids(page) == before - set(roles), "what is added later is filtered too"
    assert all(thing["bright"] for thing in looks(page)["nodes"] if not thing["hidden"])
    assert said(page).startswith(f"{len(before) - out} of {len(before) + 1} shown, {out + 1} filtered out")
    box.check()
    expect(in_list(page, other)).to_have_attribute("aria-current", "true")
    assert before < ids(page)
    assert hidden_links(page) == 0
    assert said(page) == f"{len(before) + 1} of {len(before) + 1} shown"


def test_relation_is_filtered_out_of_the_picture(page: Page) -> None:
    relation, (name, (count,)) = next(
        (one, box) for one, box in relations(page).items() if one.endswith("/isAwardedBy")
    )
    find_and_read(page, "CPC", "CPC")
    body = iri(page, "AAPC")
    assert body in {thing["id"] for thing in looks(page)["nodes"] if thing["bright"]}
    before, names = ids(page), shown(page)
    box = legend(page).get_by_role("checkbox", name=re.compile(f"^{name}"))
    box.uncheck()
    expect(page.locator("#shown-count")).to_have_text(
        f"{len(before)} of {len(before)} shown, {count} links filtered out"
    )
    assert (ids(page), shown(page)) == (before, names)
    assert {link["relation"] for link in looks(page)["edges"] if link["hidden"]} == {relation}
    assert hidden_links(page) == count
    assert body not in {thing["id"] for thing in looks(page)["nodes"] if thing["bright"]}
    expect(legend(page).locator("details")).to_have_attribute("open", "")
    act(page, "Undo")
    expect(box).to_be_checked()
    assert hidden_links(page) == 0


def test_neither_colour_nor_shape_is_the_only_sign(page: Page) -> None:
    signs = (
        legend(page)
        .locator("> label")
        .evaluate_all(
            "rows => rows.map(row => [row.querySelector('.name').innerText, row.querySelector('path').getAttribute('d')])"
        )
    )
    names, shapes = ([sign[at] for sign in signs] for at in (0, 1))
    assert len(set(names)) == len(names) > 1
    assert all(names)
    assert len(set(shapes)) == len(shapes), "each kind at the start has a shape of its own"
    drawn = looks(page)["nodes"]
    assert len({thing["shape"] for thing in drawn}) == len({thing["title"] for thing in drawn}) == len(names)
    assert {thing["title"] for thing in drawn} == set(names)
    for thing in drawn:
        expect(
            page.locator(f"#shown button[data-iri='{thing['id']}']").locator("xpath=ancestor::ul[1]")
        ).to_have_attribute("aria-label", thing["title"])
