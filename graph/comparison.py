"""Items side by side: the values of each, where they differ, and which source states which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.terms import Value

__all__ = ["Comparison", "Row", "SourcedValue", "compare"]


class SourcedValue(NamedTuple):
    """A value and the sources that state it."""

    value: str
    period: str
    """The time it holds for, where it is stated."""
    sources: tuple[str, ...]


class Row(NamedTuple):
    """One row of a comparison: for each item its values; none means not stated."""

    name: str
    cells: tuple[tuple[SourcedValue, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether two items with a value have different values; what is not stated is no difference."""
        stated = {tuple(sorted(one.value for one in values)) for values in self.cells if values}
        return len(stated) > 1


class Comparison(NamedTuple):
    """Two items or more, side by side."""

    items: tuple[str, ...]
    rows: tuple[Row, ...]
    sources: tuple[tuple[str, str], ...] = ()
    """Every source in the order in which it is first used, with its kind and date."""


def compare(answers: Iterable[Mapping[str, Value]], items: tuple[str, ...]) -> Comparison:
    """Bring answers of `compare.rq` into rows, in the order of the answers.

    The columns are `aspect`, `item`, `value`, and where they are known `period`, `source`, and `sourceNote`.
    """
    notes: dict[str, str] = {}
    rows: dict[str, dict[str, dict[tuple[str, str], list[str]]]] = {}
    for answer in answers:
        values = rows.setdefault(str(answer["aspect"]), {}).setdefault(str(answer["item"]), {})
        sources = values.setdefault((_text(answer["value"]), str(answer.get("period") or "")), [])
        source = str(answer.get("source") or "")
        if source and source not in sources:
            sources.append(source)
            notes.setdefault(source, str(answer.get("sourceNote") or ""))
    found = tuple(
        Row(
            name,
            tuple(
                tuple(SourcedValue(*value, tuple(s)) for value, s in cells.get(i, {}).items()) for i in items
            ),
        )
        for name, cells in rows.items()
    )
    used = dict.fromkeys(s for row in found for values in row.cells for one in values for s in one.sources)
    return Comparison(items, found, tuple((source, notes[source]) for source in used))


def _text(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
