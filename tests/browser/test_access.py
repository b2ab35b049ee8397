"""Everybody can use it: with a screen reader, with keys alone, on a telephone, in the dark, without movement."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import act, find, find_and_read, open_panel, panel, run_sparql
from tests.browser.conftest import Visit
from tests.browser.look import frames, looks
from tests.conftest import ROOT

AXE = ROOT / "graph" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CHECK = """tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)))"""
OUTSIDE = """() => {
    const held = one => one.closest('.scroll, .cm-scroller, .vis-network, #canvas');
    const parts = [...document.querySelectorAll('a, button, input, select, summary, [tabindex], h1, h2, h3, p, li')].filter(one => one.checkVisibility());
    return [...parts, document.documentElement].filter(one => {
        const { left, right } = one.getBoundingClientRect();
        return !held(one.parentElement ?? one) && (left < -0.5 || right > innerWidth + 0.5);
    }).map(one => `${one.tagName} ${one.innerText}`).concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []);
}"""
PANELS = ("Details", "Questions", "Compare", "Route", "SPARQL", "About")


def start(page: Page) -> None:
    expect(panel(page, "Details")).to_be_visible()


def selected(page: Page) -> None:
    find_and_read(page, "CPC", "CPC")


def answered(page: Page) -> None:
    page.get_by_role("group", name="Legend").get_by_text("Relations", exact=True).click()
    questions = open_panel(page, "Questions")
    questions.get_by_role("list", name="Questions").get_by_role("button").first.click()
    expect(questions.get_by_role("region", name="Answer")).to_be_visible()


def sparql(page: Page) -> None:
    expect(
        run_sparql(page, "SELECT * WHERE { ?s a mbc:Role }").get_by_role("region", name="Answer")
    ).to_be_visible()


def comparison(page: Page) -> None:
    open_panel(page, "Compare")
    for name in ("CPC", "CCS"):
        find(page, name, box="Add to comparison")
        expect(panel(page, "Compare").get_by_role("button", name=f"Remove {name}")).to_be_visible()
    expect(panel(page, "Compare").get_by_role("region", name="Comparison")).to_be_visible()


def route(page: Page) -> None:
    open_panel(page, "Route")
    find(page, "high school diploma", box="From")
    expect(panel(page, "Route").locator("strong")).to_have_count(1)
    find(page, "coding auditor", box="To")
    expect(panel(page, "Route").get_by_role("heading", name="Route 1")).to_be_visible()


def about(page: Page) -> None:
    expect(open_panel(page, "About").get_by_role("table")).to_be_visible()


STATES: tuple[Callable[[Page], None], ...] = (start, selected, answered, sparql, comparison, route, about)


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_out_of_reach(
    visit: Visit, shipped: Path, width: int, scheme: Literal["light", "dark"], subtests: pytest.Subtests
) -> None:
    assert AXE.is_file(), "axe-core is missing; scripts/check.py brings it"
    page = visit(shipped, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for state in STATES:
        state(page)
        page.mouse.move(0, 0)
        with subtests.test(state.__name__):
            assert page.evaluate(CHECK, TAGS) == []
            assert page.evaluate(OUTSIDE) == []


STOPS = """() => {
    const focus = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]';
    return [...document.querySelectorAll(focus)].filter(one => one.checkVisibility({ visibilityProperty: true }) && (one.tabIndex >= 0 || one.isContentEditable) && !one.disabled);
}"""
AT = f"""() => {{
    const at = document.activeElement;
    if (at === document.body) return null;
    const ring = one => {{
        const {{ outlineStyle, outlineWidth }} = getComputedStyle(one);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    }};
    const box = at.getBoundingClientRect();
    return {{
        stop: ({STOPS})().indexOf(at),
        name: `${{at.tagName}} ${{at.getAttribute('aria-label') ?? at.innerText}}`.slice(0, 80),
        ring: ring(at) || Boolean(at.isContentEditable && ring(at.closest('.editor'))),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    }};
}}"""


def tour(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key that moves the focus until it comes out of the page."""
    stops: list[dict[str, Any]] = []
    most = 2 * len(page.evaluate(f"({STOPS})().map(one => one.tagName)")) + 10
    while len(stops) < most:
        page.keyboard.press(key)
        at = page.evaluate(AT)
        if at is None:
            return stops
        stops.append(at)
    raise AssertionError(f"The focus does not come out: {[stop['name'] for stop in stops[-6:]]}")


def test_keys_alone_reach_everything_and_are_never_trapped(page: Page, subtests: pytest.Subtests) -> None:
    for before, name in zip((None, *PANELS), PANELS, strict=False):
        if before:
            page.get_by_role("tab", name=before, exact=True).focus()
            page.keyboard.press("ArrowRight")
            expect(page.get_by_role("tab", name=name, exact=True)).to_be_focused()
        expect(panel(page, name).get_by_role("heading", level=2)).to_be_visible()
        tour(page, "Tab")
        with subtests.test(name):
            every = page.evaluate(f"({STOPS})().map(one => one.outerHTML.slice(0, 80))")
            stops = tour(page, "Tab")
            assert [every[at] for at in range(len(every)) if at not in {stop["stop"] for stop in stops}] == []
            assert [stop["name"] for stop in stops if not stop["ring"]] == []
            assert [stop["name"] for stop in stops if not stop["seen"]] == []
            assert [stop["stop"] for stop in tour(page, "Shift+Tab")] == [
                stop["stop"] for stop in reversed(stops)
            ]


def test_tabs_are_walked_with_arrows_home_and_end(page: Page) -> None:
    page.get_by_role("tab", name="Details", exact=True).focus()
    for key, name in (
        ("End", "About"),
        ("ArrowRight", "Details"),
        ("ArrowLeft", "About"),
        ("Home", "Details"),
        ("ArrowRight", "Questions"),
    ):
        page.keyboard.press(key)
        tab = page.get_by_role("tab", name=name, exact=True)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(panel(page, name)).to_be_visible()


def test_editor_is_no_trap(page: Page) -> None:
    region = open_panel(page, "SPARQL")
    query = region.get_by_role("textbox", name="Query")
    query.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("SELECT * { ?s a mbc:Rol")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(region.get_by_role("button", name="Run", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(query).to_be_focused()
    page.keyboard.type("/?ef")
    expect(query).to_be_focused()
    expect(query).to_contain_text("/?ef")


def test_keys_of_one_sign_are_listed_work_and_can_be_switched_off(page: Page) -> None:
    box = page.get_by_role("combobox", name="Find", exact=True)
    find_and_read(page, "CPC", "CPC")
    before = len(looks(page)["nodes"])
    page.keyboard.press("e")
    expect(page.locator("#status")).to_contain_text("added")
    assert len(looks(page)["nodes"]) > before
    scale = looks(page)["scale"]
    page.keyboard.press("+")
    assert looks(page)["scale"] == pytest.approx(scale * 1.25)
    page.keyboard.press("-")
    assert looks(page)["scale"] == pytest.approx(scale)
    page.keyboard.press("f")
    assert looks(page)["scale"] != pytest.approx(scale)
    page.keyboard.press("Escape")
    expect(page.locator("#shown [aria-current]")).to_have_count(0)

    page.keyboard.press("?")
    region = panel(page, "About")
    expect(region.get_by_role("heading", level=2)).to_be_focused()
    listed = set(" ".join(region.locator("kbd").all_inner_texts()).split())
    assert {"/", "?", "e", "f", "+", "Esc", "Ctrl+Enter", "Alt+←"} <= listed
    page.keyboard.press("/")
    expect(box).to_be_focused()
    region.get_by_role("checkbox", name=re.compile("Single-key shortcuts")).uncheck()
    page.keyboard.press("/")
    expect(box).not_to_be_focused()
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    page.keyboard.press("/")
    expect(box).not_to_be_focused()


def ground(page: Page) -> str:
    """Read the colour of the ground."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def ink(page: Page) -> bool:
    """Tell whether names in the picture are written for a dark ground."""
    pixels: bool = page.evaluate("""() => {
        const drawn = document.querySelector('#canvas canvas');
        const [width, height] = [drawn.width, drawn.height];
        const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        pen.drawImage(drawn, 0, 0);
        const { data } = pen.getImageData(0, 0, width, height);
        let light = 0, dark = 0;
        for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] < 200) continue;
            const sum = data[at] + data[at + 1] + data[at + 2];
            if (sum > 660) light++;
            if (sum < 120) dark++;
        }
        return light > dark;
    }""")
    return pixels


def test_light_and_dark(visit: Visit, shipped: Path) -> None:
    page = visit(shipped, color_scheme="light")
    switch = page.get_by_role("button", name="Dark", exact=True)
    expect(switch).to_have_attribute("aria-pressed", "false")
    light = ground(page)
    frames(page, 3)
    assert not ink(page)
    page.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = ground(page)
    assert dark != light
    frames(page, 3)
    assert ink(page)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert ground(page) == light
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert ground(page) == light
    page.emulate_media(color_scheme="light")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert ground(page) == dark
    frames(page, 3)
    assert ink(page)


MOVING = """() => {
    const scale = () => graphPageForTests.view().scale;
    document.getElementById('zoom-in').click();
    const scales = new Set();
    return new Promise(done => {
        let left = 40;
        const step = () => { scales.add(scale()); --left ? requestAnimationFrame(step) : done(scales.size); };
        step();
    });
}"""
STILL = """() => [...document.querySelectorAll('*')].every(one => {
    const { animationName, transitionDuration } = getComputedStyle(one);
    return animationName === 'none' && transitionDuration.split(',').every(time => parseFloat(time) === 0);
}) && document.getAnimations().length === 0"""


def test_nothing_moves_for_those_who_ask_for_that(page: Page, visit: Visit, shipped: Path) -> None:
    assert page.evaluate(MOVING) == 1
    open_panel(page, "SPARQL").get_by_role("textbox", name="Query").click()
    act(page, "Run")
    assert page.evaluate(STILL)
    lively = visit(shipped, reduced_motion="no-preference")
    assert lively.evaluate(MOVING) > 2
    assert not lively.evaluate(STILL)
