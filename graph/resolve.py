"""Resources found by what people call them: an IRI, a prefixed name, or a label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.errors import QuestionError
from graph.labels import LABEL_PROPERTIES, select
from graph.question import Parameter
from graph.terms import STANDARD_PREFIXES, parse_term

__all__ = ["parameter_value", "resolve"]

_SKOS = STANDARD_PREFIXES["skos"]
_NAME_PROPERTIES = (*LABEL_PROPERTIES[:2], f"{_SKOS}altLabel", f"{_SKOS}notation", *LABEL_PROPERTIES[2:])
_MAX_SHOWN = 60
"""Letters of a name that a message shows."""
_MAX_CANDIDATES = 2_000
"""Labels that are compared with a name that nothing has."""


def resolve(endpoint: Endpoint, text: str, type_: str = "") -> str:
    """Find the IRI of the resource that an IRI, a prefixed name, or a label names, in any case.

    `type_` is the class that it has to be of, as a SPARQL term; the preferred label wins over others.

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
    raise QuestionError(_unknown(endpoint, text, type_))


def parameter_value(endpoint: Endpoint, parameter: Parameter, text: str) -> str:
    """Write what a person set for a parameter as a SPARQL term; an empty text is UNDEF where a class is expected.

    Raises QuestionError where the parameter takes a resource and none is called that.
    """
    term = parse_term(text, endpoint.prefixes)
    type_ = parse_term(parameter.type, endpoint.prefixes) if parameter.type else None
    if type_ is None:
        return term or str(ox.Literal(text))
    if type_.startswith(f"<{STANDARD_PREFIXES['xsd']}"):
        return str(ox.Literal(text, datatype=ox.NamedNode(type_[1:-1])))
    return f"<{resolve(endpoint, text, type_)}>" if text else "UNDEF"


def _labeled(endpoint: Endpoint, type_: str, condition: str) -> Iterable[dict[str, Any]]:
    """Find resources, of a class if one is given, with labels that meet a condition."""
    of_class = f"?item a/<{STANDARD_PREFIXES['rdfs']}subClassOf>* {type_} ." if type_ else ""
    labels = " UNION ".join(
        f"{{ ?item <{iri}> ?label BIND({rank} AS ?rank) }}" for rank, iri in enumerate(_NAME_PROPERTIES)
    )
    pattern = f"{of_class} {labels} {condition} FILTER(isIRI(?item))"
    rows = select(endpoint, f"SELECT ?item ?rank ?label {{ {pattern} }} LIMIT {_MAX_CANDIDATES}")
    return [row for row in rows if isinstance(row["label"], ox.Literal)]


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
        return f"No item is called “{shown_text}”. Closest names: {', '.join(_cut(shown[name]) for name in near)}."
    some = sorted({row["label"].value for row in _labeled(endpoint, type_, "")})[:5] if type_ else []
    if some:
        return f"No item is called “{shown_text}”. Some that can be chosen: {', '.join(map(_cut, some))}."
    return f"No item is called “{shown_text}”; try another of its names, a prefixed name, or an IRI."


def _cut(text: str) -> str:
    """Write a text on one line, without the middle of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN // 2]}…{line[-_MAX_SHOWN // 2 :]}"
