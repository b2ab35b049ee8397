"""A way is made of steps that the data has, and is called the best only at what is stated."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph import KnowledgeGraph
from graph.route import STEPS, Route, Step, routes
from graph.terms import Value
from tests.conftest import Write

ADVICE = ("coding auditor", "revenue cycle manager", "medical coder", "CPC", "CCS", "clinical documentation integrity specialist")


def link(start: str, end: str, **said: Value) -> dict[str, Value]:
    return {"from": start, "to": end, "how": "leads to", **said}


def names(route: Route) -> str:
    return "".join([route.steps[0].start, *(step.end for step in route.steps)])


def test_each_best_way_comes_once_with_all_it_is_best_at() -> None:
    rows = [
        link("a", "z", fee=900, feeFor="the exam", months=9),
        link("a", "b", fee=100, feeFor="the exam", months=6),
        link("b", "z", fee=100, feeFor="the exam", months=6),
        link("a", "c", fee=400, feeFor="the exam", months=1),
        link("c", "z", fee=400, feeFor="the exam", months=1),
    ]
    assert [(names(way), way.best) for way in routes(rows, "a", "z")] == [
        ("az", ("fewest steps",)),
        ("abz", ("lowest fees",)),
        ("acz", ("least time",)),
    ]
    assert [names(way) for way in routes(rows, "a", "z", most=1)] == ["az"]


def test_what_is_not_stated_is_not_taken_for_nothing() -> None:
    rows = [
        link("a", "b", feeFor="the exam"),
        link("b", "z"),
        link("a", "c", fee=700, feeFor="the exam", months=24),
        link("c", "z", months=1),
    ]
    best = {name: names(way) for way in routes(rows, "a", "z") for name in way.best}
    assert best == {"fewest steps": "acz", "lowest fees": "acz", "least time": "acz"}
    unknown = next(way for way in routes(rows, "a", "z") if names(way) == "abz")
    assert (unknown.without_fee, unknown.without_months) == (1, 2)


def test_no_way_is_the_quickest_where_no_time_is_stated() -> None:
    (way,) = routes([link("a", "z")], "a", "z")
    assert way.best == ("fewest steps", "lowest fees")


def test_ranges_are_summed_at_both_ends() -> None:
    rows = [link("a", "b", months=6, monthsUpTo=12), link("b", "z", months=Decimal("1.5"))]
    (way,) = routes(rows, "a", "z")
    assert (way.months, way.months_up_to) == (Decimal("7.5"), Decimal("13.5"))


def test_of_two_links_the_quicker_one_is_the_step() -> None:
    rows = [link("a", "z", months=12, asks="a year"), link("a", "z", months=4, asks="a summer")]
    (way,) = routes(rows, "a", "z")
    assert way.steps[0].asks == "a summer"


@pytest.mark.parametrize(("start", "end"), [("a", "a"), ("a", "nowhere"), ("nowhere", "a"), ("z", "a")])
def test_there_may_be_no_way(start: str, end: str) -> None:
    assert routes([link("a", "z")], start, end) == ()


def test_a_way_has_an_end() -> None:
    chain = [link(str(number), str(number + 1)) for number in range(STEPS + 1)]
    assert len(routes(chain, "0", str(STEPS))[0].steps) == STEPS
    assert routes(chain, "0", str(STEPS + 1)) == ()


NUMBERS = dict.fromkeys(("months", "monthsUpTo", "fee"), st.none() | st.integers(0, 9))
WORDS = dict.fromkeys(
    ("how", "asks", "feeFor", "level", "advised", "source", "sourceOfFee", "sourceOfLevel"), st.sampled_from(["", "it"])
)
LINKS = st.lists(
    st.builds(
        lambda ends, said: {"from": ends[0], "to": ends[1], **said},
        st.sampled_from(list(permutations("abcde", 2))),
        st.fixed_dictionaries({**NUMBERS, **WORDS}),
    ),
    max_size=14,
)


@given(LINKS, st.randoms())
def test_ways_are_the_best_of_all_and_the_same_in_any_order(rows: list[dict[str, Value]], random: Random) -> None:
    found = routes(rows, "a", "e")
    there = {(row["from"], row["to"]) for row in rows}
    between = [("a", *some, "e") for many in range(4) for some in permutations("bcd", many)]
    paths = ["".join(path) for path in between if all(pair in there for pair in pairwise(path))]
    assert {names(way) for way in found} <= set(paths)
    assert len(found) == min(3, len(paths)) == len(set(map(names, found)))
    if paths:
        assert len(next(way for way in found if "fewest steps" in way.best).steps) == min(map(len, paths)) - 1
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert routes(shuffled, "a", "e") == found


@pytest.mark.parametrize("end", ADVICE)
def test_shipped_ways_hold_in_the_data_and_name_who_says_so(end: str, kg: KnowledgeGraph) -> None:
    found = kg.route("high school diploma", end)
    assert found
    for step in {step for way in found for step in way.steps}:
        assert kg.query(f"ASK {{ <{step.start}> mbc:leadsTo <{step.end}> }}")
        assert kg.query(f"ASK {{ <{step.source}> a mbc:Source }}")
    assert all(names(way).count(step.end) == 1 for way in found for step in way.steps)


def test_an_adviser_says_what_is_asked_for_and_what_is_advised(kg: KnowledgeGraph) -> None:
    first = step_to(kg, "CPC")
    assert (first.how, first.asks) == ("is more than enough for", "no proof of education or experience")
    assert first.advised == "an associate degree"
    assert step_to(kg, "CCS").advised.count("; or ") == 4
    assert step_to(kg, "CCS").fee == Decimal(399)
    assert step_to(kg, "CCS").fee_for == "the examination as a non-member (2025 to 2026)"
    assert first.fee_for == "the examination with one attempt (2026) and a year of membership (2026)"


def test_each_part_of_a_step_has_a_source_that_says_it(kg: KnowledgeGraph) -> None:
    said = {what: source for parts, source in step_to(kg, "CPC").others for what in parts.split(", ")}
    assert list(said) == ["fee", "membership", "level", "advice"]
    for what, pattern in (
        ("fee", "?x mbc:about cert:cpc ; mbc:measure measure:exam-fee ; mbc:value 425 ; mbc:attempts 1"),
        ("membership", "?x mbc:about org:aapc ; mbc:measure measure:membership-fee ; mbc:value 222"),
        ("level", "cert:cpc mbc:level ?x"),
        ("advice", "cert:cpc mbc:recommends ?x"),
    ):
        assert kg.query(f"ASK {{ GRAPH <{said[what]}> {{ {pattern} }} }}"), what


def test_every_source_of_a_part_says_it(kg: KnowledgeGraph) -> None:
    rows = list(kg.query(kg.files.asked("route.rq")))
    for row in rows:
        to, advised = row["to"], str(row["advised"] or "")
        if source := row["sourceOfTime"]:
            figure = (
                f"GRAPH <{source}> {{ ?length mbc:about <{to}> ; mbc:measure measure:duration ; mbc:value|mbc:minimum|mbc:maximum"
            )
            assert kg.query(f"ASK {{ {figure} {row['months']} }} }}").boolean
            assert row["monthsUpTo"] is None or kg.query(f"ASK {{ {figure} {row['monthsUpTo']} }} }}").boolean
        if source := row["sourceOfLevel"]:
            assert kg.query(
                f"ASK {{ GRAPH <{source}> {{ <{to}> mbc:level ?level }} FILTER(STR(?level) = '{row['level']}') }}"
            ).boolean
        if source := row["sourceOfAdvice"]:
            ways = kg.query(f"SELECT ?way {{ GRAPH <{source}> {{ <{to}> mbc:recommends ?advice }} ?advice skos:prefLabel ?way }}")
            assert all(any(str(one["way"]).startswith(way) for one in ways) for way in advised.split("; or "))
    for what in ("Time", "Fee", "Membership", "Level", "Advice"):
        assert any(row[f"sourceOf{what}"] for row in rows)


def test_a_source_of_several_parts_is_named_once_and_that_of_the_step_not_again() -> None:
    row = link("a", "z", source="s", sourceOfTime="s", sourceOfFee="t", sourceOfMembership="u", sourceOfLevel="t")
    (way,) = routes([row], "a", "z")
    assert way.steps[0].others == (("fee, level", "t"), ("membership", "u"))


def test_what_leads_to_a_thing_is_known_where_no_way_does(kg: KnowledgeGraph) -> None:
    assert kg.route("high school diploma", "RHIA") == ()
    leading = kg.leading_to("RHIA")
    assert leading
    assert all(kg.query(f"ASK {{ <{iri}> mbc:leadsTo cert:rhia }}").yes for iri in leading)
    assert kg.leading_to("CPMA") == ()


def step_to(kg: KnowledgeGraph, certification: str) -> Step:
    return kg.route("high school diploma", certification)[0].steps[0]


def test_any_data_has_routes(write: Write) -> None:
    folder = write({"a.ttl": "@prefix : <http://a.example/> . :a :sails :b . :b :sails :c . :c a :Port ."})
    (way,) = graph.load(folder).route("http://a.example/a", "http://a.example/c")
    assert [(step.start[-1], step.how, step.end[-1]) for step in way.steps] == [("a", "sails", "b"), ("b", "sails", "c")]
