"""Resources found by what people call them: an IRI, a prefixed name, or a label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.errors import QuestionError
from graph.labels import OTHER_NAMES, label_properties, select
from graph.terms import STANDARD_PREFIXES, parse_term

__all__ = ["resolve"]

_MAX_SHOWN = 60
"""Letters of a name that a message shows."""
_MAX_CANDIDATES = 2_000
"""Labels that are compared with a name that nothing has."""
_MAX_ITEMS = 1_000_000
"""Items whose IRIs are compared with a name that no label is."""


def resolve(endpoint: Endpoint, text: str, type_: str = "") -> str:
    """Find the IRI of the resource that an IRI, a prefixed name, a label, or a code names, in any case.

    `type_` is the class that it has to be of, as a SPARQL term. The preferred label wins over others, and any
    name over the end of an IRI.

    Raises QuestionError where nothing is called that, with the closest names.
    """
    term = parse_term(text, endpoint.prefixes)
    if term and term.startswith("<"):
        pattern = f"{term} a/<{STANDARD_PREFIXES['rdfs']}subClassOf>* {type_}" if type_ else f"{term} ?p ?o"
        if b"true" in endpoint.query(f"ASK {{ {pattern} }}").json:
            return term[1:-1]
    wanted = str(ox.Literal(text.strip().casefold()))
    rows = _labeled(endpoint, type_, f"FILTER(LCASE(STR(?label)) = {wanted})")
    ranked = sorted((int(row["rank"].value), row["item"].value) for row in rows)
    if ranked:
        return str(ranked[0][1])
    if found := _by_end(endpoint, text.strip(), type_):
        return found
    raise QuestionError(_unknown(endpoint, text, type_))


def _labeled(endpoint: Endpoint, type_: str, condition: str) -> Iterable[dict[str, Any]]:
    """Find resources, of a class if one is given, with labels that meet a condition."""
    names = (*label_properties(endpoint), *OTHER_NAMES)
    labels = " UNION ".join(
        f"{{ ?item <{iri}> ?label BIND({rank} AS ?rank) }}" for rank, iri in enumerate(names)
    )
    pattern = f"{_of_class(type_)} {labels} {condition} FILTER(isIRI(?item))"
    rows = select(endpoint, f"SELECT ?item ?rank ?label {{ {pattern} }} LIMIT {_MAX_CANDIDATES}")
    return [row for row in rows if isinstance(row["label"], ox.Literal)]


def _by_end(endpoint: Endpoint, text: str, type_: str) -> str:
    """Find the resource whose IRI ends in a name, or the only one that continues it (E21_Person for E21)."""
    end = re.escape(quote(text.casefold(), safe=":@!$&'()*+,;=~"))
    tested = ox.Literal(f"[/#]{end}(_[^/#]*)?$")
    # The LIMIT also keeps Oxigraph from testing each triple instead of each item.
    items = _of_class(type_) or f"{{ SELECT DISTINCT ?item {{ ?item ?p ?o }} LIMIT {_MAX_ITEMS} }}"
    pattern = f'{items} FILTER(isIRI(?item) && REGEX(STR(?item), {tested}, "i"))'
    rows = select(endpoint, f"SELECT DISTINCT ?item {{ {pattern} }} LIMIT {_MAX_CANDIDATES}")
    found = sorted(row["item"].value for row in rows) if end else []
    whole = [iri for iri in found if re.search(f"[/#]{end}$", iri, re.IGNORECASE)]
    return next(iter(whole or (found if len(found) == 1 else [])), "")


def _of_class(type_: str) -> str:
    return f"?item a/<{STANDARD_PREFIXES['rdfs']}subClassOf>* {type_} ." if type_ else ""


def _unknown(endpoint: Endpoint, text: str, type_: str) -> str:
    """Say that nothing is called that; name what is close."""
    import difflib

    shown_text = _cut(text)
    name = text.strip().casefold()
    parts = [name[:3], *(part for part in name.split() if len(part) > 2)]  # noqa: PLR2004  shorter parts are in every label
    tests = " || ".join(f"CONTAINS(LCASE(STR(?label)), {ox.Literal(part)})" for part in parts)
    labels = {row["label"].value for row in _labeled(endpoint, type_, f"FILTER({tests})")}
    near = difflib.get_close_matches(name, {label.casefold(): label for label in labels}, n=3, cutoff=0.6)
    shown = {label.casefold(): label for label in labels}
    if near:
        closest = ", ".join(_cut(shown[name]) for name in near)
        return f"No item is called “{shown_text}”. Closest names: {closest}."
    some = sorted({row["label"].value for row in _labeled(endpoint, type_, "")})[:5] if type_ else []
    if some:
        return f"No item is called “{shown_text}”. Examples: {', '.join(map(_cut, some))}."
    return f"No item is called “{shown_text}”; try another of its names, a prefixed name, or an IRI."


def _cut(text: str) -> str:
    """Write a text on one line, without the middle of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN // 2]}…{line[-_MAX_SHOWN // 2 :]}"
