"""Routes and comparisons as text that people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from graph.comparison import Comparison, SourcedValue
from graph.route import MAX_STEPS, Route, Step
from graph.tables import escape_markdown, printable

__all__ = ["comparison_text", "no_way_text", "routes_text"]

Label = Callable[[str], str]


def routes_text(found: tuple[Route, ...], label: Label) -> str:
    """Write ways, one at least, as numbered steps, with what is stated and what is not."""
    first, last = found[0].steps[0].start, found[0].steps[-1].end
    lines = [f"From {label(first)} to {label(last)}:"]
    for number, route in enumerate(found, 1):
        count = len(route.steps)
        best = f" ({', '.join(route.best)})" if route.best else ""
        lines += ["", f"Way {number}: {count} step{'' if count == 1 else 's'}{best}"]
        lines += [f"  {place}. {_step(step, label)}" for place, step in enumerate(route.steps, 1)]
        lines.append(f"  Fees: {_fees(route)}. Time: {_time(route)}.")
    return "\n".join(lines) + "\n"


def no_way_text(start: str, end: str, before: tuple[str, ...], label: Label) -> str:
    """Say that there is no way, and what leads to the end at all."""
    known = (
        f"What leads to {label(end)}: {'; '.join(map(label, before))}."
        if before
        else f"Nothing is known to lead to {label(end)}."
    )
    return f"No way of up to {MAX_STEPS} steps is known from {label(start)} to {label(end)}. {known}\n"


def comparison_text(found: Comparison, label: Label) -> str:
    """Write a comparison as a Markdown table: rows that differ are marked, gaps are named, sources are numbered."""
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


def _step(step: Step, label: Label) -> str:
    text = f"{label(step.start)} {step.how} {label(step.end)}"
    asides = [step.asks, f"level: {step.level}" if step.level else ""]
    if any(asides):
        text += f" ({'; '.join(filter(None, asides))})"
    if step.months:
        text += f". Takes {_months(step.months, step.months_up_to)}"
    if step.fee_for:
        text += f". Costs {f'${step.fee:,}' if step.fee is not None else '(not stated)'} for {step.fee_for}"
    if step.advised:
        text += f". Advised beforehand: {step.advised}"
    sources = [label(step.source)] if step.source else []
    sources += [f"{what}: {label(source)}" for what, source in step.others]
    return text + (f". [{'; '.join(sources)}]" if sources else ".")


def _fees(route: Route) -> str:
    priced = sum(bool(step.fee_for) for step in route.steps)
    if not priced:
        return "none, as no step has a price"
    if route.without_fee == priced:
        return "not stated"
    gaps = f", not stated for {route.without_fee} of {priced} with a price" if route.without_fee else ""
    return f"${route.fee:,}{gaps}"


def _time(route: Route) -> str:
    if route.without_months == len(route.steps):
        return "not stated"
    gaps = (
        f", not stated for {route.without_months} of {len(route.steps)} steps" if route.without_months else ""
    )
    return _months(route.months, route.months_up_to) + gaps


def _months(low: Decimal, high: Decimal | None) -> str:
    return f"{low} to {high} months" if high and high != low else f"{low} months"
