"""CONSTRUCT rules run to a fixpoint: inferred quads, each rule in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from graph.dataset import Dataset
from graph.endpoint import evaluate, explained
from graph.errors import QueryError, RuleError
from graph.question import Header, parse_header, read_query
from graph.terms import Prefixes

__all__ = ["MAX_ITERATIONS", "infer"]

MAX_ITERATIONS = 100
"""Rounds after which a rule that still creates IRIs or blank nodes is taken not to terminate."""
MAX_INFERRED = 100_000
"""Quads that rules may add, on top of twenty times the quads of the data."""

_COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


class _Rule(NamedTuple):
    path: Path
    text: str
    header: Header
    graph: ox.NamedNode


def infer(data: Dataset, rules: Iterable[Path]) -> int:
    """Add what the rules infer to a store whose default graph holds every triple; return how many quads.

    An inference goes to the graph `rule:NAME` of its rule and to the default graph. What the data states
    itself is left out, unless the rule's header says `repeats: true`: such a rule sorts statements, and its
    graph holds all that it matches. Rules run in the order of their names. Each graph holds the rule's
    title and summary too.

    Raises RuleError for a rule that cannot be run or does not terminate.
    """
    store = data.store
    known = [_read_rule(path, data.prefixes) for path in rules]
    limit = 20 * len(store) + MAX_INFERRED
    inferred = version = 0
    seen: dict[Path, int] = {}  # the version of the data that each rule last ran on
    for iteration in count(1):
        due = [rule for rule in known if seen.get(rule.path) != version]
        if not due:
            break
        growing: list[str] = []
        for rule in due:
            seen[rule.path] = version
            new = _infer_once(data, rule, limit - inferred)
            if not new:
                continue
            growing.append(rule.path.name)
            if iteration > MAX_ITERATIONS and _creates_terms(store, new):
                raise RuleError(_nontermination([rule.path.name]))
            version += 1
            inferred += len(new)
            if inferred > limit:
                raise RuleError(_nontermination(growing))
            store.extend(new)
            store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in new)
    for rule in known:
        _describe(store, rule)
    return inferred


def _read_rule(path: Path, prefixes: Prefixes) -> _Rule:
    text = read_query(path)
    return _Rule(
        path, text, parse_header(text), ox.NamedNode(prefixes.get("rule", "urn:rule:") + quote(path.stem))
    )


def _describe(store: ox.Store, rule: _Rule) -> None:
    """Add the title and the summary of a rule to its graph."""
    title = rule.header.values.get("title") or rule.path.stem.replace("-", " ")
    for predicate, text in ((_LABEL, title), (_COMMENT, rule.header.values.get("summary", ""))):
        store.add(ox.Quad(rule.graph, predicate, ox.Literal(text)))
        store.add(ox.Quad(rule.graph, predicate, ox.Literal(text), rule.graph))


def _nontermination(names: Iterable[str]) -> str:
    creates = (
        "creates new IRIs or blank nodes in every round; remove BNODE, UUID, or IRI(…) from its template."
    )
    return f"{', '.join(sorted(names))} does not terminate: it {creates}"


def _infer_once(data: Dataset, rule: _Rule, limit: int) -> set[ox.Quad]:
    """Find what a rule infers now that is new; stop where it is more than there may be."""
    repeats = rule.header.values.get("repeats") == "true"
    store = data.store
    new: set[ox.Quad] = set()
    for triple in _construct(data, rule):
        quad = ox.Quad(triple.subject, triple.predicate, triple.object, rule.graph)
        if quad not in store and (
            repeats or ox.Quad(triple.subject, triple.predicate, triple.object) not in store
        ):
            new.add(quad)
        if len(new) > limit:
            break
    return new


def _construct(data: Dataset, rule: _Rule) -> Iterator[ox.Triple]:
    try:
        with explained(rule.text, data.prefixes):
            found = evaluate(data.store, rule.text, data.prefixes)
            if isinstance(found, ox.QueryTriples):
                yield from found
                return
    except QueryError as error:
        raise RuleError(f"{rule.path}: {error}") from error
    raise RuleError(f"{rule.path} is not a CONSTRUCT query; write a rule as CONSTRUCT {{ … }} WHERE {{ … }}.")


def _creates_terms(store: ox.Store, new: Iterable[ox.Quad]) -> bool:
    """Tell whether inferences name something that was nowhere before; only such rules can go on forever."""

    def is_known(term: Any) -> bool:
        patterns = [(None, None, term)]
        if not isinstance(term, ox.Literal | ox.Triple):
            patterns.append((term, None, None))
        return any(next(store.quads_for_pattern(*pattern), None) for pattern in patterns)

    return any(not is_known(quad.subject) or not is_known(quad.object) for quad in new)
