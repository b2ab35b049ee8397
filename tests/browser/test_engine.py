"""An engine that dies is started anew, but not for ever; what waits for it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph import KnowledgeGraph
from tests.browser.acts import find_and_read, in_list, open_panel, panel, status
from tests.browser.conftest import Visit

COUNTED = """
    const Real = Worker;
    globalThis.workers = 0;
    globalThis.Worker = class extends Real {
        constructor(...given) { super(...given); this.number = ++globalThis.workers; }
        postMessage(message) { if (!globalThis.silenced?.(this.number)) super.postMessage(message); }
    };
"""
DYING = f"""{COUNTED}
    globalThis.silenced = () => false;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {{
        const data = {{ broken: true, error: "unreachable" }};
        if (this.number <= DEATHS) this.dispatchEvent(new MessageEvent("message", {{ data }}));
        else post.call(this, message);
    }};
"""
RESTARTS = 2


@pytest.fixture
def broken(shipped: Path, tmp_path: Path) -> Path:
    """Damage the engine in a page."""
    text = shipped.read_text(encoding="utf-8")
    damaged = re.sub(r'(<script id="engine" type="text/plain">).{100}', r"\1" + "A" * 100, text)
    assert damaged != text
    (tmp_path / "broken.html").write_text(damaged, encoding="utf-8")
    return tmp_path / "broken.html"


def test_engine_that_never_opens_is_said_in_the_panel_and_in_the_live_line(
    visit: Visit, broken: Path
) -> None:
    page = visit(broken, is_ready=False, script=COUNTED)
    in_list(page, "CPC").click()
    alert = panel(page, "Details").get_by_role("alert")
    expect(alert).to_contain_text("Could not open the data: ")
    expect(panel(page, "Details")).to_have_attribute("aria-busy", "false")
    assert page.evaluate("workers") == 1 + RESTARTS
    expect(open_panel(page, "About").get_by_role("alert")).to_contain_text("Could not open the data: ")
    in_list(page, "CCS").click()
    expect(status(page)).to_have_text("CCS selected")
    expect(status(page)).to_contain_text("Could not open the data: ")  # it comes back
    assert page.evaluate("workers") == 1 + RESTARTS


@pytest.mark.parametrize("deaths", range(1, RESTARTS + 1))
def test_engine_that_dies_while_opening_is_started_anew(visit: Visit, shipped: Path, deaths: int) -> None:
    page = visit(shipped, script=DYING.replace("DEATHS", str(deaths)))
    assert page.evaluate("workers") == 1 + deaths
    find_and_read(page, "RHIA", "RHIA")


def test_query_that_was_cancelled_before_is_never_run_and_one_after_its_end_is_left_alone(
    visit: Visit, shipped: Path
) -> None:
    page = visit(shipped, script=COUNTED)
    ask = "graphPageForTests.ask('ASK {}', signal)"
    cancelled = f"(signal => {ask}.catch(error => error.message))(AbortSignal.abort())"
    assert page.evaluate(cancelled) == "Cancelled."
    late = f"""async () => {{
        const controller = new AbortController();
        const {{ signal }} = controller;
        await {ask};
        const next = graphPageForTests.ask("SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . ?o ?q ?x }}");
        controller.abort();
        return (await next).rows.length;
    }}"""
    assert page.evaluate(late) == 1
    assert page.evaluate("workers") == 1


def test_undo_looks_disabled_until_it_can_be_used(visit: Visit, shipped: Path) -> None:
    page = visit(shipped, is_ready=False, script=f"{COUNTED} globalThis.silenced = () => true;")
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_have_attribute("aria-disabled", "true")
    in_list(page, "CPC").click()
    expect(in_list(page, "CPC")).to_have_attribute("aria-current", "true")
    expect(undo).to_have_attribute("aria-disabled", "true")
    undo.dispatch_event("click")
    expect(in_list(page, "CPC")).to_have_attribute("aria-current", "true")


def test_data_sets_do_not_share_what_is_remembered_of_them(
    page: Page, visit: Visit, ferries: KnowledgeGraph, tmp_path: Path
) -> None:
    other = visit(ferries.write_page(tmp_path / "ferries.html"))
    keys = []
    for one in (page, other):
        one.get_by_role("button", name="Close").click()
        one.get_by_role("button", name="Dark", exact=True).click()
        keys.append(set(one.evaluate("Object.keys(localStorage)")))
        assert all(key.startswith("graph-explorer:") for key in keys[-1])
        assert len(keys[-1]) == 2
    assert keys[0] & keys[1] == {"graph-explorer:theme"}
