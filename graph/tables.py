"""Rows of text as a table: on a terminal, in Markdown, in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

__all__ = ["escape_markdown", "html_table", "markdown_table", "printable", "text_table"]

_MAX_WIDTH = 48
"""Columns of a terminal that one column of a table may take before its text wraps."""

_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"


def text_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, count: int | None = None) -> str:
    """Write a table for a terminal; its last line counts the rows, and says if some are not shown."""
    lines = [[_wrap(printable(cell)) for cell in row] for row in (columns, *rows)]
    widths = [max(_width(line) for row in lines for line in row[number]) for number in range(len(columns))]
    written = []
    for row in lines:
        for texts in zip_longest(*row, fillvalue=""):
            padded = (text + " " * (width - _width(text)) for text, width in zip(texts, widths, strict=True))
            written.append("  ".join(padded).rstrip())
        if written and row is lines[0]:
            written.append("  ".join("-" * width for width in widths))
    shown = len(lines) - 1
    total = shown if count is None else count
    cut = f"; the first {shown:,} are shown" if shown < total else ""
    return "\n".join(written) + f"\n{total:,} row{'' if total == 1 else 's'}{cut}\n"


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(map(escape_markdown, row)) + " |\n" for row in lines)


def html_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write an HTML table; nothing in a cell is markup."""
    from html import escape

    def cells(tag: str, texts: Iterable[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts) + "</tr>"

    body = "".join(cells("td", row) for row in rows)
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    return (
        f"<table><caption>{count}</caption><thead>{cells('th', columns)}</thead><tbody>{body}</tbody></table>"
    )


def escape_markdown(cell: str) -> str:
    """Escape text for a Markdown table cell."""
    return re.sub(r"([\\|<])", r"\\\1", " ".join(printable(cell).splitlines()))


def printable(text: str) -> str:
    """Replace the characters that would steer a terminal, or turn the direction of its text."""
    return re.sub(_CONTROL, "\ufffd", text)


def _wrap(text: str) -> list[str]:
    if len(text) <= _MAX_WIDTH and text.isprintable():
        return [text]
    import textwrap

    return textwrap.wrap(text, _MAX_WIDTH) or [""]


def _width(text: str) -> int:
    """Count the terminal columns that a text takes: East Asian letters take two, combining marks none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in {"W", "F"})
        for letter in text
    )
