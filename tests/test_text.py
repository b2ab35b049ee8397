"""A route and a comparison as text: what a person reads in a terminal, or pastes into a message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from graph.comparison import Comparison, Row, SourcedValue
from graph.route import Amount, Route, Step, read_steps, routes
from graph.route_policy import Measure, Policy
from graph.text import comparison_text, no_route_text, routes_text

NAMES = {"a": "diploma", "b": "exam", "c": "job", "s": "A page", "t": "Another | page"}


def name(iri: str) -> str:
    return NAMES.get(iri, iri)


TOLL = Measure("toll", "Tolls", "€#", "Pay {toll} for {tollItem}", "tollItem")
TIME = Measure("hours", "Time", "# hour | # hours", "Takes {hours}", "", "hoursMax")
POLICY = Policy(measures=(TOLL, TIME))


def step(start: str, end: str, **columns: object) -> Step:
    row: dict[str, Any] = {"from": start, "to": end, **columns}
    return read_steps([row], POLICY)[start][end]


def route(*steps: Step) -> Route:
    all_steps = {one.start: {one.end: one} for one in steps}
    return routes(all_steps, POLICY, steps[0].start, steps[-1].end)[0]


def test_a_route_reads_as_numbered_sentences() -> None:
    first = Step(
        "a",
        "b",
        "qualifies for",
        "a year of work",
        "a course",
        "entry",
        (Amount(Decimal(1399), Decimal(1399), "pilot"), Amount(Decimal(12), Decimal(24))),
        (("", "s"), ("toll, level", "t")),
    )
    second = step("b", "c", source="t")
    found = route(first, second)._replace(best_by=("fewest steps", "lowest tolls"))
    assert routes_text((found,), POLICY, name) == (
        "From diploma to job:\n\n"
        "Route 1: 2 steps (fewest steps, lowest tolls)\n"
        "  1. diploma qualifies for exam (a year of work; level: entry). Pay €1,399 for pilot. "
        "Takes 12 to 24 hours. Recommended: a course. [A page; toll, level: Another | page]\n"
        "  2. exam leads to job. [Another | page]\n"
        "  Tolls: €1,399. Time: 12 to 24 hours, not stated for 1 step.\n"
    )


@pytest.mark.parametrize(
    ("steps", "sums"),
    [
        ([step("a", "b")], "Tolls: none stated. Time: not stated."),
        ([step("a", "b", tollItem="it", hours=3)], "Tolls: not stated. Time: 3 hours."),
        (
            [step("a", "b", tollItem="it"), step("b", "c", tollItem="it", toll=5)],
            "Tolls: €5, not stated for 1 step. Time: not stated.",
        ),
        ([step("a", "b", tollItem="it", toll=0, hours=1)], "Tolls: €0. Time: 1 hour."),
        ([step("a", "b", hours=1, hoursMax=2)], "Tolls: none stated. Time: 1 to 2 hours."),
    ],
)
def test_sums_say_what_is_not_stated(steps: list[Step], sums: str) -> None:
    assert routes_text((route(*steps),), POLICY, name).splitlines()[-1].strip() == sums


def test_a_toll_that_is_not_stated_is_named() -> None:
    text = routes_text((route(step("a", "b", tollItem="the lock")),), POLICY, name)
    assert "  1. diploma leads to exam. Pay (not stated) for the lock.\n" in text


def test_without_measures_there_are_no_sums() -> None:
    (found,) = routes({"a": {"b": Step("a", "b", "to")}}, Policy(), "a", "b")
    text = routes_text((found,), Policy(), name)
    assert text.endswith("Route 1: 1 step (fewest steps)\n  1. diploma to exam.\n")


def test_no_route_says_what_leads_there_at_all() -> None:
    none = "No route of up to 6 steps leads from diploma to job. "
    known = no_route_text("a", "c", ("b", "s"), POLICY, name)
    assert known == f"{none}Items one step before job: exam; A page.\n"
    assert no_route_text("a", "c", (), POLICY, name) == f"{none}Nothing leads to job.\n"
    one = POLICY._replace(max_steps=1)
    assert no_route_text("a", "c", (), one, name).startswith("No route of up to 1 step leads from")


def test_a_comparison_is_a_markdown_table() -> None:
    rows = (
        Row("price", ((SourcedValue("$5", "2026", ("t",)), SourcedValue("$4", "", ("s", "t"))), ())),
        Row("kind|sort", ((SourcedValue("c", "", ()),), (SourcedValue("c", "", ()),))),
    )
    sources = (("t", "an opinion · 2019"), ("s", ""))
    assert comparison_text(Comparison(("a", "b"), rows, sources), name) == (
        "|  | diploma | exam |\n"
        "| --- | --- | --- |\n"
        "| price | $5 (2026) [1]; $4 [1, 2] | not stated |\n"
        "| kind\\|sort | job | job |\n"
        "\nSources:\n1. Another | page · an opinion · 2019\n2. A page\n"
    )
