"""Routes and comparisons as text that people read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from graph.comparison import Comparison, SourcedValue
from graph.route import Amount, Route, Step
from graph.route_policy import Measure, Policy
from graph.tables import escape_markdown, printable

__all__ = [
    "amount_text",
    "aside_text",
    "comparison_text",
    "no_route_text",
    "routes_text",
    "step_phrases",
    "sums_text",
]

Label = Callable[[str], str]


def routes_text(found: tuple[Route, ...], policy: Policy, label: Label) -> str:
    """Write routes, one at least, as numbered steps, with what is stated and what is not."""
    first, last = found[0].steps[0].start, found[0].steps[-1].end
    lines = [f"From {label(first)} to {label(last)}:"]
    for number, route in enumerate(found, 1):
        best_by = f" ({', '.join(route.best_by)})" if route.best_by else ""
        lines += ["", f"Route {number}: {_count(len(route.steps))}{best_by}"]
        lines += [f"  {index}. {_step(step, policy, label)}" for index, step in enumerate(route.steps, 1)]
        if policy.measures:
            lines.append(f"  {sums_text(route, policy)}")
    return "\n".join(lines) + "\n"


def no_route_text(start: str, end: str, before: tuple[str, ...], policy: Policy, label: Label) -> str:
    """Write that there is no route, and which items are one step before the end."""
    known = (
        f"Items one step before {label(end)}: {'; '.join(map(label, before))}."
        if before
        else f"Nothing leads to {label(end)}."
    )
    return (
        f"No route of up to {_count(policy.max_steps)} leads from {label(start)} to {label(end)}. {known}\n"
    )


def amount_text(unit: str, low: Decimal, high: Decimal) -> str:
    """Write a number or a range with its unit.

    >>> amount_text("€#", Decimal("1399.50"), Decimal("1399.5"))
    '€1,399.5'
    >>> amount_text("# hour | # hours", Decimal(12), Decimal(24)), amount_text("€#", Decimal(1), Decimal(2))
    ('12 to 24 hours', '€1 to €2')
    """

    def number(value: Decimal) -> str:
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def fill(value: Decimal) -> str:
        one, _, many = unit.partition("|")
        return (one if value == 1 else many or one).strip().replace("#", number(value))

    if low == high:
        return fill(low)
    return f"{number(low) if unit.startswith('#') else fill(low)} to {fill(high)}"


def sums_text(route: Route, policy: Policy) -> str:
    """Write the sums of a route, and for how many steps they are not stated."""

    def total(index: int, measure: Measure) -> str:
        missing = route.missing[measure.name]
        if all(step.amounts[index].value is None for step in route.steps):
            return "not stated" if missing else "none stated"
        text = amount_text(measure.unit, route.sums[measure.name], route.max_sums[measure.name])
        return f"{text}, not stated for {_count(missing)}" if missing else text

    return " ".join(f"{m.label}: {total(index, m)}." for index, m in enumerate(policy.measures))


def aside_text(step: Step) -> str:
    """Write what a step requires and what level it has; empty where nothing is stated."""
    return "; ".join(filter(None, [step.requires, f"level: {step.level}" if step.level else ""]))


def step_phrases(step: Step, policy: Policy) -> list[str]:
    """Write what a step takes, and what is recommended before it."""
    phrases = [
        _taken(measure, amount)
        for measure, amount in zip(policy.measures, step.amounts, strict=True)
        if amount.value is not None or amount.item
    ]
    return [*phrases, f"Recommended: {step.recommends}"] if step.recommends else phrases


def _count(steps: int) -> str:
    return f"{steps} step{'' if steps == 1 else 's'}"


def comparison_text(found: Comparison, label: Label) -> str:
    """Write a comparison as a Markdown table that marks rows that differ, and numbers its sources."""
    numbers = {source: number for number, (source, _) in enumerate(found.sources, 1)}
    lines = [["", *map(label, found.items)], ["---"] * (len(found.items) + 1)]
    for row in found.rows:
        cells = [
            "; ".join(_value(one, label, numbers) for one in values) or "not stated" for values in row.cells
        ]
        lines.append([f"{'≠ ' if row.differs else ''}{row.name}", *cells])
    text = ["| " + " | ".join(map(escape_markdown, cells)) + " |" for cells in lines]
    text += ["", "Sources:"]
    text += [
        printable(f"{numbers[source]}. {label(source)}{f' · {note}' if note else ''}")
        for source, note in found.sources
    ]
    return "\n".join(text) + "\n"


def _value(one: SourcedValue, label: Label, numbers: Mapping[str, int]) -> str:
    text = f"{label(one.value)} ({one.period})" if one.period else label(one.value)
    sources = ", ".join(str(number) for number in sorted(numbers[source] for source in one.sources))
    return f"{text} [{sources}]" if sources else text


def _step(step: Step, policy: Policy, label: Label) -> str:
    aside = f" ({text})" if (text := aside_text(step)) else ""
    begin = f"{label(step.start)} {step.text} {label(step.end)}{aside}"
    sources = [f"{part}: {label(source)}" if part else label(source) for part, source in step.sources]
    end = f". [{'; '.join(sources)}]" if sources else "."
    return ". ".join([begin, *step_phrases(step, policy)]) + end


def _taken(measure: Measure, amount: Amount) -> str:
    low = amount.value
    text = "(not stated)" if low is None else amount_text(measure.unit, low, amount.max or low)
    return "".join(
        text if part == f"{{{measure.name}}}" else amount.item if part.startswith("{") else part
        for part in re.split(r"({.*?})", measure.text)
    )
