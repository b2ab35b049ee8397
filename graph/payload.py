"""What the page knows before its store is open; browser/data/payload.js has the same fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.about import about, title_of
from graph.endpoint import LocalStore
from graph.files import Profile, bundled
from graph.labels import (
    DEFINITION_PROPERTIES,
    OTHER_NAMES,
    find_labels,
    label_properties,
    local_name,
    select,
)
from graph.overview import overview
from graph.query_errors import Mistake, read_hints
from graph.question import Parameter, Slot, read_question
from graph.question import Question as QuestionFile
from graph.route_policy import Policy, read_policy
from graph.styles import ClassStyle, class_styles, read_view
from graph.system_queries import read_system_query

if TYPE_CHECKING:
    import networkx as nx

    View = Mapping[str, Mapping[str, str]]

__all__ = [
    "ClassStyle",
    "DrawnNode",
    "Edge",
    "Parameter",
    "Payload",
    "Question",
    "ReadingOrder",
    "Relation",
    "Slot",
    "payload_of",
    "to_json",
]

SYSTEM_QUERIES = ("compare", "figures", "route")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a relation is called from either end, and whether its edges are drawn."""

    label: str
    inverse_label: str
    drawn: bool


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """Where a relation stands among the facts about an item of a class."""

    path: str
    inverse: bool
    order: float
    name: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose SPARQL is joined from its segments."""

    name: str
    title: str
    segments: tuple[str | Slot, ...]
    parameters: tuple[Parameter, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """An item of the overview, and where it lies."""

    id: str
    label: str
    class_iri: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of the overview."""

    # `from` is a keyword; JSON has the name without the underscore
    from_: str
    to: str
    relation: str


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything that Python tells the page."""

    title: str
    description: str
    hint: str
    base: str
    label_properties: tuple[str, ...]
    other_names: Mapping[str, str]
    definition_properties: tuple[str, ...]
    prefixes: Mapping[str, str]
    class_styles: tuple[ClassStyle, ...]
    relations: Mapping[str, Relation]
    reading_orders: Mapping[str, tuple[ReadingOrder, ...]]
    table_classes: tuple[str, ...]
    untyped_count: int
    questions: tuple[Question, ...]
    system_queries: Mapping[str, Question]
    route_policy: Policy
    query_hints: tuple[Mistake, ...]
    about: tuple[tuple[str, str], ...]
    data_paths: tuple[str, ...]
    first_question: str
    nodes: tuple[DrawnNode, ...]
    edges: tuple[Edge, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    nonce: str = ""


def to_json(value: Any) -> Any:
    """Give plain JSON: a field `inverse_label` becomes `inverseLabel`; keys that are data stay as they are.

    >>> to_json(Relation(label="a", inverse_label="b", drawn=True))
    {'label': 'a', 'inverseLabel': 'b', 'drawn': True}
    """
    if isinstance(value, Mapping):
        return {key: to_json(one) for key, one in value.items()}
    if names := _fields(value):
        return {_camel_case(name): to_json(getattr(value, name)) for name in names}
    return [to_json(one) for one in value] if isinstance(value, tuple | list) else value


def _fields(value: Any) -> tuple[str, ...]:
    """List the fields of a dataclass or a named tuple."""
    return tuple(one.name for one in fields(value)) if is_dataclass(value) else getattr(value, "_fields", ())


def _camel_case(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(map(str.capitalize, rest))


def payload_of(store: LocalStore, profile: Profile, data: Sequence[Any]) -> Payload:
    """Gather what the page has to know before its store is open; `data` is what was loaded."""
    view = read_view(profile.view)
    styles = class_styles(store, view)
    title, description = title_of(store, data)
    graph = overview(store, profile.system_query("view.rq"), styles)
    return Payload(
        title=title,
        description=description,
        hint=_hint(store, graph.number_of_nodes()),
        base=store.prefixes.get("data", ""),
        label_properties=label_properties(store),
        other_names=OTHER_NAMES,
        definition_properties=DEFINITION_PROPERTIES,
        prefixes=dict(sorted(store.prefixes.items())),
        class_styles=styles,
        relations=_relations(store, view),
        reading_orders=_reading_orders(profile.shapes),
        table_classes=tuple(sorted(iri for iri, style in view.items() if "display" in style)),
        untyped_count=int(_rows(store, _UNTYPED)[0]["count"].value),
        questions=tuple(_question(read_question(path)) for path in profile.questions),
        system_queries={
            name: _question(read_system_query(store, path))
            for name in SYSTEM_QUERIES
            if (path := profile.system_query(f"{name}.rq"))
        },
        route_policy=_route_policy(profile),
        query_hints=read_hints(),
        about=about(store),
        data_paths=_data_paths(profile.questions),
        first_question=next(
            (style["firstQuestion"] for style in view.values() if "firstQuestion" in style), ""
        ),
        nodes=_nodes(graph),
        edges=tuple(Edge(start, end, relation) for start, end, relation in graph.edges(keys=True)),
    )


def _question(question: QuestionFile) -> Question:
    return Question(question.name, question.title, question.segments, question.parameters, question.tags)


def _route_policy(profile: Profile) -> Policy:
    path = profile.system_query("route.rq")
    return read_policy(read_question(path).header) if path else Policy()


def _nodes(graph: nx.MultiDiGraph[str]) -> tuple[DrawnNode, ...]:
    return tuple(
        DrawnNode(iri, data["label"], data["type"], data["x"], data["y"])
        for iri, data in graph.nodes(data=True)
    )


def _relations(store: LocalStore, view: View) -> dict[str, Relation]:
    found = sorted(row["p"].value for row in _rows(store, "SELECT DISTINCT ?p { ?s ?p ?o }"))
    labels = find_labels(store, found)
    return {
        iri: Relation(
            label=labels.get(iri) or _to_words(local_name(iri)),
            inverse_label=view.get(iri, {}).get("inverseLabel", ""),
            drawn=view.get(iri, {}).get("drawn") != "false",
        )
        for iri in found
    }


def _to_words(name: str) -> str:
    """Write an identifier as words: canSailTo is "can sail to"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).lower()


def _hint(store: LocalStore, drawn: int) -> str:
    """Tell how to begin, or why there is nothing to see."""
    if drawn:
        sources = ", with its sources" if _rows(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1") else ""
        return f"Select an item in the graph or in the list Shown to see what is known about it{sources}."
    if not _rows(store, "SELECT ?s { ?s ?p ?o } LIMIT 1"):
        return "This data set is empty. Run graph page with a file or folder that contains RDF."
    return "No item in this data is linked to another. Find items by their names."


def _data_paths(questions: Iterable[Path]) -> tuple[str, ...]:
    """Name the folders that a script has to load to ask the same questions."""
    folders = {path.parent.parent for path in questions}
    return tuple(sorted({folder.name for folder in folders if folder != bundled()}))


_UNTYPED = """SELECT (COUNT(DISTINCT ?item) AS ?count) {
  { ?item ?p ?value } UNION { ?other ?q ?item FILTER(?q != rdf:type) FILTER(isIRI(?item) || isBlank(?item)) }
  MINUS { ?item a ?class }
}"""

_READING_ORDERS = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?class ?path ?inverse ?order ?name ?min {
  ?shape sh:targetClass ?class ; sh:property ?property .
  { ?property sh:path ?path . FILTER(isIRI(?path)) BIND(false AS ?inverse) }
  UNION { ?property sh:path/sh:inversePath ?path . BIND(true AS ?inverse) }
  ?property sh:order ?order .
  OPTIONAL { ?property sh:name ?name } OPTIONAL { ?property sh:minCount ?min }
} ORDER BY ?class ?order ?path"""


def _rows(store: LocalStore, query: str) -> list[dict[str, Any]]:
    return list(select(store, query))


def _reading_orders(shapes: Iterable[Path]) -> dict[str, tuple[ReadingOrder, ...]]:
    """Read from the shapes in which order the facts about the items of a class are read."""
    store = ox.Store()
    for path in shapes:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    orders: dict[str, tuple[ReadingOrder, ...]] = {}
    text: Callable[[Any], str] = lambda term: term.value if term else ""  # noqa: E731
    found: Any = store.query(_READING_ORDERS)
    for row in found:
        order = ReadingOrder(
            path=row["path"].value,
            inverse=row["inverse"].value == "true",
            order=float(row["order"].value),
            name=text(row["name"]),
            expected=int(text(row["min"]) or 0) > 0,
        )
        orders[row["class"].value] = (*orders.get(row["class"].value, ()), order)
    return orders
