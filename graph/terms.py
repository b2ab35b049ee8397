"""RDF terms as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

__all__ = ["Term", "Value", "plain", "short", "shortener", "written"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | bool | int | float | Decimal | date | datetime | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LOCAL = re.compile(r"(?:[\w](?:[\w.-]*[\w-])?)?")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_WHOLE = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt", "gYear"}
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
        except ValueError:
            return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Make a function that writes an IRI as a prefixed name where it can."""
    longest = sorted(((iri, name) for name, iri in prefixes.items()), key=lambda pair: -len(pair[0]))

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

    >>> written("12", {}), written("a:b", {"a": "http://a.example/"}), written("Texas", {})
    ('12', '<http://a.example/b>', None)
    """
    text = text.strip()
    if _NUMBER.fullmatch(text) or text in {"true", "false"}:
        return text
    iri = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    name, _, local = text.partition(":")
    if iri == text and name in prefixes and not local.startswith("//"):
        iri = prefixes[name] + local
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        return None
