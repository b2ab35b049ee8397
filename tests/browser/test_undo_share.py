"""Every act can be taken back, and what is seen can be sent to somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import act, find, find_and_read, in_list, open_panel, panel, run_sparql, status
from tests.browser.conftest import Visit
from tests.browser.look import seen, sees

QUERY = "SELECT ?role WHERE { ?role a mbc:Role } ORDER BY ?role"


def box(page: Page, name: str) -> Locator:
    """Find a box of the legend."""
    return page.get_by_role("group", name="Legend", exact=True).get_by_role(
        "checkbox", name=re.compile(rf"^{name} \d")
    )


def settled(page: Page, text: str) -> None:
    """Wait until the page says what it has done."""
    expect(status(page)).to_contain_text(text)


def expand(page: Page) -> None:
    find_and_read(page, "CPC", "CPC")
    act(page, "Expand")
    settled(page, "added")


def filter_kind(page: Page) -> None:
    box(page, "certification").uncheck()
    expect(page.locator("#shown-count")).to_contain_text("filtered out")


def filter_relation(page: Page) -> None:
    page.get_by_role("group", name="Legend", exact=True).get_by_text("Relations", exact=True).click()
    box(page, "is awarded by").uncheck()
    expect(page.locator("#shown-count")).to_contain_text("links filtered out")


def question(page: Page) -> None:
    questions = open_panel(page, "Questions")
    words = page.evaluate(
        "graphPageForTests.payload.questions.find(({ name }) => name === 'next-roles').title"
    )
    questions.get_by_role("button", name=words, exact=True).click()
    expect(questions.get_by_role("region", name="Answer")).to_be_visible()


def parameter(page: Page) -> None:
    questions = panel(page, "Questions")
    before = questions.get_by_role("region", name="Answer").inner_text()
    questions.get_by_role("combobox", name="the role to move on from").select_option(label="medical biller")
    changed = "before => { const answer = document.querySelector('#questions [aria-label=Answer]'); return answer && answer.innerText !== before; }"
    page.wait_for_function(changed, arg=before)


def sparql(page: Page) -> None:
    expect(run_sparql(page, QUERY).get_by_role("region", name="Answer")).to_be_visible()


def show(page: Page) -> None:
    act(page, "Show in graph")
    settled(page, "items shown in the graph")


def compare(page: Page) -> None:
    region = open_panel(page, "Compare")
    for name in ("CPC", "CCS"):
        find(page, name, box="Add to comparison")
        expect(region.get_by_role("button", name=f"Remove {name}")).to_be_visible()
    expect(region.get_by_role("region", name="Comparison")).to_be_visible()


def compare_third(page: Page) -> None:
    find(page, "CCA", box="Add to comparison")
    expect(panel(page, "Compare").get_by_role("columnheader", name="CCA")).to_be_visible()


def compare_less(page: Page) -> None:
    act(page, "Remove CPC")
    expect(panel(page, "Compare").get_by_role("columnheader", name="CPC")).to_have_count(0)
    expect(panel(page, "Compare").get_by_role("columnheader", name="CCA")).to_be_visible()


def route(page: Page) -> None:
    region = open_panel(page, "Route")
    find(page, "high school diploma", box="From")
    expect(region.locator("strong")).to_have_count(1)
    find(page, "coding auditor", box="To")
    expect(region.get_by_role("heading", name="Route 1")).to_be_visible()
    settled(page, "found")


def only(page: Page) -> None:
    find_and_read(page, "AHIMA", "AHIMA")
    act(page, "Only this")
    settled(page, "AHIMA and ")


def collapse(page: Page) -> None:
    act(page, "Collapse")
    settled(page, "hidden")


def from_list(page: Page) -> None:
    in_list(page, "medical coder").click()
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("medical coder")
    settled(page, "medical coder selected")


def about(page: Page) -> None:
    expect(open_panel(page, "About")).to_contain_text("Dates of the sources")


def steps(page: Page) -> int:
    """Tell how many acts can be taken back."""
    return int(page.evaluate("history.state?.step ?? 0"))


ACTS: tuple[Callable[[Page], None], ...] = (
    from_list, expand, collapse, only, filter_relation, filter_kind, about, question, parameter, sparql, show, compare, compare_third, compare_less, route,
)  # fmt: skip


def test_every_act_is_taken_back_one_by_one(page: Page) -> None:
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_have_attribute("aria-disabled", "true")
    past = {0: seen(page)}
    for do in ACTS:
        before = steps(page)
        do(page)
        assert steps(page) > before, f"{do.__name__} is no step"
        past[steps(page)] = seen(page)
    last = steps(page)
    page.reload()
    page.locator("html[data-ready]").wait_for(state="attached")
    sees(page, past[last])
    for turn, at in enumerate(range(last - 1, -1, -1)):
        undo.click() if turn % 2 else page.evaluate("history.back()")
        page.wait_for_function("at => (history.state?.step ?? 0) === at", arg=at)
        if at in past:
            sees(page, past[at])
    expect(undo).to_have_attribute("aria-disabled", "true")
    assert page.evaluate("location.hash") == ""
    page.evaluate("history.forward()")
    sees(page, past[1])


@pytest.mark.parametrize("does", [
    (expand, filter_relation, filter_kind),
    (only, question, parameter),
    (sparql, show),
    (from_list, compare, compare_third),
    (filter_kind, route),
], ids=lambda does: does[-1].__name__)  # fmt: skip
def test_link_gives_the_same_view(
    page: Page, visit: Visit, shipped: Path, does: tuple[Callable[[Page], None], ...]
) -> None:
    for do in does:
        do(page)
    act(page, "Copy link")
    settled(page, "Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    address, sign, hash_ = link.partition("#")
    assert (address, sign) == (shipped.as_uri(), "#")
    sees(visit(shipped, f"#{hash_}"), seen(page))


NOTHING = (
    "panel=nonsense",
    "panel=constructor",
    "panel=__proto__&__proto__=1",
    "select=cert:nothing",
    "select=javascript:alert(1)",
    "select=%3Chttp://a%20b%3E",
    "select=%E0%A4%A",
    "%",
    "%%%=%%%&&&===",
    "hide=role:nothing+http://nowhere.example/+%3C",
    "question=nothing&set-role=role:medical-coder",
    "question=__proto__&set-__proto__=1",
    "compare=cert:nothing+x+y+z",
    "route=-+-",
    "route=cert:nothing+cert:neither",
    "unheard=of",
    "show=*",
    "show=*+-cert:nothing+cert:neither",
)


def test_what_an_address_says_wrongly_is_ignored(visit: Visit, shipped: Path) -> None:
    page = visit(shipped, "#%E0%A4%A&select=cert:nothing")
    fresh = seen(page)
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("Details")
    for wrong in NOTHING:
        page.evaluate("hash => { location.hash = 'panel=about' }")
        expect(page.get_by_role("tab", name="About")).to_have_attribute("aria-selected", "true")
        page.evaluate("hash => { location.hash = hash }", wrong)
        sees(page, fresh)

    page.evaluate(
        "hash => { location.hash = hash }", "question=next-roles&panel=questions&set-role=%22%7D+DROP&set-x=1"
    )
    answer = panel(page, "Questions").get_by_role("region", name="Answer")
    expect(answer).to_be_visible()
    expect(panel(page, "Questions").get_by_role("combobox")).to_have_value("role:medical-coder")
    many = " ".join(f"role:nothing-{number}" for number in range(5000))
    page.evaluate(
        "hash => { location.hash = hash }",
        f"show={quote(many)}+cert:cpc+cert:cpc+role:medical-coder&select=cert:cpc&zzz=1",
    )
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text("CPC")
    expect(page.locator("#shown-count")).to_have_text("2 of 2 shown")
    expect(in_list(page, "CPC")).to_have_attribute("aria-current", "true")
    page.evaluate("hash => { location.hash = hash }", "panel=sparql&query=SELECT+nonsense+%7B")
    expect(panel(page, "SPARQL").get_by_role("alert")).to_contain_text("Line 1")
