"""CONSTRUCT rules run to a fixpoint: inferred quads, each rule in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from graph.errors import RuleError
from graph.question import header

__all__ = ["ROUNDS", "infer"]

ROUNDS = 100
"""How often the rules may build on each other before they are taken to have no end."""
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
    texts = {path: path.read_text(encoding="utf-8") for path in rules}
    graphs = {path: ox.NamedNode(prefixes.get("rule", "urn:rule:") + path.stem) for path in texts}
    limit = 20 * len(store) + MOST
    inferred = version = 0
    seen: dict[Path, int] = {}  # the state of the data that each rule has drawn its conclusions from
    for _ in range(ROUNDS):
        late = [path for path in texts if seen.get(path) != version]
        if not late:
            break
        for path in late:
            seen[path] = version
            if added := _apply(store, path, texts[path], graphs[path], prefixes):
                version += 1
                inferred += added
        if inferred > limit:
            raise RuleError(_endless(path.name for path in late))
    else:
        raise RuleError(_endless(path.name for path in texts if seen[path] != version))
    for path, text in texts.items():
        said = header(text)
        name, sentence = ox.Literal(said.get("title") or path.stem.replace("-", " ")), ox.Literal(said.get("summary", ""))
        for quad in (ox.Quad(graphs[path], _LABEL, name), ox.Quad(graphs[path], _COMMENT, sentence)):
            store.add(quad)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graphs[path]))
    return inferred


def _endless(names: Iterable[str]) -> str:
    return f"{', '.join(sorted(names))} does not come to an end; let the rule make no new names, so that it stops by itself."


def _apply(store: ox.Store, path: Path, text: str, graph: ox.NamedNode, prefixes: Mapping[str, str]) -> int:
    """Add what one rule concludes now; tell how much of it is new."""
    try:
        found = store.query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise RuleError(f"{path}: {error.msg}; correct the rule.") from error
    if not isinstance(found, ox.QueryTriples):
        raise RuleError(f"{path} is not a CONSTRUCT query; write what follows from what as CONSTRUCT {{ … }} WHERE {{ … }}.")
    repeats = header(text).get("repeats") == "true"
    triples = [ox.Quad(t.subject, t.predicate, t.object) for t in found]
    said = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in triples if repeats or q not in store]
    new = [quad for quad in said if quad not in store]
    store.extend(new)
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in new)
    return len(new)
