"""Simple paths in a directed graph, from the best on, by a lexicographic sum of the weights of their edges.

This is Yen's algorithm as refined by Lawler, with one search that gives lower bounds for all of its queue.
The time for each path is bounded by the size of the graph, however many paths there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, TypeVar

__all__ = ["Path", "Vector", "best_paths"]

Path = tuple[str, ...]
Vector = tuple[int | Decimal, ...]
"""What an edge adds to the rank of a path: numbers of zero or more, the most important first."""

Edge = TypeVar("Edge")


def best_paths(
    graph: Mapping[str, Mapping[str, Edge]],
    weigh: Callable[[Edge], Vector],
    start: str,
    end: str,
    max_edges: int,
) -> Iterator[Path]:
    """Yield the paths from one node to another that visit none twice; of equal ones, the first by its names.

    The weight of an edge must not be all zeros: then a walk with a loop is worse than the same without it.
    """
    return _Search(graph, weigh, end, max_edges).run(start)


class _Search(Generic[Edge]):
    def __init__(
        self,
        graph: Mapping[str, Mapping[str, Edge]],
        weigh: Callable[[Edge], Vector],
        end: str,
        max_edges: int,
    ) -> None:
        self._graph = graph
        self._weigh = weigh
        self._end = end
        self._max_edges = max_edges
        self._distance = _distances(graph, end, max_edges)
        self._links: dict[str, dict[str, Vector]] = {}
        self._queue: list[tuple[Vector, Path, int, frozenset[str]]] = []

    def run(self, start: str) -> Iterator[Path]:
        """Take from the queue what is best; each entry stands for all paths that begin alike and go on alike.

        An entry has the rank of the best walk among these. Where that walk visits a node twice, the rank is
        a lower bound; only when its turn has come is the best path found instead.
        """
        if start == self._end:
            return
        bounds: _Memo = {}
        self._push((start,), frozenset(), (), bounds)
        while self._queue:
            _, path, fixed, excluded = heappop(self._queue)
            if len(set(path)) < len(path):
                self._push(path[:fixed], excluded, path[:fixed], {})
                continue
            yield path
            for size in range(fixed, len(path)):
                begin, barred = path[:size], frozenset({path[size]})
                self._push(begin, barred | excluded if size == fixed else barred, (), bounds)

    def _push(self, begin: Path, excluded: frozenset[str], avoided: Path, memo: _Memo) -> None:
        """Queue the best walk that begins so, does not go on to `excluded`, and then avoids some nodes."""
        rest = self._step(begin[-1], self._max_edges - len(begin) + 1, excluded.union(begin), avoided, memo)
        if rest:
            weights = [self._links_of(a)[b] for a, b in pairwise(begin)]
            rank = tuple(map(sum, zip(rest[0], *weights, strict=True)))
            heappush(self._queue, (rank, (*begin, *rest[1]), len(begin), excluded))

    def _step(
        self, node: str, max_edges: int, excluded: frozenset[str], avoided: Path, memo: _Memo
    ) -> _Walk | None:
        """Find the best walk on from a node: its weight, and the nodes after this one."""
        found: _Walk | None = None
        for to, weight in self._links_of(node).items():
            if to in excluded or to in avoided or self._distance[to] >= max_edges:
                continue
            rest = (
                ((0,) * len(weight), ()) if to == self._end else self._walk(to, max_edges - 1, avoided, memo)
            )
            if rest is None:
                continue
            walk = (tuple(a + b for a, b in zip(weight, rest[0], strict=True)), (to, *rest[1]))
            if found is None or walk < found:
                found = walk
        return found

    def _walk(self, node: str, max_edges: int, avoided: Path, memo: _Memo) -> _Walk | None:
        key = (node, max_edges)
        if key not in memo:
            memo[key] = self._step(node, max_edges, frozenset(), avoided, memo)
        return memo[key]

    def _links_of(self, node: str) -> dict[str, Vector]:
        if node not in self._links:
            edges = self._graph.get(node, {}).items()
            self._links[node] = {to: self._weigh(edge) for to, edge in edges if to in self._distance}
        return self._links[node]


_Walk = tuple[Vector, Path]
_Memo = dict[tuple[str, int], _Walk | None]


def _distances(graph: Mapping[str, Mapping[str, object]], end: str, max_edges: int) -> dict[str, int]:
    """Count the edges from each node to the end, up to a number."""
    before: dict[str, list[str]] = {}
    for node, edges in graph.items():
        for to in edges:
            before.setdefault(to, []).append(node)
    distance = {end: 0}
    queue = deque([end])
    while queue:
        node = queue.popleft()
        for other in before.get(node, ()) if distance[node] < max_edges else ():
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return distance
