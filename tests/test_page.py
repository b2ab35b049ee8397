"""The page is one file that carries all it needs, the same each time, and nothing in it but what it brings can run."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html.parser
import json
import re
from collections import Counter
from pathlib import Path

import pytest

import graph
from graph import KnowledgeGraph
from graph.errors import OutputError
from graph.page import page as render
from tests.conftest import Write, profile_of, store_of

LARGEST = 5_000_000
"""How many bytes the page may have."""


class Parts(html.parser.HTMLParser):
    """Reads a page and keeps its scripts and styles by id, and what its policy allows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.policy = ""
        self._in = ""
        self._attributes: dict[str, str | None] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the policy, and which element is open."""
        self._in, self._attributes = tag, dict(attrs)
        if self._attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = self._attributes["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        """Forget the open element."""
        self._in = self._in if tag != self._in else ""

    def handle_data(self, data: str) -> None:
        """Keep what a script or a style holds."""
        if self._in == "script":
            self.scripts.append((self._attributes, data))
        elif self._in == "style":
            self.styles.append(data)

    def block(self, name: str) -> str:
        """Give the text of the script of this id."""
        return next(text for attributes, text in self.scripts if attributes.get("id") == name)

    def running(self) -> list[str]:
        """Give the scripts that a browser runs."""
        return [text for attributes, text in self.scripts if "type" not in attributes]


def page(kg: KnowledgeGraph) -> str:
    return render(store_of(kg), profile_of(kg), kg._inputs.data)  # noqa: SLF001


@pytest.fixture(scope="module")
def text(kg: KnowledgeGraph) -> str:
    return page(kg)


@pytest.fixture(scope="module")
def parts(text: str) -> Parts:
    return Parts(text)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_is_the_same_each_time_and_not_too_large(text: str, kg: KnowledgeGraph) -> None:
    assert page(kg) == text
    assert len(text.encode()) < LARGEST


def test_only_what_the_page_brings_may_run(parts: Parts) -> None:
    said = dict(part.strip().split(" ", 1) for part in parts.policy.split(";"))
    assert set(said["script-src"].split()) == {
        *map(digest, [*parts.running(), parts.block("editor-code")]),
        "'wasm-unsafe-eval'",
    }
    nonces = [word for word in said["style-src"].split() if word.startswith("'nonce-")]
    assert set(said["style-src"].split()) == {*map(digest, parts.styles), *nonces}
    assert said["default-src"] == "'none'"
    assert {"connect-src", "frame-src", "object-src", "font-src"} & set(said) == set()


def test_the_page_carries_every_quad(parts: Parts, kg: KnowledgeGraph) -> None:
    packed = gzip.decompress(base64.b64decode(parts.block("quads")))
    said = b"\n".join(store_of(kg).dump().quads).replace(b"_:", b"<urn:bnode:").split(b"\n")
    said = [re.sub(rb"<urn:bnode:(\w+)", rb"<urn:bnode:\1>", line) for line in said]
    assert Counter(packed.split(b"\n")) - Counter({b"": 9}) == Counter(said)


def test_blank_nodes_can_be_asked_for_again(ferries: KnowledgeGraph) -> None:
    packed = gzip.decompress(base64.b64decode(Parts(page(ferries)).block("quads")))
    assert b"_:" not in packed
    assert b"<urn:bnode:" in packed


def test_the_engine_is_webassembly(parts: Parts) -> None:
    assert gzip.decompress(base64.b64decode(parts.block("engine"))).startswith(b"\0asm")


def test_licences_of_what_others_wrote_are_in_the_page(parts: Parts, text: str) -> None:
    for name in ("oxigraph", "codemirror", "@lezer"):
        assert name in parts.block("notices").lower()
    assert "vis-network" in text
    assert re.search(r"Permission is hereby granted", parts.block("notices"))


def test_text_of_the_data_cannot_end_its_element(write: Write) -> None:
    evil = "</script><script>alert(1)</script><!-- \u2028"
    said = f"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <a:a> rdfs:label {json.dumps(evil)} ; <a:b> <a:c> ."
    folder = write({"a.ttl": said})
    parts = Parts(page(graph.load(folder)))
    labels = {node["label"] for node in json.loads(parts.block("payload"))["nodes"]}
    assert evil in labels
    assert not [script for script in parts.running() if "alert(1)" in script]
    assert len(parts.running()) == len(
        Parts(page(graph.load(write({"a.ttl": "<a:a> <a:b> <a:c> ."})))).running()
    )


def test_questions_relations_and_classes_come_with_their_names(parts: Parts, kg: KnowledgeGraph) -> None:
    payload = json.loads(parts.block("payload"))
    assert [question["title"] for question in payload["questions"]] == [
        question.title for question in kg.questions()
    ]
    assert payload["firstQuestion"] == "which-certification"
    assert {style["label"] for style in payload["classStyles"]} >= {
        "role",
        "certification",
        "organization",
        "setting",
    }
    assert all(payload["relations"][edge["relation"]]["label"] for edge in payload["edges"])


def test_a_package_without_its_script_says_so(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("graph.page.resources", lambda _: tmp_path)
    monkeypatch.setattr("graph.page._vis", str)
    with pytest.raises(
        OutputError, match=r"install the package with pip, which makes it, or run scripts/bundle\.py"
    ):
        page(kg)
