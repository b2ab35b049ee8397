"""How routes are ranked and measured: the header of `route.rq`.

    #+ route:
    #+   from: high tide …                       hints for where a route starts and ends
    #+   to: lighthouse …
    #+   max steps: 6
    #+ criteria:
    #+   fewest steps: steps, toll               what counts first, what counts next
    #+   lowest tolls: toll, steps
    #+ measure toll:                             a column with numbers, which routes add up
    #+   label: Tolls
    #+   unit: €#                                # stands for the number; "# hour | # hours" for one and more
    #+   text: Pay {toll} for {tollItem}         how a step reads; a name in braces is a column
    #+   item: tollItem                          optional: what the number is for; a step without it has none
    #+   max: tollMax                            optional: the upper end, where the number is a range
    #+ sources:
    #+   tollSource: toll                        a column with the source of one part of a step

Without a header, the best route is the one with the fewest steps. The query selects `?from`, `?to`, `?text`
(the words between the two), and every column that its header names. It may select `?requires`, `?recommends`,
`?level`, and `?source`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from graph.errors import QuestionError
from graph.question import Header

__all__ = ["STEPS", "Measure", "Policy", "read_policy"]

STEPS = "steps"
"""What a criterion calls the number of steps."""

_ROUTE = ("from", "to", "max steps")
_MEASURE = ("label", "unit", "text", "item", "max")


class Measure(NamedTuple):
    """A column with numbers that routes add up."""

    name: str
    label: str
    unit: str = "#"
    text: str = ""
    """How a step reads, such as "Pay {toll} for {tollItem}"."""
    item: str = ""
    """The column that holds what the number is for."""
    max: str = ""
    """The column that holds the upper end of a range."""


class Policy(NamedTuple):
    """How routes are ranked and measured."""

    criteria: tuple[tuple[str, tuple[str, ...]], ...] = (("fewest steps", (STEPS,)),)
    """What a route can be best by, and the measures that decide it, the most important first."""
    measures: tuple[Measure, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    """The columns with the source of a part of a step, and what that part is called."""
    max_steps: int = 6
    start_hint: str = ""
    end_hint: str = ""


def read_policy(header: Header, columns: Collection[str] | None = None, name: str = "route.rq") -> Policy:
    """Read the policy from the header of a query; `columns` are those that the query selects, if known.

    Raises QuestionError where the header is wrong, or names a column that the query lacks.
    """
    route = _section(header, "route", _ROUTE, name)
    max_steps = route.get("max steps", "6")
    if not re.fullmatch(r"[1-9]\d?", max_steps):
        raise QuestionError(f"{name} sets “max steps: {max_steps}”; give a whole number from 1 to 99.")
    measures = tuple(_measure(header, key, name) for key in header.sections if key.startswith("measure "))
    known = [STEPS, *(measure.name for measure in measures)]
    criteria = {
        key: tuple(re.split(r"\s*,\s*", value)) for key, value in header.sections.get("criteria", {}).items()
    }
    for key, names in criteria.items():
        for unknown in sorted(set(names) - set(known)):
            raise QuestionError(f"{name} ranks “{key}” by “{unknown}”; rank by {', '.join(known)}.")
    policy = Policy(
        tuple(criteria.items()) or Policy().criteria,
        measures,
        tuple(header.sections.get("sources", {}).items()),
        int(max_steps),
        route.get("from", ""),
        route.get("to", ""),
    )
    for column in _columns(policy):
        if columns is not None and column not in columns:
            raise QuestionError(f"{name} does not select ?{column}; add this column to its SELECT.")
    return policy


def _measure(header: Header, key: str, name: str) -> Measure:
    section = _section(header, key, _MEASURE, name)
    column = key.removeprefix("measure ")
    label, item = section.get("label", column), section.get("item", "")
    measure = Measure(
        column,
        label,
        section.get("unit", "#"),
        section.get("text", f"{label}: {{{column}}}"),
        item,
        section.get("max", ""),
    )
    known = [f"{{{one}}}" for one in (column, item) if one]
    if unknown := next((one for one in re.findall(r"{.*?}", measure.text) if one not in known), None):
        raise QuestionError(f"{name} writes “{unknown}” under “{key}”; write {' or '.join(known)}.")
    if "#" not in measure.unit:
        raise QuestionError(f"{name} sets “unit: {measure.unit}” under “{key}”; let # stand for the number.")
    return measure


def _section(header: Header, key: str, allowed: tuple[str, ...], name: str) -> dict[str, str]:
    section = dict(header.sections.get(key, {}))
    if unknown := next((one for one in section if one not in allowed), None):
        raise QuestionError(f"{name} sets “{unknown}” under “{key}”; set {', '.join(allowed)} there.")
    return section


def _columns(policy: Policy) -> list[str]:
    """List the columns that must be there."""
    named = [column for measure in policy.measures for column in (measure.name, measure.item, measure.max)]
    return ["from", "to", "text", *filter(None, named), *(column for column, _ in policy.sources)]
