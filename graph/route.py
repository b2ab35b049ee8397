"""The best routes from one item to another, step by step.

What no source states is not taken for nothing: of two routes, the one with fewer gaps is better, and only
then the one with the lower sum. The same algorithm, in JavaScript, is `browser/core/routes.js`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice, pairwise
from typing import Any, NamedTuple

from graph.errors import QuestionError
from graph.paths import Path, Vector, best_paths
from graph.route_policy import STEPS, Measure, Policy
from graph.terms import Value

__all__ = ["Amount", "Route", "Step", "Steps", "read_steps", "routes"]

_NUMBER = re.compile(r"\s*-?\+?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?\s*", re.ASCII | re.IGNORECASE)


class Amount(NamedTuple):
    """What a step takes of one measure; None stands for what no source states."""

    value: Decimal | None = None
    max: Decimal | None = None
    item: str = ""
    is_missing: bool = False
    """Whether the step takes something that no source states."""


class Step(NamedTuple):
    """One step of a route; empty texts stand for what no source states."""

    start: str
    end: str
    text: str = ""
    requires: str = ""
    recommends: str = ""
    level: str = ""
    amounts: tuple[Amount, ...] = ()
    """One for each measure of the policy."""
    sources: tuple[tuple[str, str], ...] = ()
    """What is stated, such as "toll, level", and the source; the source of the step itself comes after ""."""


class Route(NamedTuple):
    """Some steps in a row, and what no other route is better by."""

    steps: tuple[Step, ...]
    best_by: tuple[str, ...] = ()
    sums: Mapping[str, Decimal] = {}
    """What is stated of each measure, added up."""
    max_sums: Mapping[str, Decimal] = {}
    """The same, with the upper end of each range."""
    missing: Mapping[str, int] = {}
    """For how many steps a measure is not stated."""


Steps = Mapping[str, Mapping[str, Step]]
"""Steps by their start, then by their end."""


def read_steps(rows: Iterable[Mapping[str, Value]], policy: Policy) -> Steps:
    """Read the steps by their start and their end; of several between the same two items, keep one.

    It is the one that takes the least, then the first by its words, whatever the order of the rows.

    Raises QuestionError for a measure that is not a number of zero or more.
    """
    best: dict[tuple[str, str], tuple[Any, Step]] = {}
    for row in rows:
        step = _step(row, policy)
        ends, rank = (step.start, step.end), _rank(step, policy)
        if ends not in best or rank < best[ends][0]:
            best[ends] = (rank, step)
    steps: dict[str, dict[str, Step]] = {}
    for (start, end), (_, step) in best.items():
        steps.setdefault(start, {})[end] = step
    return steps


def routes(steps: Steps, policy: Policy, start: str, end: str, *, limit: int = 3) -> tuple[Route, ...]:
    """Find the best route by each criterion, then the next best by the first criterion."""

    def paths(keys: tuple[str, ...]) -> Iterator[Path]:
        return best_paths(steps, lambda step: _weight(step, policy, keys), start, end, policy.max_steps)

    chosen: dict[Path, tuple[str, ...]] = {}
    for name, keys in policy.criteria:
        for path in islice(paths(keys), 1):
            best_by = chosen.get(path, ())
            chosen[path] = (*best_by, name) if _is_stated(path, steps, policy, keys[0]) else best_by
    others = paths(policy.criteria[0][1])
    while len(chosen) < limit and (other := next(others, None)):
        chosen.setdefault(other, ())
    return tuple(_route(path, steps, policy, best_by) for path, best_by in chosen.items())[: max(limit, 0)]


def _weight(step: Step, policy: Policy, keys: tuple[str, ...]) -> Vector:
    """List what a step adds to a rank: for each measure its gap, then its value."""
    amounts = {measure.name: amount for measure, amount in zip(policy.measures, step.amounts, strict=True)}
    vector: list[Any] = []
    for key in (*keys, STEPS):
        vector += [1] if key == STEPS else [int(amounts[key].is_missing), amounts[key].value or 0]
    return tuple(vector)


def _is_stated(path: Path, steps: Steps, policy: Policy, key: str) -> bool:
    """Tell whether a route can be called the best by a measure: something is stated, or nothing has to be."""
    if key == STEPS:
        return True
    index = [measure.name for measure in policy.measures].index(key)
    amounts = [steps[a][b].amounts[index] for a, b in pairwise(path)]
    return any(amount.value is not None for amount in amounts) or not any(a.is_missing for a in amounts)


def _route(path: Path, steps: Steps, policy: Policy, best_by: tuple[str, ...]) -> Route:
    taken = tuple(steps[a][b] for a, b in pairwise(path))
    sums: dict[str, Decimal] = {}
    max_sums: dict[str, Decimal] = {}
    missing: dict[str, int] = {}
    for index, measure in enumerate(policy.measures):
        amounts = [step.amounts[index] for step in taken]
        sums[measure.name] = sum((a.value for a in amounts if a.value is not None), Decimal(0))
        max_sums[measure.name] = sum((a.max for a in amounts if a.max is not None), Decimal(0))
        missing[measure.name] = sum(amount.is_missing for amount in amounts)
    return Route(taken, best_by, sums, max_sums, missing)


def _step(row: Mapping[str, Value], policy: Policy) -> Step:
    def text(column: str) -> str:
        value = row.get(column)
        return "" if value is None else str(value)

    sources: dict[str, list[str]] = {text("source"): [""]}
    for column, part in policy.sources:
        if text(column) != text("source"):
            sources.setdefault(text(column), []).append(part)
    return Step(
        start=text("from"),
        end=text("to"),
        text=text("text") or "leads to",
        requires=text("requires"),
        recommends=text("recommends"),
        level=text("level"),
        amounts=tuple(_amount(row, measure) for measure in policy.measures),
        sources=tuple((", ".join(parts), source) for source, parts in sources.items() if source),
    )


def _amount(row: Mapping[str, Value], measure: Measure) -> Amount:
    value, upper = (_number(row, column) for column in (measure.name, measure.max))
    item = str(row.get(measure.item) or "")
    is_missing = value is None and (bool(item) or not measure.item)
    return Amount(value, None if value is None else max(value, upper or value), item, is_missing)


def _number(row: Mapping[str, Value], column: str) -> Decimal | None:
    if (value := row.get(column)) is None:
        return None
    number = Decimal(str(value)) if _NUMBER.fullmatch(str(value)) else Decimal(-1)
    if number < 0:
        raise QuestionError(f"route.rq gives “{value}” as ?{column}; let it be a number of zero or more.")
    return number.copy_abs()


def _rank(step: Step, policy: Policy) -> tuple[Any, ...]:
    """Order the steps between the same two items; no two that differ are equal in it."""
    amounts = zip(policy.measures, step.amounts, strict=True)
    # What is for nothing costs nothing; a price that no source states may be anything.
    values = [(m.item != "" and a.is_missing, a.value or 0, a.value is None, a.max or 0) for m, a in amounts]
    return (values, step[2:6], [amount.item for amount in step.amounts], step.sources)
