"""A store becomes a picture: what is drawn, how it looks, where it lies."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import networkx as nx
import pyoxigraph as ox

from graph.dataset import VIEW, parse
from graph.errors import DataError, QueryError
from graph.question import faulty, read_query
from graph.terms import BLANK, labels_of

if TYPE_CHECKING:
    import numpy as np

    from graph.store import Opened

    Positions = np.ndarray[tuple[int, int], np.dtype[np.float64]]

__all__ = ["AT_START", "Look", "looks", "name_of", "overview", "said_of_looks"]

AT_START = 150
"""How many things are drawn at the start where the data does not say what to draw."""

WIDTH = 1400.0
"""How wide a row of unconnected parts may get, in pixels."""
GAP = 60.0
"""The space between unconnected parts, in pixels."""
ROUNDS = 200
"""How often boxes are pushed apart before the whole is stretched."""

NAME = 80
"""How much of a name a sign bears."""

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SCHEMA_SPACES = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)

# The colours of Okabe and Ito, which people with any kind of colour vision can tell apart, lightened to carry dark text.
_COLOURS = ("#9bd3f5", "#f7c873", "#7fd6b8", "#f2b199", "#e3b3d1", "#f3ec8f", "#b9c6e8", "#d3d3d3")
_SHAPES = ("ellipse", "box", "hexagon", "diamond", "triangle", "square", "star", "triangleDown", "dot")
_EVERY_SHAPE = (*_SHAPES, "database")

_SAYS = {
    "asTable": ("true|false", "write true or false"),
    "colour": ("#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}", "write it as #rrggbb"),
    "drawn": ("true|false", "write true or false"),
    "firstQuestion": (r"[\w-]+", "write the name of a question"),
    "inverseLabel": (r"(?s:.*\S.*)", "write how the relation reads from its other end"),
    "order": ("[+-]?[0-9]{1,9}", "write a whole number"),
    "ownGraph": (r"\S+", "write the IRI of a graph"),
    "shape": ("|".join(_EVERY_SHAPE), f"choose among {', '.join(_EVERY_SHAPE)}"),
}
"""What `view.ttl` may say, what the value has to look like, and what to do if it does not."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the things of one class are drawn and listed."""

    kind: str
    label: str
    colour: str
    shape: str
    order: int
    count: int


def overview(opened: Opened, view: Iterable[Path]) -> nx.MultiDiGraph[str]:
    """Choose what is drawn at the start, with `label`, `kind`, `x` and `y` on each node.

    What the CONSTRUCT query `view.rq` gives is drawn, or else the things with the most links.
    The same data always gives the same picture.
    """
    query = next((path for path in view if path.name == "view.rq"), None)
    triples = _constructed(opened, query) if query else _most_linked(opened)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, predicate, obj in sorted(triples):
        graph.add_edge(subject, obj, key=predicate)
    kinds = {look.kind: look for look in looks(opened, view)}
    naming = name_of(opened)
    for node in graph:
        graph.nodes[node].update(label=naming(node), kind=_kind(opened, node, kinds))
    _place(graph, kinds)
    return graph


def looks(opened: Opened, view: Iterable[Path]) -> tuple[Look, ...]:
    """Give every class with members its look: as `view.ttl` says, or else from a palette."""
    said = said_of_looks(view)
    naming = name_of(opened)
    counts = {row["class"].value: int(row["count"].value) for row in _rows(opened, _CLASSES) if row["class"] is not None}
    plain = [kind for kind in counts if "colour" not in said.get(kind, {})]
    found = []
    for kind, count in counts.items():
        look = said.get(kind, {})
        turn = plain.index(kind) if kind in plain else 0
        colour, shape = _COLOURS[turn % len(_COLOURS)], _SHAPES[turn % len(_SHAPES)]
        order = int(look.get("order", 1000 + turn))
        found.append(Look(kind, naming(kind), look.get("colour", colour), look.get("shape", shape), order, count))
    return tuple(sorted(found, key=lambda look: (look.order, look.kind)))


def name_of(opened: Opened) -> Callable[[str], str]:
    """Make a function that names a thing in English, in no language, in another, or by its IRI's end."""
    names = labels_of(opened)

    def name(iri: str) -> str:
        if iri not in names and iri.startswith(BLANK):
            return f"nameless {iri.removeprefix(BLANK).removeprefix('c14n')}"
        return names.get(iri) or _decoded(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]) or iri

    return name


def _decoded(end: str) -> str:
    """Read the letters that an IRI writes as numbers, as far as they are letters."""
    try:
        return unquote(end, errors="strict")
    except UnicodeDecodeError:
        return end


_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?count) { ?s a ?class FILTER(isIRI(?class)) } GROUP BY ?class ORDER BY DESC(?count) ?class"


def _most_links(name: str) -> str:
    """Write the SPARQL that gives the things with the most links a name."""
    return f"""SELECT {name} {{
      {{ {name} ?p ?other }} UNION {{ ?other ?p {name} }}
      FILTER((isIRI({name}) || isBlank({name})) && (isIRI(?other) || isBlank(?other)) && ?p != <{_TYPE}>)
    }} GROUP BY {name} ORDER BY DESC(COUNT(*)) {name} LIMIT {AT_START}"""


_LINK = f"?s ?p ?o FILTER((isIRI(?o) || isBlank(?o)) && ?p != <{_TYPE}>)"
_AMONG_TOP = f"SELECT ?s ?p ?o {{ {{ {_most_links('?s')} }} {{ {_most_links('?o')} }} {_LINK} }}"
_ANY = f"SELECT ?s ?p ?o {{ {_LINK} }} ORDER BY ?s ?p ?o LIMIT {AT_START // 2}"
_TYPED = f"SELECT ?s (<{_TYPE}> AS ?p) ?o {{ ?s a ?o }} ORDER BY ?s ?o LIMIT {AT_START // 2}"


def _rows(opened: Opened, query: str) -> Any:
    return opened.store.query(query, prefixes=opened.prefixes)


def _constructed(opened: Opened, path: Path) -> set[tuple[str, str, str]]:
    text = read_query(path)
    try:
        found = opened.store.query(text, prefixes=opened.prefixes)
        if not isinstance(found, ox.QueryTriples):
            raise QueryError(f"{path} is not a CONSTRUCT query; let it construct the links to draw.")
        things = ox.NamedNode | ox.BlankNode
        return {(_id(t.subject), t.predicate.value, _id(t.object)) for t in found if isinstance(t.object, things)}
    except (SyntaxError, OSError, RuntimeError) as error:
        raise QueryError(f"{path}: {faulty(text, error, opened.prefixes)}") from error


def _most_linked(opened: Opened) -> set[tuple[str, str, str]]:
    """Take the links among the things with the most links; where there are none, some of the links; else the classes."""
    for query in (_AMONG_TOP, _ANY, _TYPED):
        if links := {(_id(row["s"]), row["p"].value, _id(row["o"])) for row in _rows(opened, query)}:
            return links
    return set()


def _id(term: Any) -> str:
    """Name a node of the picture: its IRI, or a name made up for a blank node."""
    return term.value if isinstance(term, ox.NamedNode) else f"{BLANK}{term.value}"


def _kind(opened: Opened, node: str, kinds: Mapping[str, Look]) -> str:
    """Choose the class a thing is drawn as: the first in order among its classes."""
    thing = ox.BlankNode(node.removeprefix(BLANK)) if node.startswith(BLANK) else ox.NamedNode(node)
    types = opened.store.quads_for_pattern(thing, ox.NamedNode(_TYPE), None, ox.DefaultGraph())
    known = [kinds[quad.object.value] for quad in types if isinstance(quad.object, ox.NamedNode)]
    return min(known, key=lambda look: (look.order, look.count, look.kind)).kind if known else ""


def said_of_looks(view: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Read what `view.ttl` says of each class and relation, by the last part of the explorer's terms.

    Raises DataError for a term or a value that the explorer does not know.
    """
    said: dict[str, dict[str, str]] = {}
    for path in view:
        for quad in parse(path) if path.suffix == ".ttl" else ():
            if quad.predicate.value.startswith(VIEW) and isinstance(quad.subject, ox.NamedNode):
                term = quad.predicate.value.removeprefix(VIEW)
                said.setdefault(quad.subject.value, {})[term] = _fitting(path, quad.subject.value, term, quad.object)
    return said


def _fitting(path: Path, thing: str, term: str, value: Any) -> str:
    """Give the text of a value of `view.ttl` if it is one that the picture can be drawn with."""
    text = value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
    if term not in _SAYS:
        raise DataError(
            f"{path} gives {thing} a view:{term}, which is not known; use {', '.join(f'view:{one}' for one in _SAYS)}."
        )
    pattern, remedy = _SAYS[term]
    if not re.fullmatch(pattern, text):
        raise DataError(f"{path} gives {thing} the view:{term} {textwrap.shorten(text, 60) or 'of no text'}; {remedy}.")
    return text


def _place(graph: nx.MultiDiGraph[str], kinds: Mapping[str, Look]) -> None:
    """Give each node an x and a y, in pixels, so that no sign or label covers another."""
    import numpy as np

    simple = nx.Graph(graph)
    parts = sorted(nx.connected_components(simple), key=lambda part: (-len(part), min(part)))
    left = top = row = 0.0
    width = WIDTH
    for part in parts:
        members = [node for node in graph if node in part]
        rooms = [_room(graph.nodes[node], kinds) for node in members]
        box, drop = np.array([room[:2] for room in rooms]), np.array([(0.0, room[2]) for room in rooms])
        at = _apart(_spread(simple.subgraph(members), members) + drop, box)
        low, high = (at - box / 2).min(0), (at + box / 2).max(0)
        wide, tall = (float(length) for length in high - low)
        if left and left + wide > width:
            left, top, row = 0.0, top + row + GAP, 0.0
        for node, (x, y) in zip(members, at - drop - low + (left, top), strict=True):
            graph.nodes[node].update(x=round(float(x), 1), y=round(float(y), 1))
        width = max(width, wide)
        left, row = left + wide + GAP, max(row, tall)


def _spread(graph: nx.Graph[str], members: list[str]) -> Positions:
    """Lay connected nodes out by their links, always in the same way."""
    import numpy as np

    if len(members) == 1:
        return np.zeros((1, 2))
    root = len(members) ** 0.5
    found = nx.spring_layout(graph, seed=7, iterations=300, k=2.6 / root)
    places = np.array([found[node] for node in members], dtype=np.float64)
    return np.multiply(places, (78 * root, 62 * root), dtype=np.float64)


def _room(node: Mapping[str, Any], kinds: Mapping[str, Look]) -> tuple[float, float, float]:
    """Estimate how much room a sign takes with its label: width, height, and how far its middle lies below its place."""
    look = kinds.get(node["kind"])
    letter, line = (9.6, 20.0) if look and look.order == 1 else (8.6, 18.0)
    lines = textwrap.wrap(_cut(node["label"]), int(165 / letter)) or [""]
    width, height = max(map(len, lines)) * letter, len(lines) * line
    shape = look.shape if look else "dot"
    if shape == "ellipse":
        return width + 2 * height + 16, 2 * height + 16, 0.0
    if shape in {"box", "database"}:
        return width + 34, height + 34, 0.0
    return max(width, 40.0) + 14, height + 56, height / 2 + 4


def _cut(label: str) -> str:
    """Cut a long name, in the same place as the page does."""
    text = " ".join(label.split())
    return text if len(text) <= NAME else f"{text[: NAME - 1]}…"


def _apart(at: Positions, box: Positions) -> Positions:
    """Push boxes apart, a little at a time, until none overlaps another."""
    import numpy as np

    order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None])
    for turn in itertools.count(1):
        away = at[:, None] - at[None]
        overlap = (box[:, None] + box[None]) / 2 - np.abs(away)
        touching = (overlap > 0).all(2) & (order != 0)
        if not touching.any():
            break
        along_x = overlap[..., 0] < overlap[..., 1]
        side = np.where(away == 0, order[..., None], np.sign(away))
        push = np.where(touching[..., None], (overlap + 1) * side, 0) * np.stack([along_x, ~along_x], 2) / 2
        at = at + push.sum(1) * 0.7
        if turn % ROUNDS == 0:  # too tight to come apart by pushing: give everything more room
            at = at * 1.1
    return at
