"""An address, or whatever is typed, does nothing but what it says, and nothing of it runs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from tests.browser.acts import ask, find, panel, run_sparql, settle
from tests.browser.conftest import Visit
from tests.browser.hostile import TEXTS, foreign, keep_own

HASHES = (
    "#<img src=x onerror=window.pwned=1>",
    "#select=javascript:window.pwned=1",
    "#select=data:text/html,<script>window.pwned=1</script>&show=javascript:window.pwned=1",
    "#panel=javascript:alert(1)&question=</script><svg onload=window.pwned=1>",
    "#panel=constructor&question=__proto__&set-__proto__=1&set-constructor=<x:y>",
    "#panel=__proto__&hide=__proto__ constructor",
    "#panel=sparql&query=" + quote("SELECT ('<img src=x onerror=window.pwned=1>' AS ?x) {}"),
    "#panel=sparql&query=" + quote("</script><img src=x onerror=window.pwned=1>"),
    "#panel=sparql&query=" + quote("INSERT DATA { <a:b> <a:c> <a:d> }"),
    "#panel=sparql&query=" + quote("SELECT * { SERVICE <https://h.example/> { ?s ?p ?o } }"),
    "#panel=sparql&query=" + quote("LOAD <https://h.example/>"),
    "#panel=compare&compare=javascript:a data:b <c> {{7*7}} - -",
    "#panel=route&route=javascript:a data:b",
    "#panel=route&route=- -",
    "#show=* -* <> <javascript:window.pwned=1> \u202e \0 %00 %E2%80%A8 %FF %",
    "#select=cert:%25zz",
    "#show=a:%25 a:b%23c%23d http://[x http://a:b a:%EE%80%80 a:%EF%B7%90 a:%C2%80&compare=cert:%25 cert:cpc",
    "#show=" + "a:b " * 20_000,
    "#query=" + "%22" * 50_000 + "&panel=sparql",
    "#show=&select=&hide=&panel=&question=&query=&compare=&route=",
    "#show=*&show=*&select=a&select=b",
    "#" + "&" * 10_000,
    "#=&==&%&%%&#&?#?",
)


def is_alive(page: Page, text: str) -> None:
    """Find something, to see that the page still works."""
    find(page, text)
    expect(panel(page, "Details").get_by_role("heading", level=2)).to_have_text(text)


def test_hostile_addresses_do_nothing(hostile_page: Page, page: Page, subtests: pytest.Subtests) -> None:
    keep_own(page)
    for one, name in ((page, "CPC"), (hostile_page, TEXTS[0])):
        for hash_ in HASHES:
            with subtests.test(hash_[:60]):
                settle(one, hash_)
                assert foreign(one) == []
                assert one.locator("[role=tabpanel]:visible, .panel:visible").count() == 1
        is_alive(one, name)


def test_page_is_opened_with_a_hostile_address(visit: Visit, shipped: Path) -> None:
    page = visit(shipped, HASHES[4] + "&show=javascript:window.pwned=1&compare=" + "%3Cimg%3E " * 100)
    keep_own(page)
    assert foreign(page) == []
    is_alive(page, "CPC")


signs = st.characters(exclude_categories=["Cs"])


def written_with(parts: str) -> st.SearchStrategy[str]:
    """Write texts of these words and any signs between them."""
    word = st.one_of(
        st.sampled_from(parts.split(" ")),
        st.text(signs, max_size=8),
        st.sampled_from([" ", "\n", *TEXTS[:8]]),
    )
    return st.lists(word, max_size=10).map("".join)


names = written_with("CPC medical coder ( [ * \\ + ? ^ $ .* $& %s {0} é ß İ ﬁ \u0300 \u202e")
queries = written_with(
    "SELECT ASK CONSTRUCT DESCRIBE WHERE PREFIX BASE VALUES LIMIT 1 * { } ( ) . ; , # < > <a:b> ?s ?p ?o a cert:cpc mbc: 'x' \" ''' \\ \\u003C @en ^^"
)
addresses = written_with(
    "& = # % %00 %FF + * - -- show= select= hide= panel= question= query= compare= route= set- set-certification= sparql compare route about"
    " which-certification cert:cpc role:medical-coder <a:b> SELECT ASK{} UNDEF __proto__ constructor"
)


def test_whatever_is_typed_or_opened_nothing_runs(page: Page, complaints: list[str]) -> None:
    keep_own(page)

    def is_quiet() -> None:
        assert foreign(page) == []
        said = complaints.copy()
        complaints.clear()  # the next example answers for its own
        assert said == []

    @given(names)
    def find_it(text: str) -> None:
        box = page.get_by_role("combobox", name="Find", exact=True)
        box.fill(text)
        options = page.get_by_role("listbox", name="Matches").get_by_role("option")
        assert (options.count() > 0) == bool(box.evaluate("box => box.value.trim()"))
        box.press("Enter")
        is_quiet()

    @given(queries)
    def ask_it(text: str) -> None:
        region = run_sparql(page, text)
        ask(page, "ASK {}")  # it is asked after that one
        expect(page.locator("#stop")).to_be_hidden()
        if page.evaluate("text => text.trim()", text):
            expect(region.locator("#sparql-answer > *").first).to_be_visible()
        is_quiet()

    @given(addresses)
    def open_it(text: str) -> None:
        settle(page, f"#{text}")
        assert page.locator(".panel:visible").count() == 1
        is_quiet()

    for property_ in (find_it, ask_it, open_it):
        property_()
    settle(page, "")
    is_alive(page, "CPC")
