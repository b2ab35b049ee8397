"""Everything that can go wrong, as one tree.

    GraphError
    ├── DataError        RDF cannot be read
    ├── RuleError        a rule cannot be run, or does not terminate
    ├── CheckError       the shapes or checks themselves are wrong
    ├── QueryError       SPARQL cannot be run
    │   └── QueryTimeout     a query takes longer than its time limit
    ├── QuestionError    no such question or item, or not with these parameters
    └── OutputError      a result cannot be written

Each message is one sentence that names the thing, the place, and the remedy.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "CheckError",
    "DataError",
    "GraphError",
    "OutputError",
    "QueryError",
    "QueryTimeout",
    "QuestionError",
    "RuleError",
]


class GraphError(ValueError):
    """Something that its reader can put right."""


class DataError(GraphError):
    """RDF cannot be read."""

    @classmethod
    def unreadable(cls, path: Path, error: OSError) -> DataError:
        """Say that a file cannot be read."""
        reason = error.strerror or error
        return cls(f"{path} cannot be read ({reason}); check that it exists and that you may read it.")


class RuleError(GraphError):
    """A rule cannot be run, or does not terminate."""


class CheckError(GraphError):
    """The shapes or checks themselves are wrong."""


class QueryError(GraphError):
    """SPARQL cannot be run."""


class QueryTimeout(QueryError):  # noqa: N818  the name that users know from other clients
    """A query takes longer than its time limit."""


class QuestionError(GraphError):
    """There is no such question or item, or not with these parameters."""


class OutputError(GraphError):
    """A result cannot be written."""
