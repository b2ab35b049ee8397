"""The data in every format, an on-disk store, and the page."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.answer import Answer
from graph.atomic import write_folder, write_output
from graph.endpoint import LocalStore, NQuads
from graph.errors import GraphError, OutputError
from graph.files import Profile
from graph.labels import find_labels
from graph.question import Question, parse_header, read_query, read_question
from graph.terms import RDF_TYPE, format_term

__all__ = ["write_all", "write_page"]

_SH = "http://www.w3.org/ns/shacl#"
_MAX_NAME = 60
"""Characters of the file name of a table; in UTF-8 they take at most 240 bytes."""


def write_all(
    store: LocalStore, profile: Profile, folder: Path, data: Sequence[Any], *, force: bool = False
) -> tuple[Path, ...]:
    """Write every format of the data, an on-disk store, and the page; return the paths.

    `graph.trig`, `.nq`, and `.jsonld` hold the named graphs, `graph.ttl` their merge; `void.ttl`
    counts, `questions.ttl` holds the questions, `csv` a table for each class; each query in the
    profile's `exports` becomes a file of JSON-LD. All but the store are the same to the byte when
    nothing changed.

    Raises OutputError for what cannot be written, once all that can be is written; what was there before
    stays. A file that graph did not make is replaced only if `force` is set.
    """
    dump = store.dump()
    paths: list[Path] = []
    failures: list[str] = []

    def attempt(write: Callable[[], Path]) -> None:
        try:
            paths.append(write())
        except GraphError as error:
            failures.append(str(error))

    for name, content in _formats(store, profile, dump).items():
        attempt(lambda name=name, content=content: _write_format(folder / name, content, data, force=force))  # type: ignore[misc]
    attempt(lambda: write_folder(folder / "csv", lambda part: _write_tables(store, dump, part)))
    attempt(lambda: write_folder(folder / "store", store.write))
    attempt(lambda: write_page(store, profile, folder / "graph.html", data, force=force))
    if failures:
        more = f" ({len(failures) - 1} more could not be written)" if len(failures) > 1 else ""
        raise OutputError(failures[0] + more)
    return tuple(paths)


def write_page(
    store: LocalStore, profile: Profile, path: Path, data: Sequence[Any], *, force: bool = False
) -> Path:
    """Write the page: one HTML file.

    Raises OutputError where it cannot be written, or would replace the data, or a file that graph did not
    make, unless `force` is set; what was there before stays.
    """
    from graph.page import page

    _refuse_input(path, data, force=force)
    return write_output(path, page(store, profile, data).encode(), force=force)


def _write_format(path: Path, content: Callable[[], bytes], data: Sequence[Any], *, force: bool) -> Path:
    _refuse_input(path, data, force=force)
    try:
        text = content()
    except OSError as error:  # such as RDF 1.2 in JSON-LD
        raise OutputError(f"{path} cannot be written ({error}); use another format.") from error
    return write_output(path, text, force=force)


def _refuse_input(path: Path, data: Sequence[Any], *, force: bool) -> None:
    """Refuse to write over the data that is being read."""
    if not force and path.exists() and any(isinstance(item, Path) and path.samefile(item) for item in data):
        raise OutputError(
            f"{path} is a file of the data; choose another output path, or replace it (--force)."
        )


def _formats(store: LocalStore, profile: Profile, dump: NQuads) -> dict[str, Callable[[], bytes]]:
    """List the formats of RDF by file name, each with what writes it."""
    by_graph = sorted(dump.quads, key=_graph)
    prefixes = dict(sorted(store.prefixes.items()))
    void = Path(__file__).parent / "queries" / "void.rq"
    return {
        "graph.trig": lambda: _serialize(by_graph, ox.RdfFormat.TRIG, prefixes),
        "graph.nq": lambda: b"".join(line + b"\n" for line in dump.quads),
        "graph.ttl": lambda: _serialize(dump.triples, ox.RdfFormat.TURTLE, prefixes),
        "graph.jsonld": lambda: _serialize(by_graph, ox.RdfFormat.JSON_LD, {}),
        "void.ttl": lambda: _construct(store, void).to_text("ttl").encode(),
        "questions.ttl": lambda: _questions(tuple(map(read_question, profile.questions)), prefixes),
        **{f"{path.stem}.jsonld": partial(_compact, store, path) for path in profile.exports},
    }


def _construct(store: LocalStore, path: Path) -> Answer:
    return Answer(store.query(read_query(path)), store.prefixes)


def _serialize(lines: list[bytes], format_: ox.RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Write lines of N-Quads in another format, in their order."""
    quads = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS)
    return bytes(ox.serialize(quads, format=format_, prefixes=prefixes) or b"")


def _graph(line: bytes) -> bytes:
    """Return the last term of a line of N-Quads, to bring each graph's lines together."""
    return line.rsplit(b" ", 2)[1]


def _questions(questions: tuple[Question, ...], prefixes: dict[str, str]) -> bytes:
    """Write the questions as SHACL executables, which other tools list and run."""

    def triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)

    base = prefixes.get("data", "urn:") + "question/"
    rdf, rdfs, schema = (prefixes[name] for name in ("rdf", "rdfs", "schema"))
    triples = []
    for question in questions:
        found = re.search(
            r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", question.sparql, re.MULTILINE | re.IGNORECASE
        )
        verb = found[1].lower() if found else "select"
        iri = base + question.name
        triples += [
            triple(iri, rdf + "type", ox.NamedNode(_SH + "SPARQLExecutable")),
            triple(iri, rdf + "type", ox.NamedNode(f"{_SH}SPARQL{verb.capitalize()}Executable")),
            triple(iri, rdfs + "comment", ox.Literal(question.title, language="en")),
            triple(iri, _SH + "prefixes", ox.NamedNode(base)),
            triple(iri, _SH + verb, ox.Literal(question.sparql)),
            *(triple(iri, schema + "keywords", ox.Literal(tag)) for tag in question.tags),
        ]
    for name, iri in prefixes.items():
        declared = f"{base}prefix-{name}"
        triples += [
            triple(base, _SH + "declare", ox.NamedNode(declared)),
            triple(declared, _SH + "prefix", ox.Literal(name)),
            triple(
                declared,
                _SH + "namespace",
                ox.Literal(iri, datatype=ox.NamedNode(prefixes["xsd"] + "anyURI")),
            ),
        ]
    return bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"")


def _compact(store: LocalStore, path: Path) -> bytes:
    """Write triples as compact JSON-LD in the vocabulary that the header of their query names."""
    import rdflib

    graph = rdflib.Graph().parse(data=_construct(store, path).to_text("ttl"), format="turtle")
    context = {"@vocab": parse_header(read_query(path)).values.get("vocab", "")}
    found = _sorted(json.loads(graph.serialize(format="json-ld", context=context, auto_compact=True)))
    return (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _sorted(value: Any) -> Any:
    """Sort the lists of JSON-LD, which have no order in RDF."""
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


def _write_tables(store: LocalStore, dump: NQuads, folder: Path) -> None:
    """Write a table for each class: a row for each resource, a column for each property, labels for IRIs."""
    folder.mkdir()
    prefixes = store.prefixes
    triples = [quad.triple for quad in ox.parse(b"\n".join(dump.triples), format=ox.RdfFormat.N_TRIPLES)]
    labels = find_labels(store, {t.object.value for t in triples if isinstance(t.object, ox.NamedNode)})
    resources: dict[str, dict[str, list[str]]] = {}
    members: dict[str, list[str]] = {}
    for triple in triples:
        subject, value = format_term(triple.subject, prefixes), format_term(triple.object, prefixes)
        if triple.predicate.value == RDF_TYPE:
            members.setdefault(value, []).append(subject)
        else:
            label = (
                labels.get(triple.object.value, value) if isinstance(triple.object, ox.NamedNode) else value
            )
            resources.setdefault(subject, {}).setdefault(
                prefixes.compress(triple.predicate.value), []
            ).append(label)
    names = _table_names(members)
    for class_, subjects in members.items():
        columns = sorted({property_ for subject in subjects for property_ in resources.get(subject, {})})
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["item", *columns])
        for subject in subjects:
            writer.writerow(
                [subject, *("; ".join(resources.get(subject, {}).get(column, [])) for column in columns)]
            )
        (folder / names[class_]).write_text(text.getvalue(), encoding="utf-8")


def _table_names(classes: Iterable[str]) -> dict[str, str]:
    """Name a file for each class: no two alike, not even on systems that ignore case, and none too long."""
    names = {class_: re.sub(r"[^\w-]+", "-", class_).strip("-")[:_MAX_NAME] for class_ in sorted(classes)}
    counts = Counter(name.casefold() for name in names.values())
    return {
        class_: f"{name}.csv" if name and counts[name.casefold()] == 1 else f"{name}-{_digest(class_)}.csv"
        for class_, name in names.items()
    }


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:8]
