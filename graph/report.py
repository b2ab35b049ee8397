"""Routes and comparisons as text that people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from graph.answer import in_markdown
from graph.comparison import Comparison, Said
from graph.route import STEPS, Route, Step

__all__ = ["comparison_text", "no_way_text", "routes_text"]

Name = Callable[[str], str]


def routes_text(found: tuple[Route, ...], name: Name) -> str:
    """Write ways, one at least, as numbered steps, with what is stated and what is not."""
    first, last = found[0].steps[0].start, found[0].steps[-1].end
    lines = [f"From {name(first)} to {name(last)}:"]
    for number, route in enumerate(found, 1):
        count = len(route.steps)
        best = f" ({', '.join(route.best)})" if route.best else ""
        lines += ["", f"Way {number}: {count} step{'' if count == 1 else 's'}{best}"]
        lines += [f"  {place}. {_step(step, name)}" for place, step in enumerate(route.steps, 1)]
        lines.append(f"  Fees: {_fees(route)}. Time: {_time(route)}.")
    return "\n".join(lines) + "\n"


def no_way_text(start: str, end: str, before: tuple[str, ...], name: Name) -> str:
    """Say that there is no way, and what leads to the end at all."""
    known = (
        f"What leads to {name(end)}: {'; '.join(map(name, before))}." if before else f"Nothing is known to lead to {name(end)}."
    )
    return f"No way of up to {STEPS} steps is known from {name(start)} to {name(end)}. {known}\n"


def comparison_text(found: Comparison, name: Name) -> str:
    """Write a comparison as a Markdown table; lines that differ are marked, gaps are said, sources are numbered."""
    things = [in_markdown(name(thing)) for thing in found.things]
    numbers = {source: number for number, (source, _) in enumerate(found.sources, 1)}
    lines = ["|  | " + " | ".join(things) + " |", "|" + " --- |" * (len(found.things) + 1)]
    for aspect in found.aspects:
        cells = ["; ".join(_said(one, name, numbers) for one in values) or "not stated" for values in aspect.said]
        cells.insert(0, f"{'≠ ' if aspect.differs else ''}{aspect.name}")
        lines.append("| " + " | ".join(map(in_markdown, cells)) + " |")
    lines += ["", "Sources:"]
    lines += [f"{numbers[source]}. {name(source)}{f' · {note}' if note else ''}" for source, note in found.sources]
    return "\n".join(lines) + "\n"


def _said(one: Said, name: Name, numbers: Mapping[str, int]) -> str:
    text = f"{name(one.value)} ({one.when})" if one.when else name(one.value)
    return f"{text} [{', '.join(str(number) for number in sorted(numbers[s] for s in one.sources))}]" if one.sources else text


def _step(step: Step, name: Name) -> str:
    text = f"{name(step.start)} {step.how} {name(step.end)}"
    asides = [step.asks, f"level: {step.level}" if step.level else ""]
    if any(asides):
        text += f" ({'; '.join(filter(None, asides))})"
    if step.months:
        text += f". Takes {_months(step.months, step.months_up_to)}"
    if step.fee_for:
        text += f". Costs {f'${step.fee:,}' if step.fee is not None else '(not stated)'} for {step.fee_for}"
    if step.advised:
        text += f". Advised beforehand: {step.advised}"
    sources = [name(step.source)] if step.source else []
    sources += [f"{what}: {name(source)}" for what, source in step.others]
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
    gaps = f", not stated for {route.without_months} of {len(route.steps)} steps" if route.without_months else ""
    return _months(route.months, route.months_up_to) + gaps


def _months(low: Decimal, high: Decimal | None) -> str:
    return f"{low} to {high} months" if high and high != low else f"{low} months"
