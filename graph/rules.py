"""CONSTRUCT rules run to a fixpoint: inferred quads, each rule in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from graph.errors import RuleError
from graph.question import faulty, header, read_query

__all__ = ["ROUNDS", "infer"]

ROUNDS = 100
"""How often rules that make new names may build on each other before they are taken to have no end."""
MOST = 100_000
"""How many quads rules may add to little data; to much data, twenty times as many as it holds."""

_COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def infer(store: ox.Store, rules: Iterable[Path], prefixes: Mapping[str, str]) -> int:
    """Add what the rules conclude to a store whose default graph holds every triple; tell how many.

    A conclusion goes to the graph `rule:NAME` of its rule and to the default graph. What the data
    says by itself is left out, unless the rule's header says `repeats: true`: such a rule sorts
    what is said, and its graph holds all that falls under it. The rules run in the order of their
    names. Each graph holds its rule's title and sentence too.

    Raises RuleError for a rule that cannot be run or never comes to an end.
    """
    known = [_Rule(path, read_query(path), ox.NamedNode(prefixes.get("rule", "urn:rule:") + quote(path.stem))) for path in rules]
    limit = 20 * len(store) + MOST
    inferred = version = 0
    seen: dict[_Rule, int] = {}  # the state of the data that each rule has drawn its conclusions from
    for turn in count(1):
        late = [rule for rule in known if seen.get(rule) != version]
        if not late:
            break
        growing: list[str] = []
        for rule in late:
            seen[rule] = version
            new = _concluded(store, rule, prefixes, limit - inferred)
            if not new:
                continue
            growing.append(rule.path.name)
            if turn > ROUNDS and _makes_names(store, new):
                raise RuleError(_endless([rule.path.name]))
            version += 1
            inferred += len(new)
            if inferred > limit:
                raise RuleError(_endless(growing))
            store.extend(new)
            store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in new)
    for rule in known:
        said = header(rule.text)
        name, sentence = ox.Literal(said.get("title") or rule.path.stem.replace("-", " ")), ox.Literal(said.get("summary", ""))
        for quad in (ox.Quad(rule.graph, _LABEL, name), ox.Quad(rule.graph, _COMMENT, sentence)):
            store.add(quad)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, rule.graph))
    return inferred


@dataclass(frozen=True, slots=True)
class _Rule:
    path: Path
    text: str
    graph: ox.NamedNode


def _endless(names: Iterable[str]) -> str:
    return f"{', '.join(sorted(names))} does not come to an end; let the rule make no new names, so that it stops by itself."


def _concluded(store: ox.Store, rule: _Rule, prefixes: Mapping[str, str], most: int) -> set[ox.Quad]:
    """Find what a rule concludes now that is new; where it is more than there may be, only the start of it."""
    repeats = header(rule.text).get("repeats") == "true"
    new: set[ox.Quad] = set()
    try:
        found = store.query(rule.text, prefixes=dict(prefixes))
        if not isinstance(found, ox.QueryTriples):
            raise RuleError(
                f"{rule.path} is not a CONSTRUCT query; write what follows from what as CONSTRUCT {{ … }} WHERE {{ … }}."
            )
        for t in found:
            quad = ox.Quad(t.subject, t.predicate, t.object, rule.graph)
            if quad not in store and (repeats or ox.Quad(t.subject, t.predicate, t.object) not in store):
                new.add(quad)
            if len(new) > most:
                break
    except (SyntaxError, OSError, RuntimeError) as error:
        raise RuleError(f"{rule.path}: {faulty(rule.text, error, prefixes)}") from error
    return new


def _makes_names(store: ox.Store, new: Iterable[ox.Quad]) -> bool:
    """Tell whether conclusions speak of something that was nowhere before; only such rules can go on without end."""

    def known(term: Any) -> bool:
        places = [(None, None, term)] if isinstance(term, ox.Literal | ox.Triple) else [(None, None, term), (term, None, None)]
        return any(next(store.quads_for_pattern(*place), None) for place in places)

    return any(not known(quad.subject) or not known(quad.object) for quad in new)
