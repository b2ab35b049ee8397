"""The library as a script meets it: loading, asking, closing, and what comes back."""

from __future__ import annotations

import copy
import pickle
import re
import threading
import time
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import graph
from graph import KnowledgeGraph
from tests.conftest import EXAMPLE, Write, store_of

TURTLE = '@prefix a: <http://a.example/> . a:x a:p a:y ; a:q "é" , 2 . a:y a:p [ a:q 3 ] .'
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def triples(kg: KnowledgeGraph) -> ox.Dataset:
    found = ox.Dataset(ox.parse(b"\n".join(store_of(kg).dump().quads), format=ox.RdfFormat.N_QUADS))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_rdflib_and_oxigraph_objects_load_as_their_file_does(write: Write) -> None:
    path = write({"facts.ttl": TURTLE}) / "facts.ttl"
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    whole = graph.load(path)
    assert triples(graph.load(rdflib.Graph().parse(path))) == triples(whole)
    assert triples(graph.load(store)) == triples(whole)
    assert graph.load(rdflib.Graph().parse(path)).query("ASK { a:x a:p a:y }"), "the prefixes come along"


def test_a_dataset_keeps_its_named_graphs() -> None:
    dataset = rdflib.Dataset()
    subject, predicate = rdflib.URIRef("a:x"), rdflib.URIRef("a:p")
    dataset.default_graph.add((subject, predicate, rdflib.Literal(1)))
    dataset.graph(rdflib.URIRef("a:g")).add((subject, predicate, rdflib.Literal(2)))
    kg = graph.load(dataset)
    assert [row["o"] for row in kg.query("SELECT ?o { ?s ?p ?o } ORDER BY ?o")] == [1, 2]
    assert [row["g"] for row in kg.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")] == ["a:g"]


def test_objects_and_files_load_together_and_stay_as_they_are(write: Write) -> None:
    mine = rdflib.Graph().parse(data="<a:x> <a:p> <a:z> .", format="turtle")
    kg = graph.load(write({"facts.ttl": TURTLE}), mine)
    assert kg.query(COUNT)[0] == {"n": 6}
    assert len(mine) == 1
    with pytest.raises(graph.DataError, match=r"^list is not RDF; give a path, an rdflib\.Graph"):
        graph.load([1]).query("ASK {}")  # type: ignore[arg-type]


def test_a_profile_goes_with_other_data(write: Write) -> None:
    folder = write(
        {"facts.ttl": "@prefix ferry: <https://ferries.example/> . ferry:gull ferry:carries 500 ."}
    )
    kg = graph.load(folder, profile=EXAMPLE)
    assert [question.name for question in kg.questions()] == ["big-enough", "where-to"]
    assert [row["carries"] for row in kg.query("big-enough", {"people": 300})] == [500]


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_the_rdflib_dataset_is_read_only_on_the_first_day_and_the_second(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write({"facts.ttl": TURTLE})
    for _ in range(2):
        kg = graph.load(folder)
        dataset = kg.to_rdflib()
        assert len(list(dataset.triples((None, None, None)))) == 5
        read_only = r"^The data is read-only; change a copy of it: rdflib\.Dataset\(\) \+ dataset\.$"
        with pytest.raises(graph.DataError, match=read_only):
            dataset.add((rdflib.URIRef("a:x"), rdflib.URIRef("a:p"), rdflib.Literal(1)))
        with pytest.raises(graph.DataError, match=read_only):
            dataset.remove((rdflib.URIRef("a:x"), rdflib.URIRef("a:p"), rdflib.URIRef("a:y")))
        with pytest.raises(graph.DataError, match=read_only):
            dataset.update("INSERT DATA { <a:x> <a:p> 1 }")
        assert kg.query(COUNT)[0] == {"n": 5}


def test_a_closed_graph_says_so(write: Write) -> None:
    with graph.load(write({"facts.ttl": TURTLE})) as kg:
        assert kg.query(COUNT)
    with pytest.raises(graph.QueryError, match=r"^This knowledge graph is closed; load it again\.$"):
        kg.query(COUNT)


def test_reprs_are_short(ferries: KnowledgeGraph) -> None:
    assert repr(ferries) == "<KnowledgeGraph: facts.trig, facts.ttl>"
    assert repr(graph.load()).endswith(" more>")
    assert len(repr(graph.load())) < 100
    assert repr(ferries.query("where-to")) == "<Answer: 2 rows of to>"
    assert repr(ferries.query("ASK { }")) == "<Answer: yes>"
    assert re.fullmatch(r"<Answer: \d+ triples>", repr(ferries.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")))


def test_an_answer_is_a_value(ferries: KnowledgeGraph) -> None:
    query = "SELECT ?ferry ?n { ?ferry ferry:carries ?n } ORDER BY ?n"
    answer = ferries.query(query)
    assert answer[0] == next(iter(answer))
    assert answer[-1] == answer[0:][-1]
    assert [row["n"] for row in answer[:1]] == [40]
    with pytest.raises(IndexError):
        answer[len(answer)]
    assert answer == ferries.query(query)
    assert answer != ferries.query(query + " LIMIT 1")
    assert len({answer, ferries.query(query)}) == 1
    for other in (pickle.loads(pickle.dumps(answer)), copy.deepcopy(answer)):  # noqa: S301
        assert other == answer
        assert other.to_text("md") == answer.to_text("md")
        assert "MV Selkie" in other.to_text("md")


def test_a_notebook_shows_a_table_in_which_nothing_is_markup(write: Write) -> None:
    script = "<script>alert(1)</script>"
    kg = graph.load(write({"facts.nt": f'<a:x> <http://www.w3.org/2000/01/rdf-schema#label> "{script}" .'}))
    shown = kg.query("SELECT ?x ?label { ?x rdfs:label ?label }")._repr_html_()
    assert script not in shown
    assert shown.count("&lt;script&gt;") == 2
    assert "<caption>1 row</caption>" in shown
    assert kg.query("ASK { }")._repr_html_() == "<p>yes</p>"


def test_a_query_ends_at_its_time_limit(kg: KnowledgeGraph) -> None:
    assert kg.query("ASK { ?s ?p ?o }", timeout=30)
    start = time.monotonic()
    with pytest.raises(
        graph.QueryTimeout, match=r"^The query timed out after 0\.5 seconds; add LIMIT, narrow"
    ):
        kg.query(CROSS_PRODUCT, timeout=0.5)
    assert time.monotonic() - start < 2


def test_threads_share_a_graph(ferries: KnowledgeGraph) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(ferries.query(COUNT)[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [ferries.query(COUNT)[0]] * 8


def test_deep_brackets_are_refused_before_they_can_do_harm(ferries: KnowledgeGraph) -> None:
    for sparql in (
        f"SELECT ({'(' * 5_000}1{')' * 5_000} AS ?x) {{ }}",
        f"SELECT * {'{' * 3_000}{'}' * 3_000}",
        f"SELECT * {{ FILTER({'EXISTS { FILTER(' * 2_000}1{')}' * 2_000}) }}",
    ):
        with pytest.raises(graph.QueryError, match="nests more than 256 levels deep"):
            ferries.query(sparql)
    texts = " ".join(["'((((('"] * 200)
    assert len(ferries.query(f"SELECT ?x {{ VALUES ?x {{ {texts} }} }}")) == 200


@pytest.mark.parametrize(
    "text", ["MV Selkie", "mv selkie", "ferry:selkie", "<https://ferries.example/selkie>"]
)
def test_an_item_is_found_by_any_of_its_names(text: str, ferries: KnowledgeGraph) -> None:
    assert ferries.resolve(text) == "https://ferries.example/selkie"


def test_only_names_that_are_near_are_suggested(ferries: KnowledgeGraph) -> None:
    with pytest.raises(
        graph.QuestionError, match=r"^No item is called “MV Selky”\. Closest names: MV Selkie\.$"
    ):
        ferries.resolve("MV Selky")
    with pytest.raises(
        graph.QuestionError, match=r"^No item is called “Oslo”; try another of its names, a prefixed"
    ):
        ferries.resolve("Oslo")


@pytest.mark.parametrize("items", [(), ("MV Selkie",), ("MV Selkie",) * 5])
def test_two_to_four_items_are_compared(items: tuple[str, ...], ferries: KnowledgeGraph) -> None:
    with pytest.raises(
        graph.QuestionError, match=rf"^Only two to 4 items can be compared; {len(items)} were given\.$"
    ):
        ferries.compare(*items)


@pytest.mark.parametrize(
    ("name", "select", "missing"),
    [("compare.rq", "?aspect ?item", "value"), ("figures.rq", "?value", "measure")],
)
def test_a_system_query_that_lacks_a_column_is_named(
    name: str, select: str, missing: str, write: Write
) -> None:
    query = f"#+ parameters:\n#+   item: , the items\nSELECT {select} {{ VALUES ?item {{ }} ?item ?aspect ?value }}"
    folder = write({"facts.ttl": "<a:x> <a:p> <a:y> . <a:y> <a:p> <a:x> .", name: query})
    message = rf"{name.replace('.', '[.]')} does not select \?{missing}; add this column to its SELECT\.$"
    with pytest.raises(graph.QuestionError, match=message):
        graph.load(folder).write_page(folder / "page.html")
    if name == "compare.rq":
        with pytest.raises(graph.QuestionError, match=message):
            graph.load(folder).compare("a:x", "a:y")


@pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts):DeprecationWarning")
def test_an_rdflib_dataset_can_be_read_in_every_usual_way(ferries: KnowledgeGraph) -> None:
    dataset = ferries.to_rdflib()
    graphs = {str(found.identifier) for found in dataset.graphs()}
    assert "https://ferries.example/summer-timetable" in graphs
    assert len(dataset.graph(rdflib.URIRef("https://ferries.example/summer-timetable"))) > 1
    assert "MV Selkie" in dataset.serialize(format="trig")
    assert "MV Selkie" in dataset.serialize(format="nquads")
    assert len(list((rdflib.Dataset() + dataset).quads())) == len(list(dataset.quads()))  # type: ignore[attr-defined]


ECHO = "#+ parameters:\n#+   x: {}, anything\nSELECT ?x {{ VALUES ?x {{ UNDEF }} }}"


@pytest.mark.parametrize(
    ("type_", "value", "echo"),
    [
        ("xsd:boolean", True, True),
        ("xsd:boolean", False, False),
        ("", True, True),
        ("xsd:decimal", 60_000, 60_000),
        ("xsd:date", date(2026, 11, 24), date(2026, 11, 24)),
        ("xsd:string", "", ""),
        ("xsd:anyURI", "what", "what"),
    ],
)
def test_a_python_value_arrives_as_itself(
    type_: str, value: object, echo: object, ferries: KnowledgeGraph
) -> None:
    assert ferries.query(ECHO.format(type_), {"x": value})[0] == {"x": echo}


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        (
            "xsd:decimal",
            "abc",
            "“abc” is not a value for x, which is of type xsd:decimal; write a value such as 60000.",
        ),
        (
            "xsd:integer",
            "60,000",
            "“60,000” is not a value for x, which is of type xsd:integer; write a value such as 60000.",
        ),
        (
            "xsd:integer",
            "",
            "“” is not a value for x, which is of type xsd:integer; write a value such as 60000.",
        ),
        (
            "xsd:boolean",
            "yes",
            "“yes” is not a value for x, which is of type xsd:boolean; write a value such as true.",
        ),
        (
            "xsd:date",
            "soon",
            "“soon” is not a value for x, which is of type xsd:date; write a value such as 2026-11-24.",
        ),
        ("", None, "x takes one value, not NoneType; leave it out for its default."),
        ("", [1, 2], "x takes one value, not list; leave it out for its default."),
    ],
)
def test_what_is_no_value_of_the_type_is_refused(
    type_: str, value: object, message: str, ferries: KnowledgeGraph
) -> None:
    with pytest.raises(graph.QuestionError) as raised:
        ferries.query(ECHO.format(type_), {"x": value})
    assert str(raised.value) == message


def test_a_profile_needs_no_data(write: Write) -> None:
    folder = write(
        {"data.ttl": "<a:x> <a:p> 1 .", "profile/questions/q.rq": "#+ summary: What?\nSELECT * { ?s ?p ?o }"}
    )
    assert len(graph.load(folder / "data.ttl", profile=folder / "profile").query("q")) == 1
    with pytest.raises(graph.DataError, match="nothing is not a folder; give one with questions"):
        graph.load(folder / "data.ttl", profile=folder / "nothing")
    with pytest.raises(
        graph.DataError, match=r"^https://a\.example/b\.ttl is a URL, and graph reads files; download it"
    ):
        graph.load("https://a.example/b.ttl")
