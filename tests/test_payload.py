"""The payload is a contract: both languages name its fields alike; questions come ready to be joined."""

from __future__ import annotations

import dataclasses
import inspect
import re

import pytest

import graph.payload
from graph import KnowledgeGraph
from graph.payload import Payload, Question, Relation, Slot, payload_of, to_json
from tests.conftest import ROOT, profile_of, store_of

TYPEDEFS = (ROOT / "graph" / "browser" / "data" / "payload.js").read_text(encoding="utf-8")
CLASSES: list[type] = [
    one for name in graph.payload.__all__ if inspect.isclass(one := getattr(graph.payload, name))
]


def payload(kg: KnowledgeGraph) -> Payload:
    """Give the payload of the page of a knowledge graph."""
    return payload_of(store_of(kg), profile_of(kg), kg._inputs.data)  # noqa: SLF001


def typedefs() -> dict[str, list[str]]:
    """Read the types in JSDoc: for each the names of its properties."""
    blocks = re.findall(r"/\*\*\n \* @typedef \{object\} (\w+)(.*?)\*/", TYPEDEFS, re.DOTALL)
    return {name: re.findall(r"@property \{.*\} (\w+)", body) for name, body in blocks}


def camel_case(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name.rstrip("_"))


def test_every_class_has_a_typedef_and_no_typedef_is_without_class() -> None:
    assert set(typedefs()) == {one.__name__ for one in CLASSES}


@pytest.mark.parametrize("class_", CLASSES, ids=lambda one: one.__name__)
def test_fields_are_the_same_in_both_languages(class_: type) -> None:
    fields = (
        class_._fields if hasattr(class_, "_fields") else [one.name for one in dataclasses.fields(class_)]
    )
    names = list(map(camel_case, fields))
    assert typedefs()[class_.__name__] == names
    assert hasattr(class_, "__slots__")
    assert issubclass(class_, tuple) or class_.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_names_of_fields_are_converted_and_data_is_not() -> None:
    relation = Relation(label="a_b", inverse_label="c_d", drawn=True)
    assert to_json({"http://a.example/has_deck": relation, "x": (1, None)}) == {
        "http://a.example/has_deck": {"label": "a_b", "inverseLabel": "c_d", "drawn": True},
        "x": [1, None],
    }


def test_everything_is_in_the_payload(kg: KnowledgeGraph) -> None:
    found = payload(kg)
    empty = {one.name for one in dataclasses.fields(Payload) if not getattr(found, one.name)}
    assert empty == {"options", "nonce", "data_paths"}
    assert set(found.system_queries) == {"compare", "figures", "route"}
    assert {edge.from_ for edge in found.edges} | {edge.to for edge in found.edges} == {
        node.id for node in found.nodes
    }
    assert sum(style.count for style in found.class_styles) > found.untyped_count


def joined(question: Question) -> str:
    return "".join(one.text if isinstance(one, Slot) else one for one in question.segments)


def test_questions_that_are_joined_are_as_they_were_written(kg: KnowledgeGraph) -> None:
    for mine, question in zip(payload(kg).questions, kg.questions(), strict=True):
        assert joined(mine) == question.sparql
        slots = {one.parameter for one in mine.segments if isinstance(one, Slot)}
        assert slots == {parameter.name for parameter in mine.parameters}
