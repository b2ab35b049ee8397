"""SHACL shapes, .rq checks and digests of passages, in one report."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.answer import answer_of
from graph.dataset import Files, read
from graph.errors import CheckError, DataError
from graph.question import faulty, header, read_query
from graph.terms import short, shortener

if TYPE_CHECKING:
    from graph.store import Opened

__all__ = ["Finding", "Report", "check"]

SEVERITIES = ("violation", "warning", "info")

_SH = "http://www.w3.org/ns/shacl#"
_ADVANCED = {_SH + name for name in ("target", "rule", "expression")}
"""Terms of SHACL's advanced features; looking for what they define costs as much as all the rest."""
_RESULTS = f"""PREFIX sh: <{_SH}>
SELECT ?severity ?shape ?thing ?value (COALESCE(MIN(?english), MIN(?other)) AS ?message) WHERE {{
  ?result a sh:ValidationResult ; sh:focusNode ?thing ; sh:resultSeverity ?severity ; sh:sourceShape ?shape .
  OPTIONAL {{ ?result sh:value ?value }}
  OPTIONAL {{ ?result sh:resultMessage ?english FILTER(LANGMATCHES(LANG(?english), "en")) }}
  OPTIONAL {{ ?result sh:resultMessage ?other FILTER(!LANGMATCHES(LANG(?other), "en")) }}
}} GROUP BY ?result ?severity ?shape ?thing ?value ORDER BY ?severity ?shape ?thing ?value"""
_PASSAGES = """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
SELECT ?passage ?start ?end ?digest WHERE {
  ?passage oa:start ?start ; oa:end ?end ; schema:sha256 ?digest
} ORDER BY ?start"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    severity: str
    """violation, warning or info"""
    rule: str
    """The shape or check that says so, as a prefixed name or a file name."""
    thing: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found."""

    checked: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing found is a violation."""
        return all(finding.severity != "violation" for finding in self.findings)

    def to_text(self) -> str:
        """Write a line for each finding, and a last line that counts them."""
        lines = [f"{f.severity}: {f.thing}: {f.message} ({f.rule})" for f in self.findings]
        counts = [
            _count(n, name)
            for name in ("violation", "warning")
            if (n := sum(finding.severity == name for finding in self.findings)) or name == "violation"
        ]
        return "\n".join([*lines, f"checked {', '.join(self.checked)}: {', '.join(counts)}"]) + "\n"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def check(opened: Opened, files: Files, *, source: str | Path | None = None) -> Report:
    """Check the merged data against shapes and checks, and passages against their source.

    Raises CheckError where shapes or checks are faulty, DataError where the source cannot be read.
    """
    checked = [_count(len(opened.store), "quad")]
    findings: list[Finding] = []
    for path in files.shapes:
        findings += _shapes(opened, path)
        checked.append(path.name)
    for path in files.checks:
        findings += _query(opened, path)
    if files.checks:
        checked.append(_count(len(files.checks), "check"))
    if source is not None:
        passages = list(_digests(opened, Path(source)))
        findings += [finding for finding in passages if finding is not None]
        checked.append(_count(len(passages), "passage"))
    return Report(tuple(checked), tuple(findings))


def _shapes(opened: Opened, path: Path) -> list[Finding]:
    import pyshacl
    import rdflib

    try:
        said = read(Files((path,)))
    except DataError as error:
        raise CheckError(str(error)) from error
    shapes = _merged(said.store)
    advanced = any(str(predicate) in _ADVANCED for predicate in shapes.predicates())
    try:
        with _quiet():
            _, results, text = pyshacl.validate(_merged(opened.store), shacl_graph=shapes, inference="none", advanced=advanced)
    except Exception as error:
        raise CheckError(_not_run(path, error)) from error
    if not isinstance(results, rdflib.Graph):
        raise CheckError(_not_run(path, text))
    shorten = shortener(said.prefixes | opened.prefixes)
    store = ox.Store()
    store.load(results.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    found: Any = store.query(_RESULTS)
    return [
        Finding(
            severity=row["severity"].value.removeprefix(_SH).lower(),
            rule=short(row["shape"], shorten),
            thing=short(row["thing"], shorten),
            message=f"{row['message'].value if row['message'] else 'does not conform'}"
            + (f" (here {short(row['value'], shorten)})" if row["value"] is not None else ""),
        )
        for row in found
    ]


def _not_run(path: Path, reason: object) -> str:
    return f"{path} holds a shape that cannot be run ({' '.join(str(reason).split())}); correct the shapes."


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' logs off the terminal: what fails is raised as well, and odd literals are for the shapes to find."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _merged(store: ox.Store) -> Any:
    """Give the default graph as a `rdflib.Graph` in memory, which pySHACL reads fastest."""
    import oxrdflib  # noqa: F401  its parsers are ten times faster than rdflib's
    import rdflib

    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    with _quiet():
        return rdflib.Graph().parse(data=data, format="ox-nt")


def _query(opened: Opened, path: Path) -> Iterator[Finding]:
    text = read_query(path)
    try:
        answer = answer_of(opened.store.query(text, prefixes=opened.prefixes), opened.prefixes)
    except (SyntaxError, OSError, RuntimeError) as error:
        raise CheckError(f"{path}: {faulty(text, error, opened.prefixes)}") from error
    if "thing" not in answer.columns:
        raise CheckError(f"{path} does not select ?thing; let each row name what is wrong as ?thing, and why as ?message.")
    shorten = shortener(opened.prefixes)
    for row in answer.rows:
        said = dict(zip(answer.columns, (short(term, shorten) for term in row), strict=True))
        severity = said.get("severity") or "violation"
        if severity not in SEVERITIES:
            raise CheckError(f"{path} gives the severity {severity}; let ?severity be {', '.join(SEVERITIES)}, or leave it out.")
        yield Finding(severity, path.name, said["thing"], said.get("message") or header(text).get("summary", ""))


def _digests(opened: Opened, source: Path) -> Iterator[Finding | None]:
    """Recompute the SHA-256 of every passage: None where it holds."""
    try:
        text = source.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{source} cannot be read ({error}); give the text of the source in UTF-8.") from error
    shorten = shortener(opened.prefixes)
    for row in answer_of(opened.store.query(_PASSAGES, prefixes=opened.prefixes), opened.prefixes):
        start, end = row["start"], row["end"]
        if not (isinstance(start, int) and isinstance(end, int)):
            yield Finding("violation", "sha256", shorten(str(row["passage"])), "needs whole numbers as oa:start and oa:end")
        elif hashlib.sha256(text[start:end].encode()).hexdigest() == row["digest"]:
            yield None
        else:
            message = (
                f"characters {start} to {end} of {source.name} are not the passage; give the source the passages were taken from"
            )
            yield Finding("violation", "sha256", shorten(str(row["passage"])), message)
