"""What is wrong with a query, in one sentence: the place, the reason, and the remedy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from graph.sparql import Token, tokens

__all__ = ["Hints", "explain_query_error", "read_hints", "spread"]

_GAP = 24
"""More characters than any keyword of SPARQL has."""
_MAX_SHOWN = 40
_SET_APART = frozenset("{}(),;")

_POSITION = re.compile(r"error at \d+:(\d+): expected (?:one of )?(.*)")
_KEYWORD = re.compile(r"(?:^|, )([A-Za-z_0-9]{2,})(?=, |$)")


class Hints(NamedTuple):
    """The mistakes that are known, with their remedies."""

    reasons: list[list[str]]
    """What the engine says, as a pattern; what it means; the remedy."""
    hints: list[list[str]]
    """The tokens around ▶, where the query goes wrong, as a pattern; the remedy. ■ is the end."""


class _Placed(NamedTuple):
    token: Token
    start: int
    """Where the token starts once the query is spread out."""


def read_hints() -> Hints:
    """Read the table of known mistakes, which the page uses too."""
    table = json.loads(Path(__file__).with_name("query-hints.json").read_text(encoding="utf-8"))
    return Hints(table["reasons"], table["hints"])


def spread(sparql: str) -> str:
    """Write a query on one line with wide gaps, for the engine to say where it goes wrong.

    The engine reports the place where the longest keyword that it tried would end. With wide gaps this
    place lies between the start of the wrong token and the start of the next.
    """
    line = ""
    for token, start in _place(sparql):
        line = line.ljust(start) + re.sub(r"\s", " ", token.text)
    return line + " " * _GAP


def explain_query_error(sparql: str, message: str) -> str:
    """Say in one sentence what is wrong with a query; `message` is the engine's, of the query spread out."""
    placed = _place(sparql)
    if not placed:
        return "The query is empty; try SELECT * WHERE { ?s ?p ?o } LIMIT 10."
    message = " ".join(message.split())
    found = _POSITION.match(message)
    if not found:
        return f"The query cannot be run: {message.rstrip('. ')}; correct it."
    expected = found[2]
    number = _wrong_token(placed, int(found[1]) - 1, expected)
    texts = [one.token.text for one in placed]
    unknown = "Prefix not found" in expected
    if unknown and ":" not in "".join(texts[number : number + 1]):
        number -= 1  # the engine finds out behind the prefix
    if number < len(placed):
        where, problem = placed[number].token.start, f"“{_shortened(texts[number])}” cannot stand here"
    else:
        where, problem = len(sparql.rstrip()), "the query ends too early"
    context = " ".join([*texts[:number], "▶", *texts[number:], "■"])
    hints = read_hints()
    remedy = next(remedy for pattern, remedy in hints.hints if re.search(pattern, context, re.IGNORECASE))
    for pattern, reason, cure in hints.reasons:
        if re.search(pattern, expected):
            problem, remedy = reason, cure
    prefix = texts[number].partition(":")[0] if unknown else ""
    if unknown and prefix not in {"http", "https"}:
        problem, remedy = f"the prefix {prefix}: is unknown", f"write PREFIX {prefix}: <…> before the query"
    line, column = _line_and_column(sparql, where)
    return f"Line {line}, column {column}: {problem}; {remedy}."


def _place(sparql: str) -> list[_Placed]:
    """Give each token that is no comment its place: after a gap where it may stand apart, else where it stood."""
    placed: list[_Placed] = []
    end = 0
    for token in tokens(sparql):
        if token.kind == "comment":
            continue
        before = placed[-1] if placed else None
        stands_apart = not before or token.start > before.token.end
        if stands_apart or token.text in _SET_APART or (before and before.token.text in _SET_APART):
            end += _GAP
        placed.append(_Placed(token, end))
        end += len(token.text)
    return placed


def _wrong_token(placed: list[_Placed], position: int, expected: str) -> int:
    """Find the number of the token that the parser stopped at: the number after the last where the query ends early."""
    starts = {one.start: number for number, one in enumerate(placed)}
    if not re.search(
        r'"|\[(?!_\])', expected
    ):  # only keywords: the place is where the longest of them would end
        found = [
            starts[position - len(word)]
            for word in _KEYWORD.findall(expected)
            if position - len(word) in starts
        ]
        if found:
            return max(found)
    if position >= placed[-1].start + len(placed[-1].token.text):
        return len(placed)
    return max((number for number, one in enumerate(placed) if one.start <= position), default=0)


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = re.split(r"\r\n|\n|\r", text[:position])
    return len(before), len(before[-1]) + 1


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN - 1]}…"
