"""CONSTRUCT rules run to a fixpoint: inferred quads, each rule in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from graph.errors import RuleError
from graph.question import summary_of

__all__ = ["ROUNDS", "infer"]

ROUNDS = 100
"""How often the rules may build on each other before they are taken to go round in circles."""

_COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def infer(store: ox.Store, rules: Iterable[Path], prefixes: Mapping[str, str]) -> int:
    """Add what the rules conclude to a store whose default graph holds every triple; tell how many.

    A conclusion goes to the graph `rule:NAME` of its rule and to the default graph. What the data
    says by itself is not repeated. Each graph holds its rule's name and sentence too.

    Raises RuleError for a rule that cannot be run or never comes to an end.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in rules}
    graphs = {path: ox.NamedNode(prefixes.get("rule", "urn:rule:") + path.stem) for path in texts}
    before = len(store)
    last: set[str] = set()
    for _ in range(ROUNDS):
        added = {path for path, text in texts.items() if _apply(store, path, text, graphs[path], prefixes)}
        if not added:
            break
        last = {path.name for path in added}
    else:
        raise RuleError(
            f"{', '.join(sorted(last))} still adds triples after {ROUNDS} rounds; let the rule make no new names, so that it comes to an end."
        )
    inferred = len(store) - before
    for path, text in texts.items():
        name, sentence = ox.Literal(path.stem.replace("-", " ")), ox.Literal(summary_of(text))
        for quad in (ox.Quad(graphs[path], _LABEL, name), ox.Quad(graphs[path], _COMMENT, sentence)):
            store.add(quad)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graphs[path]))
    return inferred // 2


def _apply(store: ox.Store, path: Path, text: str, graph: ox.NamedNode, prefixes: Mapping[str, str]) -> bool:
    """Add what one rule concludes now; tell whether anything was new."""
    try:
        found = store.query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise RuleError(f"{path}: {error.msg}; correct the rule.") from error
    if not isinstance(found, ox.QueryTriples):
        raise RuleError(f"{path} is not a CONSTRUCT query; write what follows from what as CONSTRUCT {{ … }} WHERE {{ … }}.")
    triples = [ox.Quad(t.subject, t.predicate, t.object) for t in found]
    new = [quad for quad in triples if quad not in store]
    store.extend(new)
    store.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in new)
    return bool(new)
