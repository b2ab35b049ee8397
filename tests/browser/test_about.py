"""The panel About says what the data is, how old, from whom, and whose work is in the page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import find_and_read, panel

DATED = """SELECT DISTINCT ?source ?date {
  GRAPH ?source { ?s ?p ?o } ?source skos:prefLabel|rdfs:label ?name
  FILTER NOT EXISTS { GRAPH ?source { ?source rdfs:comment ?rule } }
  OPTIONAL { ?source dcterms:date|dcterms:isPartOf/dcterms:date ?date }
}"""


def test_data_says_what_it_is_how_old_and_from_whom(page: Page, kg: KnowledgeGraph) -> None:
    page.keyboard.press("?")
    about = panel(page, "About")
    expect(about.get_by_role("heading", level=2)).to_have_text("About")
    data = next(
        iter(
            kg.query(
                "SELECT * { data: dcterms:description ?words ; dcterms:license ?licence ; dcat:version ?version }"
            )
        )
    )
    expect(about).to_contain_text(str(data["words"]))
    expect(about).to_contain_text(str(data["version"]))
    expect(about.get_by_role("link", name=str(data["licence"]))).to_have_attribute(
        "href", str(data["licence"])
    )
    triples = next(int(str(row["count"])) for row in kg.info() if row["what"] == "triples")
    expect(about).to_contain_text(f"{triples:,}")
    for row in kg.query("SELECT ?credit { data: dcterms:rights ?credit }"):
        expect(about).to_contain_text(str(row["credit"]))
    for name in ("O*NET", "ESCO", "Bureau of Labor Statistics", "CC BY 4.0"):
        expect(about).to_contain_text(name)

    sources = {str(row["source"]): str(row["date"] or "undated") for row in kg.query(DATED)}
    years = {
        iri: re.findall(r"\b(?:19|20)\d\d\b", "" if date.startswith("undated") else date)
        for iri, date in sources.items()
    }
    every = sorted(year for found in years.values() for year in found)
    without = sum(not found for found in years.values())
    expect(about).to_contain_text(
        f"{every[0]} to {every[-1]}; not stated for {without} of {len(sources)} sources"
    )
    about.get_by_text(f"Sources ({len(sources)})").click()
    listed = about.get_by_role("list", name="Sources of the data")
    assert set(listed.get_by_role("button").all_inner_texts()) == set(kg.labels(sources).values())

    about.get_by_text(re.compile(r"^Items \([\d,]+\)$")).click()
    things = about.get_by_role("table", name="Items")
    for kind in ("Role", "Certification", "Organization"):
        found = next(
            iter(
                kg.query(
                    f"SELECT ?name (COUNT(?x) AS ?n) {{ mbc:{kind} rdfs:label ?name . ?x a mbc:{kind} }} GROUP BY ?name"
                )
            )
        )
        expect(
            things.get_by_role("row").filter(
                has=page.get_by_role("rowheader", name=str(found["name"]), exact=True)
            )
        ).to_contain_text(f"{found['n']}")
    expect(things).not_to_contain_text("ObjectProperty")
    listed.get_by_role("button").first.click()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text(
        min(kg.labels(sources).values(), key=str.casefold)
    )


def test_panel_leaves_the_keyboard_with_somebody_who_went_on(page: Page) -> None:
    page.keyboard.press("?")
    page.keyboard.press("/")
    page.keyboard.type("cpc")
    expect(panel(page, "About")).to_contain_text("Dates of the sources")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box = page.get_by_role("combobox", name="Find", exact=True)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(panel(page, "About").get_by_role("heading", level=2)).not_to_be_focused()


def test_licences_and_keys_are_listed_and_keys_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    about = panel(page, "About")
    about.get_by_text("License notices", exact=True).click()
    notices = about.get_by_role("region", name="License notices").inner_text()
    for name in ("vis-network", "oxigraph", "@codemirror/view", "@lezer/common", "codemirror-lang-sparql"):
        assert f"== {name} ==" in notices
    assert "Almende B.V" in notices
    parts = re.split(r"^== .* ==$", notices, flags=re.MULTILINE)[1:]
    assert all(re.search(r"MIT|Apache", part) for part in parts)
    assert len(parts) > 10

    keys = about.get_by_role("table", name="Keyboard").get_by_role("rowheader").all_inner_texts()
    assert {"/", "?", "e", "f", "Ctrl+Enter", "Esc"} <= set(keys)
    switch = about.get_by_role("checkbox", name=re.compile("Single-key shortcuts"))
    expect(switch).to_be_checked()
    switch.uncheck()
    find_and_read(page, "CPC", "CPC")
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(panel(page, "Details")).to_be_visible()
    expect(page.get_by_role("combobox", name="Find", exact=True)).not_to_be_focused()
