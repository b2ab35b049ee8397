"""A way and a comparison as text: what a person reads in a terminal, or pastes into a message."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.comparison import Comparison, Row, SourcedValue
from graph.text import comparison_text, no_way_text, routes_text
from graph.route import Route, Step

NAMES = {"a": "diploma", "b": "exam", "c": "job", "s": "A page", "t": "Another | page"}


def name(iri: str) -> str:
    return NAMES.get(iri, iri)


def test_a_way_reads_as_numbered_sentences() -> None:
    first = Step(
        "a",
        "b",
        "qualifies for",
        "a year of work",
        Decimal(12),
        Decimal(24),
        Decimal(1399),
        "examination",
        "entry",
        "a course",
        "s",
        (("fee, level", "t"),),
    )
    text = routes_text((Route((first, Step("b", "c", "leads to", source="t")), ("fewest steps", "lowest fees")),), name)
    assert text == (
        "From diploma to job:\n\n"
        "Way 1: 2 steps (fewest steps, lowest fees)\n"
        "  1. diploma qualifies for exam (a year of work; level: entry). Takes 12 to 24 months. Costs $1,399 for examination. "
        "Advised beforehand: a course. [A page; fee, level: Another | page]\n"
        "  2. exam leads to job. [Another | page]\n"
        "  Fees: $1,399. Time: 12 to 24 months, not stated for 1 of 2 steps.\n"
    )


@pytest.mark.parametrize(
    ("steps", "sums"),
    [
        ([Step("a", "b", "to")], "Fees: none, as no step has a price. Time: not stated."),
        ([Step("a", "b", "to", fee_for="it", months=Decimal(3))], "Fees: not stated. Time: 3 months."),
        (
            [Step("a", "b", "to", fee_for="it"), Step("b", "c", "to", fee_for="it", fee=Decimal(5))],
            "Fees: $5, not stated for 1 of 2 with a price. Time: not stated.",
        ),
        ([Step("a", "b", "to", fee_for="it", fee=Decimal(0), months=Decimal(0))], "Fees: $0. Time: 0 months."),
    ],
)
def test_sums_say_what_is_not_stated(steps: list[Step], sums: str) -> None:
    assert routes_text((Route(tuple(steps)),), name).splitlines()[-1].strip() == sums


def test_no_way_says_what_leads_there_at_all() -> None:
    none = "No way of up to 6 steps is known from diploma to job. "
    assert no_way_text("a", "c", ("b", "s"), name) == f"{none}What leads to job: exam; A page.\n"
    assert no_way_text("a", "c", (), name) == f"{none}Nothing is known to lead to job.\n"


def test_one_step_is_one_step() -> None:
    assert "Way 1: 1 step\n" in routes_text((Route((Step("a", "b", "to"),)),), name)


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
