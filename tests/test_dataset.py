"""Files of RDF become the same quads, whatever they are written in; a bad line is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.dataset import read
from graph.errors import DataError
from graph.files import discover
from graph.parser import FORMATS
from tests.conftest import EXAMPLE, Write
from tests.strategies import quads

TRIPLES = {
    ".ttl": """@prefix a: <http://a.example/> .
a:tide a:runs "in\\n\\"out\\""@en , 2 ; a:past _:buoy .
_:buoy a:is "é" .
""",
    ".nt": """<http://a.example/tide> <http://a.example/runs> "in\\n\\"out\\""@en .
<http://a.example/tide> <http://a.example/runs> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://a.example/tide> <http://a.example/past> _:b .
_:b <http://a.example/is> "\\u00E9" .
""",
    ".rdf": """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a.example/">
  <rdf:Description rdf:about="http://a.example/tide">
    <a:runs xml:lang="en">in
"out"</a:runs>
    <a:runs rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">2</a:runs>
    <a:past><rdf:Description a:is="é"/></a:past>
  </rdf:Description>
</rdf:RDF>
""",
    ".jsonld": """{
  "@context": {"a": "http://a.example/"},
  "@id": "a:tide",
  "a:runs": [{"@value": "in\\n\\"out\\"", "@language": "en"}, 2],
  "a:past": {"a:is": "é"}
}
""",
}
TRIPLES |= {".trig": TRIPLES[".ttl"], ".nq": TRIPLES[".nt"], ".owl": TRIPLES[".rdf"], ".xml": TRIPLES[".rdf"]}

QUADS = {
    ".trig": """@prefix a: <http://a.example/> .
a:log { a:tide a:runs 2 ; a:past [ a:is "red" ] }
a:tide a:runs 3 .
""",
    ".nq": """<http://a.example/tide> <http://a.example/runs> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a.example/log> .
<http://a.example/tide> <http://a.example/past> _:x <http://a.example/log> .
_:x <http://a.example/is> "red" <http://a.example/log> .
<http://a.example/tide> <http://a.example/runs> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .
""",
    ".jsonld": """{
  "@context": {"a": "http://a.example/"},
  "@graph": [
    {"@id": "a:tide", "a:runs": 3},
    {"@id": "a:log", "@graph": [{"@id": "a:tide", "a:runs": 2, "a:past": {"a:is": "red"}}]}
  ]
}
""",
}

BAD_ON_LINE_3 = {
    ".ttl": "@prefix a: <http://a.example/> .\na:x a:y 1 .\na:x a:y .\n",
    ".trig": "@prefix a: <http://a.example/> .\na:g {\na:x a:y }\n",
    ".nt": "<a:x> <a:y> <a:z> .\n<a:x> <a:y> 'one' .\n".replace("'", '"') + "<a:x> <a:y> .\n",
    ".nq": "<a:x> <a:y> <a:z> <a:g> .\n\n<a:x> <a:y> <a:z> <a:g> <a:h> .\n",
    ".rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n<rdf:Description>\n</rdf:Wrong>\n</rdf:RDF>\n",
    ".jsonld": '{"@id": "a:x",\n "a:y": [1,\n 2}\n}\n',
}
BAD_ON_LINE_3 |= {".owl": BAD_ON_LINE_3[".rdf"], ".xml": BAD_ON_LINE_3[".rdf"]}


def quads_of(*paths: Path) -> set[ox.Quad]:
    return set(read(discover(paths)[0]).store)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_says_the_same(ending: str, write: Write) -> None:
    folder = write({f"facts{ending}": TRIPLES[ending], "plain.nt": TRIPLES[".nt"]})
    assert quads_of(folder / f"facts{ending}") == quads_of(folder / "plain.nt")
    assert len(quads_of(folder / "plain.nt")) == 4


@pytest.mark.parametrize("ending", QUADS)
def test_every_format_with_graphs_says_the_same(ending: str, write: Write) -> None:
    folder = write({f"facts{ending}": QUADS[ending], "plain.nq": QUADS[".nq"]})
    assert quads_of(folder / f"facts{ending}") == quads_of(folder / "plain.nq")
    assert {quad.graph_name for quad in quads_of(folder / "plain.nq")} == {
        ox.NamedNode("http://a.example/log"),
        ox.DefaultGraph(),
    }


@given(said=st.lists(quads, max_size=8), form=st.sampled_from([".nq", ".trig"]))
def test_what_is_written_is_read_again(
    said: list[ox.Quad], form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("said") / f"facts{form}"
    path.write_bytes(ox.serialize(said, format=FORMATS[form]) or b"")
    expected = ox.Dataset(said)
    expected.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    found = ox.Dataset(read(discover([path])[0]).store)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == expected


BLANK = [
    "_:a <a:p> _:b .",
    "_:b <a:p> _:c .",
    "_:c <a:p> _:a .",
    "_:d <a:p> _:d .",
    "_:e <a:q> 'e' .".replace("'", '"'),
    "<a:x> <a:p> _:e _:g .",
    "<a:x> <a:p> <a:y> _:g .",
    "<a:x> <a:p> <a:y> _:i .",
    "<a:x> <a:p> <<( _:j <a:q> _:e )>> .",
    "_:f <a:p> <<( _:f <a:q> _:h )>> .",
]


@given(st.permutations(BLANK))
def test_blank_nodes_have_the_same_names_each_time(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("blank")
    (folder / "facts.nq").write_text("\n".join(lines))
    first, second = quads_of(folder / "facts.nq"), quads_of(folder / "facts.nq")
    assert first == second
    expected = ox.Dataset(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    found = ox.Dataset(first)
    for dataset in (expected, found):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == expected


def test_blank_nodes_of_two_files_are_two_things(write: Write) -> None:
    folder = write({"one.ttl": "_:x <a:p> 1 .", "two.ttl": "_:x <a:p> 2 ."})
    assert len({quad.subject for quad in quads_of(folder)}) == 2


def test_a_folder_is_sorted_by_what_its_files_are_for(write: Write) -> None:
    turtle = "<a:x> <a:y> <a:z> ."
    names = [
        "b.ttl",
        "deep/er/c.trig",
        "rules/r.rq",
        "checks/c.rq",
        "questions/q.rq",
        "shapes.ttl",
        "view.ttl",
        "view.rq",
    ]
    aside = [".hidden.ttl", ".git/x.ttl", "notes.txt", "questions/q.csv"]
    folder = write(dict.fromkeys([*names, *aside], turtle))
    inputs, profile = discover([folder])
    assert inputs.data == (folder / "b.ttl", folder / "deep" / "er" / "c.trig")
    assert inputs.sources[0].rules == (folder / "rules" / "r.rq",)
    assert profile.checks == (folder / "checks" / "c.rq",)
    assert profile.questions == (folder / "questions" / "q.rq",)
    assert profile.shapes == (folder / "shapes.ttl",)
    assert profile.view == inputs.sources[0].view == (folder / "view.ttl",)
    assert profile.queries == (folder / "view.rq",)


def test_several_paths_are_one_data_set(write: Write) -> None:
    folder = write({"one/a.ttl": "<a:x> <a:y> 1 .", "one/rules/r.rq": "", "two.nt": '<a:x> <a:y> "2" .'})
    inputs, _ = discover([folder / "one", folder / "two.nt"])
    assert inputs.data == (folder / "one" / "a.ttl", folder / "two.nt")
    assert inputs.sources[0].rules == (folder / "one" / "rules" / "r.rq",)


def test_view_ttl_names_the_graph_of_what_stands_in_none(write: Write) -> None:
    view = "@prefix view: <https://w3id.org/graph-explorer/view#> . <a:data> view:defaultGraph <a:own> ."
    folder = write({"facts.trig": "<a:x> <a:y> 1 . <a:g> { <a:x> <a:y> 2 }", "view.ttl": view})
    found = {(str(quad.object)[1:2], str(quad.graph_name)) for quad in quads_of(folder)}
    assert found == {("1", "<a:own>"), ("2", "<a:g>")}


def test_each_folder_has_an_own_graph_only_for_itself(write: Write) -> None:
    view = "@prefix view: <https://w3id.org/graph-explorer/view#> . <a:data> view:defaultGraph <a:{}> ."
    files = {
        f"{name}/{file}": text
        for name in ("one", "two")
        for file, text in {"x.ttl": "<a:x> <a:y> 1 .", "view.ttl": view.format(name)}.items()
    }
    folder = write({**files, "mine.ttl": "<a:x> <a:y> 1 ."})
    found = quads_of(folder / "one", folder / "mine.ttl", folder / "two")
    assert {str(quad.graph_name) for quad in found} == {"<a:one>", "<a:two>", "DEFAULT"}


def test_prefixes_of_the_data_work_in_queries(write: Write) -> None:
    folder = write(
        {
            "facts.ttl": "@prefix a: <http://a.example/> . a:x a:y 1 .\n@prefix late: <http://late.example/> . late:x a:y 2 ."
        }
    )
    assert graph.load(folder).query("ASK { a:x a:y 1 . late:x a:y 2 }").boolean


def test_a_prefix_means_what_the_data_means_by_it(write: Write) -> None:
    folder = write({"facts.ttl": "@prefix schema: <http://schema.org/> . <a:x> schema:name 'x' ."})
    assert graph.load(folder).query("SELECT ?name { ?x schema:name ?name . ?x rdfs:label|schema:name ?name }")


def test_relative_iris_never_name_this_machine(write: Write) -> None:
    folder = write(
        {
            "one/facts.ttl": "<#x> <a:y> 1 .",
            "one/deep/<é>.ttl": "<#x> <a:y> 1 .",
            "two/facts.ttl": "<> <a:y> 1 .",
        }
    )
    rows = graph.load(folder / "one").query("SELECT ?x { ?x ?y 1 } ORDER BY ?x")
    assert [row["x"] for row in rows] == [
        "http://graph.invalid/deep/%3C%C3%A9%3E.ttl#x",
        "http://graph.invalid/facts.ttl#x",
    ]
    (row,) = graph.load(folder / "two", base="http://a.example/b").query("SELECT ?x { ?x ?y 1 }")
    assert row["x"] == "http://a.example/b"


def test_relative_iris_of_an_ontology_are_relative_to_the_ontology(write: Write) -> None:
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> . <http://a.example/o> a owl:Ontology . <#C> a owl:Class ."
    folder = write({"one.ttl": owl, "two.ttl": owl.replace("<http://a.example/o>", "<>")})
    assert graph.load(folder / "one.ttl").query("ASK { <http://a.example/o#C> a owl:Class }")
    assert graph.load(folder / "two.ttl").query("ASK { <http://graph.invalid/two.ttl#C> a owl:Class }")


def test_a_folder_with_one_odd_file_opens(write: Write) -> None:
    folder = write(
        {
            "a.ttl": "<a:x> <a:y> 1 .",
            "b.ttl": "<a:x> <a:y> 2 . <a:x>",
            "c.nt": "nothing",
            "catalog-v001.xml": '<?xml version="1.0"?><catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>',
            "more/d.xml": TRIPLES[".xml"],
        }
    )
    (folder / "linked").symlink_to(folder / "more", target_is_directory=True)
    with pytest.raises(
        DataError, match=r"b\.ttl:1: .*2 of 4 files cannot be read; see also \S+c\.nt:1\.$"
    ) as caught:
        graph.load(folder).query("ASK {}")
    assert len(str(caught.value)) < 400
    kg = graph.load(folder, lenient=True)
    (row,) = kg.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert row["n"] == 5, "a file that cannot be read adds nothing"
    assert [re.sub(r"\S*/", "", note).split(" ")[0] for note in kg.skipped] == [
        "b.ttl:1:",
        "c.nt:1:",
        "linked",
    ]
    assert graph.load(folder, lenient=True).skipped == kg.skipped, "the cache remembers what was left out"
    with pytest.raises(DataError, match="b\\.ttl:1"):
        graph.load(folder / "b.ttl", lenient=True).query("ASK {}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_named(write: Write) -> None:
    folder = write({"a.ttl": "<a:x> <a:y> 1 .", "secret/b.ttl": "<a:x> <a:y> 2 ."})
    (folder / "secret").chmod(0)
    with pytest.raises(DataError, match=r"secret cannot be read \(Permission denied\)"):
        graph.load(folder)
    assert graph.load(folder, lenient=True).skipped


SMALL_BUT_DEADLY = {
    "blank nodes all linked": (
        "f.nt",
        "".join(f"_:b{i} <a:p> _:b{j} .\n" for i in range(12) for j in range(12)),
    ),
    "a long chain of blank nodes": ("f.nt", "".join(f"_:b{i} <a:p> _:b{i + 1} .\n" for i in range(300_000))),
    "deep brackets": ("f.ttl", "<a:x> <a:p> " + "[ <a:p> " * 20_000 + "1" + " ]" * 20_000 + " ."),
    "deep lists": ("f.ttl", "<a:x> <a:p> " + "(" * 20_000 + ")" * 20_000 + " ."),
    "deep JSON": ("f.jsonld", '{"a:p":' * 3_000 + '{"@id":"a:z"}' + "}" * 3_000),
    "deep triples": ("f.ttl", "<a:x> <a:p> " + "<<( <a:s> <a:p> " * 3_000 + "<a:y>" + " )>>" * 3_000 + " ."),
    "a long text": ("f.nt", '<a:x> <a:p> "' + "x" * 50_000_000 + '" .\n'),
}


@pytest.mark.parametrize(("name", "text"), SMALL_BUT_DEADLY.values(), ids=SMALL_BUT_DEADLY)
def test_a_small_file_kills_nothing(name: str, text: str, write: Write) -> None:
    """Open it in a process that may take 2 GB: it is read, or refused in one sentence."""
    path = write({name: text}) / name
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))"
    program = (
        f"{limit}; import sys; from graph.cli import main; sys.exit(main(['info', '-d', {str(path)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    assert re.fullmatch(r"(graph: [^\n]{1,400}\n)?", done.stderr)
    assert done.stdout.startswith("what ") if done.returncode == 0 else not done.stdout


def test_a_byte_order_mark_is_no_part_of_the_data(write: Write) -> None:
    folder = write({"facts.ttl": "\ufeff@prefix a: <http://a.example/> . a:x a:y 1 ."})
    assert graph.load(folder).query("ASK { a:x a:y 1 }").boolean


@pytest.mark.parametrize("ending", FORMATS)
def test_a_bad_line_is_named_with_its_file_and_a_remedy(ending: str, write: Write) -> None:
    path = write({f"facts{ending}": BAD_ON_LINE_3[ending]}) / f"facts{ending}"
    with pytest.raises(DataError) as caught:
        quads_of(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:3: ")
    assert message.endswith("; correct that line and run again.")
    assert "\n" not in message


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_not_utf_8_is_named(ending: str, write: Write) -> None:
    text = TRIPLES[ending].replace("é", "\xff").replace("\\u00E9", "\xff").encode("latin-1")
    path = write({f"facts{ending}": text}) / f"facts{ending}"
    with pytest.raises(DataError, match=r"correct that line and run again\.$") as caught:
        quads_of(path)
    assert str(path) in str(caught.value)


def test_rdf_xml_that_breaks_off_is_named(write: Write) -> None:
    path = write({"facts.rdf": TRIPLES[".rdf"].removesuffix("</rdf:RDF>\n")}) / "facts.rdf"
    with pytest.raises(DataError, match=str(path)):
        quads_of(path)


def test_a_file_that_went_away_is_named(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:y> 1 ."})
    kg = graph.load(folder)
    (folder / "facts.ttl").unlink()
    with pytest.raises(
        DataError, match=r"facts\.ttl cannot be read \(No such file or directory\); check that"
    ):
        kg.query("ASK {}")


def test_a_link_that_leads_nowhere_is_named(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:y> 1 ."})
    (folder / "more.ttl").symlink_to("nowhere")
    with pytest.raises(DataError, match=r"more\.ttl cannot be read"):
        quads_of(folder)
    with pytest.raises(DataError, match=r"more\.ttl does not exist; give a file or a folder of RDF\.$"):
        quads_of(folder / "more.ttl")


def test_a_folder_is_no_file_whatever_its_name(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:y> 1 .", "odd.ttl/more.ttl": "<a:x> <a:y> 2 ."})
    assert len(quads_of(folder)) == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing-there", r"does not exist; give a file or a folder of RDF\."),
        ("empty", r"contains no RDF files; give a folder with files that end in \.ttl, "),
        ("notes.txt", r"does not look like RDF; its name should end in one of \.ttl, "),
    ],
)
def test_what_is_no_rdf_is_refused_at_once(name: str, reason: str, write: Write) -> None:
    folder = write({"notes.txt": "Remember the milk.", "empty/notes.txt": ""})
    with pytest.raises(DataError, match=reason):
        graph.load(folder / name)


def test_an_ending_in_capitals_is_an_ending_too(write: Write) -> None:
    assert quads_of(write({"FACTS.TTL": "<a:x> <a:y> 1 ."}))


def test_without_paths_it_is_the_shipped_data_set() -> None:
    assert {"vocabulary.ttl", "shapes.ttl"} <= {
        path.name for path in (*discover()[0].data, *discover()[1].shapes)
    }


def test_the_example_knows_its_sources() -> None:
    assert {"summer-timetable", "winter-timetable", "notice"} == {
        quad.graph_name.value.rsplit("/", 1)[-1]
        for quad in quads_of(EXAMPLE)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
