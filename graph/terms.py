"""RDF terms as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

__all__ = [
    "BLANK",
    "RDF_TYPE",
    "STANDARD_PREFIXES",
    "VIEW",
    "Prefixes",
    "Term",
    "Value",
    "format_term",
    "iri_of",
    "parse_term",
    "to_python",
]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value: TypeAlias = "str | bool | int | float | Decimal | date | datetime | None"

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

VIEW = "https://w3id.org/graph-explorer/view#"
"""Namespace of the vocabulary that `view.ttl` is written in; graph/README.md documents it."""

BLANK = "urn:bnode:"
"""Start of the IRI that stands for a blank node where every item needs one."""

STANDARD_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that work in every query, unless the data declares them otherwise."""

# Prefixed names: SPARQL 1.1, productions 164 to 169, without backslash escapes and without characters beyond
# the basic plane, which Oxigraph does not read in names; browser/core/prefixes.js has the same.
_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_INNER = _LETTER + r"_\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_PERCENT = "%[0-9A-Fa-f]{2}"
_LOCAL = f"(?:(?:[{_LETTER}_0-9:]|{_PERCENT})(?:(?:[{_INNER}.:]|{_PERCENT})*(?:[{_INNER}:]|{_PERCENT}))?)?"
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"

_XSD = STANDARD_PREFIXES["xsd"]
_INTEGERS = frozenset(
    _XSD + name
    for name in [
        "byte",
        "gYear",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    ]
)


class Prefixes(dict[str, str]):
    """A map from prefixes to namespaces, which does not change once it is made.

    >>> prefixes = Prefixes({"a": "http://a.example/"})
    >>> prefixes.compress("http://a.example/b"), prefixes.expand("a:b")
    ('a:b', 'http://a.example/b')
    """

    def __init__(self, prefixes: Mapping[str, str] = {}) -> None:
        super().__init__(prefixes)
        self._longest_first = sorted(
            ((iri, name) for name, iri in self.items()), key=lambda pair: (-len(pair[0]), pair[1])
        )
        self._compressed: dict[str, str] = {}

    def compress(self, iri: str) -> str:
        """Write an IRI as a prefixed name, or in angle brackets where no prefix fits."""
        found = self._compressed.get(iri)
        if found is None:
            found = self._compressed[iri] = self._compress(iri)
        return found

    def expand(self, text: str) -> str | None:
        """Give the IRI of a prefixed name, or None where the prefix is unknown."""
        name, colon, local = text.partition(":")
        return self[name] + local if colon and name in self and not local.startswith("//") else None

    def _compress(self, iri: str) -> str:
        for namespace, name in self._longest_first:
            if iri.startswith(namespace) and re.fullmatch(_LOCAL, iri[len(namespace) :]):
                return f"{name}:{iri[len(namespace) :]}"
        return f"<{iri}>"


def to_python(term: Term | None) -> Value:
    """Convert a term to a Python value: numbers, dates, and booleans as such, all else as text.

    >>> to_python(ox.Literal(3)), to_python(ox.NamedNode("http://a.example/b"))
    (3, 'http://a.example/b')
    """
    if isinstance(term, ox.Literal):
        try:
            return _reader(term.datatype.value)(term.value)
        except (ValueError, ArithmeticError):
            return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def _reader(datatype: str) -> Callable[[str], Value]:
    """Choose what reads literals of a datatype; the libraries are imported where they are needed."""
    if datatype in _INTEGERS:
        return int
    if datatype == f"{_XSD}boolean":
        return lambda text: text in {"true", "1"}
    if datatype in {f"{_XSD}double", f"{_XSD}float"}:
        return float
    if datatype == f"{_XSD}decimal":
        from decimal import Decimal

        return Decimal
    if datatype in {f"{_XSD}date", f"{_XSD}dateTime"}:
        from datetime import date, datetime

        return date.fromisoformat if datatype == f"{_XSD}date" else datetime.fromisoformat
    return str


def format_term(term: Term | None, prefixes: Prefixes) -> str:
    """Write a term for people: prefixed names, and literals without quotes.

    >>> format_term(ox.NamedNode("http://a.example/b"), Prefixes({"a": "http://a.example/"}))
    'a:b'
    """
    if isinstance(term, ox.NamedNode):
        return prefixes.compress(term.value)
    if isinstance(term, ox.Literal):
        return term.value
    return "" if term is None else str(term)


def parse_term(text: str, prefixes: Prefixes) -> str | None:
    """Turn what a person wrote into one SPARQL term: an IRI, a prefixed name, a number, or else None.

    >>> prefixes = Prefixes({"a": "http://a.example/"})
    >>> parse_term("12", prefixes), parse_term("a:b", prefixes), parse_term("a", prefixes)
    ('12', '<http://a.example/b>', None)
    """
    text = text.strip()
    if re.fullmatch(_NUMBER, text) or text in {"true", "false"}:
        return text
    is_bracketed = text.startswith("<") and text.endswith(">")
    iri = text[1:-1] if is_bracketed else prefixes.expand(text) or text
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        return None


def iri_of(term: Any) -> str:
    """Give the IRI of a resource; a blank node gets one that starts with BLANK."""
    return term.value if isinstance(term, ox.NamedNode) else f"{BLANK}{term.value}"
