"""SHACL shapes, .rq checks and digests of passages, in one report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.answer import answer_of
from graph.dataset import Files
from graph.errors import CheckError, DataError
from graph.question import header
from graph.terms import short, shortener

if TYPE_CHECKING:
    from graph.store import Opened

__all__ = ["Finding", "Report", "check"]

_SH = "http://www.w3.org/ns/shacl#"
_ADVANCED = {_SH + name for name in ("target", "rule", "expression")}
"""Terms of SHACL's advanced features; looking for what they define costs as much as all the rest."""
_RESULTS = f"""PREFIX sh: <{_SH}>
SELECT ?severity ?shape ?thing ?path ?value ?message WHERE {{
  ?result a sh:ValidationResult ; sh:focusNode ?thing ; sh:resultSeverity ?severity ; sh:sourceShape ?shape .
  OPTIONAL {{ ?result sh:resultPath ?path }} OPTIONAL {{ ?result sh:value ?value }} OPTIONAL {{ ?result sh:resultMessage ?message }}
}} ORDER BY ?severity ?shape ?thing ?value"""
_PASSAGES = """SELECT ?passage ?start ?end ?digest WHERE {
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
            f"{n} {name}{'' if n == 1 else 's'}"
            for name in ("violation", "warning")
            if (n := self._count(name)) or name == "violation"
        ]
        return "\n".join([*lines, f"checked {', '.join(self.checked)}: {', '.join(counts)}"]) + "\n"

    def _count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)


def check(opened: Opened, files: Files, *, source: str | Path | None = None) -> Report:
    """Check the merged data against shapes and checks, and passages against their source.

    Raises CheckError where shapes or checks are faulty, DataError where the source cannot be read.
    """
    checked = [f"{len(opened.store)} quads"]
    findings: list[Finding] = []
    for path in files.shapes:
        findings += _shapes(opened, path)
        checked.append(path.name)
    for path in files.checks:
        findings += _query(opened, path)
    if files.checks:
        checked.append(f"{len(files.checks)} checks")
    if source is not None:
        passages = list(_digests(opened, Path(source)))
        findings += [finding for finding in passages if finding is not None]
        checked.append(f"{len(passages)} passages")
    return Report(tuple(checked), tuple(findings))


def _shapes(opened: Opened, path: Path) -> list[Finding]:
    import pyshacl
    import rdflib

    shapes = rdflib.Graph()
    try:
        shapes.parse(path, format="turtle")
    except Exception as error:
        raise CheckError(
            f"{path} cannot be read as Turtle ({str(error).strip().splitlines()[0]}); correct the shapes."
        ) from error
    advanced = any(str(predicate) in _ADVANCED for predicate in shapes.predicates())
    _, results, text = pyshacl.validate(_merged(opened), shacl_graph=shapes, inference="none", advanced=advanced)
    if not isinstance(results, rdflib.Graph):
        reason = " ".join(str(text).split())
        raise CheckError(f"{path} holds a shape that cannot be run ({reason}); correct the shapes.")
    shorten = shortener(opened.prefixes | {name: str(iri) for name, iri in shapes.namespaces()})
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


def _merged(opened: Opened) -> Any:
    """Give the default graph as a `rdflib.Graph` in memory, which pySHACL reads fastest."""
    import oxrdflib  # noqa: F401  its parsers are ten times faster than rdflib's
    import rdflib

    data = opened.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return rdflib.Graph().parse(data=data, format="ox-nt")


def _query(opened: Opened, path: Path) -> Iterator[Finding]:
    text = path.read_text(encoding="utf-8")
    try:
        answer = answer_of(opened.store.query(text, prefixes=opened.prefixes), opened.prefixes)
    except SyntaxError as error:
        raise CheckError(f"{path}: {error.msg}; correct the check.") from error
    if "thing" not in answer.columns:
        raise CheckError(f"{path} does not select ?thing; let each row name what is wrong as ?thing, and why as ?message.")
    shorten = shortener(opened.prefixes)
    for row in answer.rows:
        said = dict(zip(answer.columns, (short(term, shorten) for term in row), strict=True))
        yield Finding(
            said.get("severity", "violation"), path.name, said["thing"], said.get("message") or header(text).get("summary", "")
        )


def _digests(opened: Opened, source: Path) -> Iterator[Finding | None]:
    """Recompute the SHA-256 of every passage: None where it holds."""
    try:
        text = source.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{source} cannot be read ({error}); give the text of the source in UTF-8.") from error
    shorten = shortener(opened.prefixes)
    for row in answer_of(opened.store.query(_PASSAGES, prefixes=opened.prefixes), opened.prefixes):
        start, end = int(str(row["start"])), int(str(row["end"]))
        if hashlib.sha256(text[start:end].encode()).hexdigest() == row["digest"]:
            yield None
        else:
            message = (
                f"characters {start} to {end} of {source.name} are not the passage; give the source the passages were taken from"
            )
            yield Finding("violation", "sha256", shorten(str(row["passage"])), message)
