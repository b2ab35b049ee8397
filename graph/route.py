"""Ways from one thing to another, as steps with what they ask, take and cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import networkx as nx

from graph.terms import Value

__all__ = ["MAX_STEPS", "Route", "Step", "routes"]

MAX_STEPS = 6
"""How many steps a way may have."""
SAID = ("time", "fee", "membership", "level", "advice")
"""What a step says beside where it leads; each may have a source of its own."""
LEAST_TIME = "least time"
"""Nothing can be the best at this of which no source states any time."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way; None and empty texts stand for what no source states."""

    start: str
    end: str
    how: str
    asks: str = ""
    months: Decimal | None = None
    months_up_to: Decimal | None = None
    fee: Decimal | None = None
    fee_for: str = ""
    """What costs something; empty where the step itself has no price."""
    level: str = ""
    advised: str = ""
    """What is advised beforehand, though not asked for."""
    source: str = ""
    others: tuple[tuple[str, str], ...] = ()
    """What is said by other sources than the step itself, each such as ("fee, level", source)."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way in steps, and what it is the best at."""

    steps: tuple[Step, ...]
    best: tuple[str, ...] = ()

    @property
    def fee(self) -> Decimal:
        """Sum up the fees that are stated."""
        return sum((step.fee for step in self.steps if step.fee is not None), Decimal(0))

    @property
    def months(self) -> Decimal:
        """Sum up the months that are stated, the lower end of each range."""
        return sum((step.months for step in self.steps if step.months is not None), Decimal(0))

    @property
    def months_up_to(self) -> Decimal:
        """Sum up the months that are stated, the upper end of each range."""
        return sum(
            (max(s.months_up_to or s.months, s.months) for s in self.steps if s.months is not None),
            Decimal(0),
        )

    @property
    def without_fee(self) -> int:
        """Count the steps that cost something no source states."""
        return sum(step.fee is None and bool(step.fee_for) for step in self.steps)

    @property
    def without_months(self) -> int:
        """Count the steps whose length no source states."""
        return sum(step.months is None for step in self.steps)


def routes(rows: Iterable[Mapping[str, Value]], start: str, end: str, *, limit: int = 3) -> tuple[Route, ...]:
    """Find the ways with fewest steps, lowest fees and least time, then the next short ones.

    `rows` are links with `from`, `to`, `how` and, where the data has them, `asks`, `months`,
    `monthsUpTo`, `fee`, `feeFor`, `level`, `advised`, `source`, and `sourceOfTime` to
    `sourceOfAdvice` where another source says these. What is not stated is not taken for nothing: of two ways,
    the one with fewer gaps comes first, and only then the cheaper or shorter one.
    """
    graph = _graph(rows)
    if start not in graph or end not in graph or start == end:
        return ()
    found = [
        Route(tuple(graph.edges[a, b]["step"] for a, b in pairwise(path)))
        for path in nx.all_simple_paths(graph, start, end, cutoff=MAX_STEPS)
    ]
    chosen: dict[Route, tuple[str, ...]] = {}
    for name, key in _BEST.items():
        if found:
            best = min(found, key=key)
            chosen[best] = (*chosen.get(best, ()), *([name] if name != LEAST_TIME or best.months else []))
    for route in sorted(found, key=_BEST["fewest steps"]):
        if len(chosen) >= limit:
            break
        chosen.setdefault(route, ())
    return tuple(Route(route.steps, best) for route, best in list(chosen.items())[:limit])


def _graph(rows: Iterable[Mapping[str, Value]]) -> nx.DiGraph[Any]:
    """Keep one step for each pair: the one that asks for the fewest months, then the first by its words, then the cheapest."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for step in sorted(map(_step, rows), key=_rank):
        if not graph.has_edge(step.start, step.end):
            graph.add_edge(step.start, step.end, step=step)
    return graph


def _rank(step: Step) -> tuple[Any, ...]:
    """Give what to sort steps by; no two that differ are equal in it, so that the order of the rows does not matter."""
    time = (step.months or 0, step.months is None)
    price = (step.fee is None, step.fee or 0)
    rest = (
        step.source,
        step.fee_for,
        step.level,
        step.advised,
        -1 if step.months_up_to is None else step.months_up_to,
    )
    return (*time, step.how, step.asks, *price, *rest, step.others)


def _step(row: Mapping[str, Value]) -> Step:
    def text(name: str) -> str:
        return str(row.get(name) or "")

    def number(name: str) -> Decimal | None:
        value = row.get(name)
        return None if value is None else Decimal(str(value))

    return Step(
        start=text("from"),
        end=text("to"),
        how=text("how"),
        asks=text("asks"),
        months=number("months"),
        months_up_to=number("monthsUpTo"),
        fee=number("fee"),
        fee_for=text("feeFor"),
        level=text("level"),
        advised=text("advised"),
        source=text("source"),
        others=_others({what: text(f"sourceOf{what.title()}") for what in SAID}, text("source")),
    )


def _others(sources: Mapping[str, str], source: str) -> tuple[tuple[str, str], ...]:
    said: dict[str, list[str]] = {}
    for what, other in sources.items():
        if other not in {"", source}:
            said.setdefault(other, []).append(what)
    return tuple((", ".join(whats), other) for other, whats in said.items())


def _names(route: Route) -> tuple[str, ...]:
    return tuple(step.end for step in route.steps)


_BEST: dict[str, Any] = {
    "fewest steps": lambda r: (len(r.steps), r.without_fee, r.fee, r.without_months, r.months, _names(r)),
    "lowest fees": lambda r: (r.without_fee, r.fee, len(r.steps), r.months, _names(r)),
    LEAST_TIME: lambda r: (r.without_months, r.months, len(r.steps), r.without_fee, r.fee, _names(r)),
}
