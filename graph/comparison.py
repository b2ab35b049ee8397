"""Things side by side: what is said of each, where they differ, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.terms import Value

__all__ = ["Aspect", "Comparison", "Said", "compared"]


@dataclass(frozen=True, slots=True)
class Said:
    """A value and the sources that give it."""

    value: str
    when: str
    """The time it holds for, where it is stated."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One line of a comparison: for each thing, what is said of it; nothing means not stated."""

    name: str
    said: tuple[tuple[Said, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether the things are not all said to be the same."""
        return len({tuple(sorted(one.value for one in values)) for values in self.said}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things or more, side by side."""

    things: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    sources: tuple[tuple[str, str], ...] = ()
    """Every source in the order in which it is first named, with what it is and of when."""


def compared(rows: Iterable[Mapping[str, Value]], things: tuple[str, ...]) -> Comparison:
    """Bring rows of `aspect`, `thing`, `value`, `when`, `source` and `sourceIs` into lines, in the order of the rows."""
    notes: dict[str, str] = {}
    lines: dict[str, dict[str, dict[tuple[str, str], list[str]]]] = {}
    for row in rows:
        values = lines.setdefault(str(row["aspect"]), {}).setdefault(str(row["thing"]), {})
        sources = values.setdefault((_text(row["value"]), str(row.get("when") or "")), [])
        if row.get("source") and str(row["source"]) not in sources:
            sources.append(str(row["source"]))
            notes.setdefault(str(row["source"]), str(row.get("sourceIs") or ""))
    aspects = tuple(
        Aspect(name, tuple(tuple(Said(*said, tuple(sources)) for said, sources in by_thing.get(t, {}).items()) for t in things))
        for name, by_thing in lines.items()
    )
    named = dict.fromkeys(s for aspect in aspects for values in aspect.said for one in values for s in one.sources)
    return Comparison(things, aspects, tuple((source, notes[source]) for source in named))


def _text(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
