"""A question is SPARQL with words and parameters; a value can only ever be a value."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import graph
from graph import KnowledgeGraph, Parameter
from graph.errors import QueryError, QuestionError
from graph.question import Slot, bind, parse_question
from tests.conftest import EXAMPLE, Write

WHERE_TO = """#+ summary: Where can I go: by boat?
#+ tags: [port, day-trip]
#+ parameters:
#+   port: ferry:Port, where you are, today
#+   people: xsd:integer
#+   remark:
SELECT ?to WHERE {
  VALUES ?port { ferry:northport ferry:eastholm }
  values ?people {2}
  VALUES ?remark { "a } brace" }
  VALUES ?other { UNDEF }
  ?port ferry:sailsTo ?to
}"""


def test_the_header_says_what_is_asked() -> None:
    question = parse_question(WHERE_TO, "where-to")
    assert question.name == "where-to"
    assert question.title == "Where can I go: by boat?"
    assert question.tags == ("port", "day-trip")
    assert question.sparql == WHERE_TO


def test_a_parameter_is_what_the_header_declares_and_its_block_holds_the_default() -> None:
    assert parse_question(WHERE_TO).parameters == (
        Parameter("port", "ferry:Port", "where you are, today", "ferry:northport ferry:eastholm"),
        Parameter("people", "xsd:integer", "", "2"),
        Parameter("remark", "", "", '"a } brace"'),
    )


def test_a_values_block_that_is_not_declared_is_no_parameter(ferries: KnowledgeGraph) -> None:
    assert [part for part in parse_question(WHERE_TO).segments if isinstance(part, Slot)] == [
        Slot("port", " ferry:northport ferry:eastholm "),
        Slot("people", "2"),
        Slot("remark", ' "a } brace" '),
    ]
    union = "SELECT ?x { { VALUES ?x { 1 } } UNION { VALUES ?x { 2 } } } ORDER BY ?x"
    assert [row["x"] for row in ferries.query(union)] == [1, 2]
    assert len(ferries.query("SELECT ?y { VALUES ?y { } }")) == 0
    inner = "SELECT ?x ?y { VALUES ?x {1} { SELECT ?y { VALUES ?x {9} BIND(?x AS ?y) } } } # VALUES ?x { 3 }"
    assert ferries.query(inner)[0] == {"x": 1, "y": 9}


def test_lines_may_end_as_on_windows() -> None:
    assert parse_question(WHERE_TO.replace("\n", "\r\n")).parameters == parse_question(WHERE_TO).parameters


def test_a_parameter_without_its_block_is_named() -> None:
    with pytest.raises(
        QuestionError,
        match=r"^trip declares the parameter port, which its query lacks; add VALUES \?port \{ … \} to the query\.$",
    ):
        parse_question("#+ parameters:\n#+   port: ferry:Port\nSELECT * { ?s ?p ?port }", "trip")


def test_the_question_is_asked_with_its_defaults(ferries: KnowledgeGraph) -> None:
    assert [row["to"] for row in ferries.query("where-to")] == [
        f"https://ferries.example/{p}" for p in ("eastholm", "saltness")
    ]


@pytest.mark.parametrize(
    "port",
    [
        "ferry:eastholm",
        "<https://ferries.example/eastholm>",
        "https://ferries.example/eastholm",
        "Eastholm",
        "eastHOLM",
    ],
)
def test_a_thing_may_be_set_by_any_of_its_names(port: str, ferries: KnowledgeGraph) -> None:
    assert [row["to"] for row in ferries.query("where-to", {"port": port})] == [
        f"https://ferries.example/{p}" for p in ("northport", "saltness")
    ]


def test_an_empty_value_means_any(ferries: KnowledgeGraph) -> None:
    assert ferries.query("where-to", {"without": ""}) == ferries.query("where-to")
    assert len(ferries.query("where-to", {"without": "Saltness"})) == 1


def test_a_number_is_a_number(ferries: KnowledgeGraph) -> None:
    assert [row["carries"] for row in ferries.query("big-enough", {"people": "41"})] == [120]
    assert [row["carries"] for row in ferries.query("big-enough", {"people": 40})] == [40, 120]


def test_an_empty_block_asks_for_a_value(ferries: KnowledgeGraph) -> None:
    with pytest.raises(
        QuestionError, match=r'^big-enough needs a value for people; pass params=\{"people": …\}\.$'
    ):
        ferries.query("big-enough")


def test_an_unknown_parameter_is_named_beside_those_there_are(ferries: KnowledgeGraph) -> None:
    with pytest.raises(QuestionError, match=r"^where-to has no parameter harbour; it has port, without\.$"):
        ferries.query("where-to", {"harbour": "Eastholm"})
    with pytest.raises(QuestionError, match=r"^query has no parameter what; it has none\.$"):
        ferries.query("ASK {}", {"what": "1", "self": "2"})


def test_what_is_not_a_thing_of_the_kind_is_refused_with_near_ones(ferries: KnowledgeGraph) -> None:
    with pytest.raises(QuestionError, match=r"^No item is called “Easthome”\. Closest names: Eastholm"):
        ferries.query("where-to", {"port": "Easthome"})
    with pytest.raises(QuestionError, match=r"^No item is called “ferry:selkie”\. Examples: "):
        ferries.query("where-to", {"port": "ferry:selkie"})


def test_an_unknown_question_is_answered_with_the_nearest_name(ferries: KnowledgeGraph) -> None:
    with pytest.raises(
        QuestionError, match=r"^There is no question named where-too; did you mean where-to\?$"
    ):
        ferries.query("where-too")
    with pytest.raises(
        QuestionError, match=r"^There is no question named xyz; list them with graph questions\.$"
    ):
        ferries.query("xyz")


def test_a_question_may_be_a_file(ferries: KnowledgeGraph, write: Write) -> None:
    path = write({"my.rq": WHERE_TO.replace("ferry:northport ferry:eastholm", "ferry:saltness")}) / "my.rq"
    assert len(ferries.query(path)) == len(ferries.query(str(path))) == 1
    with pytest.raises(QuestionError, match=r"nothing\.rq cannot be read .*; give a \.rq file in UTF-8\.$"):
        ferries.query(path.with_name("nothing.rq"))


def test_questions_are_listed(ferries: KnowledgeGraph) -> None:
    assert [(question.name, question.title) for question in ferries.questions()] == [
        ("big-enough", "Which ferry carries all of us?"),
        ("where-to", "Where can I go from a port?"),
    ]


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * WHERE { ?s ?p ?o ", "Line 1, column "),
        ("SELECT *\nWHERE { ?s ?p . }", "Line 2, column 15: "),
        (
            "SELECT * { nobody:knows ?p ?o }",
            "Line 1, column 12: the prefix nobody: is unknown; write PREFIX nobody: <…> before the query.",
        ),
        (
            "# nice:\nSELECT * { ?s <a:b> 'c:' , nobody:knows }",
            "Line 2, column 28: the prefix nobody: is unknown; ",
        ),
        ("PREFIX a: <a:> SELECT (COUNT(?s) AS ?n) ?o { ?s ?p ?o }", "Line 1, column "),
        ("INSERT DATA { <a:x> <a:y> 1 }", "Line 1, column "),
        ("SELECT (<a:function>(1) AS ?x) { }", "The query cannot be run: "),
        (
            "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
            "Line 1, column 12: SERVICE asks another server",
        ),
        ("", "The query is empty"),
    ],
)
def test_faulty_sparql_is_one_sentence_with_place_and_remedy(
    sparql: str, message: str, ferries: KnowledgeGraph
) -> None:
    with pytest.raises(QueryError) as caught:
        ferries.query(sparql)
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith(("; correct the query.", "; correct it.", "before the query.", "."))
    assert "\n" not in str(caught.value)


ANY = "#+ parameters:\n#+   x: , anything\nSELECT ?x WHERE { VALUES ?x { UNDEF } }"
"""A question that answers with the value that it was given."""
TYPED = ANY.replace(", anything", "xsd:string")
FERRY = graph.load(EXAMPLE)

BREAKING_OUT = [
    "} DROP ALL #",
    '" } ',
    "' } ",
    "> . ?x ?p ?o",
    "<a:b> } #",
    "<a:b>\n}",
    "\\",
    '\\"',
    "\n",
    "\\1\\g<0>",
    "?x",
    "٣",
    "1e",
    "a:b }",
]
awkward = st.one_of(
    st.text(max_size=30),
    st.text("<>{}\"'\\?#. \n\r\t:;|^@()[]01aé" + string.ascii_letters, max_size=30),
    st.sampled_from(BREAKING_OUT),
)


@given(awkward)
@example("12")
@example("-1.50")
@example("true")
@example("ferry:selkie")
@example("ferry")
@example("owl:Class")
@example("ferry:selkie }")
@example("ferry:a>b")
def test_a_value_can_only_be_a_value(text: str) -> None:
    """Whatever people write comes back as that text, or as the number or the thing that it names."""
    (row,) = FERRY.query(ANY, {"x": text}).rows
    (term,) = row
    assert term is not None
    value = term.value  # type: ignore[union-attr]
    name, colon, local = text.strip().partition(":")
    named = FERRY.prefixes.get(name, "") + local if colon else text
    assert value in {text, text.strip().strip("<>"), named} or float(value) == float(text)


@given(awkward)
def test_a_value_of_a_datatype_is_exactly_the_text(text: str) -> None:
    (row,) = FERRY.query(TYPED, {"x": text})
    assert row["x"] == text


@given(awkward.filter(bool))
def test_a_value_of_a_class_that_is_no_thing_of_it_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match=r"^No item is called “"):
        FERRY.query("where-to", {"port": text})


def test_only_the_block_of_the_parameter_is_changed() -> None:
    header = "#+ parameters:\n#+   a: , one\n#+   b: , another\n"
    question = parse_question(
        header + "SELECT * { VALUES ?a { 1 } VALUES ?b { 2 } FILTER(?a = 1) # VALUES ?a { 3 }\n }"
    )
    assert bind(question, {"a": "x"}, lambda *_: '"\\\\1"') == (
        header + 'SELECT * { VALUES ?a { "\\\\1" } VALUES ?b { 2 } FILTER(?a = 1) # VALUES ?a { 3 }\n }'
    )
