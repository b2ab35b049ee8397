"""A route is made of steps that the data has, and is called the best only at what is stated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise, permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph import KnowledgeGraph
from graph.errors import QuestionError
from graph.paths import best_paths
from graph.payload import to_json
from graph.question import parse_header
from graph.route import Route, Step, read_steps, routes
from graph.route_policy import Policy, read_policy
from graph.text import aside_text, step_phrases, sums_text
from tests.conftest import ROOT, Write

ADVICE = (
    "coding auditor",
    "revenue cycle manager",
    "medical coder",
    "CPC",
    "CCS",
    "clinical documentation integrity specialist",
)
SHARED = json.loads((ROOT / "tests" / "cases" / "routes.json").read_text(encoding="utf-8"))
COLUMNS = ("from", "to", "text", "toll", "tollItem", "hours", "hoursMax", "hoursSource", "tollSource")
HEADERS = {name: "\n".join(shared["header"]) for name, shared in SHARED["policies"].items()}
POLICIES = {name: read_policy(parse_header(header), COLUMNS) for name, header in HEADERS.items()}
TOLLS = POLICIES["tolls"]

Row = dict[str, Any]


def link(start: str, end: str, **more: object) -> Row:
    return {"from": start, "to": end, **more}


def names(route: Route) -> str:
    return "".join([route.steps[0].start, *(step.end for step in route.steps)])


def find(rows: list[Row], start: str, end: str, policy: Policy = TOLLS, limit: int = 3) -> tuple[Route, ...]:
    return routes(read_steps(rows, policy), policy, start, end, limit=limit)


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["why"])
def test_routes_are_those_of_the_shared_cases(case: dict[str, Any]) -> None:
    policy = POLICIES[case["header"]]

    def found() -> tuple[Route, ...]:
        return find(case["rows"], case["start"], case["end"], policy, case["limit"])

    if "error" in case:
        with pytest.raises(QuestionError) as raised:
            found()
        assert str(raised.value) == case["error"]
        return
    assert len(found()) == len(case["routes"])
    for route, expected in zip(found(), case["routes"], strict=True):
        assert [route.steps[0].start, *(step.end for step in route.steps)] == expected["path"]
        assert list(route.best_by) == expected["bestBy"]
        assert sums_text(route, policy) == expected["sums"]
        if "steps" in expected:
            assert [as_json(step, policy) for step in route.steps] == expected["steps"]


def as_json(step: Step, policy: Policy) -> dict[str, Any]:
    return {
        "text": step.text,
        "aside": aside_text(step),
        "phrases": step_phrases(step, policy),
        "sources": [list(source) for source in step.sources],
    }


@pytest.mark.parametrize("name", POLICIES)
def test_the_page_gets_the_policy_of_the_header(name: str) -> None:
    assert to_json(POLICIES[name]) == SHARED["policies"][name]["policy"]


def test_without_a_header_the_fewest_steps_are_best() -> None:
    assert read_policy(parse_header("SELECT * {}"), ("from", "to", "text")) == Policy()
    (route,) = find([link("a", "z")], "a", "z", Policy())
    assert route == Route((Step("a", "z", "leads to"),), ("fewest steps",))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ route:\n#+   max steps: 0", "sets “max steps: 0”; give a whole number from 1 to 99."),
        ("#+ route:\n#+   max steps: many", "sets “max steps: many”; give a whole number from 1 to 99."),
        ("#+ route:\n#+   most: 6", "sets “most” under “route”; set from, to, max steps there."),
        ("#+ criteria:\n#+   lowest tolls: fare", "ranks “lowest tolls” by “fare”; rank by steps."),
        ("#+ criteria:\n#+   lowest tolls:", "ranks “lowest tolls” by “”; rank by steps."),
        (
            "#+ measure toll:\n#+   units: €",
            "sets “units” under “measure toll”; set label, unit, text, item, max there.",
        ),
        (
            "#+ measure toll:\n#+   unit: €",
            "sets “unit: €” under “measure toll”; let # stand for the number.",
        ),
        ("#+ measure toll:\n#+   text: Pay {fare}", "writes “{fare}” under “measure toll”; write {toll}."),
        ("#+ measure fare:\n#+   unit: €#", "does not select ?fare; add this column to its SELECT."),
        ("#+ measure toll:\n#+   item: for", "does not select ?for; add this column to its SELECT."),
        ("#+ measure toll:\n#+   max: up", "does not select ?up; add this column to its SELECT."),
        (
            "#+ sources:\n#+   levelSource: level",
            "does not select ?levelSource; add this column to its SELECT.",
        ),
    ],
)
def test_a_header_that_is_wrong_is_refused_in_one_sentence(header: str, message: str) -> None:
    with pytest.raises(QuestionError) as raised:
        read_policy(parse_header(header), COLUMNS)
    assert str(raised.value) == f"route.rq {message}"


def test_a_query_without_ends_is_refused(write: Write) -> None:
    triple = "<http://a.example/a> <http://a.example/p> <http://a.example/b> ."
    for query in (
        "SELECT ?from { ?from ?p ?o }",
        "SELECT ?from ?to { ?from ?p ?to }",
        "ASK { ?from ?p ?to }",
        "DESCRIBE ?to { ?from ?p ?to }",
    ):
        kg = graph.load(write({"a.ttl": triple, "route.rq": query}))
        with pytest.raises(
            QuestionError, match=r"^route\.rq does not select \?(from|to|text); add this column"
        ):
            kg.route("http://a.example/a", "http://a.example/b")


def test_sums_are_numbers() -> None:
    rows = [
        link("a", "b", hours=6, hoursMax=12, tollItem="it"),
        link("b", "z", hours=Decimal("1.5"), toll=2.5),
    ]
    (route,) = find(rows, "a", "z")
    assert route.sums == {"toll": Decimal("2.5"), "hours": Decimal("7.5")}
    assert route.max_sums == {"toll": Decimal("2.5"), "hours": Decimal("13.5")}
    assert route.missing == {"toll": 1, "hours": 0}


NUMBERS = dict.fromkeys(
    ("toll", "hours", "hoursMax"), st.none() | st.decimals(0, 3, places=1) | st.integers(0, 3)
)
TEXTS = dict.fromkeys(
    ("text", "requires", "recommends", "level", "tollItem", "source", "tollSource", "hoursSource"),
    st.sampled_from(["", "it"]),
)
LINKS = st.lists(
    st.builds(
        lambda ends, more: {"from": ends[0], "to": ends[1], **more},
        st.sampled_from(list(permutations("abcdez", 2))),
        st.fixed_dictionaries({**NUMBERS, **TEXTS}),
    ),
    max_size=20,
)


def all_routes(rows: list[Row], policy: Policy) -> list[Route]:
    """List every route from a to z, by brute force."""
    steps = read_steps(rows, policy)
    between = [("a", *some, "z") for count in range(5) for some in permutations("bcde", count)]
    paths = [
        path
        for path in between
        if len(path) <= policy.max_steps + 1 and all(b in steps.get(a, {}) for a, b in pairwise(path))
    ]
    return [route_of([steps[a][b] for a, b in pairwise(path)], policy) for path in paths]


def route_of(steps: list[Step], policy: Policy) -> Route:
    def values(index: int, field: str) -> list[Decimal]:
        return [value for step in steps if (value := getattr(step.amounts[index], field)) is not None]

    measures = [measure.name for measure in policy.measures]
    return Route(
        tuple(steps),
        (),
        {name: sum(values(i, "value"), Decimal(0)) for i, name in enumerate(measures)},
        {name: sum(values(i, "max"), Decimal(0)) for i, name in enumerate(measures)},
        {name: sum(step.amounts[i].is_missing for step in steps) for i, name in enumerate(measures)},
    )


def rank(route: Route, keys: tuple[str, ...]) -> tuple[Any, ...]:
    parts = [(len(route.steps),) if key == "steps" else (route.missing[key], route.sums[key]) for key in keys]
    return (*parts, len(route.steps), names(route))


@given(LINKS, st.randoms(), st.sampled_from([1, 2, 3, 5]), st.sampled_from([1, 2, 3, 50]))
def test_routes_are_the_best_of_all_and_the_same_in_any_order(
    rows: list[Row], random: Random, max_steps: int, limit: int
) -> None:
    policy = TOLLS._replace(max_steps=max_steps)
    found, everything = find(rows, "a", "z", policy, limit), all_routes(rows, policy)
    best = [min(everything, key=lambda route: rank(route, keys)) for _, keys in policy.criteria if everything]
    first = policy.criteria[0][1]
    rest = [one for one in sorted(everything, key=lambda route: rank(route, first)) if one not in best]
    expected = [*(one for index, one in enumerate(best) if one not in best[:index]), *rest][:limit]
    assert [route._replace(best_by=()) for route in found] == expected
    for route in found:
        for name, keys in policy.criteria:
            is_best = route._replace(best_by=()) == min(everything, key=lambda one: rank(one, keys))
            assert (name in route.best_by) == (is_best and is_stated(route, policy, keys[0]))
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert find(shuffled, "a", "z", policy, limit) == found


def is_stated(route: Route, policy: Policy, key: str) -> bool:
    if key == "steps" or not route.missing[key]:
        return True
    index = [measure.name for measure in policy.measures].index(key)
    return any(step.amounts[index].value is not None for step in route.steps)


WEIGHTED = st.dictionaries(
    st.sampled_from(list(permutations("abcdez", 2))), st.tuples(st.integers(0, 2), st.just(1)), max_size=30
)


@given(WEIGHTED, st.integers(1, 6))
def test_paths_come_in_order_and_all_of_them(
    weights: dict[tuple[str, str], tuple[int, int]], limit: int
) -> None:
    edges: dict[str, dict[str, tuple[int, int]]] = {}
    for (start, end), weight in weights.items():
        edges.setdefault(start, {})[end] = weight

    def total(path: tuple[str, ...]) -> tuple[Any, ...]:
        return (*map(sum, zip(*(weights[pair] for pair in pairwise(path)), strict=True)), path)

    between = [("a", *some, "z") for count in range(limit) for some in permutations("bcde", min(count, 4))]
    paths = {path for path in between if len(path) <= limit + 1 and all(p in weights for p in pairwise(path))}
    assert list(best_paths(edges, lambda weight: weight, "a", "z", limit)) == sorted(paths, key=total)


def test_paths_are_found_where_nearly_every_walk_has_a_loop() -> None:
    """From the only way in and out, thousands of walks lead astray and back; listing them would not end."""
    crowd = [str(number) for number in range(400)]
    edges: dict[str, dict[str, tuple[int]]] = {"a": {"hub": (1,)}, "hub": dict.fromkeys([*crowd, "z"], (1,))}
    edges |= {one: dict.fromkeys(["hub", *crowd[:60]], (1,)) for one in crowd}
    assert list(best_paths(edges, lambda weight: weight, "a", "z", 9)) == [("a", "hub", "z")]


@pytest.mark.parametrize("end", ADVICE)
def test_bundled_routes_hold_in_the_data_and_name_their_sources(end: str, kg: KnowledgeGraph) -> None:
    found = kg.route("high school diploma", end)
    assert found
    for step in {step for route in found for step in route.steps}:
        assert kg.query(f"ASK {{ <{step.start}> mbc:leadsTo <{step.end}> }}")
        assert kg.query(f"ASK {{ <{dict(step.sources)['']}> a mbc:Source }}")
    assert all(names(route).count(step.end) == 1 for route in found for step in route.steps)


def test_what_leads_to_what_is_what_has_a_step(kg: KnowledgeGraph) -> None:
    links = kg.query("SELECT DISTINCT ?from ?to { ?from mbc:leadsTo ?to }")
    steps = kg.query("SELECT DISTINCT ?from ?to { ?step a mbc:Step ; mbc:stepFrom ?from ; mbc:stepTo ?to }")
    assert {tuple(row.values()) for row in links} == {tuple(row.values()) for row in steps}
    assert len(links) > 100


def test_a_step_tells_what_is_required_and_what_is_recommended(kg: KnowledgeGraph) -> None:
    first = step_to(kg, "CPC")
    assert (first.text, first.requires) == (
        "is not a prerequisite for",
        "no proof of education or experience",
    )
    assert first.recommends == "an associate degree"
    fee, months, gap = first.amounts
    assert gap.value == 1
    assert fee.item == "the examination with one attempt (2026) and a year of membership (2026)"
    assert months.is_missing
    second = kg.route("medical coder", "CCS")[0].steps[0]
    assert second.amounts[0].value == Decimal(399)
    assert second.amounts[0].item == "the examination as a non-member (2025 to 2026)"


def test_each_part_of_a_step_has_a_source_that_states_it(kg: KnowledgeGraph) -> None:
    sources = {part: source for parts, source in step_to(kg, "CPC").sources for part in parts.split(", ")}
    assert list(sources) == ["", "fee", "membership", "level", "recommendation"]
    for part, pattern in (
        ("fee", "?x mbc:about cert:cpc ; mbc:measure measure:exam-fee ; mbc:value 425 ; mbc:attempts 1"),
        ("membership", "?x mbc:about org:aapc ; mbc:measure measure:membership-fee ; mbc:value 222"),
        ("level", "cert:cpc mbc:level ?x"),
        ("recommendation", "cert:cpc mbc:recommends ?x"),
    ):
        assert kg.query(f"ASK {{ GRAPH <{sources[part]}> {{ {pattern} }} }}"), part


def test_every_source_of_a_part_states_it(kg: KnowledgeGraph) -> None:
    rows = list(kg.query((ROOT / "ontology" / "route.rq").read_text(encoding="utf-8")))
    assert all(kg.query(f"ASK {{ <{row['source']}> a mbc:Source }}") for row in rows)
    for row in rows:
        to, recommends = row["to"], str(row["recommends"] or "")
        if source := row["monthsSource"]:
            figure = f"<{source}> {{ ?length mbc:about <{to}> ; mbc:measure measure:duration ; "
            values = "mbc:value|mbc:minimum|mbc:maximum"
            assert kg.query(f"ASK {{ GRAPH {figure} {values} {row['months']} }} }}")
            assert row["monthsMax"] is None or kg.query(
                f"ASK {{ GRAPH {figure} {values} {row['monthsMax']} }} }}"
            )
        if source := row["feeSource"]:
            fee = f"?fee mbc:about <{to}> ; mbc:measure ?measure ; mbc:value ?value"
            dues = "?to mbc:requiresMembershipOf/^mbc:about ?dues . ?dues mbc:measure measure:membership-fee"
            total = row["fee"]
            assert kg.query(
                f"""ASK {{
                  GRAPH <{source}> {{ {fee} FILTER(?measure IN (measure:exam-fee, measure:tuition)) }}
                  OPTIONAL {{ VALUES ?to {{ <{to}> }} {dues} ; mbc:value ?more }}
                  FILTER(?value = {total} || ?value + ?more = {total})
                }}"""
            )
        if source := row["membershipSource"]:
            assert kg.query(
                f"""ASK {{
                  <{to}> mbc:requiresMembershipOf ?body
                  GRAPH <{source}> {{ ?dues mbc:about ?body ; mbc:measure measure:membership-fee }}
                }}"""
            )
        if source := row["levelSource"]:
            level = f"<{to}> mbc:level ?level"
            assert kg.query(
                f"ASK {{ GRAPH <{source}> {{ {level} }} FILTER(STR(?level) = '{row['level']}') }}"
            )
        if source := row["recommendsSource"]:
            stated = f"GRAPH <{source}> {{ <{to}> mbc:recommends ?route }} ?route skos:prefLabel ?name"
            labels = [str(one["name"]) for one in kg.query(f"SELECT ?name {{ {stated} }}")]
            assert all(any(one.startswith(part) for one in labels) for part in recommends.split("; or "))
    for column in ("months", "fee", "membership", "level", "recommends"):
        assert any(row[f"{column}Source"] for row in rows)


def test_what_leads_to_an_item_is_known_where_no_route_does(kg: KnowledgeGraph) -> None:
    assert kg.route("high school diploma", "RHIA") == ()
    before = kg.predecessors("RHIA")
    assert before
    assert all(kg.query(f"ASK {{ <{iri}> mbc:leadsTo cert:rhia }}") for iri in before)
    assert kg.predecessors("CPMA") == ()


def step_to(kg: KnowledgeGraph, certification: str) -> Step:
    steps = [route.steps[0] for route in kg.route("high school diploma", certification, limit=20)]
    return next(step for step in steps if step.end == kg.resolve(certification))


def test_any_data_has_routes(write: Write) -> None:
    folder = write({"a.ttl": "@prefix : <http://a.example/> . :a :sails :b . :b :sails :c . :c a :Port ."})
    (route,) = graph.load(folder).route("http://a.example/a", "http://a.example/c")
    assert [(step.start[-1], step.text, step.end[-1]) for step in route.steps] == [
        ("a", "sails", "b"),
        ("b", "sails", "c"),
    ]
    assert all(step.sources == () for step in route.steps)


def test_of_several_sources_of_a_link_one_is_named(write: Write) -> None:
    quads: Mapping[str, str | bytes] = {
        "a.trig": "@prefix : <http://a.example/> . "
        ":t { :a :sails :b . :b a :Port } :s { :a :sails :b . :a :rows :b }"
    }
    (route,) = graph.load(write(quads)).route("http://a.example/a", "http://a.example/b")
    assert [(step.text, step.sources) for step in route.steps] == [("rows", (("", "http://a.example/s"),))]
