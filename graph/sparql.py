"""The tokens of SPARQL text: what is a comment, a string, an IRI, and what is the query itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = [
    "CLOSING",
    "OPENING",
    "Token",
    "ValuesBlock",
    "calls_service",
    "in_order_of_appearance",
    "length",
    "nesting",
    "tokens",
    "values_blocks",
    "without_service",
]


class Token(NamedTuple):
    """A token of SPARQL; `type` is comment, string, iri, variable, name, number, or symbol."""

    type: str
    text: str
    start: int
    end: int


class ValuesBlock(NamedTuple):
    """Where the content of `VALUES ?variable { … }` starts and ends in a query, without the braces."""

    variable: str
    start: int
    end: int


# SPARQL 1.1, section 19.8: PN_CHARS_BASE, PN_CHARS, PN_LOCAL, ECHAR, and UCHAR.
_LETTER = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_WORD = rf"{_LETTER}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_LOCAL = rf"(?:[{_WORD}:-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{_UCHAR}"
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"{{3}}(?:[^"\\]|{_ESCAPE}|\"(?!\"\"))*\"{{3}} | '{{3}}(?:[^'\\]|{_ESCAPE}|'(?!''))*'{{3}}
      | "(?:[^"\\\n\r]|{_ESCAPE})*" | '(?:[^'\\\n\r]|{_ESCAPE})*')
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*>)
  | (?P<variable>[?$][{_WORD}]+)
  | (?P<name>(?:_|[{_LETTER}](?:[{_WORD}.-]{{0,99}}[{_WORD}-])?)?:(?:{_LOCAL}(?:\.*{_LOCAL})*)?
      | @[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)? | [{_LETTER}_][{_WORD}]*)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<symbol>\^\^ | && | \|\| | [!<>]= | <<\( | \)>> | << | >> | \{{\| | \|\}} | [^ \t\n\r])
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING = frozenset({"(", "[", "{", "<<", "<<(", "{|"})
CLOSING = frozenset({")", "]", "}", ">>", ")>>", "|}"})
_SERVICE = re.compile("s(?=ervice)", re.IGNORECASE | re.ASCII)


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query, comments among them; what is no SPARQL at all comes as symbols.

    >>> [token.text for token in tokens("ASK { ex:a.b <p> 'it''s', ?x }# end")]
    ['ASK', '{', 'ex:a.b', '<p>', "'it'", "'s'", ',', '?x', '}', '# end']
    """
    for found in _TOKEN.finditer(sparql):
        yield Token(str(found.lastgroup), found[0], found.start(), found.end())


def values_blocks(sparql: str) -> Iterator[ValuesBlock]:
    """Yield each `VALUES ?variable { … }` of a query, outside comments, strings, and IRIs.

    >>> list(values_blocks("ASK { VALUES ?x { 1 } } # VALUES ?y { 2 }"))
    [ValuesBlock(variable='x', start=17, end=20)]
    """
    found = [token for token in tokens(sparql) if token.type != "comment"]
    for number, (keyword, variable, brace) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if keyword.text.upper() == "VALUES" and variable.type == "variable" and brace.text == "{":
            end = next((token.start for token in found[number + 3 :] if token.text == "}"), len(sparql))
            yield ValuesBlock(variable.text[1:], brace.end, end)


def calls_service(sparql: str, prefixes: Mapping[str, str] = MappingProxyType({})) -> bool:
    r"""Tell whether a query may ask another server, however SERVICE is written.

    The engine judges itself: a query that it still understands where the word SERVICE is spelled in
    another way does not use the keyword. So a query with a mistake counts as one that may.
    `prefixes` are those that the query need not declare.

    >>> calls_service("SELECT * { \\u0053ERVICE <http://a.example/> { ?s ?p ?o } }")
    True
    >>> calls_service("SELECT ?service { ?service a service:x } # SERVICE", {"service": "http://a.example/"})
    False
    """
    texts = {sparql, _unescaped(sparql)}
    if "SERVICE" not in " ".join(texts).upper():
        return False
    if "ZERVICE" in " ".join((*texts, *prefixes)).upper():  # the other spelling means something already
        return True
    respelled = {without_service(name): iri for name, iri in prefixes.items()}
    return not all(_is_understood(without_service(text), respelled) for text in texts)


def in_order_of_appearance(sparql: str, names: list[str]) -> list[str]:
    """Sort the variables of SELECT * as they appear in the query; other queries name their own order.

    >>> in_order_of_appearance("SELECT * { ?s ?p ?o }", ["o", "p", "s"])
    ['s', 'p', 'o']
    """
    found = [token for token in tokens(sparql) if token.type != "comment"]
    words = [token.text.upper() for token in found]
    start = words.index("SELECT") + 1 if "SELECT" in words else len(words)
    if "*" not in words[start : start + 2] or words[start] not in {"*", "DISTINCT", "REDUCED"}:
        return names
    order = {
        token.text[1:]: -place
        for place, token in reversed(list(enumerate(found)))
        if token.type == "variable"
    }
    return sorted(names, key=lambda name: -order.get(name, -len(found)))


def without_service(sparql: str) -> str:
    """Spell the word SERVICE in another way, wherever it stands, so that no part of a query is the keyword.

    >>> without_service("ASK { SERVICE ?service {} }")
    'ASK { ZERVICE ?zervice {} }'
    """
    return _SERVICE.sub(lambda found: "Z" if found[0] == "S" else "z", sparql)


def nesting(sparql: str, limit: int = 0) -> int:
    """Count how deep brackets and braces are nested in a query; a count up to `limit` may be too high.

    >>> nesting("ASK { FILTER((1 + 2) = 3) } # ((((")
    3
    """
    if (count := sum(map(sparql.count, "([{<"))) <= limit:
        return count
    depth = deepest = 0
    for token in tokens(sparql):
        depth += token.text in OPENING
        if token.type == "iri":  # `?a<((?b)>` looks like an IRI
            depth += token.text.count("(")
        deepest = max(deepest, depth)
        depth -= token.text.count(")") if token.type == "iri" else token.text in CLOSING
    return deepest


def length(sparql: str) -> int:
    """Count the tokens of a query, without comments and what stands between the braces of VALUES.

    >>> length("SELECT ?x { VALUES ?x { 1 2 3 } } # all")
    7
    """
    count = depth = 0
    in_values = False
    for token in tokens(sparql):
        if in_values and token.text == "}":
            in_values = False
        elif in_values and token.text == "{":
            depth += 1
        count += token.type != "comment" and not (in_values and depth)
        if token.text.upper() == "VALUES":
            in_values, depth = True, 0
    return count


def _is_understood(sparql: str, prefixes: dict[str, str]) -> bool:
    """Tell whether the engine can parse a query."""
    import pyoxigraph as ox

    try:
        ox.Store().query(sparql, prefixes=prefixes)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):  # parsed, yet it cannot be evaluated
        pass
    return True


def _unescaped(sparql: str) -> str:
    r"""Replace `\u` and `\U` escapes first, as SPARQL 1.1 requires and not every engine does."""

    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else found[0]  # noqa: PLR2004  the last codepoint of Unicode

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", character, sparql)
