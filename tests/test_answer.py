"""An answer can be written in many forms; each, read again, is the same answer, or says that it cannot be."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib.query
from hypothesis import example, given

import graph
from graph import Answer, KnowledgeGraph
from graph.answer import FORMATS
from graph.errors import QueryError
from graph.tables import printable
from tests.conftest import EXAMPLE, store_of
from tests.strategies import texts

FERRIES = graph.load(EXAMPLE)

SELECT = """SELECT ?thing ?value WHERE {
  VALUES (?thing ?value) {
    (ferry:selkie "a | b") (ferry:selkie "two\\nlines, \\"quoted\\"") (ferry:eastholm "<script>alert(1)</script>"@en)
    (<http://elsewhere.example/x y> 12) (ferry:eastholm 1.5) (UNDEF true) (ferry:port "2026-11-22"^^xsd:date)
  }
}""".replace("x y", "x")
ASK = "ASK { ferry:selkie ferry:carries 120 }"
CONSTRUCT = (
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s IN (ferry:selkie, ferry:northport) || isBlank(?s)) }"
)
DESCRIBE = "DESCRIBE ferry:selkie"


def echo(text: str) -> Answer:
    """Ask for a text itself."""
    return FERRIES.query(
        "SELECT ?text { VALUES ?text { UNDEF } BIND(1 AS ?n) }".replace("UNDEF", str(ox.Literal(text)))
    )


def read_as_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def read_again(answer: Answer, form: str) -> tuple[tuple[ox.Term | None, ...], ...]:  # type: ignore[name-defined]
    read = ox.parse_query_results(
        answer.to_text(form).encode(), format=getattr(ox.QueryResultsFormat, form.upper())
    )
    assert isinstance(read, ox.QuerySolutions)
    assert tuple(variable.value for variable in read.variables) == answer.columns
    return tuple(tuple(row) for row in read)


def test_rows_come_back_from_csv() -> None:
    answer = FERRIES.query(SELECT)
    header, *rows = read_as_csv(answer.to_text("csv"))
    assert tuple(header) == answer.columns
    assert rows == [[getattr(term, "value", "") for term in row] for row in answer.rows]


@pytest.mark.parametrize("form", ["tsv", "json", "xml"])
def test_rows_come_back(form: str) -> None:
    answer = FERRIES.query(SELECT)
    assert read_again(answer, form) == answer.rows


@pytest.mark.parametrize("form", ["json", "xml"])
def test_rdflib_reads_the_same_rows(form: str) -> None:
    answer = FERRIES.query(SELECT)
    read = rdflib.query.Result.parse(io.BytesIO(answer.to_text(form).encode()), format=form)
    found: Any = [[None if term is None else str(term) for term in row] for row in read]  # type: ignore[union-attr]
    assert found == [[getattr(term, "value", None) for term in row] for row in answer.rows]


@pytest.mark.parametrize(("query", "yes"), [(ASK, True), ("ASK { ferry:selkie ferry:carries 1 }", False)])
def test_yes_or_no_comes_back(query: str, yes: bool) -> None:  # noqa: FBT001
    answer = FERRIES.query(query)
    assert bool(answer) is answer.boolean is yes
    assert answer.to_text("table") == answer.to_text("md") == ("yes\n" if yes else "no\n")
    assert json.loads(answer.to_text("json"))["boolean"] is yes
    assert answer.to_text("csv").strip() == answer.to_text("tsv").strip() == str(yes).lower()
    assert (
        rdflib.query.Result.parse(io.BytesIO(answer.to_text("xml").encode()), format="xml").askAnswer is yes
    )


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    ("form", "read"),
    [("ttl", ox.RdfFormat.TURTLE), ("json", ox.RdfFormat.JSON_LD), ("xml", ox.RdfFormat.RDF_XML)],
)
def test_triples_come_back(query: str, form: str, read: ox.RdfFormat) -> None:
    answer = FERRIES.query(query)
    found = ox.Dataset(ox.parse(answer.to_text(form).encode(), format=read))
    asked = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in answer.triples or ())
    for one in (found, asked):
        one.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == asked
    assert len(asked) == len(answer) > 1


def test_triples_are_rows_too() -> None:
    answer = FERRIES.query(CONSTRUCT)
    assert answer.columns == ("subject", "predicate", "object")
    assert set(answer.rows) == {(t.subject, t.predicate, t.object) for t in answer.triples or ()}
    assert len(read_as_csv(answer.to_text("csv"))) == len(answer) + 1
    assert answer.to_text("table").endswith(f"\n{len(answer)} rows\n")


def test_triples_are_in_the_same_order_each_time() -> None:
    backwards = FERRIES.query(CONSTRUCT + " ORDER BY DESC(?p) ?o")
    assert backwards.to_text("ttl") == FERRIES.query(CONSTRUCT).to_text("ttl")


@pytest.mark.parametrize("query", [SELECT, ASK])
def test_turtle_holds_triples_only(query: str) -> None:
    with pytest.raises(
        QueryError,
        match=r"^Only the triples of CONSTRUCT and DESCRIBE can be written as ttl; choose csv or json",
    ):
        FERRIES.query(query).to_text("ttl")


@pytest.mark.parametrize(
    ("query", "form", "reason"),
    [
        (CONSTRUCT, "pdf", "An answer cannot be written as pdf; choose one of table, csv, "),
        (
            "CONSTRUCT { <a:x> <http://a.example/1> 1 } {}",
            "xml",
            "RDF/XML cannot represent the property http://a.example/1; ",
        ),
        (
            "CONSTRUCT { <a:x> <a:y> '\\u0007' } {}",
            "xml",
            "XML cannot represent the character U+0007 in this answer; choose ",
        ),
        (
            "SELECT ('\\u0007' AS ?bell) {}",
            "xml",
            "XML cannot represent the character U+0007 in this answer; choose ",
        ),
        (
            "CONSTRUCT { <a:x> <a:y> <<( <a:x> <a:y> 1 )>> } {}",
            "json",
            "The answer cannot be written in this format ",
        ),
    ],
)
def test_a_form_that_cannot_hold_the_answer_says_so(query: str, form: str, reason: str) -> None:
    with pytest.raises(QueryError, match=f"^{re.escape(reason)}"):
        FERRIES.query(query).to_text(form)


def test_every_form_is_tried_here() -> None:
    assert set(FORMATS) == {"table", "csv", "tsv", "json", "xml", "md", "ttl"}


@given(texts)
@example("\r\n")
@example('"\r\n"')
@example("\x00")
@example("\x07")
@example("\ufffe")
def test_any_text_comes_back(text: str) -> None:
    answer = echo(text)
    assert read_as_csv(answer.to_text("csv"))[1:] == ([[text]] if text else [[]])
    for form in ("tsv", "json"):
        assert read_again(answer, form) == answer.rows
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text):
        with pytest.raises(QueryError, match="choose json or tsv"):
            answer.to_text("xml")
    else:
        assert read_again(answer, "xml") == answer.rows


@given(texts)
@example("a\\|b")
@example("\\")
@example("one\r\ntwo\u2028three")
@example("<img src=x onerror=alert(1)>")
def test_any_text_stays_in_its_cell_of_markdown(text: str) -> None:
    lines = echo(text).to_text("md").split("\n")
    assert lines[:2] == ["| text |", "| --- |"]
    assert lines[3:] == [""]
    assert re.fullmatch(r"\| (?:\\.|[^\\|<\r])* \|", lines[2])
    assert re.sub(r"\\(.)", r"\1", lines[2][2:-2]) == " ".join(printable(text).splitlines())


@given(texts)
@example("\x1b[2J\x1b[31mred")
@example("\x9b2J")
def test_no_text_moves_the_cursor(text: str) -> None:
    header, line, *rows, count = echo(text).to_text("table").removesuffix("\n").split("\n")
    assert (header.strip(), set(line), count) == ("text", {"-"}, "1 row")
    assert all(row.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f]", row) for row in rows)


def test_people_read_labels_and_programs_read_iris(ferries: KnowledgeGraph) -> None:
    answer = ferries.query("SELECT ?ferry ?kind WHERE { ?ferry ferry:carries 120 ; a ?kind }")
    for form in ("table", "md"):
        assert "MV Selkie" in answer.to_text(form)
        assert "car ferry" in answer.to_text(form)
        assert "ferries.example" not in answer.to_text(form)
    for form in ("csv", "tsv", "json", "xml"):
        assert "https://ferries.example/selkie" in answer.to_text(form)
        assert "MV Selkie" not in answer.to_text(form)


def test_a_label_is_english_where_there_is_one(ferries: KnowledgeGraph) -> None:
    assert (
        ferries.query("SELECT ?port { VALUES ?port { ferry:northport } }")
        .to_text("md")
        .endswith("| Northport |\n")
    )


def test_a_table_wraps_long_texts_and_lines_up() -> None:
    text = echo("word " * 40).to_text()
    assert max(map(len, text.splitlines())) <= 48
    assert text.count("word") == 40


def test_a_table_without_rows_is_a_table() -> None:
    answer = FERRIES.query("SELECT ?x ?y { FILTER(false) }")
    assert answer.to_text() == "x  y\n-  -\n0 rows\n"
    assert answer.to_text("md") == "| x | y |\n| --- | --- |\n"
    assert not answer
    assert FERRIES.query("SELECT * { }").to_text().endswith("1 row\n")


def test_a_row_is_a_dictionary_of_python_values() -> None:
    query = """SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g ?h ?i) { (
      12 1.50 1e3 true "2026-11-22"^^xsd:date "2026-11-22T10:00:00Z"^^xsd:dateTime ferry:selkie "words"@en UNDEF
    ) } }"""
    (row,) = FERRIES.query(query)
    assert row == {
        "a": 12,
        "b": Decimal("1.5"),
        "c": 1000.0,
        "d": True,
        "e": date(2026, 11, 22),
        "f": datetime(2026, 11, 22, 10, tzinfo=UTC),
        "g": "https://ferries.example/selkie",
        "h": "words",
        "i": None,
    }
    assert [type(row[name]) for name in "abcd"] == [int, Decimal, float, bool]


@pytest.mark.parametrize("datatype", ["integer", "decimal", "double", "date", "dateTime", "gYear"])
def test_what_is_no_value_of_its_datatype_stays_text(datatype: str) -> None:
    (row,) = FERRIES.query(f"SELECT ?x {{ VALUES ?x {{ 'soon'^^xsd:{datatype} }} }}")
    assert row == {"x": "soon"}


def test_numbers_without_end_are_numbers() -> None:
    (row,) = FERRIES.query("SELECT ?x ?y { VALUES (?x ?y) { ('NaN'^^xsd:double '-INF'^^xsd:float) } }")
    assert math.isnan(float(str(row["x"])))
    assert row["y"] == -math.inf


def test_pandas_gets_columns_and_python_values(ferries: KnowledgeGraph) -> None:
    frame = ferries.query(
        "SELECT ?ferry ?carries { ?ferry ferry:carries ?carries } ORDER BY ?carries"
    ).to_pandas()
    assert list(frame.columns) == ["ferry", "carries"]
    assert frame["carries"].sum() == 160
    assert frame["ferry"][0] == "https://ferries.example/kittiwake"
    assert list(ferries.query("SELECT ?x { FILTER(false) }").to_pandas().columns) == ["x"]


def test_networkx_gets_an_edge_for_each_triple(ferries: KnowledgeGraph) -> None:
    links = ferries.query("CONSTRUCT WHERE { ?here ferry:sailsTo ?there }").to_networkx()
    northport, eastholm, sails = (
        f"https://ferries.example/{name}" for name in ("northport", "eastholm", "sailsTo")
    )
    assert links.has_edge(northport, eastholm, key=sails)
    assert links.number_of_edges() == 4
    assert ferries.to_networkx().number_of_edges() == len(store_of(ferries).dump().triples)
    assert ferries.query(ASK).to_networkx().number_of_nodes() == 0


def test_columns_of_select_all_come_in_the_order_of_the_query() -> None:
    assert FERRIES.query("SELECT * { ?z ?y ?x }").columns == ("z", "y", "x")
    assert FERRIES.query("SELECT DISTINCT * { ?s a ?kind } # ?a").columns == ("s", "kind")
    assert FERRIES.query("SELECT ?b ?a { ?a ?b ?c }").columns == ("b", "a")
    answer = FERRIES.query("SELECT * { ?z ?y ?x } ORDER BY ?z LIMIT 1")
    assert answer.to_text("csv").splitlines()[0] == "z,y,x"
    assert json.loads(answer.to_text("json"))["head"]["vars"] == ["z", "y", "x"]


def test_a_boolean_ends_its_line() -> None:
    assert [FERRIES.query(ASK).to_text(form)[-1] for form in ("table", "csv", "tsv")] == ["\n"] * 3


def test_a_table_may_be_limited_and_says_so() -> None:
    answer = FERRIES.query("SELECT ?s { ?s ?p ?o }")
    *_, last = answer.to_text(limit=3).splitlines()
    assert last == f"{len(answer)} rows; the first 3 are shown"
    assert len(answer.to_text(limit=3).splitlines()) == 6


def test_wide_letters_line_up() -> None:
    table = FERRIES.query("SELECT * { VALUES (?a ?b) { ('日本' 1) ('ab' 2) ('e\\u0301' 3) } }").to_text()
    assert [line.rstrip() for line in table.splitlines()[2:5]] == ["日本  1", "ab    2", "e\u0301     3"]
