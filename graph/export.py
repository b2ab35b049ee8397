"""The data in every form, each file written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import OutputError
from graph.question import Question, header, read_question
from graph.store import write_store
from graph.terms import labels_of, short, shortener

if TYPE_CHECKING:
    from graph.knowledge import KnowledgeGraph

__all__ = ["build", "write_whole"]

_MARK = ".made-by-graph"
"""Stands in each folder that was made here: nobody else's folder is ever replaced."""
_SH = "http://www.w3.org/ns/shacl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def build(kg: KnowledgeGraph, folder: Path) -> tuple[Path, ...]:
    """Write every form of the data, an on-disk store and the page; name what was written.

    `graph.trig`, `.nq` and `.jsonld` hold the named graphs, `graph.ttl` their merge; `void.ttl`
    counts, `questions.ttl` holds the questions, `csv` a table for each class; each query in the
    data's `exports` becomes a file of JSON-LD. All but the store are the same to the byte when
    nothing changed.

    Raises OutputError where something cannot be written; what was there before stays.
    """
    written = [write_whole(folder / name, data) for name, data in _forms(kg)]
    written.append(_whole(folder / "csv", lambda part: _write_tables(kg, part)))
    written.append(_whole(folder / "store", lambda part: write_store(kg.opened, part)))
    written.append(kg.page(folder / "graph.html"))
    return tuple(written)


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file under another name beside it, then give it its own: whole or not at all.

    Raises OutputError where it cannot be written; what was there before stays.
    """
    return _whole(path, lambda part: part.write_bytes(data))


def _whole(path: Path, write: Callable[[Path], object]) -> Path:
    if path.is_dir() and not (path / _MARK).is_file():
        raise OutputError(f"{path} is a folder that graph did not make; name another place with -o.")
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        if part.is_dir():
            (part / _MARK).touch()
        if path.is_dir():
            _replace_folder(path, part)
        else:
            part.replace(path)
    except OSError as error:
        reason = "a file could not be copied" if isinstance(error, shutil.Error) else error.strerror or error
        raise OutputError(f"{path} cannot be written ({reason}); make room there, or name another place with -o.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):
            part.unlink()
    return path


def _replace_folder(path: Path, part: Path) -> None:
    """Put one folder in the place of another: that cannot be done in one step, so the old one is moved aside first."""
    aside = part.with_suffix(".old")
    try:
        path.rename(aside)
        part.rename(path)
    except BaseException:
        if aside.exists() and not path.exists():
            aside.rename(path)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _forms(kg: KnowledgeGraph) -> Iterator[tuple[str, bytes]]:
    """Write the data in every form of RDF."""
    by_graph = sorted(kg.lines.said, key=_graph)
    prefixes = dict(sorted(kg.prefixes.items()))
    yield "graph.trig", _serialized(by_graph, ox.RdfFormat.TRIG, prefixes)
    yield "graph.nq", b"".join(line + b"\n" for line in kg.lines.said)
    yield "graph.ttl", _serialized(kg.lines.merge, ox.RdfFormat.TURTLE, prefixes)
    yield "graph.jsonld", _serialized(by_graph, ox.RdfFormat.JSON_LD, {})
    yield "void.ttl", kg.query(read_question(kg.files.asked("void.rq"))).to_text("ttl").encode()
    yield "questions.ttl", _questions(kg.questions(), prefixes)
    for path in kg.files.exports:
        yield f"{path.stem}.jsonld", _compact(kg, path)


def _serialized(lines: list[bytes], form: ox.RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Write lines of N-Quads in another form, in their order."""
    quads = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS)
    return bytes(ox.serialize(quads, format=form, prefixes=prefixes) or b"")


def _graph(line: bytes) -> bytes:
    """Give what to sort a line of N-Quads by to bring each graph's lines together."""
    return line.rsplit(b" ", 2)[1]


def _questions(questions: tuple[Question, ...], prefixes: dict[str, str]) -> bytes:
    """Write the questions as SHACL executables, which other tools list and run."""

    def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)

    base = prefixes.get("data", "urn:") + "question/"
    rdf, rdfs, schema = (prefixes[name] for name in ("rdf", "rdfs", "schema"))
    triples = []
    for question in questions:
        found = re.search(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", question.sparql, re.MULTILINE | re.IGNORECASE)
        verb = found[1].lower() if found else "select"
        iri = base + question.name
        triples += [
            quad(iri, rdf + "type", ox.NamedNode(_SH + "SPARQLExecutable")),
            quad(iri, rdf + "type", ox.NamedNode(f"{_SH}SPARQL{verb.capitalize()}Executable")),
            quad(iri, rdfs + "comment", ox.Literal(question.words, language="en")),
            quad(iri, _SH + "prefixes", ox.NamedNode(base)),
            quad(iri, _SH + verb, ox.Literal(question.sparql)),
            *(quad(iri, schema + "keywords", ox.Literal(tag)) for tag in question.tags),
        ]
    for name, iri in prefixes.items():
        declared = f"{base}prefix-{name}"
        triples += [
            quad(base, _SH + "declare", ox.NamedNode(declared)),
            quad(declared, _SH + "prefix", ox.Literal(name)),
            quad(declared, _SH + "namespace", ox.Literal(iri, datatype=ox.NamedNode(prefixes["xsd"] + "anyURI"))),
        ]
    return bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"")


def _compact(kg: KnowledgeGraph, path: Path) -> bytes:
    """Write what a CONSTRUCT query gives as compact JSON-LD in the vocabulary its header names."""
    import rdflib

    graph = rdflib.Graph().parse(data=kg.query(path).to_text("ttl"), format="turtle")
    context = {"@vocab": header(path.read_text(encoding="utf-8")).get("vocab", "")}
    found = _sorted(json.loads(graph.serialize(format="json-ld", context=context, auto_compact=True)))
    return (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _sorted(value: Any) -> Any:
    """Put lists of JSON into one order: in RDF they have none."""
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


def _write_tables(kg: KnowledgeGraph, folder: Path) -> None:
    """Write a table for each class: a line a thing, a column a property, labels in place of IRIs."""
    folder.mkdir()
    names, written = labels_of(kg.opened), shortener(kg.prefixes)
    things: dict[str, dict[str, list[str]]] = {}
    members: dict[str, list[str]] = {}
    for quad in ox.parse(b"\n".join(kg.lines.merge), format=ox.RdfFormat.N_TRIPLES):
        thing, value = short(quad.subject, written), short(quad.object, written)
        if quad.predicate.value == _TYPE:
            members.setdefault(value, []).append(thing)
        else:
            label = names.get(quad.object.value, value) if isinstance(quad.object, ox.NamedNode) else value
            things.setdefault(thing, {}).setdefault(written(quad.predicate.value), []).append(label)
    for kind, listed in members.items():
        columns = sorted({relation for thing in listed for relation in things.get(thing, {})})
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["thing", *columns])
        for thing in listed:
            writer.writerow([thing, *("; ".join(things.get(thing, {}).get(column, [])) for column in columns)])
        (folder / f"{re.sub(r'[^0-9A-Za-z]+', '-', kind).strip('-')}.csv").write_text(text.getvalue(), encoding="utf-8")
