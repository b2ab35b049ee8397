"""A question is a .rq file: its title, its parameters, its SPARQL.

    #+ summary: What does a person in this role do?
    #+ tags: [role, duty]
    #+ parameters:
    #+   role: mbc:Role, the job to look at
    SELECT ?duty WHERE {
      VALUES ?role { role:medical-coder }
      ?role mbc:hasDuty/skos:prefLabel ?duty
    } ORDER BY ?duty

The file is valid SPARQL as it stands, and is run as it stands. A parameter is what the header declares,
and no more: a variable with a VALUES block. What the block holds is the default; an empty block asks for
a value; UNDEF means any. Only the blocks of declared parameters are replaced, and only when they are set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from graph.errors import QuestionError

__all__ = [
    "Header",
    "Parameter",
    "Question",
    "Slot",
    "bind",
    "find_question",
    "missing_parameter",
    "parse_header",
    "parse_question",
    "read_query",
    "read_question",
]

_LEADING_COMMENTS = r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[ \t]*#[^\n]*)?"
_HEADER_LINE = r"(?m)^#\+([ \t]*)([\w -]*\w):[ \t]*(.*?)[ \t\r]*$"


class Header(NamedTuple):
    """The `#+ key: value` lines that a .rq file starts with."""

    values: Mapping[str, str]
    sections: Mapping[str, Mapping[str, str]]
    """The indented `#+   key: value` lines below a key without a value."""


class Parameter(NamedTuple):
    """A variable of a question that its reader may set."""

    name: str
    type: str = ""
    """What it takes: a class such as `mbc:Role`, a datatype such as `xsd:integer`, or nothing."""
    description: str = ""
    default: str = ""
    """SPARQL for its values; empty where a value is required, UNDEF where any will do."""


class Slot(NamedTuple):
    """The place in a query where the values of a parameter stand."""

    parameter: str
    text: str
    """What stands there unless the parameter is set."""


class Question(NamedTuple):
    """A question in plain words and in SPARQL."""

    name: str
    title: str
    segments: tuple[str | Slot, ...]
    parameters: tuple[Parameter, ...] = ()
    tags: tuple[str, ...] = ()
    header: Header = Header({}, {})

    @property
    def sparql(self) -> str:
        """The query as it was written."""
        return "".join(part.text if isinstance(part, Slot) else part for part in self.segments)


def parse_header(text: str) -> Header:
    """Read the header of a .rq file; `#+` further down is a comment or a part of the query."""
    values: dict[str, str] = {}
    sections: dict[str, dict[str, str]] = {}
    leading = re.match(_LEADING_COMMENTS, text)
    key = ""
    for indent, name, value in re.findall(_HEADER_LINE, leading[0] if leading else ""):
        if len(indent) > 1:
            sections.setdefault(key, {})[name] = value
        else:
            key = name
            values[name] = value
    return Header(values, sections)


def read_query(path: Path) -> str:
    """Read the text of a .rq file.

    Raises QuestionError if it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}); give a .rq file in UTF-8.") from error


def read_question(path: Path) -> Question:
    """Read a .rq file.

    Raises QuestionError if it cannot be read, or declares a parameter that the query does not have.
    """
    return parse_question(read_query(path), path.stem)


def parse_question(text: str, name: str = "query") -> Question:
    '''Split SPARQL into what is always run as it stands and the slots of its declared parameters.

    >>> question = parse_question("""#+ parameters:
    ... #+   x: , a number
    ... SELECT * { VALUES ?x { 1 } VALUES ?y { 2 } }""")
    >>> question.segments[1:]
    (Slot(parameter='x', text=' 1 '), '} VALUES ?y { 2 } }')

    Raises QuestionError where a declared parameter has no VALUES block.
    '''
    header = parse_header(text)
    declared = header.sections.get("parameters", {})
    segments: list[str | Slot] = []
    defaults: dict[str, str] = {}
    end = 0
    if declared:
        from graph.sparql import values_blocks
    for block in values_blocks(text) if declared else ():
        if block.variable in declared:
            values = text[block.start : block.end]
            segments += [text[end : block.start], Slot(block.variable, values)]
            defaults.setdefault(block.variable, values.strip())
            end = block.end
    if lost := next((key for key in declared if key not in defaults), None):
        raise QuestionError(
            f"{name} declares the parameter {lost}, which its query lacks; "
            f"add VALUES ?{lost} {{ … }} to the query."
        )
    parameters = []
    for key, value in declared.items():
        type_, _, description = value.partition(",")
        parameters.append(Parameter(key, type_.strip(), description.strip(), defaults[key]))
    title = header.values.get("title") or header.values.get("summary", "")
    tags = tuple(re.findall(r"[\w-]+", header.values.get("tags", "")))
    return Question(name, title, (*segments, text[end:]), tuple(parameters), tags, header)


def find_question(name: str, files: Iterable[Path]) -> Question:
    """Read the question of this name.

    Raises QuestionError where there is none, with the closest names.
    """
    paths = {path.stem: path for path in files}
    if name in paths:
        return read_question(paths[name])
    import difflib

    near = difflib.get_close_matches(name, paths, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "list them with graph questions."
    raise QuestionError(f"There is no question named {name}; {hint}")


def missing_parameter(question: Question, params: Mapping[str, str]) -> str | None:
    """Name the first parameter that still needs a value."""
    return next((p.name for p in question.parameters if not p.default and p.name not in params), None)


def bind(question: Question, params: Mapping[str, str], to_sparql: Callable[[Parameter, str], str]) -> str:
    """Write the SPARQL of a question with its parameters set; `to_sparql` turns a setting into SPARQL terms.

    Raises QuestionError for a parameter that is unknown or still needs a value.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    if unknown := next((name for name in params if name not in known), None):
        has = f"it has {', '.join(known)}" if known else "it has none"
        raise QuestionError(f"{question.name} has no parameter {unknown}; {has}.")
    if missing := missing_parameter(question, params):
        raise QuestionError(f'{question.name} needs a value for {missing}; pass params={{"{missing}": …}}.')
    values = {name: to_sparql(known[name], value) for name, value in params.items()}
    return "".join(
        part
        if isinstance(part, str)
        else f" {values[part.parameter]} "
        if part.parameter in values
        else part.text
        for part in question.segments
    )
