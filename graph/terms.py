"""RDF terms as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

if TYPE_CHECKING:
    from graph.store import Opened

__all__ = ["BLANK", "LABELS", "Term", "Value", "labels_of", "plain", "short", "shortener", "written"]

LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    "https://schema.org/name",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
)
"""What names a thing, the best first."""

BLANK = "urn:bnode:"
"""What the name of a blank node begins with where everything has to have one."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | bool | int | float | Decimal | date | datetime | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
# PN_CHARS_BASE and PN_LOCAL of the SPARQL grammar, without backslash escapes and without characters beyond
# the basic plane, which Oxigraph does not read in names; browser/core/prefixes.js has the same
_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_CHARACTER = _LETTER + r"_\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_PERCENT = "%[0-9A-Fa-f]{2}"
_LOCAL = re.compile(
    f"(?:(?:[{_LETTER}_0-9:]|{_PERCENT})(?:(?:[{_CHARACTER}.:]|{_PERCENT})*(?:[{_CHARACTER}:]|{_PERCENT}))?)?"
)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_WHOLE = {
    "integer",
    "int",
    "long",
    "short",
    "byte",
    "nonNegativeInteger",
    "positiveInteger",
    "unsignedInt",
    "gYear",
}
_READ: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((_XSD + name for name in _WHOLE), int),
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in {"true", "1"},
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}


def plain(term: Term | None) -> Value:
    """Give a term as a Python value: numbers, dates and booleans as such, all else as text.

    >>> plain(ox.Literal(3))
    3
    """
    if isinstance(term, ox.Literal):
        try:
            return _READ.get(term.datatype.value, str)(term.value)
        except (ValueError, ArithmeticError):
            return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Make a function that writes an IRI as a prefixed name where it can."""
    longest = sorted(
        ((iri, name) for name, iri in prefixes.items()), key=lambda pair: (-len(pair[0]), pair[1])
    )

    @lru_cache(maxsize=10_000)
    def shorten(iri: str) -> str:
        for start, name in longest:
            if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
                return f"{name}:{iri[len(start) :]}"
        return f"<{iri}>"

    return shorten


def short(term: Term | None, shorten: Callable[[str], str]) -> str:
    """Give a term as a person reads it: prefixed names, and literals without quotes.

    >>> short(ox.NamedNode("http://a.example/b"), shortener({"a": "http://a.example/"}))
    'a:b'
    """
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if isinstance(term, ox.Literal):
        return term.value
    return "" if term is None else str(term)


def written(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Turn what a person wrote for one term into SPARQL: an IRI, a prefixed name, a number; else None.

    >>> prefixes = {"a": "http://a.example/"}
    >>> written("12", prefixes), written("a:b", prefixes), written("a", prefixes)
    ('12', '<http://a.example/b>', None)
    """
    text = text.strip()
    if _NUMBER.fullmatch(text) or text in {"true", "false"}:
        return text
    iri = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    name, colon, local = text.partition(":")
    if iri == text and colon and name in prefixes and not local.startswith("//"):
        iri = prefixes[name] + local
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        return None


def labels_of(opened: Opened, iris: Collection[str] | None = None) -> dict[str, str]:
    """Find the labels of some things, or of all: in English, or in no language, or in another."""
    these = (
        "" if iris is None else f"VALUES ?s {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(iris))} }}"
    )
    properties = " ".join(f"<{label}>" for label in LABELS)
    found: Any = opened.store.query(
        f"SELECT ?s ?p ?label {{ {these} VALUES ?p {{ {properties} }} ?s ?p ?label }}"
    )
    names: dict[str, tuple[int, int, str]] = {}
    for row in found:
        label, subject = (
            row["label"],
            row["s"].value if isinstance(row["s"], ox.NamedNode) else f"{BLANK}{row['s'].value}",
        )
        tongue = 1 if not label.language else 0 if label.language.partition("-")[0].lower() == "en" else 2
        rank = (LABELS.index(row["p"].value), tongue, label.value)
        names[subject] = min(names.get(subject, rank), rank)
    return {subject: name for subject, (_, _, name) in names.items()}
