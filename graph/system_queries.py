"""The queries that the explorer asks by itself, and the columns that each of them must select."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from graph.answer import Answer
from graph.endpoint import Endpoint
from graph.errors import QueryError, QuestionError
from graph.question import Question, bind, read_question

__all__ = ["ask_about", "read_system_query"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "compare.rq": ("aspect", "item", "value"),
    "figures.rq": ("measure", "value"),
}
"""Columns by file name; those of `route.rq` depend on its header, see `route_policy`."""


def ask_about(endpoint: Endpoint, path: Path, items: Collection[str]) -> Answer:
    """Run a system query about some items.

    Raises QueryError for a query that cannot be run, QuestionError for one that lacks a column.
    """
    question = read_question(path)
    terms = " ".join(f"<{iri}>" for iri in items)
    sparql = bind(question, {parameter.name: "" for parameter in question.parameters[:1]}, lambda *_: terms)
    try:
        answer = Answer(endpoint.query(sparql), endpoint.prefixes, endpoint)
    except QueryError as error:
        raise QueryError(f"{path}: {error}") from error
    if missing := next((name for name in _COLUMNS.get(path.name, ()) if name not in answer.columns), None):
        raise QuestionError(f"{path} does not select ?{missing}; add this column to its SELECT.")
    return answer


def read_system_query(endpoint: Endpoint, path: Path) -> Question:
    """Read a system query for the page; one about items is tried out on an item that is not in the data.

    Raises QueryError for a query that cannot be run, QuestionError for one that lacks a column.
    """
    if path.name in _COLUMNS:
        ask_about(endpoint, path, ["urn:nothing"])
    return read_question(path)
