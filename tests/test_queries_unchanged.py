"""A query is run as it was written; of a question, only the declared parameters that are set are replaced."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph import KnowledgeGraph
from graph.errors import QuestionError
from graph.question import Parameter, Question, Slot, bind, parse_question

PREFIX = "PREFIX a: <http://a.example/> "
DATA = """@prefix a: <http://a.example/> .
a:x a:p 1, 2 ; a:q a:y ; a:name "VALUES ?s { a:x }", "# }" .
a:y a:p 3 ; a:q a:z, a:x ; a:name "y" .
a:z a:p 1 ; a:q a:x .
"""

Rows = Counter[frozenset[tuple[str, str]]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Open a few triples from a file."""
    path = tmp_path_factory.mktemp("data") / "small.ttl"
    path.write_text(DATA, encoding="utf-8")
    return graph.load(path)


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    """Put the same triples into a store of the engine."""
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    return store


def rows_of(kg: KnowledgeGraph, query: str) -> Rows:
    answer = kg.query(query)
    return Counter(
        frozenset(
            (name, str(term)) for name, term in zip(answer.columns, row, strict=True) if term is not None
        )
        for row in answer.rows
    )


def rows_of_engine(store: ox.Store, query: str) -> Rows:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return Counter(
        frozenset((name, str(row[name])) for name in names if row[name] is not None) for row in found
    )


VARIABLES = ("s", "o", "x")
TERMS = (
    "a:x",
    "a:y",
    "a:z",
    "1",
    "2",
    "3",
    "UNDEF",
    '"y"',
    '"a } b"',
    "'VALUES ?s { a:x }'",
    "<http://a.example/x>",
)
SPACES = st.sampled_from([" ", "\n", "  ", " # VALUES ?s { a:z }\n", " #+   s: , a parameter\n", "\t"])
KEYWORDS = st.sampled_from(["VALUES", "values", "Values"])


@st.composite
def one_variable(draw: st.DrawFn) -> str:
    """Write a block of one variable, perhaps an empty one."""
    values = draw(st.lists(st.sampled_from(TERMS), max_size=3))
    space = draw(SPACES)
    return f"{draw(KEYWORDS)}{space}?{draw(st.sampled_from(VARIABLES))}{draw(SPACES)}{{{space.join(['', *values])} }}"


@st.composite
def tuples(draw: st.DrawFn) -> str:
    """Write a block of two variables."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(TERMS), st.sampled_from(TERMS)), max_size=3))
    first, second = draw(st.permutations(VARIABLES))[:2]
    return f"VALUES (?{first} ?{second}) {{{draw(SPACES)}{' '.join(f'({a} {b})' for a, b in pairs)} }}"


BLOCKS = st.one_of(one_variable(), tuples())
TRIPLES = st.sampled_from(
    [
        "?s a:p ?o .",
        "?s a:q ?x .",
        "?x a:name ?o .",
        "?s a:name 'VALUES ?s { a:x }' .",
        'FILTER(STR(?s) != """VALUES ?s { } " """)',
        "# VALUES ?o { }\n",
        "BIND('VALUES ?x { 1 }' AS ?text)",
    ]
)


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Put patterns into groups, unions, optional parts, and subqueries."""
    groups = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        groups.map(lambda group: f"{{ {group} }}"),
        st.tuples(groups, groups).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        groups.map(lambda group: f"OPTIONAL {{ {group} }}"),
        groups.map(lambda group: f"MINUS {{ {group} }}"),
        groups.map(lambda group: f"FILTER NOT EXISTS {{ {group} }}"),
        groups.map(lambda group: f"{{ SELECT ?s ?o WHERE {{ {group} }} }}"),
        st.tuples(groups, one_variable()).map(lambda two: f"{{ SELECT * WHERE {{ {two[0]} }} {two[1]} }}"),
    )


GROUPS = st.recursive(st.one_of(BLOCKS, TRIPLES), _around, max_leaves=6)


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Write a query with VALUES anywhere, also behind WHERE."""
    body = draw(SPACES).join(draw(st.lists(GROUPS, min_size=1, max_size=4)))
    end = draw(st.one_of(st.just(""), one_variable(), tuples()))
    return f"{PREFIX}SELECT {draw(st.sampled_from(['*', '?s ?o ?x']))} WHERE {{ {body} }} {end}"


@given(query=queries())
def test_a_query_gives_what_the_engine_gives(small: KnowledgeGraph, engine: ox.Store, query: str) -> None:
    try:
        expected = rows_of_engine(engine, query)
    except SyntaxError:  # BIND to a variable that is bound already
        with pytest.raises(graph.GraphError):
            small.query(query)
    else:
        assert rows_of(small, query) == expected


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT ?s ?o { { VALUES ?s { a:x } ?s a:p ?o } UNION { VALUES ?s { a:y } ?s a:p ?o } }", 3),
        ("SELECT ?x { { VALUES ?x { 1 } } UNION { VALUES ?x { 2 } } }", 2),
        ("SELECT ?x ?y { VALUES ?x {1} { SELECT ?y { VALUES ?x {9} BIND(?x AS ?y) } } }", 1),
        ("SELECT ?s { ?s a:p ?o VALUES ?o { } }", 0),
        ("SELECT ?s { ?s a:p ?o } # VALUES ?s { a:x } VALUES ?s { a:y }", 4),
        ("SELECT ?x { VALUES ?x { 'a  } b' } }", 1),
    ],
)
def test_several_blocks_of_a_name_stay_as_they_are(
    small: KnowledgeGraph, engine: ox.Store, query: str, count: int
) -> None:
    rows = rows_of(small, PREFIX + query)
    assert rows == rows_of_engine(engine, PREFIX + query)
    assert rows.total() == count


# Questions: what the header declares is replaced where it is set, and nothing else is.


def header_of(names: list[str]) -> str:
    return "".join(
        ["#+ summary: A question\n#+ parameters:\n", *(f"#+   {name}: , a value\n" for name in names)]
    )


class Written:
    """A question as its author writes it, with the blocks that may be replaced kept apart."""

    def __init__(self, declared: list[str], parts: list[tuple[str, str]]) -> None:
        self.declared = declared
        self.parts = parts
        """A name and the values of its block, or no name and other text."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self.with_values({})

    def with_values(self, values: dict[str, str]) -> str:
        """Write the file with other values in the blocks of some names."""
        body = "".join(
            f" VALUES ?{name} {{{values.get(name, text)}}}" if name else text for name, text in self.parts
        )
        return f"{header_of(self.declared) if self.declared else ''}{PREFIX}SELECT * {{{body} }}"


@st.composite
def questions(draw: st.DrawFn) -> Written:
    """Write blocks between triples, comments, strings, and tuples that only look like blocks."""
    other = st.one_of(TRIPLES.map(lambda text: f" {text}"), tuples().map(lambda text: f" {text}"), SPACES)
    values = st.lists(st.sampled_from(TERMS), min_size=1, max_size=3).map(
        lambda terms: f" {' '.join(terms)} "
    )
    block = st.tuples(st.sampled_from(VARIABLES), values)
    parts = draw(st.lists(st.one_of(block, other.map(lambda text: ("", text))), max_size=8))
    blocks = sorted({name for name, _ in parts if name})
    return Written(draw(st.lists(st.sampled_from(blocks), unique=True)) if blocks else [], parts)


@given(questions())
def test_the_segments_joined_are_the_text(written: Written) -> None:
    question = parse_question(written.text)
    assert question.sparql == written.text
    assert bind(question, {}, _refuse) == written.text
    assert [parameter.name for parameter in question.parameters] == written.declared


@given(questions(), st.data())
def test_all_blocks_of_what_is_set_change_and_nothing_else(written: Written, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(written.declared), unique=True)) if written.declared else []
    settings = {name: data.draw(st.sampled_from(TERMS)) for name in names}
    bound = bind(parse_question(written.text), settings, lambda _, text: text)
    assert bound == written.with_values({name: f" {value} " for name, value in settings.items()})


@given(st.text(max_size=80), st.sampled_from(["", header_of(["s"]), header_of([*VARIABLES])]))
def test_any_text_is_kept_or_lacks_a_parameter(text: str, header: str) -> None:
    try:
        question = parse_question(header + text)
    except QuestionError:
        assert header
    else:
        assert question.sparql == header + text


@given(st.sampled_from(VARIABLES), st.text(max_size=10))
def test_what_is_not_declared_cannot_be_set(name: str, value: str) -> None:
    question = parse_question(f"SELECT * {{ VALUES ?{name} {{ 1 }} }}")
    assert not [part for part in question.segments if isinstance(part, Slot)]
    with pytest.raises(QuestionError, match=f"no parameter {re.escape(name)}"):
        bind(question, {name: value}, lambda _, text: text)


def test_a_shipped_question_is_its_file() -> None:
    for path in sorted(Path(graph.__file__).parent.parent.glob("ontology/**/*.rq")):
        text = path.read_text(encoding="utf-8")
        question: Question = parse_question(text, path.stem)
        assert question.sparql == text


def _refuse(parameter: Parameter, text: str) -> str:
    raise AssertionError((parameter, text))
