"""The answer of a question in plain sentences: templates in its header, filled from its rows.

    #+ answer: {first.role} pays {first.pay if statistic=median}. [Also called {list.name}.]
    #+ answer one: Only {first.role} does.            where there is one row
    #+ answer none: No source states it for {set.role}.
    #+ join: source                                   rows that differ in nothing else are shown as one
    #+ columns:
    #+   pay: Median pay; # {unit}                    heading; how its numbers are written
    #+   unit: -                                      not shown

The same, in JavaScript, is `browser/core/answer-text.js`; tests/cases/answers.json holds both to one result.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from graph.errors import QuestionError

__all__ = ["Column", "Wording", "answer_text", "cell_text", "displayed", "joined", "read_wording"]

Row = Mapping[str, str]

NONE = "No source states this."
_MAX_LISTED = 10
_HOLE = re.compile(r"{(first|last|list|count|set)(?:\.(\w+))?(?: if (\w+)(!?=)([^{}\[\]]*))?}")
_HELP = "{first.X}, {last.X}, {list.X}, {count.X}, {count}, or {set.PARAMETER}"


class Column(NamedTuple):
    """How a variable is shown; one without a heading is not."""

    heading: str
    format: str = ""
    """How its numbers are written: # stands for the number, {name} for another column."""


class Wording(NamedTuple):
    """How the answer of a question reads."""

    many: str = ""
    one: str = ""
    none: str = ""
    columns: Mapping[str, Column] = {}
    join: tuple[str, ...] = ()
    settings: Mapping[str, str] = {}
    """The parameters as people read them."""


def read_wording(values: Row, sections: Mapping[str, Row], known: Collection[str], name: str) -> Wording:
    """Read the wording from a header; `known` are the variables and the parameters of the question.

    Raises QuestionError for a name that the question lacks, or a template that cannot be read.
    """
    parts = {key: value.partition(";") for key, value in sections.get("columns", {}).items()}
    columns = {key: Column(head.strip(" -"), form.strip()) for key, (head, _, form) in parts.items()}
    join = tuple(re.findall(r"\w+", values.get("join", "")))
    many = values.get("answer", "")
    found = Wording(many, values.get("answer one", many), values.get("answer none", NONE if many else ""))
    used = [*columns, *join]
    for template in (found.many, found.one, found.none):
        if "{" in _HOLE.sub("", template):
            raise QuestionError(f"{name} has a template that cannot be read; write {_HELP}: {template}")
        used += [part for match in _HOLE.finditer(template) for part in (match[2], match[3]) if part]
    used += [part for column in columns.values() for part in re.findall(r"{(\w+)}", column.format)]
    if unknown := next((one for one in used if one not in known), None):
        raise QuestionError(f"{name} names {unknown} in its header, but its query has no ?{unknown}.")
    return found._replace(columns=columns, join=join)


def cell_text(text: str, column: Column, row: Row) -> str:
    """Write one cell; only a number takes the format of its column.

    >>> cell_text("51140", Column("Pay", "# {unit}"), {"unit": "US dollars a year"})
    '$51,140 a year'
    """
    if not column.format or not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text
    sign, _, whole, point, fraction = re.fullmatch(r"((-)?)(\d+)(\.?)(\d*)", text).groups()  # type: ignore[union-attr]
    fraction = fraction.rstrip("0")
    number = re.sub(r"\B(?=(\d{3})+$)", ",", whole) + (point + fraction if fraction else "")
    format_ = re.sub(r"{(\w+)}", lambda match: row.get(match[1], ""), column.format)
    format_ = re.sub(r"# US dollars\b", "$#", format_)
    return (sign + format_.replace("#", number)).strip()


def displayed(rows: Sequence[Row], wording: Wording) -> list[dict[str, str]]:
    """Write the cells of all rows as their columns say."""
    columns = {key: wording.columns.get(key, Column("")) for row in rows for key in row}
    return [{key: cell_text(text, columns[key], row) for key, text in row.items()} for row in rows]


def joined(rows: Sequence[Row], wording: Wording) -> list[dict[str, str]]:
    """Drop the columns that are not shown, and make one row of rows that differ only in a joined column."""
    hidden = {key for key, column in wording.columns.items() if not column.heading}
    groups: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for row in rows:
        shown = {key: text for key, text in row.items() if key not in hidden}
        key = tuple(text for name, text in shown.items() if name not in wording.join)
        group = groups.setdefault(key, {name: [] for name in shown})
        for name, text in shown.items():
            if text not in group[name]:
                group[name].append(text)
    return [{name: "; ".join(filter(None, texts)) for name, texts in g.items()} for g in groups.values()]


def answer_text(wording: Wording, rows: Sequence[Row]) -> str:
    """Fill the template that fits the number of rows; `rows` are as `displayed` writes them."""
    template = wording.none if not rows else wording.one if len(rows) == 1 else wording.many

    def optional(match: re.Match[str]) -> str:
        parts = [_filled(hole, rows, wording.settings) for hole in _HOLE.finditer(match[1])]
        return "" if any(part in ("", "0") for part in parts) else match[1]

    text = re.sub(r"\[([^\]]*)\]", optional, template)

    def fill(hole: re.Match[str]) -> str:
        value = _filled(hole, rows, wording.settings) or "not stated"
        starts_sentence = re.search(r"(^|[.!?]\s+)$", hole.string[: hole.start()].lstrip())
        return value[:1].upper() + value[1:] if starts_sentence else value

    text = _HOLE.sub(fill, text)
    return re.sub(r" {2,}", " ", text).strip()


def _filled(hole: re.Match[str], rows: Sequence[Row], settings: Row) -> str:
    name, variable, other, equals, text = hole.groups()
    if name == "set":
        return settings.get(variable, "")
    if other:
        end = {f"first.{other}": 0, f"last.{other}": -1}.get(text)
        wanted = rows[end].get(other, "") if rows and end is not None else text
        rows = [row for row in rows if (row.get(other, "") == wanted) == (equals == "=")]
    if not variable:
        return f"{len(rows):,}"
    values = list(dict.fromkeys(filter(None, (row.get(variable, "") for row in rows))))
    if name == "count":
        return f"{len(values):,}"
    if name != "list":
        return values[0 if name == "first" else -1] if values else ""
    return _list(values)


def _list(values: list[str]) -> str:
    more = len(values) - _MAX_LISTED
    parts = [*values[:_MAX_LISTED], f"{more:,} more"] if more > 1 else values
    if any("," in part or ";" in part for part in parts):
        return "; ".join(parts)
    if len(parts) > 2:  # noqa: PLR2004  from three on there are commas
        parts = [", ".join(parts[:-1]) + ",", parts[-1]]
    return " and ".join(parts)
