"""The tokens of SPARQL text: what is a comment, a string, an IRI, and what is the query itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "ValuesBlock", "calls_service", "nesting", "tokens", "values_blocks"]


class Token(NamedTuple):
    """A piece of SPARQL that means something; `kind` is comment, string, iri, name, variable, or symbol."""

    kind: str
    text: str
    start: int
    end: int


class ValuesBlock(NamedTuple):
    """The place of `VALUES ?variable { … }` in a query: where what stands between the braces starts and ends."""

    variable: str
    start: int
    end: int


# SPARQL 1.1, section 19.8: IRIREF, STRING_LITERAL*, PrefixedName, VAR1, VAR2, LANGTAG. The longest string comes first.
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*
      | @?[^\W\d_][\w-]* | _:[\w.-]+ | \d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
  | (?P<symbol>\^\^ | && | \|\| | [!<>]= | <<\( | \)>> | << | >> | \{\| | \|\} | \S)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_DEEPER, _SHALLOWER = frozenset("([{"), frozenset(")]}")


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query, comments among them; what is no SPARQL at all comes as symbols."""
    for found in _TOKEN.finditer(sparql):
        yield Token(str(found.lastgroup), found[0], found.start(), found.end())


def values_blocks(sparql: str) -> Iterator[ValuesBlock]:
    """Yield each `VALUES ?variable { … }` of a query, outside comments, strings, and IRIs."""
    found = [token for token in tokens(sparql) if token.kind != "comment"]
    for number, (keyword, variable, brace) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if keyword.text.upper() == "VALUES" and variable.kind == "variable" and brace.text == "{":
            end = next((token.start for token in found[number + 3 :] if token.text == "}"), len(sparql))
            yield ValuesBlock(variable.text[1:], brace.end, end)


def calls_service(sparql: str) -> bool:
    r"""Tell whether a query asks another server, however SERVICE is written.

    >>> calls_service("SELECT * { \\u0053ERVICE <http://a.example/> { ?s ?p ?o } }")
    True
    >>> calls_service("SELECT ?service { ?service a service:x ; rdfs:label 'SERVICE' } # SERVICE")
    False
    """
    unescaped = _unescaped(sparql)
    if "SERVICE" not in unescaped.upper():
        return False
    return any(_holds_service(token) for text in {sparql, unescaped} for token in tokens(text))


def _holds_service(token: Token) -> bool:
    """Tell whether a token may be, or hide, the keyword SERVICE."""
    before, keyword, _ = token.text.upper().partition("SERVICE")
    if token.kind == "iri":  # `FILTER(?a<?b)SERVICE#>` looks like an IRI, yet the first sign is an operator
        return bool(keyword) and ")" in before
    return token.kind == "name" and bool(keyword) and not re.search("[:@]", token.text)


def nesting(sparql: str, limit: int = 0) -> int:
    """Count how deep brackets and braces are nested in a query; a count up to `limit` may be too high."""
    count = sum(map(sparql.count, _DEEPER))
    if count <= limit:
        return count
    depth = deepest = 0
    for token in tokens(sparql):
        if token.text in _DEEPER:
            depth += 1
            deepest = max(deepest, depth)
        elif token.text in _SHALLOWER:
            depth -= 1
    return deepest


def _unescaped(sparql: str) -> str:
    r"""Replace `\u` and `\U` escapes, which SPARQL 1.1 reads before anything else."""

    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else found[0]  # noqa: PLR2004  the last codepoint of Unicode

    return _CODEPOINT.sub(character, sparql)
