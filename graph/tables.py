"""Rows of text as a table: on a terminal, in Markdown, in HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import starmap, zip_longest

__all__ = ["escape_markdown", "html_table", "markdown_table", "printable", "text_table"]

_MAX_WIDTH = 48
"""Columns of a terminal that one column of a table may take before its text wraps."""

_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"


def text_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table for a terminal, with a last line that counts the rows."""
    lines = [[_wrap(printable(cell)) for cell in row] for row in (columns, *rows)]
    widths = [max(_width(line) for row in lines for line in row[number]) for number in range(len(columns))]
    written = []
    for row in lines:
        for texts in zip_longest(*row, fillvalue=""):
            padded = (text + " " * (width - _width(text)) for text, width in zip(texts, widths, strict=True))
            written.append("  ".join(padded).rstrip())
        if written and row is lines[0]:
            written.append("  ".join("-" * width for width in widths))
    count = len(lines) - 1
    return "\n".join(written) + f"\n{count:,} row{'' if count == 1 else 's'}\n"


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
    if len(text) <= _MAX_WIDTH and not re.search(r"[\t-\r]", text):
        return [" ".join(text.split(" "))] if text else [""]
    import textwrap

    return textwrap.wrap(text, _MAX_WIDTH) or [""]


def _width(text: str) -> int:
    """Count the columns that a text takes on a terminal; the wide letters of East Asia take two."""
    if text.isascii():
        return len(text)
    return sum(
        starmap(
            _columns_of, ((unicodedata.east_asian_width(char), unicodedata.combining(char)) for char in text)
        )
    )


def _columns_of(east_asian_width: str, combining: int) -> int:
    return 0 if combining else 2 if east_asian_width in "WF" else 1
