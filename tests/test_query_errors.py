"""What is wrong with a query is said in one sentence: at its true place, with a reason and a remedy."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.endpoint import LocalStore
from graph.errors import QueryError
from graph.query_errors import MAX_SENTENCE, explain_query_error, read_hints, spread
from graph.sparql import calls_service, nesting, tokens, without_service
from tests.conftest import ROOT

PREFIXES = {"ex": "http://example.org/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


class Case(NamedTuple):
    """A faulty query, what the engine says of it spread out, and what its author reads."""

    query: str
    message: str
    sentence: str


CASES = [
    Case(**case) for case in json.loads((ROOT / "tests/cases/query-errors.json").read_text(encoding="utf-8"))
]
WHOLE = [
    "PREFIX x: <http://x.example/a#> SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s x:a/x:b* ?o FILTER(?o > 1) } GROUP BY ?s",
    "SELECT * { VALUES (?a ?b) { (1 'it\\'s') (UNDEF \"two\") } OPTIONAL { ?a ex:p [ ex:q (1 2) ] } } ORDER BY DESC(?a)",
    'ASK { GRAPH ?g { ?s ?p """long "text" """@en-US } MINUS { ?s a ex:T ; ex:q 1.5e3, true } BIND(?p AS ?x) }',
]
PIECES = [
    *"{}()[].,;<>'\"\\?$@:#/|^=!&-+*\n\t\x00\x1b\u00a0“é日😀",
    "SELECT",
    "WHERE",
    "FILTER",
    "AS",
    "?x",
    "ex:a",
    "1",
]


def engine_message(query: str) -> str:
    """Let the engine say what is wrong with a query spread out."""
    with pytest.raises((SyntaxError, ValueError, RuntimeError, OSError)) as caught:
        ox.Store().query(without_service(spread(query)), prefixes=PREFIXES)
    return str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query)
def test_each_mistake_is_explained(case: Case) -> None:
    assert engine_message(case.query) == case.message
    assert explain_query_error(case.query, case.message) == case.sentence


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query)
def test_users_read_the_same_sentence(case: Case) -> None:
    with pytest.raises(QueryError) as caught:
        LocalStore(ox.Store(), PREFIXES).query(case.query)
    assert str(caught.value) == case.sentence


@pytest.mark.parametrize("query", WHOLE)
def test_a_query_without_a_mistake_is_run(query: str) -> None:
    LocalStore(ox.Store(), PREFIXES).query(query)
    LocalStore(ox.Store(), PREFIXES).query(spread(query))


def test_every_case_has_a_remedy_of_its_own() -> None:
    unhelpful = read_hints()[-1].remedy
    assert [case.query for case in CASES if unhelpful in case.sentence] == []


def test_every_pattern_can_be_read_and_has_a_remedy() -> None:
    for mistake in read_hints():
        assert re.compile(mistake.reason)
        assert re.compile(mistake.tokens)
        assert mistake.remedy
    assert read_hints()[-1] == (read_hints()[-1].remedy, "", "", "", "")


@st.composite
def mutilated_queries(draw: st.DrawFn) -> str:
    """Take parts out of a whole query, and put others in."""
    query = draw(st.sampled_from([*WHOLE, *(case.query for case in CASES)]))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(query)))
        end = min(len(query), start + draw(st.integers(0, 6)))
        query = query[:start] + draw(st.sampled_from(["", *PIECES])) + query[end:]
    return query


@given(mutilated_queries())
def test_any_faulty_query_gives_one_short_line(query: str) -> None:
    try:
        LocalStore(ox.Store(), PREFIXES).query(query)
    except QueryError as error:
        sentence = str(error)
    else:
        return
    assert len(sentence) <= MAX_SENTENCE
    assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", sentence) is None
    place = re.match(r"Line (\d+), column (\d+): .*; .*\.$", sentence)
    if place:
        lines = re.split(r"\r\n|\n|\r", query)
        assert 1 <= int(place[1]) <= len(lines)
        assert 1 <= int(place[2]) <= len(lines[int(place[1]) - 1]) + 1


@given(st.text(max_size=40), st.text(max_size=60), st.integers(0, 10**6))
def test_any_message_gives_one_short_line(query: str, message: str, column: int) -> None:
    for text in (message, f"error at 1:{column}: expected {message}"):
        sentence = explain_query_error(query, text)
        assert len(sentence) <= MAX_SENTENCE
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", sentence) is None


@given(st.sampled_from(WHOLE), st.data())
def test_the_place_is_that_of_a_word_that_no_query_has(query: str, data: st.DataObject) -> None:
    """A backslash between two tokens is wrong wherever it stands."""
    found = list(tokens(query))
    before = data.draw(st.sampled_from(found))
    wrong = f"{query[: before.start]} \\ {query[before.start :]}"
    sentence = explain_query_error(wrong, engine_message(wrong))
    assert sentence.startswith(f"Line 1, column {before.start + 2}: ")


def test_tokens_hold_every_character_but_space() -> None:
    for query in (*WHOLE, *(case.query for case in CASES)):
        covered = "".join(token.text for token in tokens(query))
        gaps = re.sub(r"\s", "", query.replace(covered, "")) if covered in query else ""
        assert not gaps
        assert all(query[token.start : token.end] == token.text for token in tokens(query))


def test_a_string_over_two_lines_is_found_although_it_has_an_end() -> None:
    with pytest.raises(QueryError, match=r"^Line 1, column 18: the string that starts here is not closed; "):
        LocalStore(ox.Store(), PREFIXES).query("SELECT * { ?s ?p 'a\nb' }")


def test_nesting_is_counted_outside_comments_and_strings() -> None:
    assert nesting("ASK { FILTER(((1))) } # ((((((") == 4
    assert nesting("ASK { ?s ?p '((((((' }") == 1
    assert nesting("ASK { FILTER(?a<(((((((?b)))))))&&?c>?d) }") > 7
    assert nesting("ASK { }" * 10, limit=100) == 10


# Who calls SERVICE. Nothing listens at the address: the engine that calls it fails, and says so.

AWAY = "http://127.0.0.1:65431/"
SERVICE_PREFIXES = {"": AWAY, "x": AWAY, "service": AWAY, "true.service": AWAY}
HARMLESS = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s ?p service:x }",
    "SELECT * { ?s ?p service:x . { ?s ?p 'SERVICE' } }",
    "SELECT * { GRAPH service:x { ?s ?p ?o } } # SERVICE <http://a.example/> { }",
    'SELECT * { ?s ?p """SERVICE <http://a.example/> { } """ }',
    "SELECT * { ?s <http://x/SERVICE> ?o }",
    "SELECT * { ?s ?p 'a'@service }",
    "SELECT * { _:service ?p ?o }",
]
CALLS = [
    f"SELECT * {{ SERVICE <{AWAY}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ sErViCe SILENT <{AWAY}> {{ ?s ?p ?o }} }}",
    f"ASK {{ SERVICE <{AWAY}> {{ ?s ?p ?o }} }}",
    "SELECT * { SERVICE:foo { ?s ?p ?o } }",
    "SELECT * { SERVICEx:foo { ?s ?p ?o } }",
    "SELECT * { SERVICESILENTx:foo { ?s ?p ?o } }",
    f"SELECT * {{ ?s ?p 1SERVICE <{AWAY}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?a FILTER(?a<?a#>'''\n+5) SERVICE <{AWAY}> {{ ?x ?y ?o }} #'''\n}}",
    f'SELECT * {{ VALUES ?x {{ """a" }} SERVICE <{AWAY}> {{ ?s ?p ?o }} # \\x """\n}}',
    f"SELECT * {{ \\u0053ERVICE <{AWAY}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\U00000053erv\\u0049ce <{AWAY}> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_alone_calls_nobody(query: str) -> None:
    assert not calls_service(query, SERVICE_PREFIXES)
    LocalStore(ox.Store(), SERVICE_PREFIXES).query(query)


@pytest.mark.parametrize("query", CALLS)
def test_service_is_found_however_it_is_hidden(query: str) -> None:
    assert calls_service(query, SERVICE_PREFIXES)
    with pytest.raises(QueryError):
        LocalStore(ox.Store(), SERVICE_PREFIXES).query(query)


def test_a_prefix_of_the_other_spelling_hides_nothing() -> None:
    prefixes = {"": AWAY, "true.zervice": AWAY}
    assert calls_service("SELECT * { ?s ?p true.SERVICE:x { ?s ?p ?o } }", prefixes)


def engine_calls_away(query: str) -> bool:
    """Run a query, and see whether the engine tried to reach the address."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://a.example/s"), ox.NamedNode("http://a.example/p"), ox.Literal(1)))
    try:
        found: Any = store.query(query, prefixes=dict(SERVICE_PREFIXES))
        if not isinstance(found, ox.QueryBoolean):
            list(found)
    except SyntaxError:
        return False
    except OSError:
        return True
    except (RuntimeError, ValueError):
        return False
    return False


HIDING_PLACES = f"""SERVICE service sErViCe SERVICE : x: x:y :y <{AWAY}> ?s ?o {{ }} . ' \'\'\' " \"\"\" # #> < <?o
    \\x ( ) FILTER( FILTER(?o<?o 1 true @en VALUES ?x ?p a:b. GRAPH SILENT OPTIONAL true. \\u0053""".split()
GLUE = st.sampled_from([*HIDING_PLACES, " ", " ", "\n", "{ ?s ?p ?o }", "?s ?p ?o", "VALUES ?x {"])


@given(st.lists(GLUE, max_size=9).map("".join), st.sampled_from(["", "\n}", "\n'''}", "}"]))
def test_no_query_that_calls_away_passes(middle: str, end: str) -> None:
    query = f"SELECT * {{ {middle} }}{end}"
    if engine_calls_away(query):
        assert calls_service(query, SERVICE_PREFIXES)


@given(st.sampled_from(CALLS[:-2]), st.integers(0, 100), GLUE)
def test_no_call_passes_that_something_is_put_into(query: str, position: int, piece: str) -> None:
    changed = query[:position] + piece + query[position:]
    if engine_calls_away(changed):
        assert calls_service(changed, SERVICE_PREFIXES)


def test_the_engine_does_call_away() -> None:
    assert engine_calls_away(CALLS[0])
    assert engine_calls_away(CALLS[3])
