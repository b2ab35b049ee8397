"""SHACL shapes, .rq checks, and digests of passages, in one report."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from graph.answer import Answer
from graph.dataset import read
from graph.endpoint import LocalStore
from graph.errors import CheckError, DataError, QueryError
from graph.files import Inputs, Profile, Source
from graph.labels import select
from graph.question import parse_header, read_query
from graph.terms import Prefixes, format_term

__all__ = ["Finding", "Report", "validate"]

SEVERITIES = ("violation", "warning", "info")

_SH = "http://www.w3.org/ns/shacl#"
_ADVANCED = {_SH + name for name in ("target", "rule", "expression")}
"""Terms of SHACL's advanced features; looking for what they define costs as much as all the rest."""
_RESULTS = f"""PREFIX sh: <{_SH}>
SELECT ?severity ?shape ?item ?value (COALESCE(MIN(?english), MIN(?other)) AS ?message) WHERE {{
  ?result a sh:ValidationResult ; sh:focusNode ?item ; sh:resultSeverity ?severity ; sh:sourceShape ?shape .
  OPTIONAL {{ ?result sh:value ?value }}
  OPTIONAL {{ ?result sh:resultMessage ?english FILTER(LANGMATCHES(LANG(?english), "en")) }}
  OPTIONAL {{ ?result sh:resultMessage ?other FILTER(!LANGMATCHES(LANG(?other), "en")) }}
}} GROUP BY ?result ?severity ?shape ?item ?value ORDER BY ?severity ?shape ?item ?value"""
_PASSAGES = """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
SELECT ?passage ?start ?end ?digest WHERE {
  ?passage oa:start ?start ; oa:end ?end ; schema:sha256 ?digest
} ORDER BY ?start"""


class Finding(NamedTuple):
    """One validation result."""

    severity: str
    """violation, warning, or info"""
    rule: str
    """The shape, as a prefixed name, or the file name of the check."""
    item: str
    message: str


class Report(NamedTuple):
    """What was checked, and every finding."""

    checked: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether no finding is a violation."""
        return all(finding.severity != "violation" for finding in self.findings)

    def to_text(self) -> str:
        """Write a line for each finding, and a last line that counts them."""
        lines = [f"{f.severity}: {f.item}: {f.message} ({f.rule})" for f in self.findings]
        counts = [
            _count(n, name)
            for name in SEVERITIES
            if (n := sum(finding.severity == name for finding in self.findings)) or name == "violation"
        ]
        return "\n".join([*lines, f"checked {', '.join(self.checked)}: {', '.join(counts)}"]) + "\n"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def validate(store: LocalStore, profile: Profile, *, source: str | Path | None = None) -> Report:
    """Validate the merged graph with shapes and checks, and passages with the text of their source.

    Raises CheckError where shapes or checks are wrong, DataError where the source cannot be read.
    """
    (triples,) = select(store, "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }")
    checked = [_count(int(triples["count"].value), "triple")]
    findings: list[Finding] = []
    for path in profile.shapes:
        findings += _shapes(store, path)
        checked.append(path.name)
    for path in profile.checks:
        findings += _check(store, path)
    if profile.checks:
        checked.append(_count(len(profile.checks), "check"))
    if source is not None:
        passages = list(_digests(store, Path(source)))
        findings += [finding for finding in passages if finding is not None]
        checked.append(_count(len(passages), "passage"))
    return Report(tuple(checked), tuple(findings))


def _shapes(store: LocalStore, path: Path) -> list[Finding]:
    import pyshacl
    import rdflib

    try:
        shapes_data = read(Inputs((Source((path,)),)))
    except DataError as error:
        raise CheckError(str(error)) from error
    shapes = _in_memory(shapes_data.store)
    advanced = any(str(predicate) in _ADVANCED for predicate in shapes.predicates())
    try:
        with _quiet():
            _, results, text = pyshacl.validate(
                _in_memory(store.store), shacl_graph=shapes, inference="none", advanced=advanced
            )
    except Exception as error:
        raise CheckError(_cannot_run(path, error)) from error
    if not isinstance(results, rdflib.Graph):
        raise CheckError(_cannot_run(path, text))
    prefixes = Prefixes(shapes_data.prefixes | store.prefixes)
    report = ox.Store()
    report.load(results.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return [_finding(row, prefixes) for row in select(LocalStore(report, {}), _RESULTS)]


def _finding(row: dict[str, Any], prefixes: Prefixes) -> Finding:
    """Convert a validation result of SHACL."""
    message = row["message"].value if "message" in row else "does not conform"
    if "value" in row:
        message += f" (value: {format_term(row['value'], prefixes)})"
    return Finding(
        row["severity"].value.removeprefix(_SH).lower(),
        format_term(row["shape"], prefixes),
        format_term(row["item"], prefixes),
        message,
    )


def _cannot_run(path: Path, reason: object) -> str:
    return f"{path} holds a shape that cannot be run ({' '.join(str(reason).split())}); correct the shapes."


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' logs off the terminal: failures are raised, shapes report ill-typed literals."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _in_memory(store: ox.Store) -> Any:
    """Convert the default graph to an `rdflib.Graph` in memory, which pySHACL reads fastest."""
    import oxrdflib  # noqa: F401  its parsers are ten times faster than rdflib's
    import rdflib

    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    with _quiet():
        return rdflib.Graph().parse(data=data, format="ox-nt")


def _check(store: LocalStore, path: Path) -> Iterator[Finding]:
    text = read_query(path)
    try:
        answer = Answer(store.query(text), store.prefixes)
    except QueryError as error:
        raise CheckError(f"{path}: {error}") from error
    if "item" not in answer.columns:
        raise CheckError(
            f"{path} does not select ?item; select the item at fault as ?item, and the reason as ?message."
        )
    for row in answer.rows:
        cells = dict(zip(answer.columns, (format_term(term, store.prefixes) for term in row), strict=True))
        severity = cells.get("severity") or "violation"
        if severity not in SEVERITIES:
            raise CheckError(
                f"{path} gives the severity {severity}; use {', '.join(SEVERITIES)}, or leave it out."
            )
        message = cells.get("message") or parse_header(text).values.get("summary", "")
        yield Finding(severity, path.name, cells["item"], message)


def _digests(store: LocalStore, source: Path) -> Iterator[Finding | None]:
    """Recompute the SHA-256 of every passage: None where it holds."""
    try:
        text = source.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{source} cannot be read ({error}); give the text of the source in UTF-8."
        ) from error
    for row in Answer(store.query(_PASSAGES)):
        start, end, passage = row["start"], row["end"], store.prefixes.compress(str(row["passage"]))
        if not (isinstance(start, int) and isinstance(end, int)):
            yield Finding("violation", "sha256", passage, "needs whole numbers as oa:start and oa:end")
        elif hashlib.sha256(text[start:end].encode()).hexdigest() == row["digest"]:
            yield None
        else:
            yield Finding(
                "violation",
                "sha256",
                passage,
                f"characters {start} to {end} of {source.name} are not the passage; "
                "give the source that the passages were taken from",
            )
