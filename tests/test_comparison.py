"""Things stand side by side: each value with its sources, gaps as gaps, differences marked."""

from __future__ import annotations

from typing import Any

import pytest

from graph import KnowledgeGraph
from graph.comparison import SourcedValue, compare


def row(aspect: str, item: str, value: object, **more: str) -> dict[str, Any]:
    return {"aspect": aspect, "item": item, "value": value, **more}


def test_lines_come_in_the_order_of_the_rows_and_columns_in_the_order_asked_for() -> None:
    found = compare([row("price", "b", 2), row("name", "a", "A"), row("name", "b", "B")], ("a", "b"))
    assert [aspect.name for aspect in found.rows] == ["price", "name"]
    assert [[one.value for one in values] for values in found.rows[1].cells] == [["A"], ["B"]]


def test_a_value_comes_once_with_all_its_sources() -> None:
    found = compare(
        [row("open book", "a", value=True, source=source) for source in ("s1", "s2", "s1")], ("a",)
    )
    assert found.rows[0].cells == ((SourcedValue("yes", "", ("s1", "s2")),),)


def test_sources_come_in_the_order_in_which_they_are_read_with_what_they_are() -> None:
    rows = [
        row("name", "b", "B", source="s1", sourceNote="a page · 2020"),
        row("name", "a", "A", source="s2"),
        row("name", "a", "A", source="s1", sourceNote="a page · 2020"),
    ]
    assert compare(rows, ("a", "b")).sources == (("s2", ""), ("s1", "a page · 2020"))


def test_what_holds_at_other_times_is_kept_apart() -> None:
    found = compare([row("fee", "a", 299, period="2020"), row("fee", "a", 299, period="2026")], ("a",))
    assert [one.period for one in found.rows[0].cells[0]] == ["2020", "2026"]


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        (["x"], ["x"], False),
        (["x", "y"], ["y", "x"], False),
        (["x"], ["y"], True),
        (["x"], [], False),
        (["x"], ["x", "y"], True),
    ],
)
def test_items_differ_where_two_that_have_a_value_have_different_ones(
    a: list[str],
    b: list[str],
    differs: bool,  # noqa: FBT001
) -> None:
    rows = [row("it", "a", value) for value in a] + [row("it", "b", value) for value in b]
    (aspect,) = compare(rows, ("a", "b")).rows
    assert aspect.differs is differs


def test_two_certifications_side_by_side(kg: KnowledgeGraph) -> None:
    found = kg.compare("CPC", "CCS")
    lines = {aspect.name: aspect for aspect in found.rows}
    award = lines["is awarded by"]
    assert [[one.value.rsplit("/", 1)[-1] for one in values] for values in award.cells] == [
        ["aapc"],
        ["ahima"],
    ]
    assert award.differs
    for aspect in found.rows:
        for thing, values in zip(found.items, aspect.cells, strict=True):
            for one in values:
                for source in one.sources:
                    assert kg.query(f"ASK {{ GRAPH <{source}> {{ ?s ?p ?o }} <{source}> a mbc:Source }}"), (
                        thing,
                        aspect.name,
                    )
    assert any(values == () for aspect in found.rows for values in aspect.cells)
    for source, note in found.sources:
        (said,) = kg.query(
            f"SELECT ?kind ?date {{ <{source}> dcterms:type/skos:prefLabel ?kind ; dcterms:date|dcterms:isPartOf/dcterms:date ?date }}"
        )
        assert note == f"{said['kind']} · {said['date']}"
    assert [one.value for one in lines["annual pay, for holders of CCS"].cells[1]] == [
        "about 70,000 to 85,000 US dollars a year"
    ]


def test_comparing_a_thing_with_itself_shows_no_difference(kg: KnowledgeGraph) -> None:
    assert not any(aspect.differs for aspect in kg.compare("CPC", "cert:cpc").rows)
