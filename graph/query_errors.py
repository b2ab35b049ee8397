"""What is wrong with a query, in one sentence: the place, the reason, and the remedy."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from graph.sparql import CLOSING, OPENING, Token, tokens

__all__ = ["MAX_SENTENCE", "Mistake", "explain_query_error", "read_hints", "spread"]

MAX_SENTENCE = 400
_GAP, _QUOTES = 24, ('"', "'")  # more characters than any keyword of SPARQL has
_MAX_SHOWN, _MAX_BEFORE, _MAX_AFTER = 40, 60, 4

_POSITION = re.compile(r"error at \d+:(\d+): expected (?:one of )?(.*)")
_REASON = re.compile(r'(?:^|, )([A-Za-z][^\s,"]*(?: [^\s,"\[\]]+)+)(?=, |$)')
_UNPRINTABLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


class Mistake(NamedTuple):
    """A known mistake: how to recognize it, what is wrong, and how to put it right."""

    remedy: str
    problem: str = ""
    reason: str = ""
    """What the engine says, as a pattern."""
    tokens: str = ""
    """What stands around ▶, where the query goes wrong, as a pattern: see `_context`."""
    keyword: str = ""
    """The keyword that the part at fault starts with, where the engine finds the fault at the part's end."""


@cache
def read_hints() -> tuple[Mistake, ...]:
    """Read the table of known mistakes, which the page uses too."""
    table = json.loads(Path(__file__).with_name("query-hints.json").read_text(encoding="utf-8"))
    return tuple(Mistake(**entry) for entry in table)


def spread(query: str) -> str:
    """Write the tokens of a query on one line with wide gaps, for the engine to say where it goes wrong.

    The engine reports the place where the longest keyword that it tried would end. With wide gaps this place
    lies between the start of the wrong token and the start of the next.

    >>> spread("ASK {}").split()
    ['ASK', '{', '}']
    """
    gap = " " * _GAP
    texts = (re.sub(r"[\n\r]", " ", token.text) for token in _meaningful(query))
    return "".join(f"{gap}{text}{gap}\n" if text in _QUOTES else gap + text for text in texts) + gap


def explain_query_error(query: str, message: str) -> str:
    """Say in one sentence what is wrong with a query; `message` is the engine's, of the query spread out.

    >>> explain_query_error("INSERT DATA { <a:b> <a:b> 1 }", "error at 1:34: expected CONSTRUCT")
    'Line 1, column 1: INSERT changes data, which is read-only; ask with SELECT, ASK, CONSTRUCT, or DESCRIBE.'
    """
    found, message = _meaningful(query), _printable(message)
    if not found:
        return "The query is empty; try SELECT * WHERE { ?s ?p ?o } LIMIT 10."
    position = _POSITION.search(message)
    if not position:
        mistake = next(one for one in read_hints() if not one.tokens and re.search(one.reason, message))
        return _cut(f"The query cannot be run: {mistake.problem or message.rstrip('. ')}; {mistake.remedy}.")
    expected = position[2]
    number = _wrong_token(found, int(position[1]) - 1, expected)
    around = _context(found, number)
    fitting = (one for one in read_hints() if re.search(one.reason, expected))
    mistake = next(one for one in fitting if re.search(one.tokens, around, re.IGNORECASE | re.ASCII))
    if mistake.keyword:
        number = _start_of_part(found, number, mistake.keyword)
    wrong = found[number] if number < len(found) else None
    text = _cut(_printable(wrong.text), _MAX_SHOWN) if wrong else ""
    reason = _REASON.search(expected)
    own = (
        reason[1].rstrip(".") if reason and not mistake.reason else ""
    )  # the engine knows better than tokens
    usual = f"“{text}” is not allowed here" if wrong else "the query ends too early"
    last = next(reversed(_open_brackets(found, number)), None)
    words = {"text": text, "prefix": text.partition(":")[0]}
    words["open"] = f"the “{last.text}” at {_line_and_column(query, last.start)}" if last else ""
    rest = f"{own or mistake.problem or usual}; {mistake.remedy}."
    start = _line_and_column(query, wrong.start if wrong else len(query.rstrip()))
    return _cut(f"L{start[1:]}: " + re.sub(r"\{(text|prefix|open)\}", lambda name: words[name[1]], rest))


def _meaningful(query: str) -> list[Token]:
    return [token for token in tokens(query) if token.type != "comment"]


def _wrong_token(found: list[Token], position: int, expected: str) -> int:
    """Find the number of the token that the engine stopped at; one more than the last is the query's end."""
    ends = accumulate(_GAP + len(token.text) for token in found)
    number = sum(end + _GAP <= position for end in ends)
    if re.search('IRI parsing failed|">"', expected):  # an IRI goes on to the next >, over other tokens
        number = max(
            (n for n, token in enumerate(found[: number + 1]) if token.text[0] == "<"), default=number
        )
    unended = [n for n, token in enumerate(found[:number]) if token.text in _QUOTES]
    return min(unended, default=number)


def _open_brackets(found: list[Token], number: int) -> list[Token]:
    """List the brackets and braces that are open before a token."""
    brackets: list[Token] = []
    for token in found[:number]:
        if token.text in OPENING:
            brackets.append(token)
        elif brackets and token.text in CLOSING:
            brackets.pop()
    return brackets


def _context(found: list[Token], number: int) -> str:
    """Write the tokens around ▶, a string as "", then ■ and the brackets open there; … is left out before."""
    texts = ['""' if token.type == "string" else token.text[:_MAX_SHOWN] for token in found]
    before = ["…"] * (number > _MAX_BEFORE) + texts[max(0, number - _MAX_BEFORE) : number]
    brackets = "".join(token.text for token in _open_brackets(found, number)[-_MAX_BEFORE:])
    return " ".join([*before, "▶", *texts[number : number + _MAX_AFTER], "■", brackets])


def _start_of_part(found: list[Token], number: int, keyword: str) -> int:
    """Find the keyword that starts the part of a query which ends before a token."""
    depth = 0
    for earlier in range(min(number, len(found)) - 1, -1, -1):
        text = found[earlier].text
        depth += (text in CLOSING) - (text in OPENING)
        if depth <= 0 and text.upper() == keyword:
            return earlier
    return number


def _line_and_column(text: str, position: int) -> str:
    before = re.split(r"\r\n|\n|\r", text[:position])
    return f"line {len(before)}, column {len(before[-1]) + 1}"


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()


def _cut(text: str, limit: int = MAX_SENTENCE) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
