"""What the page knows before its store is open; browser/data/payload.js has the same fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.dataset import shipped
from graph.question import read_question
from graph.terms import LABELS, labels_of
from graph.view import looks, name_of, overview, said_of_looks

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge import KnowledgeGraph
    from graph.store import Opened

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
    "segments_of",
    "to_json",
]

SYSTEM_QUERIES = ("compare", "figures", "route")


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """How the items of a class are drawn and listed."""

    iri: str
    label: str
    color: str
    shape: str
    order: int
    count: int
    drawn: bool


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
class Slot:
    """The place in a query where the values of a parameter stand."""

    parameter: str
    text: str
    """What stands there unless the parameter is set."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that its reader may set."""

    name: str
    type: str
    description: str
    default: str


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
    prefixes: Mapping[str, str]
    class_styles: tuple[ClassStyle, ...]
    relations: Mapping[str, Relation]
    reading_orders: Mapping[str, tuple[ReadingOrder, ...]]
    table_classes: tuple[str, ...]
    untyped_count: int
    questions: tuple[Question, ...]
    system_queries: Mapping[str, Question]
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
    if is_dataclass(value):
        return {_camel_case(one.name): to_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(one) for key, one in value.items()}
    return [to_json(one) for one in value] if isinstance(value, tuple | list) else value


def _camel_case(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(map(str.capitalize, rest))


def payload_of(kg: KnowledgeGraph) -> Payload:
    """Gather what the page has to know before its store is open."""
    opened, styles = kg.opened, said_of_looks(kg.files.view)
    title, description = _title(kg)
    graph = overview(opened, kg.files.view)
    return Payload(
        title=title,
        description=description,
        hint=_hint(opened, graph.number_of_nodes()),
        base=opened.prefixes.get("data", ""),
        label_properties=LABELS,
        prefixes=dict(sorted(opened.prefixes.items())),
        class_styles=tuple(
            ClassStyle(
                iri=look.kind,
                label=look.label,
                color=look.colour,
                shape=look.shape,
                order=look.order,
                count=look.count,
                drawn=_is_drawn(styles, look.kind),
            )
            for look in looks(opened, kg.files.view)
        ),
        relations=_relations(opened, styles),
        reading_orders=_reading_orders(kg.files.shapes),
        table_classes=tuple(sorted(iri for iri, style in styles.items() if style.get("asTable") == "true")),
        untyped_count=int(next(iter(_rows(opened, _UNTYPED)))["count"].value),
        questions=tuple(map(_question, kg.questions())),
        system_queries={
            name: _question(read_question(path))
            for name in SYSTEM_QUERIES
            if (path := kg.files.asked(f"{name}.rq")).is_file()
        },
        about=_about(kg),
        data_paths=_data_paths(kg.files.questions),
        first_question=next(
            (style["firstQuestion"] for style in styles.values() if "firstQuestion" in style), ""
        ),
        nodes=_nodes(graph),
        edges=tuple(Edge(start, end, relation) for start, end, relation in graph.edges(keys=True)),
    )


_VALUES = re.compile(
    r"""\bVALUES\s+\?(\w+)\s*\{((?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^{}"<])*?)\}""",
    re.IGNORECASE,
)


def segments_of(question: Any) -> tuple[str | Slot, ...]:
    """Split the SPARQL of a question into the slots of its parameters and what stands between them.

    >>> from graph.question import from_text
    >>> segments_of(from_text("ASK { VALUES ?x { 1 } ?s ?p ?x }"))
    ('ASK { VALUES ?x {', Slot(parameter='x', text=' 1 '), '} ?s ?p ?x }')
    """
    names = {parameter.name for parameter in question.parameters}
    segments: list[str | Slot] = []
    end = 0
    for found in _VALUES.finditer(question.sparql):
        if found[1] in names:
            segments += [question.sparql[end : found.start(2)], Slot(found[1], found[2])]
            end = found.end(2)
    return (*segments, question.sparql[end:])


def _question(question: Any) -> Question:
    return Question(
        name=question.name,
        title=question.words,
        segments=segments_of(question),
        parameters=tuple(Parameter(p.name, p.kind, p.words, p.default) for p in question.parameters),
        tags=question.tags,
    )


def _nodes(graph: nx.MultiDiGraph[str]) -> tuple[DrawnNode, ...]:
    return tuple(
        DrawnNode(iri, data["label"], data["kind"], data["x"], data["y"])
        for iri, data in graph.nodes(data=True)
    )


def _is_drawn(styles: Mapping[str, Mapping[str, str]], iri: str) -> bool:
    return styles.get(iri, {}).get("drawn") != "false"


def _relations(opened: Opened, styles: Mapping[str, Mapping[str, str]]) -> dict[str, Relation]:
    names, name = labels_of(opened), name_of(opened)
    found = sorted(row["p"].value for row in _rows(opened, "SELECT DISTINCT ?p { ?s ?p ?o }"))
    return {
        iri: Relation(
            label=names.get(iri) or _to_words(name(iri)),
            inverse_label=styles.get(iri, {}).get("inverseLabel", ""),
            drawn=_is_drawn(styles, iri),
        )
        for iri in found
    }


def _to_words(name: str) -> str:
    """Write an identifier as words: canSailTo is "can sail to"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).lower()


def _hint(opened: Opened, drawn: int) -> str:
    """Tell how to begin, or why there is nothing to see."""
    if drawn:
        return "Click an item to see what is known about it, with its sources."
    if len(opened.store) == 0:
        return "This data has no statements. Give graph page a file or folder that has some."
    return "No item in this data is linked to another. Find items by their names."


def _data_paths(questions: Iterable[Path]) -> tuple[str, ...]:
    """Name the folders that a script has to load to ask the same questions."""
    folders = {path.parent.parent for path in questions}
    return tuple(sorted({folder.name for folder in folders if folder != shipped()}))


_UNTYPED = """SELECT (COUNT(DISTINCT ?item) AS ?count) {
  { ?item ?p ?value } UNION { ?other ?q ?item FILTER(?q != rdf:type) FILTER(isIRI(?item) || isBlank(?item)) }
  MINUS { ?item a ?class }
}"""

_VERSION = """SELECT ?version ?modified ?license WHERE {
  { ?data a dcat:Dataset } UNION { ?data a owl:Ontology }
  OPTIONAL { ?data dcat:version|owl:versionInfo ?version }
  OPTIONAL { ?data dcterms:modified ?modified }
  OPTIONAL { ?data dcterms:license ?license }
} ORDER BY ?data LIMIT 1"""

_CREDITS = """SELECT ?credit WHERE {
  ?data a dcat:Dataset ; dcterms:provenance|dcterms:rights ?credit
} ORDER BY ?credit"""

_TITLE = """SELECT ?title ?description {
  { ?data a dcat:Dataset } UNION { ?data a <http://rdfs.org/ns/void#Dataset> } UNION { ?data a owl:Ontology }
  ?data dcterms:title ?title OPTIONAL { ?data dcterms:description ?description }
} ORDER BY ?title LIMIT 1"""

_READING_ORDERS = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?class ?path ?inverse ?order ?name ?min {
  ?shape sh:targetClass ?class ; sh:property ?property .
  { ?property sh:path ?path . FILTER(isIRI(?path)) BIND(false AS ?inverse) }
  UNION { ?property sh:path/sh:inversePath ?path . BIND(true AS ?inverse) }
  ?property sh:order ?order .
  OPTIONAL { ?property sh:name ?name } OPTIONAL { ?property sh:minCount ?min }
} ORDER BY ?class ?order ?path"""


def _rows(opened: Opened, query: str) -> Any:
    return opened.store.query(query, prefixes=opened.prefixes)


def _about(kg: KnowledgeGraph) -> tuple[tuple[str, str], ...]:
    """Gather what the panel About tells of the data."""
    counts = {str(row["what"]): str(row["count"]) for row in kg.info()}
    size = [
        ("Statements", f"{int(counts['triples']):,}"),
        ("Sources and graphs", f"{int(counts['graphs']):,}"),
    ]
    names = {"version": "Version", "modified": "Last changed", "license": "License of the data"}
    found = [
        (name, row[key].value)
        for row in _rows(kg.opened, _VERSION)
        for key, name in names.items()
        if row[key]
    ]
    return (*size, *found, *(("Credit", row["credit"].value) for row in _rows(kg.opened, _CREDITS)))


def _title(kg: KnowledgeGraph) -> tuple[str, str]:
    for row in _rows(kg.opened, _TITLE):
        return row["title"].value, row["description"].value if row["description"] else ""
    folders = {path.absolute().parent for path in kg.files.facts}
    names = [folder.name for folder in folders] if len(folders) < len(kg.files.facts) else []
    return ", ".join(sorted(names or [path.stem for path in kg.files.facts])[:3]), ""


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
