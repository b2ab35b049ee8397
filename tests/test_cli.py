"""The command line: one command is one library call; what goes wrong is one sentence with place and remedy."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

import graph
from graph import KnowledgeGraph
from graph.cli import main
from graph.files import discover
from tests.conftest import EXAMPLE, ROOT, Run, Write

COMMANDS = ("page", "query", "questions", "route", "compare", "check", "build", "format", "info")


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Give the one line on stderr that says what is wrong; nothing else may be there."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(r"graph: [^\n]+[.?]\n", done.stderr), done.stderr
    return done.stderr.removeprefix("graph: ").strip()


def test_query_asks_a_question(run: Run, ferries: KnowledgeGraph) -> None:
    done = run("query", "where-to", "--data", EXAMPLE, "--set", "port=Eastholm", "--set", "without=Saltness")
    assert done.stdout == "to\n---------\nNorthport\n1 row\n"
    assert done.stdout == ferries.query("where-to", {"port": "Eastholm", "without": "Saltness"}).to_text()
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md"])
def test_query_writes_every_form(form: str, run: Run, ferries: KnowledgeGraph) -> None:
    done = run(
        "query", "SELECT * { ?ferry ferry:carries ?n } ORDER BY ?n", "--data", EXAMPLE, "--format", form
    )
    assert done.stdout == ferries.query("SELECT * { ?ferry ferry:carries ?n } ORDER BY ?n").to_text(form)


def test_query_takes_a_file_and_standard_input(run: Run, write: Write) -> None:
    ask = "ASK { ferry:selkie ferry:carries 120 }"
    path = write({"my.rq": ask}) / "my.rq"
    assert run("query", path, "--data", EXAMPLE).stdout == "yes\n"
    assert run("query", "-", "--data", EXAMPLE, stdin=ask).stdout == "yes\n"


def test_query_takes_several_files_and_folders(run: Run, write: Write) -> None:
    folder = write({"more.ttl": "@prefix ferry: <https://ferries.example/> . ferry:gull ferry:carries 5 ."})
    done = run(
        "query",
        "SELECT (SUM(?n) AS ?sum) { ?f ferry:carries ?n }",
        "-d",
        EXAMPLE,
        "-d",
        folder / "more.ttl",
        "-f",
        "csv",
    )
    assert done.stdout == "sum\n165\n"


def test_query_asks_the_shipped_data_by_default(run: Run, kg: KnowledgeGraph) -> None:
    query = "SELECT ?name { org:aapc skos:prefLabel ?name }"
    assert run("query", query, "--format", "json").stdout == kg.query(query).to_text("json")


def test_questions_lists_words_and_parameters(run: Run) -> None:
    assert run("questions", EXAMPLE).stdout == (
        "big-enough\n    Which ferry carries all of us?\n    --set people=…  how many you are (required)\n"
        "where-to\n    Where can I go from a port?\n    --set port=…  where you are (default: ferry:northport)\n"
        "    --set without=…  a port to leave out (default: any)\n"
    )


def test_info_counts_each_class_once_under_its_english_name(run: Run) -> None:
    lines = run("info", EXAMPLE).stdout.splitlines()
    assert [line.split() for line in lines[2:6]] == [
        ["triples", "52"],
        ["graphs", "6"],
        ["port", "4"],
        ["owl:Class", "3"],
    ]
    assert "Hafen" not in "".join(lines)


def test_route_finds_the_best_routes(run: Run) -> None:
    done = run("route", "Northport", "Saltness", "--data", EXAMPLE, "--max", "1")
    assert "Route 1: 1 step" in done.stdout
    assert (done.stderr, done.returncode) == ("", 0)
    nowhere = run("route", "Northport", "Far Skerry", "--data", EXAMPLE)
    assert nowhere.stdout.startswith("No route of up to 6 steps leads from Northport to Far Skerry. ")
    assert (nowhere.stderr, nowhere.returncode) == ("", 1)


def test_compare_puts_things_side_by_side_as_one_table(run: Run) -> None:
    table, sources = run("compare", "MV Selkie", "ferry:kittiwake", "--data", EXAMPLE).stdout.split("\n\n")
    lines = table.splitlines()
    assert lines[0] == "|  | MV Selkie | MV Kittiwake |"
    assert "| ≠ carries | 120 [1, 2, 3] | 40 [2] |" in lines
    assert '| remark | Back \\| at 5 "sharp" \\<b>no dogs\\</b> [1] | not stated |' in lines
    numbers = {
        int(number)
        for line in lines
        for found in re.findall(r"\[([\d, ]+)\]", line)
        for number in found.split(", ")
    }
    assert [line.partition(". ")[0] for line in sources.splitlines()[1:]] == [
        str(number) for number in sorted(numbers)
    ]
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)


def test_check_tells_by_its_exit_code_whether_the_data_conforms(run: Run, write: Write) -> None:
    assert run("check", EXAMPLE).returncode == 0
    bad = write(
        {"facts.ttl": "<a:x> <a:y> 1 .", "checks/c.rq": "#+ summary: is wrong\nSELECT ?item { ?item ?p ?o }"}
    )
    done = run("check", bad)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "violation: a:x: is wrong (c.rq)\nchecked 1 triple, 1 check: 1 violation\n".replace(
        "a:x", "<a:x>"
    )


def test_check_proves_passages(run: Run, write: Write) -> None:
    folder = write({"text.txt": ""})
    assert run("check", EXAMPLE, "--source", folder / "text.txt").stdout.endswith(
        "1 check, 0 passages: 0 violations, 2 warnings\n"
    )
    assert "nothing.txt cannot be read" in one_sentence(
        run("check", EXAMPLE, "--source", folder / "nothing.txt")
    )


def test_page_and_build_name_what_they_wrote(run: Run, tmp_path: Path) -> None:
    assert run("page", EXAMPLE, "-o", tmp_path / "ferries.html").stdout == f"{tmp_path / 'ferries.html'}\n"
    assert (tmp_path / "ferries.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert f"{tmp_path / 'all' / 'graph.trig'}\n" in run("build", EXAMPLE, "-o", tmp_path / "all").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, run: Run) -> None:
    assert f"\n    {command}" in run("--help").stdout
    assert run(command, "--help").stdout.startswith(f"usage: graph {command} ")


def test_no_other_commands(run: Run) -> None:
    listed = re.findall(r"^    (\w+)\b", run("--help").stdout, re.MULTILINE)
    assert tuple(listed) == COMMANDS


ENDLESS = "CONSTRUCT { ?y a <a:T> } WHERE { ?x a <a:T> BIND(IRI(CONCAT(STR(?x), 'x')) AS ?y) }"
BAD = {
    "malformed Turtle": (
        ["info", "bad.ttl"],
        "bad.ttl:2: . is not a valid RDF object; correct that line and run again.",
    ),
    "an endless rule": (
        ["info", "endless"],
        "endless.rq does not terminate: it creates new IRIs or blank nodes in every round; remove",
    ),
    "a faulty rule": (["info", "faulty"], "faulty.rq: Line 1, column "),
    "a faulty shape": (["check", "shapes"], "shapes.ttl holds a shape that cannot be run"),
    "SPARQL with a mistake": (
        ["query", "SELECT * {"],
        "Line 1, column 11: the query ends before the “{” at line 1, column 10 is closed; close it.",
    ),
    "an unknown prefix": (
        ["query", "ASK { nobody:knows ?p ?o }"],
        "Line 1, column 7: the prefix nobody: is unknown; write PREFIX nobody: <…>",
    ),
    "an unknown question": (
        ["query", "xyzzy"],
        "There is no question named xyzzy; list them with graph questions.",
    ),
    "a missing parameter": (
        ["query", "big-enough", "--data", str(EXAMPLE)],
        "big-enough needs a value for people; add --set people=VALUE.",
    ),
    "an unknown parameter": (
        ["query", "ASK {}", "--set", "what=1"],
        "query has no parameter what; it has none.",
    ),
    "a parameter without a value": (
        ["query", "ASK {}", "--set", "x"],
        "--set x has no value; write --set x=VALUE.",
    ),
    "a thing that is none": (
        ["query", "where-to", "--data", str(EXAMPLE), "--set", "port=Rome"],
        "No item is called “Rome”. Examples: ",
    ),
    "a form that cannot hold it": (
        ["query", "ASK {}", "--format", "ttl"],
        "Only the triples of CONSTRUCT and DESCRIBE can be",
    ),
    "an unreadable file": (["info", "loop.ttl"], "loop.ttl does not exist; give a file or a folder of RDF."),
    "an unreadable file in a folder": (
        ["info", "broken"],
        "more.ttl cannot be read (No such file or directory); check that",
    ),
    "nothing there": (["info", "nothing"], "nothing does not exist; give a file or a folder of RDF."),
    "no RDF": (
        ["info", "notes.txt"],
        "notes.txt does not look like RDF; its name should end in one of .ttl, ",
    ),
    "a folder without RDF": (
        ["info", "empty"],
        "empty contains no RDF files; give a folder with files that end in .ttl, ",
    ),
    "a missing .rq": (["query", "nothing.rq"], "nothing.rq cannot be read"),
    "no query": (["query", "-"], "The query is empty; try SELECT"),
    "a service out of reach": (
        ["query", "ASK { SERVICE <http://localhost:1/> { ?s ?p ?o } }"],
        "Line 1, column 7: SERVICE asks another server, which is not allowed here; remove it, or allow",
    ),
    "a service that may be asked and is out of reach": (
        ["query", "--federate", "ASK { SERVICE <http://localhost:1/> { ?s ?p ?o } }"],
        "The query cannot be run: ",
    ),
    "a query that takes too long": (
        ["query", "--timeout", "0.3", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"],
        "The query timed out after 0.3 seconds; add LIMIT, narrow the pattern, or raise the time limit.",
    ),
    "an output that is a folder": (
        ["page", str(EXAMPLE), "-o", "empty"],
        "empty is a folder; give the name of a file",
    ),
    "an output under a file": (
        ["page", str(EXAMPLE), "-o", "notes.txt/x.html"],
        "notes.txt/x.html cannot be written (File exists)",
    ),
    "nothing called that": (
        ["route", "Rome", "Oslo", "--data", str(EXAMPLE)],
        "No item is called “Rome”; try another of its names",
    ),
    "one thing to compare": (
        ["compare", "MV Selkie", "--data", str(EXAMPLE)],
        "Only two to 4 items can be compared; 1 were given.",
    ),
    "a file without a form": (
        ["format", "notes.txt"],
        "notes.txt is neither Turtle nor TriG; give a file that ends in",
    ),
    "a missing file to format": (["format", "nothing.ttl"], "nothing.ttl cannot be read"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_what_goes_wrong_is_one_sentence(arguments: list[str], message: str, run: Run, write: Write) -> None:
    folder = write(
        {
            "bad.ttl": "<a:x> <a:y> 1 .\n<a:x> <a:y> .\n",
            "endless/facts.ttl": "<a:x> a <a:T> .",
            "endless/rules/endless.rq": ENDLESS,
            "faulty/facts.ttl": "<a:x> a <a:T> .",
            "faulty/rules/faulty.rq": "CONSTRUCT { ?x } WHERE { }",
            "shapes/facts.ttl": "<a:x> a <a:T> .",
            "shapes/shapes.ttl": "@prefix sh: <http://www.w3.org/ns/shacl#> . <a:S> a sh:NodeShape ; sh:targetClass <a:T> ; sh:minCount 'x' .",
            "broken/facts.ttl": "<a:x> <a:y> 1 .",
            "empty/nothing.txt": "",
            "notes.txt": "Remember the milk.",
        }
    )
    (folder / "loop.ttl").symlink_to(folder / "loop.ttl")
    (folder / "broken" / "more.ttl").symlink_to("nowhere")
    assert message in one_sentence(run(*arguments, cwd=folder))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["query", "ASK {}", "--format", "pdf"],
            "graph query: error: argument -f/--format: invalid choice: 'pdf' (choose from ",
        ),
        (
            ["query", "ASK {}", "--timeout", "soon"],
            "graph query: error: argument --timeout: invalid seconds value: 'soon'",
        ),
        (["dance"], "graph: error: argument COMMAND: invalid choice: 'dance' (choose from "),
    ],
)
def test_what_is_no_command_is_answered_with_what_there_is(
    arguments: list[str], message: str, run: Run
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: graph")
    assert done.stderr.splitlines()[-1].startswith(message)


LONG = "SELECT * { ?s ?p ?o } LIMIT 5000"
SHORT = "ASK { }"


def into(stdout: int, query: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "graph", "query", query, "--format", "csv"]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=60, env=os.environ | environment
    )


@pytest.mark.parametrize("query", [LONG, SHORT], ids=["long", "short"])
def test_a_reader_that_has_seen_enough_is_no_failure(query: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = into(writing, query)
    os.close(writing)
    assert (done.stderr, done.returncode) == (b"", 0)


def test_head_gets_its_lines() -> None:
    command = f"{sys.executable} -m graph query '{LONG}' --format csv | head -n 2"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert (len(done.stdout.splitlines()), done.stderr, done.returncode) == (2, "", 0)


@pytest.mark.parametrize("query", [LONG, SHORT], ids=["long", "short"])
def test_a_full_disk_behind_the_output_is_one_sentence(query: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = into(full.fileno(), query)
    assert (
        done.stderr
        == b"graph: The output cannot be written (No space left on device); free some space, or choose another output path.\n"
    )
    assert done.returncode == 1


def test_a_terminal_without_accents_gets_an_answer() -> None:
    query = "SELECT ('caf\\u00E9 \\u2192' AS ?x) { }"
    for encoding, format_, expected in (
        ("ascii", "table", b"x\n------\ncaf\\xe9 \\u2192\n1 row\n"),
        ("cp1252", "table", b"x\n------\ncaf\xe9 \\u2192\n1 row\n"),
        ("cp1252", "csv", "x\ncaf\u00e9 \u2192\n".encode()),
        ("ascii", "json", "caf\u00e9 \u2192".encode()),
    ):
        command = [sys.executable, "-m", "graph", "query", query, "--format", format_]
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=60,
            env=os.environ | {"PYTHONIOENCODING": encoding},
        )
        assert expected in done.stdout
        assert (done.stderr, done.returncode) == (b"", 0)


def test_standard_input_is_utf_8_whatever_the_code_page() -> None:
    command = [sys.executable, "-m", "graph", "query", "-", "-f", "csv"]
    query = "SELECT ('café' AS ?x) { }".encode()
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, input=query, capture_output=True, check=False, timeout=60, env=environment)
    assert done.stdout == "x\ncafé\n".encode()
    done = subprocess.run(
        command, input=b"\xff", capture_output=True, check=False, timeout=60, env=environment
    )
    assert done.stderr.startswith(b"graph: Standard input is not UTF-8 (")


def test_data_may_be_named_before_what_is_asked(run: Run) -> None:
    asked = "ASK { ferry:selkie ferry:carries 120 }"
    assert (
        run("query", "--data", EXAMPLE, asked).stdout == run("query", asked, "-d", EXAMPLE).stdout == "yes\n"
    )
    assert "MV Selkie" in run("compare", "-d", EXAMPLE, "MV Selkie", "MV Kittiwake").stdout


@pytest.mark.parametrize("command", ["page", "questions", "check", "build", "info"])
def test_data_is_named_in_the_same_way_in_each_command(command: str, run: Run, tmp_path: Path) -> None:
    more = ["-o", str(tmp_path / "out")] if command in {"page", "build"} else []
    first, second = run(command, "-d", EXAMPLE, *more), run(command, EXAMPLE, *more)
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout) == (0, first.stdout)


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert run().stdout == run("--help").stdout
    assert re.fullmatch(r"graph \d+\.\d+\.\d+\n", run("--version").stdout)


CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_ctrl_c_ends_a_query_at_once() -> None:
    command = [sys.executable, "-m", "graph", "query", CROSS_PRODUCT]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    assert process.poll() is None, "the query is meant to take much longer"
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    assert process.communicate(timeout=10) == (
        b"",
        b"graph: interrupted; no partial output was left behind.\n",
    )
    assert process.returncode == 130
    assert time.monotonic() - begin < 2


def test_a_query_reaches_no_server_unless_it_may(tmp_path: Path) -> None:
    """Listen on a port: a query, a rule, a check, a view, a question, and an export of a folder call nobody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        service = f"\\u0053ERVICE SILENT <{address}> {{ ?a ?b ?c }}"
        files = {
            "rules/r.rq": f"CONSTRUCT {{ ?s <a:q> ?a }} {{ ?s ?p ?o {service} }}",
            "checks/c.rq": f"SELECT ?item {{ ?item ?p ?o {service} }}",
            "view.rq": f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o {service} }}",
            "questions/q.rq": f"SELECT * {{ ?s ?p ?o {service} }}",
            "exports/e.rq": f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o {service} }}",
            "route.rq": f"SELECT * {{ ?from ?p ?to {service} }}",
        }
        for name, text in files.items():
            folder = tmp_path / name.replace("/", "-")
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_text(text)
            (folder / "facts.ttl").write_text("<a:x> <a:p> <a:y> .")
            kg = graph.load(folder)
            for act in (kg.info, kg.check, lambda kg=kg: kg.query("q"), lambda kg=kg: kg.route("a:x", "a:y")):
                with suppress(graph.GraphError):
                    act()
            with suppress(graph.GraphError):
                kg.write_all(tmp_path / "out")
        with pytest.raises(graph.QueryError, match="SERVICE asks another server, which is not allowed"):
            graph.load(EXAMPLE).query(f"SELECT * {{ SERVICE SILENT <{address}> {{ ?a ?b ?c }} }}")
        with pytest.raises(TimeoutError):
            server.accept()
        with suppress(graph.GraphError):
            thread = threading.Thread(target=lambda: server.accept()[0].close(), daemon=True)  # noqa: PLW0108
            server.settimeout(20)
            thread.start()
            graph.load(EXAMPLE).query(
                f"SELECT * {{ SERVICE SILENT <{address}> {{ ?a ?b ?c }} }}", federate=True
            )
        thread.join(20)
        assert not thread.is_alive(), "the query that may ask has asked"


def test_it_runs_from_anywhere(run: Run, tmp_path: Path) -> None:
    assert run("query", "ASK { org:aapc ?p ?o }", cwd=tmp_path).stdout == "yes\n"
    assert (
        json.loads(
            run("query", "ASK { ?s ?p ?o }", "--data", EXAMPLE, "--format", "json", cwd=tmp_path).stdout
        )["boolean"]
        is True
    )


def test_the_commands_are_the_library() -> None:
    names = {"page": "write_page", "build": "write_all"}
    public = {name for name in dir(KnowledgeGraph) if not name.startswith("_")}
    assert {names.get(command, command) for command in COMMANDS} - {"format"} <= public
    assert discover() == discover([ROOT / "ontology"])


@pytest.mark.parametrize(
    ("query", "code"), [("ASK { ?s ?p 120 }", 0), ("ASK { ?s ?p 7 }", 1), ("SELECT * { ?s ?p 7 }", 1)]
)
def test_the_answer_may_set_the_exit_code(query: str, code: int, run: Run) -> None:
    assert run("query", "-d", EXAMPLE, "-e", query).returncode == code
    assert run("query", "-d", EXAMPLE, query).returncode == 0


def test_a_closed_output_is_no_failure() -> None:
    command = f"{sys.executable} -m graph query 'ASK {{ }}' >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)


def test_arguments_that_are_not_utf_8_are_refused() -> None:
    words = (sys.executable, "-m", "graph", "query", "which-certification", "--set")
    command = [*map(os.fsencode, words), b"x=\xff"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (
        done.stderr
        == b"graph: An argument is not UTF-8; save the query in a file, or use a UTF-8 terminal.\n"
    )
    assert done.returncode == 2


def test_what_nobody_foresaw_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr("graph.cli.load", fail)
    monkeypatch.delenv("GRAPH_DEBUG", raising=False)
    assert main(["info"]) == 70
    assert capsys.readouterr().err == (
        "graph: Internal error (ZeroDivisionError: by zero); set GRAPH_DEBUG=1 to see where, and report it.\n"
    )
    monkeypatch.setenv("GRAPH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["info"])


def test_no_command_writes_what_steers_a_terminal(run: Run, write: Write) -> None:
    bad = "\\u001b]0;title\\u0007\\u202e"
    rdfs = "<http://www.w3.org/2000/01/rdf-schema#label>"
    folder = write(
        {
            "facts.ttl": f'<a:x> {rdfs} "x{bad}" ; <a:p> <a:y> . <a:y> {rdfs} "y{bad}" . <a:p> {rdfs} "p{bad}" .',
            "checks/c.rq": f"SELECT ?item ('m{bad}' AS ?message) {{ ?item <a:p> ?o }}",
            "questions/q.rq": "#+ summary: Why \x1b[31m?\nSELECT * { ?s ?p ?o }",
        }
    )
    for arguments in (
        ("query", "q"),
        ("query", "q", "-f", "md"),
        ("check",),
        ("questions",),
        ("info",),
        ("compare", "a:x", "a:y"),
        ("route", "a:x", "a:y"),
        ("route", "a:y", "a:x"),
        ("route", "x\x1b[31m", "a:y"),
        ("query", "ASK { ?\x1b[31m"),
    ):
        done = run(*arguments, "-d", folder)
        assert done.stdout + done.stderr
        assert not set(done.stdout + done.stderr) & set("\x1b\x07\u202e"), arguments
