"""A question is a .rq file: its words, its parameters, its SPARQL.

    #+ summary: What does a person in this role do?
    #+ tags: [role, duty]
    #+ parameters:
    #+   role: mbc:Role, the job to look at
    SELECT ?duty WHERE {
      VALUES ?role { role:medical-coder }
      ?role mbc:hasDuty/skos:prefLabel ?duty
    } ORDER BY ?duty

It is valid SPARQL as it stands. A parameter is a variable with a VALUES block of its own: what
stands in the block is the default; an empty block asks for a value; UNDEF means any.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import QuestionError

__all__ = ["Parameter", "Question", "bind", "faulty", "from_text", "header", "named", "read_query", "read_question"]

MOST_EXPECTED = 120
"""How long what a parser expected may be and still help."""

_HEADER = re.compile(r"^#\+([ \t]*)([\w-]+):[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_VALUES = re.compile(r"""\bVALUES\s+\?(\w+)\s*\{\s*((?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^{}"<])*?)\s*\}""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that a person may set."""

    name: str
    kind: str = ""
    """What it takes: a class such as `mbc:Role`, a datatype such as `xsd:integer`, or nothing."""
    words: str = ""
    default: str = ""
    """SPARQL for one value; empty where a value must be given, UNDEF where any will do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words and in SPARQL."""

    name: str
    words: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    tags: tuple[str, ...] = ()


def header(text: str) -> dict[str, str]:
    """Read the `#+ key: value` lines at the outer level of a .rq file."""
    return {key: value for indent, key, value in _HEADER.findall(text) if len(indent) <= 1}


def read_question(path: Path) -> Question:
    """Read a .rq file.

    Raises QuestionError if it cannot be read.
    """
    return from_text(read_query(path), name=path.stem)


def read_query(path: Path) -> str:
    """Read the text of a .rq file.

    Raises QuestionError if it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}); give a .rq file in UTF-8.") from error


def from_text(text: str, name: str = "query") -> Question:
    """Take SPARQL, with or without a header, as a question."""
    said = header(text)
    about: dict[str, tuple[str, str]] = {}
    for indent, key, value in _HEADER.findall(text):
        if len(indent) > 1:
            kind, _, words = value.partition(",")
            about[key] = (kind.strip(), words.strip())
    defaults = dict(_VALUES.findall(text))
    if missing := next((key for key in about if key not in defaults), None):
        raise QuestionError(f"{name}: the parameter {missing} has no VALUES ?{missing} {{ … }}; add it to the query.")
    parameters = tuple(Parameter(key, *about.get(key, ("", "")), default) for key, default in defaults.items())
    tags = tuple(re.findall(r"[\w-]+", said.get("tags", "")))
    return Question(name, said.get("summary", ""), text, parameters, tags)


def named(name: str, files: Iterable[Path]) -> Question:
    """Read the question of this name.

    Raises QuestionError where there is none, with the nearest name.
    """
    paths = {path.stem: path for path in files}
    if name in paths:
        return read_question(paths[name])
    near = difflib.get_close_matches(name, paths, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "see `graph questions` for the names."
    raise QuestionError(f"There is no question named {name}; {hint}")


def bind(question: Question, settings: Mapping[str, str], term: Callable[[Parameter, str], str]) -> str:
    """Give the SPARQL with the parameters set; `term` turns what a person wrote into SPARQL.

    Raises QuestionError for a parameter that is unknown or still needs a value.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in settings:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise QuestionError(f"{question.name} has no parameter {name}; {has}.")
    values = {p.name: term(p, settings[p.name]) if p.name in settings else p.default for p in question.parameters}
    if needed := next((name for name, value in values.items() if not value), None):
        raise QuestionError(f"{question.name} needs a value for {needed}; add --set {needed}=….")
    return _VALUES.sub(lambda found: f"VALUES ?{found[1]} {{ {values[found[1]]} }}", question.sparql)


_ASIDE = re.compile(r"""\"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^>\s]*>|#.*""")
_PREFIX = re.compile(r"(?<![\w?$.:%-])([A-Za-z][\w.-]*)?:")


def faulty(sparql: str, error: Exception, prefixes: Collection[str]) -> str:
    """Say in one sentence where SPARQL goes wrong, and how to go on."""
    bare = _ASIDE.sub(" ", sparql)
    if not bare.strip():
        return "There is nothing to ask; write SPARQL, such as SELECT * WHERE { ?s ?p ?o } LIMIT 10."
    message = " ".join((getattr(error, "msg", None) or str(error)).split())
    place = re.match(r"error at (\d+):(\d+): (.*)", message)
    if not place:
        return f"The query cannot be run: {message}; correct it."
    line, column, expected = int(place[1]), int(place[2]), place[3]
    known = {*prefixes, *re.findall(r"\bPREFIX\s+([\w.-]*):", bare, re.IGNORECASE)}
    if unknown := next((name for name in _PREFIX.findall(bare) if name not in known), None):
        return f"The prefix {unknown}: is not known; write PREFIX {unknown}: <…> before the query."
    text = sparql.splitlines()[line - 1] if line <= len(sparql.splitlines()) else ""
    wanted = expected if len(expected) < MOST_EXPECTED and "[" not in expected else "something else"
    return f"Line {line}, column {column}: {wanted.removeprefix('expected ')} was expected near “{text.strip()[:60]}”; correct the query."
