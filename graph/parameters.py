"""What people set for the parameters of a question becomes SPARQL terms; a value can only ever be a value."""

from __future__ import annotations

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.errors import QuestionError
from graph.question import Parameter
from graph.resolve import resolve
from graph.terms import STANDARD_PREFIXES, parse_term, to_python

__all__ = ["to_setting", "to_sparql"]

_XSD = STANDARD_PREFIXES["xsd"]
_EXAMPLES = {"boolean": "true", "date": "2026-11-24", "dateTime": "2026-11-24T12:00:00", "gYear": "2026"}


def to_setting(name: str, value: object) -> str:
    """Write a Python value as people write it: True is true, a date is in ISO format.

    Raises QuestionError for None and for collections, which are no values.

    >>> to_setting("open", True), to_setting("count", 12)
    ('true', '12')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, list | tuple | set | frozenset | dict):
        raise QuestionError(
            f"{name} takes one value, not {type(value).__name__}; leave it out for its default."
        )
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def to_sparql(endpoint: Endpoint, parameter: Parameter, text: str) -> str:
    """Write a setting as a SPARQL term; where a class is expected, an empty text means any.

    Raises QuestionError where the text is no value of the datatype, or names no item of the class.
    """
    term = parse_term(text, endpoint.prefixes)
    type_ = parse_term(parameter.type, endpoint.prefixes) if parameter.type else None
    if type_ is None:
        return term or str(ox.Literal(text))
    if not type_.startswith(f"<{_XSD}"):
        return f"<{resolve(endpoint, text, type_)}>" if text else "UNDEF"
    datatype = ox.NamedNode(type_[1:-1])
    example = _EXAMPLES.get(datatype.value.removeprefix(_XSD), "60000")
    if _has_value(example, datatype) and not _has_value(text, datatype):
        raise QuestionError(
            f"“{text}” is not a value for {parameter.name}, which is of type {parameter.type}; "
            f"write a value such as {example}."
        )
    return str(ox.Literal(text, datatype=datatype))


def _has_value(text: str, datatype: ox.NamedNode) -> bool:
    """Tell whether a text is the lexical form of a number, a date, or a boolean."""
    if datatype.value == f"{_XSD}boolean":
        return text in {"true", "false", "0", "1"}
    return not isinstance(to_python(ox.Literal(text, datatype=datatype)), str)
