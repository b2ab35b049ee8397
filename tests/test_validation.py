"""Every shape and every check finds what it is for; faulty ones are named; passages are proven by their digests."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pytest

import graph
from graph import KnowledgeGraph
from graph.errors import CheckError, DataError, GraphError
from graph.files import Inputs, Profile, Source, discover
from graph.validation import Report
from tests.conftest import ROOT, Write

BAD = ROOT / "tests" / "bad"
GOOD = BAD / "good.ttl"
SHAPES = sorted(path for path in BAD.glob("*.ttl") if path != GOOD)
CHECKS = sorted((BAD / "checks").glob("*.trig"))
INPUTS, PROFILE = discover()
VOCABULARY = next(path for path in INPUTS.data if path.name == "vocabulary.ttl")

ORDERS_ONLY = "rdf:type, sh:targetClass, sh:targetSubjectsOf, sh:property, sh:path, sh:order, sh:name, sh:message, sh:severity"


def files(*paths: Path) -> Inputs:
    return Inputs((Source(paths),))


@cache
def shapes() -> KnowledgeGraph:
    """Open the shipped shapes as data."""
    return KnowledgeGraph(files(*PROFILE.shapes), Profile())


def constraining() -> dict[str, str]:
    """Find the shapes with a name that constrain anything, and how severe each is."""
    rows = shapes().query(f"""SELECT DISTINCT ?shape ?severity {{
      ?shape ?constraint ?value FILTER(?constraint NOT IN ({ORDERS_ONLY}) && isIRI(?shape))
      OPTIONAL {{ ?shape sh:severity ?severity }}
    }}""")
    return {
        str(row["shape"]).rsplit("/", 1)[-1]: str(row["severity"] or "#Violation").rsplit("#", 1)[-1].lower()
        for row in rows
    }


def report_on(*facts: Path) -> Report:
    return KnowledgeGraph(files(*facts), Profile(shapes=PROFILE.shapes)).check()


def test_every_shape_that_constrains_has_a_file_that_breaks_it() -> None:
    assert {path.stem for path in SHAPES} == set(constraining())


def test_no_shape_without_a_name_constrains() -> None:
    assert not shapes().query(f"""SELECT ?shape ?constraint {{
      ?any sh:property ?shape . ?shape ?constraint ?value FILTER(isBlank(?shape) && ?constraint NOT IN ({ORDERS_ONLY}))
    }}""")


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_a_shape_finds_each_thing_that_breaks_it_and_no_other_shape_does(path: Path) -> None:
    report = report_on(GOOD, path)
    assert {finding.rule for finding in report.findings} == {f"shape:{path.stem}"}
    assert {finding.severity for finding in report.findings} == {constraining()[path.stem]}
    rows = KnowledgeGraph(files(path), Profile()).query(
        "SELECT DISTINCT ?item { ?item ?p ?o FILTER(STRSTARTS(STR(?item), STR(bad:))) }"
    )
    bad = {f"bad:{str(row['item']).rsplit('/', 1)[-1]}" for row in rows}
    assert {finding.item for finding in report.findings} == bad != set()
    assert report.conforms is (constraining()[path.stem] != "violation")


def test_the_good_things_break_no_shape() -> None:
    assert report_on(GOOD).findings == ()


def test_every_check_has_a_file_that_breaks_it() -> None:
    assert {path.stem for path in CHECKS} == {path.stem for path in PROFILE.checks}


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_finds_each_thing_that_breaks_it_and_no_other_check_does(path: Path) -> None:
    kg = KnowledgeGraph(files(VOCABULARY, GOOD, path), Profile(checks=PROFILE.checks))
    found = {(finding.severity, finding.rule, finding.item) for finding in kg.check().findings}
    rows = kg.query(
        "SELECT DISTINCT ?bad { GRAPH ?g { ?s ?p ?o } VALUES ?place { 1 2 } BIND(IF(?place = 1, ?s, ?g) AS ?bad) "
        "FILTER(STRSTARTS(STR(?bad), STR(bad:))) }"
    )
    bad = {f"bad:{str(row['bad']).rsplit('/', 1)[-1]}" for row in rows}
    assert found == {("violation", f"{path.stem}.rq", thing) for thing in bad} != set()


def test_the_shipped_data_holds_no_violation(kg: KnowledgeGraph) -> None:
    report = kg.check()
    assert report.conforms, report.to_text()
    warnings, infos = (
        sum(finding.severity == one for finding in report.findings) for one in ("warning", "info")
    )
    counts = f"0 violations, {warnings} warnings, {infos} infos"
    assert report.to_text().endswith(f"shapes.ttl, {len(PROFILE.checks)} checks: {counts}\n")


def test_a_report_is_lines_that_people_read(ferries: KnowledgeGraph) -> None:
    report = ferries.check()
    assert report.to_text() == (
        "warning: ferry:old-tub: does not say how many people it carries (ferry:capacity)\n"
        "warning: ferry:far-skerry: is a port that no ferry reaches (unserved.rq)\n"
        f"checked {ferries.info()[0]['count']} triples, shapes.ttl, 1 check: 0 violations, 2 warnings\n"
    )
    assert report.conforms


SH = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <http://a.example/> .\n"
FAULTY_SHAPES = {
    "a:S a sh:NodeShape ;\n sh:targetClass a:T a:U .": "shapes.ttl:3: ",
    "a:S a sh:NodeShape ; sh:targetClass a:T ; sh:property [ sh:minCount 1 ] .": "holds a shape that cannot be run",
    "a:S a sh:NodeShape ; sh:targetClass a:T ; sh:property [ sh:path a:n ; sh:minCount 'x' ] .": "holds a shape that cannot be run",
    "a:S a sh:NodeShape ; sh:targetClass a:T ; sh:property [ sh:path a:n ; sh:pattern '(' ] .": "holds a shape that cannot be run",
    "a:S a sh:NodeShape ; sh:targetClass a:T ; sh:sparql [ sh:select 'SELECT $this { VALUES ?x { 1 } $this ?p ?o }' ] .": "VALUES",
}


@pytest.mark.parametrize(("shape", "reason"), FAULTY_SHAPES.items())
def test_faulty_shapes_are_named_in_one_sentence(
    shape: str, reason: str, write: Write, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    folder = write(
        {"facts.ttl": "@prefix a: <http://a.example/> . a:x a a:T ; a:n 1 .", "shapes.ttl": SH + shape}
    )
    with pytest.raises(CheckError) as caught:
        graph.load(folder).check()
    message = str(caught.value)
    assert message.startswith(str(folder / "shapes.ttl"))
    assert reason in message
    assert "\n" not in message
    assert message.endswith(("; correct the shapes.", "; correct that line and run again."))
    assert (capfd.readouterr().err, caplog.records) == ("", [])


def test_shapes_that_are_not_utf_8_are_named(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:n> 1 .", "shapes.ttl": b"# \xff\n<a:x> <a:y> '\xff' ."})
    with pytest.raises(CheckError, match=r"shapes\.ttl:"):
        graph.load(folder).check()


def test_a_literal_that_is_no_value_is_found_without_noise(
    write: Write, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    shape = "a:S a sh:NodeShape ; sh:targetClass a:T ; sh:property a:date . a:date sh:path a:on ; sh:datatype a:d , <{}> ."
    date = "http://www.w3.org/2001/XMLSchema#date"
    facts = f"@prefix a: <http://a.example/> . a:x a a:T ; a:on 'soon'^^<{date}> ."
    report = graph.load(
        write({"facts.ttl": facts, "shapes.ttl": SH + shape.replace("a:d , <{}>", f"<{date}>")})
    ).check()
    assert [(finding.rule, finding.item) for finding in report.findings] == [("a:date", "a:x")]
    assert (capfd.readouterr().err, caplog.records) == ("", [])


def test_a_shape_with_words_in_two_languages_finds_a_thing_once(write: Write) -> None:
    shape = "a:S a sh:NodeShape ; sh:targetClass a:T ; sh:property a:P . "
    shape += "a:P sh:path a:n ; sh:minCount 1 ; sh:message 'braucht eine Nummer'@de , 'needs a number'@en ."
    report = graph.load(
        write({"facts.ttl": "@prefix a: <http://a.example/> . a:x a a:T .", "shapes.ttl": SH + shape})
    ).check()
    assert (
        report.to_text()
        == "violation: a:x: needs a number (a:P)\nchecked 1 triple, shapes.ttl: 1 violation\n"
    )


FAULTY_CHECKS = {
    "SELECT ?item { ?item a }": "Line 1, column 24: ",
    "SELECT ?item { ?item a nobody:knows }": "Line 1, column 24: the prefix nobody: is unknown",
    "SELECT ?it { ?it ?p ?o }": "does not select ?item; select the item at fault as ?item",
    "CONSTRUCT WHERE { ?s ?p ?o }": "does not select ?item",
    "ASK { ?s ?p ?o }": "does not select ?item",
    "SELECT ?item ('Violation' AS ?severity) { ?item ?p ?o }": "gives the severity Violation; use violation, warning",
}


@pytest.mark.parametrize(("check", "reason"), FAULTY_CHECKS.items())
def test_a_faulty_check_is_named_in_one_sentence(check: str, reason: str, write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:n> 1 .", "checks/faulty.rq": check})
    with pytest.raises(CheckError) as caught:
        graph.load(folder).check()
    message = str(caught.value)
    assert message.startswith(str(folder / "checks" / "faulty.rq"))
    assert reason in message
    assert "\n" not in message


def test_a_check_that_is_not_utf_8_is_named(write: Write) -> None:
    folder = write({"facts.ttl": "<a:x> <a:n> 1 .", "checks/faulty.rq": b"# \xff"})
    with pytest.raises(GraphError, match=r"faulty\.rq cannot be read"):
        graph.load(folder).check()


SENTENCES = ("In Curaçao, so they say, it comes twice a day.", "Nobody knows why.")
TEXT = "\n".join(SENTENCES) + "\n"


def passages(text: str) -> str:
    """Describe each sentence by its place, counted in characters, and its digest."""
    head = "@prefix oa: <http://www.w3.org/ns/oa#> . @prefix schema: <https://schema.org/> . @prefix psg: <http://a.example/> .\n"
    return head + "".join(
        f"psg:{sentence.split()[0]} oa:start {text.index(sentence)} ; oa:end {text.index(sentence) + len(sentence)} ; "
        f"schema:sha256 '{hashlib.sha256(sentence.encode()).hexdigest()}' .\n"
        for sentence in SENTENCES
    )


def test_digests_hold_for_the_text_they_were_made_of(write: Write) -> None:
    folder = write({"data/facts.ttl": passages(TEXT), "text.txt": TEXT})
    report = graph.load(folder / "data").check(source=folder / "text.txt")
    assert report.findings == ()
    assert report.to_text() == "checked 6 triples, 2 passages: 0 violations\n"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (TEXT.replace("twice", "often"), ["psg:In"]),
        (TEXT.replace("why", "how"), ["psg:Nobody"]),
        (TEXT.replace("ç", "c"), ["psg:In"]),
        (TEXT.replace("\n", "\r\n"), ["psg:Nobody"]),
        ("A" + TEXT, ["psg:In", "psg:Nobody"]),
        ("", ["psg:In", "psg:Nobody"]),
    ],
)
def test_a_changed_text_is_reported_for_each_passage(changed: str, found: list[str], write: Write) -> None:
    folder = write({"data/facts.ttl": passages(TEXT), "text.txt": changed})
    report = graph.load(folder / "data").check(source=folder / "text.txt")
    assert [finding.item for finding in report.findings] == found
    assert not report.conforms
    assert (
        "are not the passage; give the source that the passages were taken from" in report.findings[0].message
    )


def test_a_passage_without_numbers_is_reported(write: Write) -> None:
    folder = write(
        {"data/facts.ttl": passages(TEXT).replace("oa:start 0", "oa:start 'top'"), "text.txt": TEXT}
    )
    report = graph.load(folder / "data").check(source=folder / "text.txt")
    assert [(finding.item, finding.severity) for finding in report.findings] == [("psg:In", "violation")]


@pytest.mark.parametrize("name", ["nothing-there.txt", "data", "latin.txt"])
def test_a_source_that_cannot_be_read_is_named(name: str, write: Write) -> None:
    folder = write({"data/facts.ttl": passages(TEXT), "latin.txt": "é".encode("latin-1")})
    with pytest.raises(
        DataError, match=rf"{name} cannot be read .*; give the text of the source in UTF-8\.$"
    ):
        graph.load(folder / "data").check(source=folder / name)


@pytest.mark.parametrize(
    "article", sorted((ROOT.parent / "shared" / "seed").glob("*.txt")), ids=lambda path: path.stem
)
def test_every_passage_of_the_shipped_data_is_in_the_article(article: Path, kg: KnowledgeGraph) -> None:
    without_checks = KnowledgeGraph(INPUTS, Profile())
    report = without_checks.check(source=article)
    (row,) = kg.query(
        "SELECT (COUNT(?digest) AS ?passages) { ?passage oa:start ?start ; schema:sha256 ?digest }"
    )
    assert report.findings == ()
    assert report.checked[-1] == f"{row['passages']} passages"
