"""Files and queries of strangers end no process, reach no server, destroy nothing, and hang nothing."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.endpoint import MAX_TOKENS, LocalStore
from graph.errors import GraphError
from graph.interrupt import run_interruptibly
from graph.parser import FORMATS, read_file
from tests.conftest import EXAMPLE, Write
from tests.strategies import quads

TWO_GB = 2 << 30


@pytest.fixture(scope="module", autouse=True)
def without_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no store be kept, which is what takes the time."""
    file = tmp_path_factory.mktemp("cache") / "file"
    file.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(file))
        yield


FACTS = {"facts.ttl": "<a:x> <a:p> <a:y> , 1 , 2 . <a:y> <a:p> <a:x> ."}


def bounded(*arguments: str | Path, timeout: float = 30) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that may take 2 GB; a hang fails the test."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "graph", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (TWO_GB, TWO_GB)),
    )


def is_tidy(message: str) -> bool:
    """Tell whether a message is one line of at most 400 letters, paths apart."""
    return "\n" not in message and 0 < len(re.sub(r"\S*/", "", message)) <= 400


def assert_tidy(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode in {0, 1, 2}, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr
    if done.returncode == 1 and done.stderr:
        assert is_tidy(done.stderr.removesuffix("\n")), done.stderr


# Queries that are long and flat: each ended in a segmentation fault.

LONG: dict[str, Callable[[int], str]] = {
    "!": lambda n: f"ASK {{ FILTER({'!' * n}true) }}",
    "+": lambda n: f"SELECT ({'+'.join(['1'] * n)} AS ?x) {{ }}",
    "||": lambda n: f"ASK {{ FILTER({'||'.join(['?x=1'] * n)}) }}",
    "UNION": lambda n: f"SELECT * {{ {' UNION '.join(['{ ?s ?p 1 }'] * n)} }}",
    "OPTIONAL": lambda n: f"SELECT * {{ {'OPTIONAL { ?s ?p 1 } ' * n} }}",
    "MINUS": lambda n: f"SELECT * {{ ?s ?p ?o {'MINUS { ?s ?p 1 } ' * n} }}",
    "triples": lambda n: f"SELECT * {{ {'?s ?p 1 . ' * n} }}",
    "path": lambda n: f"SELECT * {{ ?s {'/'.join(['<a:p>'] * n)} ?o }}",
    "BIND": lambda n: f"SELECT * {{ {' '.join(f'BIND({i} AS ?x{i})' for i in range(n))} }}",
    "list": lambda n: f"SELECT * {{ ?s ?p ({'1 ' * n}) }}",
    "<<": lambda n: f"SELECT * {{ ?s ?p {'<< ' * n}?s ?p ?o{' >>' * n} }}",
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_a_long_query_is_answered_or_refused(make: Callable[[int], str], write: Write) -> None:
    folder = write({"long.rq": make(10_000), **FACTS})
    done = bounded("query", folder / "long.rq", "-d", folder / "facts.ttl", "--timeout", "1", "-f", "csv")
    assert_tidy(done)


def test_a_query_of_absurd_length_is_refused_at_once() -> None:
    store = LocalStore(ox.Store(), {})
    begin = time.monotonic()
    with pytest.raises(graph.QueryError, match=r"^The query has more than 50,000 words and signs; list many"):
        store.query(LONG["!"](MAX_TOKENS * 3))
    assert time.monotonic() - begin < 5
    values = " ".join(f"<http://a.example/{n}>" for n in range(60_000))
    store.query(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}")


def test_a_panic_of_the_engine_is_an_error_of_ours() -> None:
    class PanicException(BaseException):
        pass

    def panic(_: object) -> None:
        raise PanicException("index\nout of bounds")

    with pytest.raises(
        GraphError, match=r"^The engine failed \(index out of bounds\); leave out what is unusual\.$"
    ):
        run_interruptibly(panic)


def test_too_little_memory_is_an_error_of_ours() -> None:
    def eat(_: object) -> None:
        raise MemoryError

    with pytest.raises(GraphError, match="more memory than there is"):
        run_interruptibly(eat)


DOUBLING = " ".join(f'BIND(REPLACE(?a{i}, "a", "aa") AS ?a{i + 1})' for i in range(40))
HUNGRY = {
    "texts that double": f'SELECT (STRLEN(?a40) AS ?n) {{ BIND("{"a" * 4_096}" AS ?a0) {DOUBLING} }}',
    "a sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
}


@pytest.mark.skipif(sys.platform != "linux", reason="commands are supervised on Linux")
@pytest.mark.parametrize("query", HUNGRY.values(), ids=HUNGRY)
def test_a_query_that_eats_memory_ends_in_one_sentence(query: str) -> None:
    done = bounded("query", query, "--timeout", "8", timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(
        r"graph: (This needs more memory than there is|The query timed out)[^\n]+\.\n", done.stderr
    )


@pytest.mark.skipif(sys.platform != "linux", reason="commands are supervised on Linux")
def test_a_command_that_is_killed_leaves_no_process_behind() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    process = subprocess.Popen([sys.executable, "-m", "graph", "query", endless], stdout=subprocess.PIPE)
    time.sleep(2)
    process.kill()
    begin = time.monotonic()
    assert process.communicate(timeout=10)[0] == b"", "the pipe closes when the last process has ended"
    assert time.monotonic() - begin < 2


# Files that no reader expects.


def test_a_pipe_in_place_of_a_file_is_refused_and_never_waited_for(write: Write) -> None:
    folder = write({"good/facts.ttl": "<a:x> <a:p> 1 .", "good/rules/note.txt": ""})
    os.mkfifo(folder / "pipe.ttl")
    os.mkfifo(folder / "good" / "pipe.xml")
    os.mkfifo(folder / "good" / "rules" / "pipe.rq")
    for path in (folder / "pipe.ttl", folder / "good"):
        done = bounded("info", path)
        assert done.returncode == 1
        assert re.fullmatch(r"graph: \S+pipe\.(ttl|xml) is [^\n]+\.\n", done.stderr)
    kg = graph.load(folder / "good", lenient=True)
    assert kg.query("ASK { <a:x> <a:p> 1 }")
    assert re.search(r"pipe\.xml is a pipe or a device$", kg.skipped[0])


def test_an_output_never_replaces_a_pipe_or_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.html")
    with pytest.raises(
        graph.OutputError, match=r"page\.html is a pipe or a device; choose another output path\.$"
    ):
        graph.load(EXAMPLE).write_page(tmp_path / "page.html", force=True)
    assert (tmp_path / "page.html").is_fifo()


DEEP = {
    "triple terms": ("f.ttl", "<a:x> <a:p> " + "<<( <a:s> <a:p> " * 300 + "<a:y>" + " )>>" * 300 + " ."),
    "reifiers": ("f.ttl", "<a:x> <a:p> " + "<< <a:s> <a:p> " * 300 + "<a:y>" + " >>" * 300 + " ."),
    "annotations": ("f.ttl", "<a:x> <a:p> <a:y> " + "{| <a:p> <a:q> " * 300 + " |}" * 300 + " ."),
    "lines": ("f.nt", "<a:x> <a:p> " + "<<( <a:s> <a:p> " * 300 + "<a:y>" + " )>>" * 300 + " ."),
}


@pytest.mark.parametrize(("name", "text"), DEEP.values(), ids=DEEP)
def test_deep_triples_can_be_read_and_shown(name: str, text: str, write: Write) -> None:
    folder = write({name: text})
    for arguments in (("info", folder), ("query", "SELECT * { ?s ?p ?o }", "-d", folder), ("check", folder)):
        assert_tidy(bounded(*arguments))


def test_a_long_chain_of_blank_nodes_is_read_in_time(write: Write) -> None:
    """Two seconds on an idle machine; three times as long on a busy one."""
    chain = "".join(f"_:b{i} <a:p> _:b{i + 1} .\n" for i in range(300_000))
    folder = write({"f.nt": chain})
    # A process takes over the peak of the one that started it; so one stands between it and these tests.
    program = (
        "import resource, subprocess, sys; "
        "subprocess.run([sys.executable, '-m', 'graph', 'info', '-d', sys.argv[1]], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)"
    )
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, folder], capture_output=True, text=True, timeout=60, check=True
    )
    assert time.monotonic() - begin < 15
    assert int(done.stdout.splitlines()[-1]) <= 500


@given(said=st.lists(quads, max_size=8))
def test_blank_nodes_are_renamed_in_text_as_they_are_one_by_one(
    said: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = ox.serialize(said, format=ox.RdfFormat.N_QUADS) or b""
    found = ox.Dataset(renamed_by("plain", text, tmp_path_factory))
    # A name that is not plain has every blank node renamed one by one.
    odd = ox.Quad(ox.BlankNode("o.d"), ox.NamedNode("a:odd"), ox.Literal(1))
    expected = ox.Dataset(
        quad
        for quad in renamed_by("odd", text + f"{odd} .\n".encode(), tmp_path_factory)
        if quad.predicate != odd.predicate
    )
    assert {str(quad) for quad in found} == {str(quad) for quad in expected}


def renamed_by(name: str, text: bytes, folders: pytest.TempPathFactory) -> Iterable[ox.Quad]:
    path = folders.mktemp(name) / "f.nq"
    path.write_bytes(text)
    return read_file(path, None, "http://a.example/", "f0n")[0]


def test_blank_nodes_of_annotations_have_the_same_names_each_time(write: Write) -> None:
    folder = write({"f.ttl": "<a:x> <a:p> <a:y> ~ .", "g.ttl": "<a:x> <a:p> <a:z> {| <a:q> 1 |} ."})
    for name in ("f.ttl", "g.ttl"):
        first, second = (set(read_file(folder / name, None, "http://a.example/", "f0n")[0]) for _ in range(2))
        assert first == second


def test_the_page_does_not_depend_on_the_hash_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = []
    for seed in ("1", "2", "3"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        assert bounded("page", EXAMPLE, "-o", tmp_path / "page.html").returncode == 0
        pages.append((tmp_path / "page.html").read_bytes())
    assert len(set(pages)) == 1


# Kills at random moments.

KILLS = int(os.environ.get("GRAPH_TEST_KILLS", "20"))


def test_a_kill_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out = tmp_path / "out"
    page, build = ("page", EXAMPLE, "-o", out / "p.html"), ("build", EXAMPLE, "-o", out)
    query = ("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-d", EXAMPLE, "-f", "csv")
    command: tuple[str | Path, ...]
    for command in (page, build, page, build):  # the first time the store is in memory, then on disk
        assert bounded(*command).returncode == 0
    whole = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name[0] != "."}
    moments = random.Random(20)
    for number in range(KILLS):
        command = (page, build, query)[number % 3]
        if command is query:
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"cache{number}"))
        process = subprocess.Popen(
            [sys.executable, "-m", "graph", *map(str, command)], stdout=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.05, 0.8))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        for name, content in whole.items():
            assert (out / name).read_bytes() == content, f"{name} after kill {number} of {command[0]}"
        if command is query:
            assert bounded(*query).stdout == "n\n52\n"
    assert bounded(*build).returncode == bounded(*page).returncode == 0
    assert all((out / name).read_bytes() == content for name, content in whole.items())
    parts = [path.name for path in out.iterdir() if path.name.endswith((".part", ".old"))]
    assert all(re.fullmatch(r"\.[\w.]+\.[0-9a-f]{8}\.(part|old)", name) for name in parts), (
        "hidden, if anything"
    )


# Generated cases.

GARBLED = [
    *(text.encode() for text in FACTS.values()),
    b'@prefix a: <http://a.example/> . a:x a "text" ; <http://www.w3.org/2000/01/rdf-schema#label> a:y , [ ] , (1 "2"@en) .',
    b'{"@id": "a:x", "a:p": [{"@value": 1}, {"@list": []}], "@graph": []}',
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='a:x'/></rdf:RDF>",
    b'<a:x> <a:p> "\\u00e9" <a:g> .\n_:b <a:p> <<( <a:x> <a:p> "x"@en--ltr )>> .\n',
    b"@prefix view: <https://w3id.org/graph-explorer/view#> . <a:T> view:color 'red' , 1 ; view:order 'x' ; view:shape [] .",
    b"@prefix sh: <http://www.w3.org/ns/shacl#> . <a:S> a sh:NodeShape ; sh:targetClass <a:T> ; sh:property [ sh:path <a:p> ] .",
    b"#+ summary: s\n#+ parameters:\n#+   x: xsd:integer, n\nSELECT ?item { VALUES ?x { 1 } ?item ?p ?x }",
    b"#+ route:\n#+   max steps: 2\nSELECT ?from ?to ?text { ?from ?text ?to }",
    b"CONSTRUCT { ?s <a:q> ?o } WHERE { ?s <a:p> ?o }",
]


@st.composite
def garbled(draw: st.DrawFn) -> bytes:
    """Change some bytes of a whole file."""
    text = bytearray(draw(st.sampled_from(GARBLED)))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 8))
        text[start:end] = draw(
            st.one_of(st.binary(max_size=4), st.sampled_from(GARBLED).map(lambda b: b[:30]))
        )
    return bytes(text)


def only_ours(act: Callable[[], object]) -> None:
    """Do something that may fail only by an error of ours, said in one short line."""
    try:
        act()
    except GraphError as error:
        message = str(error)
    else:
        return
    assert is_tidy(message), message


@given(content=garbled(), ending=st.sampled_from(sorted(FORMATS)))
def test_any_bytes_are_read_or_refused(
    content: bytes, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"f{ending}"
    path.write_bytes(content)

    def read() -> None:
        kg = graph.load(path)
        kg.info().to_text()
        for format_ in ("table", "json", "md", "csv"):
            kg.query("SELECT * { ?s ?p ?o }", timeout=10).to_text(format_)

    only_ours(read)


PROFILE = [
    "view.ttl",
    "shapes.ttl",
    "view.rq",
    "route.rq",
    "compare.rq",
    "rules/r.rq",
    "questions/q.rq",
    "checks/c.rq",
]


@given(content=garbled(), name=st.sampled_from(PROFILE))
def test_any_profile_works_or_is_refused(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("profile")
    for file, text in {"facts.ttl": FACTS["facts.ttl"].encode(), name: content}.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(text)
    kg = graph.load(folder)
    for act in (
        kg.info,
        kg.questions,
        kg.check,
        lambda: kg.query("q"),
        lambda: kg.route("a:x", "a:y"),
        lambda: kg.compare("a:x", "a:y"),
    ):
        only_ours(act)


@given(
    name=st.from_regex(r"[\w?{} -]{1,5}", fullmatch=True),
    value=st.text(max_size=12),
    type_=st.sampled_from(["", "xsd:integer", "ferry:Port", "no:such", "<"]),
)
def test_any_parameter_is_a_term_or_refused(name: str, value: str, type_: str) -> None:
    text = f"#+ parameters:\n#+   x: {type_}, what\nSELECT ?x {{ VALUES ?x {{ 1 }} }}"
    kg = graph.load(EXAMPLE)
    only_ours(lambda: kg.query(text, {"x": value}, timeout=10).to_text())
    only_ours(lambda: kg.query(text, {name: value}, timeout=10))


PIECES = """ SELECT ASK CONSTRUCT DESCRIBE * { } ( ) ?s ?p ?o . ; , <a:x> 1 'a' "b"@en FILTER BIND AS UNION OPTIONAL MINUS
 GRAPH VALUES COUNT GROUP BY ORDER HAVING LIMIT OFFSET DISTINCT REPLACE REGEX SUBSTR IF COALESCE EXISTS NOT IN << >> <<( )>>
 ^ / | ! + - & = < > \\u0041 # $ @ : _:b [] () {| |} 99999999999999999999 'P1Y'^^xsd:duration -0.0 1e999""".split()  # noqa: SIM905


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_query_is_answered_or_refused(query: str) -> None:
    kg = graph.load(EXAMPLE)

    def ask() -> None:
        answer = kg.query(query, timeout=10)
        for format_ in ("table", "json"):
            answer.to_text(format_)

    only_ours(ask)


def test_hostile_json_ld_reaches_no_network_and_no_file(write: Write) -> None:
    contexts = ["http://127.0.0.1:1/c.jsonld", "file:///etc/passwd", "../c.jsonld"]
    for context in contexts:
        path = write({"f.jsonld": json.dumps({"@context": context, "@id": "a:x"})}) / "f.jsonld"
        with pytest.raises(graph.DataError):
            graph.load(path).query("ASK { }")
