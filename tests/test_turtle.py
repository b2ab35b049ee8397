"""The same data is always the same text, and formatting never changes what a file says."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import DataError
from graph.files import discover
from graph.parser import FORMATS
from graph.turtle import format_file
from tests.conftest import Run, Write
from tests.strategies import quads, triples

HEAD = "# About the tide.\n# Twice a day.\n"
TIDE = (
    HEAD
    + """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix moon: <http://moon.example/> .
@prefix tide: <http://tide.example/> .

tide:ebb a tide:Tide ;
  rdfs:label "Ebbe"@de , "ebb"@en ;
  tide:follows tide:flood .

tide:flood a tide:Tide ;
  rdfs:label "flood # not a comment" ;
  tide:height 1.5 .
"""
)
SAME = (
    HEAD
    + """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . PREFIX tide: <http://tide.example/> prefix moon:<http://moon.example/>
tide:flood  tide:height 1.5; rdfs:label '''flood # not a comment''' ; a tide:Tide.
tide:ebb tide:follows tide:flood ; rdfs:label "Ebbe"@de ; a tide:Tide . <http://tide.example/ebb> rdfs:label "ebb"@en , "ebb"@en .
"""
)


def said(text: str, ending: str = ".ttl") -> ox.Dataset:
    found = ox.Dataset(ox.parse(text, format=FORMATS[ending]))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_a_file_has_one_form(write: Write) -> None:
    folder = write({"tide.ttl": TIDE, "same.ttl": SAME})
    assert format_file(folder / "tide.ttl") == TIDE
    assert format_file(folder / "same.ttl") == TIDE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TIDE + "# the end\n", 14),
        (TIDE.replace("tide:flood a", "# next\ntide:flood a"), 11),
        (TIDE.replace("1.5 .", "1.5 . # metres"), 13),
        (TIDE.replace("a tide:Tide ;\n  rdfs:label", "a tide:Tide ; # yes\n  rdfs:label", 1), 7),
    ],
)
def test_a_comment_that_would_be_lost_is_named(text: str, line: int, write: Write) -> None:
    path = write({"tide.ttl": text}) / "tide.ttl"
    with pytest.raises(DataError) as caught:
        format_file(path)
    assert str(caught.value) == (
        f"{path}:{line}: this comment would be lost; move it to the head of the file, or into rdfs:comment."
    )


@pytest.mark.parametrize(
    "text",
    [
        '<a:x> <a:y> """one\n# two\n""" .',
        "<a:x> <a:y> '''it's \"\n # so''' .",
        "<a:x> <a:y> 'a \\' # b' , <a:b#c> .",
        "@prefix a: <a:> . a:x a:y a:b\\#c .",
    ],
)
def test_what_only_looks_like_a_comment_stays(text: str, write: Write) -> None:
    assert said(format_file(write({"x.ttl": text}) / "x.ttl")) == said(text)


@pytest.mark.parametrize("text", ["<#x> <a:y> 1 .", "<a:x> <a:y> <other.ttl> .", "<a:x> <a:y> <../up> ."])
def test_addresses_relative_to_the_file_are_not_made_absolute(text: str, write: Write) -> None:
    with pytest.raises(
        DataError, match="has IRIs that are relative to the file; write them in full, or begin with @base"
    ):
        format_file(write({"x.ttl": text}) / "x.ttl")
    base = "@base <http://tide.example/> .\n"
    assert said(format_file(write({"x.ttl": base + text}) / "x.ttl")) == said(base + text)


def test_literals_beside_blank_nodes_keep_their_words(write: Write) -> None:
    text = "<a:x> <a:y> [ <a:z> 01 , '1'^^<http://www.w3.org/2001/XMLSchema#boolean> ] ."
    assert said(format_file(write({"x.ttl": text}) / "x.ttl")) == said(text)


def test_blank_nodes_of_turtle_are_nested(write: Write) -> None:
    text = "@prefix a: <http://a.example/> .\na:x a:y [ a:z ( 1 2 ) ] .\n"
    found = format_file(write({"x.ttl": text}) / "x.ttl")
    assert said(found) == said(text)
    assert "_:" not in found
    assert "first" not in found


@pytest.mark.parametrize("name", ["x.nt", "x.rdf", "x.txt"])
def test_only_turtle_and_trig_have_one_form(name: str, write: Write) -> None:
    with pytest.raises(
        DataError, match=r"is neither Turtle nor TriG; give a file that ends in \.ttl or \.trig\.$"
    ):
        format_file(write({name: ""}) / name)


def test_a_file_that_cannot_be_read_is_named(write: Write) -> None:
    folder = write({"bad.ttl": "<a:x> <a:y> .", "latin.ttl": "<a:x> <a:y> 'é' .".encode("latin-1")})
    for name in ("bad.ttl", "latin.ttl"):
        with pytest.raises(DataError, match=f"{name}:1: "):
            format_file(folder / name)
    with pytest.raises(DataError, match=r"gone\.ttl cannot be read"):
        format_file(folder / "gone.ttl")


def check_random(lines: list[str], other: list[str], ending: str, folder: Path) -> None:
    """Write the same lines in two orders, and format each: once and twice it is the same text, and says the same."""
    first, second, again = (folder / f"{name}{ending}" for name in ("first", "second", "again"))
    first.write_text("".join(lines), newline="\n")
    second.write_text("".join(other), newline="\n")
    text = format_file(first)
    assert said(text, ending) == said(first.read_text(), ending)
    assert format_file(second) == text
    again.write_text(text, newline="\n")
    assert format_file(again) == text


@given(st.lists(triples, max_size=6), st.randoms(use_true_random=False))
def test_any_turtle_has_one_form(
    tmp_path_factory: pytest.TempPathFactory,
    some: list[ox.Triple],
    random: Random,
) -> None:
    lines = [f"{triple} .\n" for triple in some]
    check_random(lines, random.sample(lines, len(lines)), ".ttl", tmp_path_factory.mktemp("turtle"))


@given(st.lists(quads, max_size=6), st.randoms(use_true_random=False))
def test_any_trig_has_one_form(
    tmp_path_factory: pytest.TempPathFactory,
    some: list[ox.Quad],
    random: Random,
) -> None:
    lines = [
        f"{quad.triple} .\n"
        if isinstance(quad.graph_name, ox.DefaultGraph)
        else f"{quad.graph_name} {{ {quad.triple} }}\n"
        for quad in some
    ]
    check_random(lines, random.sample(lines, len(lines)), ".trig", tmp_path_factory.mktemp("trig"))


BY_HAND = {"alignments.ttl", "dataset.ttl", "wages.trig"}
SHIPPED = [
    path
    for path in (*discover()[0].data, *discover()[1].view)
    if path.suffix in {".ttl", ".trig"} and path.name not in BY_HAND
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_file_is_in_its_one_form(path: Path) -> None:
    assert format_file(path) == path.read_text(encoding="utf-8")


def test_the_command_formats_or_only_checks(run: Run, write: Write) -> None:
    folder = write(
        {"good.ttl": "@prefix a: <a:> .\n\na:x a:y 1 .\n", "bad.ttl": "@prefix a: <a:> . a:x   a:y 1 ."}
    )
    good, bad = folder / "good.ttl", folder / "bad.ttl"
    checked = run("format", "--check", good, bad)
    assert (checked.stdout, checked.stderr, checked.returncode) == (f"{bad}\n", "", 1)
    assert bad.read_text() != good.read_text()
    done = run("format", good, bad)
    assert (done.stdout, done.stderr, done.returncode) == (f"{bad}\n", "", 0)
    assert bad.read_text() == good.read_text()
    assert run("format", "--check", good, bad).returncode == 0
