"""What is built is the data, the same each time, and written whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import graph
from graph import KnowledgeGraph
from graph.atomic import MARKER, write_atomic, write_output
from graph.errors import OutputError
from tests.conftest import EXAMPLE, Run, Write, store_of

QUADS = {
    "graph.trig": ox.RdfFormat.TRIG,
    "graph.nq": ox.RdfFormat.N_QUADS,
    "graph.jsonld": ox.RdfFormat.JSON_LD,
}


def canonical(quads: ox.Dataset) -> ox.Dataset:
    quads.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return quads


def files_in(folder: Path) -> dict[str, bytes]:
    """Give what stands in a folder, without the on-disk store, whose bytes differ each time."""
    names = {
        path: path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {name: path.read_bytes() for path, name in names.items() if not name.startswith("store/")}


def parts_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith((".part", ".old"))]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example."""
    folder = tmp_path_factory.mktemp("built")
    graph.load(EXAMPLE).write_all(folder)
    return folder


def test_everything_is_written_and_named(tmp_path: Path) -> None:
    written = graph.load(EXAMPLE).write_all(tmp_path / "new" / "folder")
    names = [
        "graph.trig",
        "graph.nq",
        "graph.ttl",
        "graph.jsonld",
        "void.ttl",
        "questions.ttl",
        "csv",
        "store",
        "graph.html",
    ]
    assert [path.relative_to(tmp_path / "new" / "folder").as_posix() for path in written] == names
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted([*names, MARKER])


@pytest.mark.parametrize("name", QUADS)
def test_each_form_with_graphs_holds_the_same_quads(name: str, built: Path, ferries: KnowledgeGraph) -> None:
    read = ox.Dataset(ox.parse((built / name).read_bytes(), format=QUADS[name]))
    assert canonical(read) == canonical(
        ox.Dataset(ox.parse(b"\n".join(store_of(ferries).dump().quads), format=ox.RdfFormat.N_QUADS))
    )
    assert len({quad.graph_name for quad in read}) > 3


def test_turtle_holds_the_merge(built: Path, ferries: KnowledgeGraph) -> None:
    read = ox.Dataset(ox.parse((built / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    assert canonical(read) == canonical(
        ox.Dataset(ox.parse(b"\n".join(store_of(ferries).dump().triples), format=ox.RdfFormat.N_TRIPLES))
    )
    assert len(rdflib.Graph().parse(built / "graph.ttl")) == len(read)


@pytest.mark.parametrize("name", [*QUADS, "graph.ttl"])
def test_what_was_built_is_a_data_set_again(name: str, built: Path, ferries: KnowledgeGraph) -> None:
    again = graph.load(built / name)
    everything = "SELECT ?p ?o { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) } ORDER BY ?s ?p ?o"
    assert again.query(everything).rows == ferries.query(everything).rows
    assert len(store_of(again).dump().triples) == len(store_of(ferries).dump().triples)


def test_the_store_answers_by_itself(built: Path) -> None:
    store = ox.Store.read_only(str(built / "store" / "store"))
    prefixes = json.loads((built / "store" / "prefixes.json").read_text())
    found = store.query("SELECT (SUM(?n) AS ?sum) { ?ferry ferry:carries ?n }", prefixes=prefixes)
    assert [row["sum"].value for row in found] == ["160"]  # type: ignore[union-attr]


def test_each_class_is_a_table_with_labels(built: Path) -> None:
    with (built / "csv" / "ferry-Port.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["item"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"ferry:northport", "ferry:eastholm", "ferry:saltness", "ferry:far-skerry"}
    assert rows["ferry:saltness"]["ferry:sailsTo"] == "Northport"


def test_questions_are_shacl_executables(built: Path, ferries: KnowledgeGraph) -> None:
    rows = graph.load(built / "questions.ttl").query(
        "SELECT ?words ?text { ?q sh:select ?text ; rdfs:comment ?words }"
    )
    assert {(row["words"], row["text"]) for row in rows} == {
        (asked.title, asked.sparql) for asked in ferries.questions()
    }


def test_the_shipped_data_is_the_same_to_the_byte_in_two_processes(tmp_path: Path) -> None:
    """Build with two seeds for hashing, each from the files and not from a store in the cache."""
    running = []
    for seed in ("1", "2"):
        changed = {"PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path / f"cache{seed}")}
        command = [sys.executable, "-W", "error", "-m", "graph", "build", "-o", str(tmp_path / seed)]
        running.append(
            subprocess.Popen(
                command, env=os.environ | changed, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
        )
    assert [(process.communicate(timeout=120)[1], process.returncode) for process in running] == [
        (b"", 0)
    ] * 2
    first, second = files_in(tmp_path / "1"), files_in(tmp_path / "2")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_building_again_leaves_nothing_else_behind(built: Path) -> None:
    before = files_in(built)
    graph.load(EXAMPLE).write_all(built)
    assert files_in(built) == before
    assert parts_in(built) == []


def build_with_little_room(*, bytes_a_file: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build in a process in which writing fails once a file has reached a size, as on a full disk."""
    program = (
        "import resource, sys; from graph.cli import main; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_a_file}, {bytes_a_file})); sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "build", str(EXAMPLE), "-o", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


FULL = [
    (1_000, "graph.trig", "File too large"),
    (5_000, "graph.nq", "File too large"),
    (100_000, "store", "a file could not be copied"),
    (1_000_000, "graph.html", "File too large"),
]


@pytest.mark.parametrize(("bytes_a_file", "name", "reason"), FULL)
def test_a_full_disk_leaves_what_was_there(
    bytes_a_file: int, name: str, reason: str, tmp_path: Path, built: Path
) -> None:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    before = files_in(tmp_path)
    done = build_with_little_room(bytes_a_file=bytes_a_file, folder=tmp_path)
    first = f"graph: {tmp_path / name} cannot be written ({reason}); free some space, or choose another output path."
    assert re.fullmatch(re.escape(first) + r"( \(\d more could not be written\))?\n", done.stderr)
    assert done.returncode == 1
    assert files_in(tmp_path) == before
    assert parts_in(tmp_path) == []


def test_a_full_disk_leaves_nothing_half_written_in_a_new_place(tmp_path: Path) -> None:
    assert build_with_little_room(bytes_a_file=1_000, folder=tmp_path / "new").returncode == 1
    assert parts_in(tmp_path) == []
    assert all(len(content) <= 1_000 for content in files_in(tmp_path).values())


def test_one_format_that_cannot_be_written_does_not_stop_the_others(write: Write, tmp_path: Path) -> None:
    kg = graph.load(write({"facts.ttl": "<a:x> <a:p> <<( <a:x> <a:y> 1 )>> ."}))
    with pytest.raises(
        OutputError, match=r"graph\.jsonld cannot be written \(JSON-LD does not support RDF 1\.2 yet\)"
    ):
        kg.write_all(tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {"graph.trig", "graph.nq", "graph.ttl", "graph.html", "csv", "store"}
    assert "graph.jsonld" not in names


def test_what_somebody_else_made_is_replaced_only_by_force(write: Write) -> None:
    folder = write({"data.ttl": "<a:x> <a:p> 1 .", "mine/graph.ttl": "<a:x> <a:p> 2 .", "notes.html": "mine"})
    kg = graph.load(folder / "data.ttl")
    with pytest.raises(OutputError, match=r"data\.ttl is a file of the data; choose another output path"):
        kg.write_page(folder / "data.ttl")
    with pytest.raises(
        OutputError, match=r"notes\.html exists, and graph did not make it; choose another output"
    ):
        kg.write_page(folder / "notes.html")
    with pytest.raises(OutputError, match=r"graph\.ttl is a file of the data"):
        graph.load(folder / "mine").write_all(folder / "mine")
    assert (folder / "data.ttl").read_text() == "<a:x> <a:p> 1 ."
    assert (folder / "notes.html").read_text() == "mine"
    assert (folder / "mine" / "graph.ttl").read_text() == "<a:x> <a:p> 2 ."
    assert kg.write_page(folder / "page.html") == kg.write_page(folder / "page.html")
    (folder / "page.html").write_text("mine now")
    with pytest.raises(OutputError, match=r"page\.html exists, and graph did not make it"):
        kg.write_page(folder / "page.html")
    kg.write_page(folder / "page.html", force=True)
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_outputs_in_a_data_folder_are_not_read_as_data(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:p> 1 ."})
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph.load(folder).write_all(folder)
    assert graph.load(folder).query(count)[0] == {"n": 1}
    graph.load(folder).write_all(folder)
    assert graph.load(folder).query(count)[0] == {"n": 1}
    (folder / "graph.nq").write_text("<a:x> <a:p> <a:z> .")
    assert graph.load(folder).query(count)[0] == {"n": 2}, "a file that somebody changed is theirs"


def test_tables_of_classes_with_like_names_are_files_of_their_own(write: Write) -> None:
    classes = ("foo_bar", "foo-bar", "Foo_Bar", "日本", "中国", "x" * 250, "x" * 250 + "y")
    facts = "".join(
        f"<http://a.example/i{n}> a <http://a.example/{name}> .\n" for n, name in enumerate(classes)
    )
    folder = write({"facts.ttl": facts})
    graph.load(folder).write_all(folder / "out")
    tables = [path for path in (folder / "out" / "csv").iterdir() if path.suffix == ".csv"]
    assert len(tables) == len(classes)
    assert {path.read_text(encoding="utf-8").splitlines()[1] for path in tables} == {
        f"<http://a.example/i{n}>" for n in range(len(classes))
    }
    assert len({path.name.casefold() for path in tables}) == len(tables)


def test_ctrl_c_leaves_what_was_there(tmp_path: Path) -> None:
    """Stop a build of the shipped data as soon as it begins to write."""
    kg = graph.load()
    write_output(tmp_path / "graph.trig", b"what was there")
    kg.query("ASK {}")  # so that the store is in the cache
    process = subprocess.Popen(
        [sys.executable, "-m", "graph", "build", "-o", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while (
        not parts_in(tmp_path) and (tmp_path / "graph.trig").stat().st_size < 100 and time.monotonic() < until
    ):
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert (error, process.returncode) == ("graph: interrupted; no partial output was left behind.\n", 130)
    assert parts_in(tmp_path) == []
    assert not (tmp_path / "graph.html").exists(), "it came to its end before it could be stopped"
    for name, content in files_in(tmp_path).items() - {(MARKER, (tmp_path / MARKER).read_bytes())}:
        whole = (
            content == b"what was there" or len(ox.Dataset(ox.parse(content, format=_form(name)))) > 10_000
        )
        assert whole, name


def _form(name: str) -> ox.RdfFormat:
    return QUADS.get(name, ox.RdfFormat.TURTLE)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = write_atomic(tmp_path / "deep" / "x.txt", b"one")
    write_atomic(path, b"two")
    assert files_in(tmp_path) == {"deep/x.txt": b"two"}


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (
            "file.txt/graph.html",
            "cannot be written (File exists); free some space, or choose another output path.",
        ),
        (
            "file.txt/deep/graph.html",
            "cannot be written (Not a directory); free some space, or choose another output path.",
        ),
        ("mine", "is a folder; give the name of a file, such as "),
        (".", "is a folder; give the name of a file, such as "),
    ],
)
def test_a_place_that_cannot_be_written_is_named(place: str, reason: str, write: Write) -> None:
    folder = write({"file.txt": "", "mine/precious.txt": "years of work"})
    with pytest.raises(OutputError, match=f"^{re.escape(f'{folder / place} {reason}')}"):
        graph.load(EXAMPLE).write_page(folder / place)
    assert files_in(folder) == {"file.txt": b"", "mine/precious.txt": b"years of work"}


@pytest.mark.parametrize("name", ["csv", "store", "graph.html"])
def test_a_folder_of_somebody_else_is_never_replaced(name: str, write: Write) -> None:
    folder = write({f"{name}/precious.txt": "years of work"})
    with pytest.raises(
        OutputError, match=r"holds what graph did not make|is a folder; give the name of a file"
    ):
        graph.load(EXAMPLE).write_all(folder)
    assert (folder / name / "precious.txt").read_text() == "years of work"


def test_the_command_names_what_it_wrote(run: Run, tmp_path: Path) -> None:
    done = run("build", EXAMPLE, "-o", tmp_path)
    assert done.stdout.splitlines() == [str(path) for path in graph.load(EXAMPLE).write_all(tmp_path)]
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_folder_is_never_replaced_by_a_file_even_if_a_page_was_written_into_it(write: Write) -> None:
    folder = write({"data.ttl": "<a:x> <a:p> <a:y> .", "sub/thesis.txt": "years of work"})
    kg = graph.load(folder)
    kg.write_page(folder / "graph.html")
    before = files_in(folder)
    for force in (False, True):
        with pytest.raises(
            OutputError, match=r"is a folder; give the name of a file, such as \S+graph\.html\.$"
        ):
            kg.write_page(folder, force=force)
    assert files_in(folder) == before


def test_a_folder_that_graph_made_is_kept_once_somebody_put_something_into_it(tmp_path: Path) -> None:
    kg = graph.load(EXAMPLE)
    kg.write_all(tmp_path)
    kg.write_page(tmp_path / "csv" / "page.html")
    (tmp_path / "csv" / "my-own.csv").write_text("years of work")
    with pytest.raises(OutputError, match="csv holds what graph did not make; choose another output path"):
        kg.write_all(tmp_path)
    assert (tmp_path / "csv" / "my-own.csv").read_text() == "years of work"
