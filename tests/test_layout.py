"""The picture is bounded, the same each time, and nothing in it covers anything else."""

from __future__ import annotations

import random
import re
from itertools import combinations

import networkx as nx
import pytest

import graph
from graph import KnowledgeGraph
from graph.errors import DataError, QueryError
from graph.layout import node_box
from graph.overview import overview
from graph.styles import SHAPES, ClassStyle, class_styles, read_view
from tests.conftest import ROOT, Write, profile_of, store_of

MOST = 200
"""How many things the picture may begin with, whatever the data."""
PREFIXES = "@prefix a: <http://a.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
VIEW = "@prefix a: <http://a.example/> . @prefix view: <https://w3id.org/graph-explorer/view#> .\n"


def picture(kg: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    return overview(store_of(kg), profile_of(kg).system_query("view.rq"), styles(kg))


def styles(kg: KnowledgeGraph) -> tuple[ClassStyle, ...]:
    return class_styles(store_of(kg), read_view(profile_of(kg).view))


def overlapping(kg: KnowledgeGraph, drawn: nx.MultiDiGraph[str]) -> list[tuple[str, str]]:
    """Find pairs of nodes whose signs or labels would cover each other; half a pixel is lost to rounding."""
    known = {style.iri: style for style in styles(kg)}
    boxes = []
    for node, said in drawn.nodes(data=True):
        width, height, drop = node_box(said, known)
        boxes.append((node, said["x"], said["y"] + drop, width, height))
    return [
        (a, b)
        for (a, x, y, width, height), (b, x2, y2, width2, height2) in combinations(boxes, 2)
        if abs(x - x2) < (width + width2) / 2 - 0.5 and abs(y - y2) < (height + height2) / 2 - 0.5
    ]


def things(count: int) -> str:
    """Give things of five classes with labels of many lengths."""
    drawn = random.Random(1)
    return "".join(
        f"a:x{n} a a:T{n % 5} ; rdfs:label '{'word ' * drawn.randrange(1, 20)}' .\n" for n in range(count)
    )


def at_random(nodes: int, links: int) -> str:
    drawn = random.Random(2)
    return "".join(
        f"a:x{drawn.randrange(nodes)} a:p{drawn.randrange(3)} a:x{drawn.randrange(nodes)} .\n"
        for _ in range(links)
    )


LARGE = {
    "random links": things(3000) + at_random(3000, 9000),
    "a dense middle": things(150) + at_random(150, 3000),
    "a ring": "".join(f"a:x{n} a:p a:x{(n + 1) % 3000} .\n" for n in range(3000)),
    "a star": "".join(f"a:hub a:p a:x{n} .\n" for n in range(3000)),
    "a star inwards": "".join(f"a:x{n} a:p a:hub .\n" for n in range(3000)),
    "many stars": "".join(f"a:hub{n % 200} a:p a:x{n} .\n" for n in range(3000)),
    "pairs": "".join(f"a:a{n} a:p a:b{n} .\n" for n in range(1500)),
    "pairs the other way": "".join(f"a:b{n} a:p a:a{n} .\n" for n in range(1500)),
    "a tree": "".join(f"a:x{n} a:p a:x{(n - 1) // 3} .\n" for n in range(1, 3000)),
    "only classes": things(3000),
    "blank nodes": "".join(f"a:x{n} a:p [ a:q a:x{n + 1} ] .\n" for n in range(1500)),
}


@pytest.mark.parametrize("facts", LARGE.values(), ids=LARGE)
def test_a_large_graph_begins_with_a_bounded_picture(facts: str, write: Write) -> None:
    kg = graph.load(write({"facts.ttl": PREFIXES + facts}))
    drawn = picture(kg)
    assert 50 <= len(drawn) <= MOST
    assert overlapping(kg, drawn) == []


def test_the_shipped_picture_is_bounded_and_readable(kg: KnowledgeGraph) -> None:
    drawn = picture(kg)
    assert 20 <= len(drawn) <= MOST
    assert overlapping(kg, drawn) == []
    assert all(said["label"] and said["type"] for _, said in drawn.nodes(data=True))


def test_the_picture_is_the_same_each_time(kg: KnowledgeGraph, write: Write) -> None:
    assert list(picture(kg).nodes(data=True)) == list(picture(kg).nodes(data=True))
    lines = LARGE["random links"].splitlines(keepends=True)
    shuffled = random.Random(3).sample(lines, len(lines))
    one, other = (graph.load(write({"facts.ttl": PREFIXES + "".join(text)})) for text in (lines, shuffled))
    assert list(picture(one).nodes(data=True)) == list(picture(other).nodes(data=True))
    assert list(picture(one).edges(keys=True)) == list(picture(other).edges(keys=True))


def test_what_links_most_is_drawn(write: Write) -> None:
    kg = graph.load(
        write(
            {"facts.ttl": PREFIXES + LARGE["many stars"] + "a:hub1 a:p a:hub2 , a:hub3 . a:hub2 a:p a:hub3 ."}
        )
    )
    assert set(picture(kg)) >= {f"http://a.example/hub{n}" for n in (1, 2, 3)}


@pytest.mark.parametrize("facts", ["", "a:x a:p 1 .", "a:x rdfs:label 'x' ."])
def test_without_links_there_is_nothing_to_draw(facts: str, write: Write) -> None:
    assert len(picture(graph.load(write({"facts.ttl": PREFIXES + facts})))) == 0


def test_where_there_are_only_classes_they_are_drawn(write: Write) -> None:
    drawn = picture(graph.load(write({"facts.ttl": PREFIXES + "a:x a a:T . a:y a a:T ."})))
    assert set(drawn) == {f"http://a.example/{name}" for name in "xyT"}


def test_a_thing_may_link_to_itself(write: Write) -> None:
    drawn = picture(graph.load(write({"facts.ttl": PREFIXES + "a:x a:p a:x ."})))
    assert [(said["x"], said["y"]) for _, said in drawn.nodes(data=True)]


def test_blank_and_untyped_nodes_are_drawn_too(write: Write) -> None:
    kg = graph.load(
        write(
            {
                "facts.ttl": PREFIXES
                + "a:x a:p [ a a:T ; rdfs:label 'nameless'@en ; a:q a:y ] ; a:r [ a:s a:y ] . a:T rdfs:label 'kind' ."
            }
        )
    )
    drawn = picture(kg)
    said = {data["label"]: data["type"] for _, data in drawn.nodes(data=True)}
    assert len(drawn) == 4
    assert said["x"] == said["y"] == ""
    assert said["nameless"] == "http://a.example/T"
    assert drawn.number_of_edges() == 4


def test_statements_about_statements_are_no_nodes(write: Write) -> None:
    drawn = picture(graph.load(write({"facts.ttl": PREFIXES + "a:x a:p a:y {| a:since 2026 |} ."})))
    assert set(drawn) == {"http://a.example/x", "http://a.example/y"}


def test_a_thing_is_drawn_as_the_first_of_its_classes(write: Write) -> None:
    view = VIEW + "a:Low view:order 2 . a:High view:order 1 ."
    kg = graph.load(
        write(
            {
                "facts.ttl": PREFIXES + "a:x a a:Low , a:High , a:Other ; a:p a:y . a:y a a:Other .",
                "view.ttl": view,
            }
        )
    )
    assert picture(kg).nodes["http://a.example/x"]["type"] == "http://a.example/High"


def test_a_thing_is_named_in_english_or_by_the_end_of_its_name(ferries: KnowledgeGraph, write: Write) -> None:
    assert {said["label"] for _, said in picture(ferries).nodes(data=True)} >= {
        "Northport",
        "Eastholm",
        "Saltness",
    }
    drawn = picture(
        graph.load(
            write(
                {"facts.ttl": "<http://a.example/one#two> <a:p> <http://a.example/three/> , <urn:isbn:4> ."}
            )
        )
    )
    assert {said["label"] for _, said in drawn.nodes(data=True)} == {"two", "three", "urn:isbn:4"}
    odd = "<http://a.example/a%20b> <a:p> <http://a.example/%FF> , <http://a.example/> , [] ."
    drawn = picture(graph.load(write({"facts.ttl": odd})))
    assert {said["label"] for _, said in drawn.nodes(data=True)} == {"a b", "%FF", "a.example", "(unnamed 0)"}


def test_view_rq_says_what_is_drawn(write: Write) -> None:
    rule = "CONSTRUCT { ?x a:sees ?y } WHERE { ?x a:p ?y }"
    kg = graph.load(write({"facts.ttl": PREFIXES + "a:x a:p a:y , 1 ; a:q a:z .", "view.rq": rule}))
    assert list(picture(kg).edges(keys=True)) == [
        ("http://a.example/x", "http://a.example/y", "http://a.example/sees")
    ]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (
            "SELECT * { ?s ?p ?o }",
            r"view\.rq is not a CONSTRUCT query; write CONSTRUCT { … } for the links to draw\.$",
        ),
        ("CONSTRUCT { ?s ?p } WHERE { ?s ?p ?o }", r"view\.rq: Line 1, column 19: .*; .+\.$"),
        (
            "CONSTRUCT { ?s nobody:knows ?o } WHERE { ?s ?p ?o }",
            r"view\.rq: Line 1, column 16: the prefix nobody: is unknown; ",
        ),
    ],
)
def test_a_faulty_view_rq_is_named(query: str, reason: str, write: Write) -> None:
    with pytest.raises(QueryError, match=reason):
        picture(graph.load(write({"facts.ttl": "<a:x> <a:p> <a:y> .", "view.rq": query})))


def test_view_ttl_says_how_things_look(write: Write) -> None:
    view = (
        VIEW
        + "a:Port view:color '#abcdef' ; view:shape 'hexagon' ; view:order 7 . a:Nobody view:color '#000000' ."
    )
    kg = graph.load(
        write(
            {
                "facts.ttl": PREFIXES + "a:x a a:Port . a:y a a:Port . a:Port rdfs:label 'port' .",
                "view.ttl": view,
            }
        )
    )
    (style,) = styles(kg)
    assert (style.iri, style.label, style.color, style.shape) == (
        "http://a.example/Port",
        "port",
        "#abcdef",
        "hexagon",
    )
    assert (style.order, style.count) == (7, 2)
    assert read_view(profile_of(kg).view)["http://a.example/Nobody"] == {"color": "#000000"}


def test_cells_of_lists_are_left_out_where_anything_else_is_linked(write: Write) -> None:
    lists = "a:x a:lists ( a:y a:z a:u ) . "
    drawn = picture(graph.load(write({"facts.ttl": PREFIXES + lists + "a:x a:p a:y ."})))
    assert set(drawn) == {"http://a.example/x", "http://a.example/y"}
    alone = picture(graph.load(write({"facts.ttl": PREFIXES + lists})))
    assert len(alone) == len("xyzu") + 3 + 1


@pytest.mark.parametrize(
    ("view", "class_"),
    [
        ("", "Port"),
        (VIEW + "<http://www.w3.org/2002/07/owl#NamedIndividual> view:order 2000 .", "NamedIndividual"),
    ],
)
def test_an_item_is_drawn_as_its_most_telling_class(view: str, class_: str, write: Write) -> None:
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    facts = "a:x a a:Port , owl:NamedIndividual ; a:p a:y . a:y a a:Port , owl:NamedIndividual . a:z a owl:NamedIndividual ."
    drawn = picture(graph.load(write({"facts.ttl": PREFIXES + owl + facts, "view.ttl": view})))
    assert {re.split("[/#]", data["type"])[-1] for _, data in drawn.nodes(data=True)} == {class_}


def test_classes_that_nobody_described_get_looks_that_differ(write: Write) -> None:
    kg = graph.load(write({"facts.ttl": PREFIXES + things(5)}))
    found = styles(kg)
    assert len({(look.color, look.shape) for look in found}) == len(found) == 5
    assert all(look.color.startswith("#") for look in found)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("view:shape 'banana'", r"the view:shape banana; choose among ellipse, box, .*, database\.$"),
        ("view:shape 'Box'", r"the view:shape Box; choose among "),
        ("view:shape a:box", r"the view:shape http://a\.example/box; choose among "),
        ("view:color 'blue'", r"the view:color blue; write it as #rrggbb\.$"),
        ("view:color '#12345'", r"the view:color #12345; write it as #rrggbb\.$"),
        (
            "view:color '#123456; background: url(x)'",
            r"the view:color #123456; background: url\(x\); write it as #rrggbb\.$",
        ),
        ("view:color ''", r"the view:color of no text; write it as #rrggbb\.$"),
        ("view:order 'first'", r"the view:order first; write a whole number\.$"),
        ("view:order 1.5", r"the view:order 1\.5; write a whole number\.$"),
        ("view:drawn 'no'", r"the view:drawn no; write true or false\.$"),
        ("view:size 12", r"the unknown term view:size; use view:color, view:defaultGraph, .*, view:shape\.$"),
        ("view:colour '#123456'", r"the unknown term view:colour; use "),
        ("view:shape []", r"the view:shape _:\w+; choose among "),
    ],
)
def test_a_look_that_cannot_be_drawn_is_named_with_its_file(said: str, reason: str, write: Write) -> None:
    folder = write({"facts.ttl": PREFIXES + "a:x a a:Port .", "view.ttl": VIEW + f"a:Port {said} ."})
    kg = graph.load(folder)
    with pytest.raises(
        DataError, match=rf"^{re.escape(str(folder / 'view.ttl'))} gives http://a\.example/Port {reason}"
    ) as raised:
        styles(kg)
    assert "\n" not in str(raised.value)
    with pytest.raises(DataError, match=reason):
        kg.write_page(folder / "graph.html")
    assert not (folder / "graph.html").exists()


def test_a_long_name_does_not_fill_the_picture(write: Write) -> None:
    kg = graph.load(write({"facts.ttl": PREFIXES + f"a:x a:p a:y . a:x rdfs:label '{'word ' * 20_000}' ."}))
    drawn = picture(kg)
    assert overlapping(kg, drawn) == []
    width, height, _ = node_box(drawn.nodes["http://a.example/x"], {})
    assert width < 200
    assert height < 300


def test_every_shape_is_known_to_the_page_too() -> None:
    text = (ROOT / "graph" / "browser" / "ui" / "node-shapes.js").read_text(encoding="utf-8")
    assert set(SHAPES) == set(re.findall(r"^  (\w+): \"M", text, re.MULTILINE))
