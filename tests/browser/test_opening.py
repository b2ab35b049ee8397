"""It opens at once, the same every time, from one file and without the network."""

from __future__ import annotations

import html.parser
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import act, open_panel, panel, place
from tests.browser.conftest import Visit
from tests.browser.look import looks
from tests.conftest import ROOT

BOXES = "Object.fromEntries(graphPageForTests.payload.nodes.map(({ id }) => [id, graphPageForTests.box(id)]))"


def test_picture_is_drawn_before_the_store_is_open(page: Page) -> None:
    marks = page.evaluate(
        "performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime])"
    )
    times = dict(marks)
    assert 0 < times["graph:drawn"] < times["graph:ready"]
    assert page.evaluate(
        "[...document.querySelector('#canvas canvas').getContext('2d').getImageData(0, 0, 900, 700).data].some(Boolean)"
    )


def test_everything_lies_where_it_lay(visit: Visit, shipped: Path) -> None:
    first, second = (visit(shipped).evaluate("graphPageForTests.positions()") for _ in range(2))
    assert first == second
    assert len(first) > 10


def test_nothing_moves_by_itself(page: Page) -> None:
    before = page.evaluate(
        "[graphPageForTests.positions(), graphPageForTests.at(graphPageForTests.payload.nodes[0].id)]"
    )
    page.evaluate(
        "() => new Promise(done => { let left = 30; const step = () => --left ? requestAnimationFrame(step) : done(); step(); })"
    )
    assert (
        page.evaluate(
            "[graphPageForTests.positions(), graphPageForTests.at(graphPageForTests.payload.nodes[0].id)]"
        )
        == before
    )


def test_no_thing_lies_on_another(page: Page) -> None:
    boxes = page.evaluate(BOXES)
    on_another = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes.items(), 2)
        if a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    ]
    assert on_another == []
    assert len(boxes) <= 200


def test_all_of_the_picture_is_in_view(page: Page) -> None:
    canvas = page.get_by_role("application", name="Graph drawing").bounding_box()
    assert canvas
    for at in page.evaluate("graphPageForTests.payload.nodes.map(({ id }) => graphPageForTests.at(id))"):
        assert canvas["x"] < at["x"] < canvas["x"] + canvas["width"]
        assert canvas["y"] < at["y"] < canvas["y"] + canvas["height"]


def test_page_is_one_file(visit: Visit, shipped: Path, tmp_path: Path) -> None:
    alone = tmp_path / "été ☃ #1.html"
    alone.write_bytes(shipped.read_bytes())
    page = visit(alone)
    expect(page.get_by_role("heading", level=1)).to_have_text("Careers in medical billing and coding")
    assert (
        page.evaluate(
            "performance.getEntriesByType('resource').filter(({ name }) => !/^(blob|data):/.test(name)).length"
        )
        == 0
    )


ATTEMPTS = {
    "a request": "fetch('https://example.org/').then(() => 'got through', () => 'blocked')",
    "an image": """new Promise(done => {
        const image = new Image();
        image.onload = () => done('got through');
        image.onerror = () => done('blocked');
        image.src = 'https://example.org/a.png';
    })""",
    "a script": "put('script', { textContent: 'window.pwned = 1' }) && window.pwned",
    "a script from elsewhere": "put('script', { src: 'https://example.org/a.js' }) && window.pwned",
    "a handler": """put('p', { innerHTML: '<b onclick="window.pwned = 1">b</b>' }).firstChild.click() ?? window.pwned""",
    "eval": "(() => { try { return eval('\"got through\"'); } catch { return 'blocked'; } })()",
    "a form": "put('form', { action: 'https://example.org/' }).submit()",
    "a frame": "put('iframe', { src: 'https://example.org/' }) && 'blocked'",
    "a style": "getComputedStyle(put('style', { textContent: 'h1 { top: 7px }' }) && document.querySelector('h1')).top === '7px' && 'got through'",
    "a worker": "put('script', {}) && new Worker('data:text/javascript,1') && 'blocked'",
    "another base": "put('base', { href: 'https://example.org/' }) && document.baseURI.startsWith('https') && 'got through'",
}
TRY = """attempt => new Promise(done => {
    const violated = new Promise(resolve => addEventListener('securitypolicyviolation', resolve, { once: true }));
    const put = (tag, said) => document.body.appendChild(Object.assign(document.createElement(tag), said));
    globalThis.put = put;
    setTimeout(async () => { const found = await attempt(); await violated; done(found); });
})"""


def test_policy_blocks_what_the_page_does_not_bring(
    page: Page, complaints: list[str], subtests: pytest.Subtests
) -> None:
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in policy
    assert "http" not in policy
    for name, attempt in ATTEMPTS.items():
        with subtests.test(name):
            assert page.evaluate(f"({TRY})(() => {attempt})") in {"blocked", False, None}
    complaints.clear()


class Tags(html.parser.HTMLParser):
    """Reads a document and keeps its tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.declaration = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_decl(self, decl: str) -> None:
        """Keep the document type."""
        self.declaration = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))


def test_document_is_well_made(page: Page, shipped: Path) -> None:
    text = shipped.read_text(encoding="utf-8")
    parser = Tags()
    parser.feed(text)
    assert parser.declaration == "doctype html"
    assert parser.tags[0] == ("html", {"lang": "en"})
    assert ("meta", {"charset": "utf-8"}) in parser.tags
    ids = [attributes["id"] for _, attributes in parser.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not [
        attributes
        for tag, attributes in parser.tags
        if tag in {"script", "link", "img"} and {"src", "href"} & set(attributes)
    ]
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.locator("h1").count() == 1
    for role in ("banner", "main", "complementary", "search"):
        assert page.get_by_role(role).count() == 1
    assert page.evaluate(
        "[...document.querySelectorAll('[aria-controls]')].every(one => document.getElementById(one.getAttribute('aria-controls')))"
    )


def test_page_is_written_in_utf8_whatever_the_locale(shipped: Path, tmp_path: Path) -> None:
    plain = {**os.environ, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-W", "error", "-m", "graph", "page", "-o", str(tmp_path / "graph.html")]
    subprocess.run(command, cwd=ROOT, env=plain, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "graph.html").read_bytes() == shipped.read_bytes()


def test_guide_leads_to_a_first_question_and_goes_for_good(page: Page) -> None:
    guide = page.get_by_role("note", name="Getting started")
    question = guide.get_by_role("button").first
    words = question.inner_text()
    question.click()
    answer = panel(page, "Questions")
    expect(answer.get_by_role("heading", level=2)).to_have_text(words)
    expect(answer.get_by_role("table")).to_be_visible()
    expect(guide).to_be_hidden()


def test_guide_that_was_closed_stays_closed(page: Page) -> None:
    guide = page.get_by_role("note", name="Getting started")
    expect(guide).to_be_visible()
    act(page, "Close")
    expect(guide).to_be_hidden()
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(guide).to_be_hidden()


def test_everything_stays_in_view_when_the_picture_gets_less_room_until_somebody_moves_it(
    visit: Visit, shipped: Path
) -> None:
    page = visit(shipped, viewport={"width": 1300, "height": 850})
    wide = looks(page)["scale"]
    open_panel(page, "Compare")
    page.wait_for_function("wide => graphPageForTests.view().scale !== wide", arg=wide)
    fitted = looks(page)["scale"]
    room = page.locator("#canvas").bounding_box()
    assert room
    for one in looks(page)["nodes"]:
        x, y = place(page, one["id"])
        half = (
            (
                page.evaluate(
                    "id => graphPageForTests.box(id).right - graphPageForTests.box(id).left", one["id"]
                )
            )
            / 2
            * fitted
        )
        assert room["x"] <= x - half < x + half <= room["x"] + room["width"]
        assert room["y"] < y < room["y"] + room["height"]
    act(page, "Fit")
    assert looks(page)["scale"] == pytest.approx(fitted, rel=0.01)
    for _ in range(3):
        act(page, "Zoom in")
    closer = looks(page)["scale"]
    assert closer > wide * 1.1
    open_panel(page, "Details")
    page.wait_for_function("closer => graphPageForTests.view().scale !== closer", arg=closer)
    assert looks(page)["scale"] > closer, "what somebody moved grows with its room, and is not fitted again"
