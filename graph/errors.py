"""Everything that can go wrong, as one tree.

    GraphError
    ├── DataError        a file of RDF cannot be read
    ├── RuleError        a rule is wrong or never comes to an end
    ├── CheckError       the shapes or checks themselves are wrong
    ├── QueryError       SPARQL that cannot be run
    ├── QuestionError    no such question, or not with these parameters
    └── OutputError      a result cannot be written

Each message is one sentence that says the thing, the place and the remedy.
"""

__all__ = ["CheckError", "DataError", "GraphError", "OutputError", "QueryError", "QuestionError", "RuleError"]


class GraphError(ValueError):
    """Something a person can put right."""


class DataError(GraphError):
    """A file of RDF cannot be read."""


class RuleError(GraphError):
    """A rule is wrong or never comes to an end."""


class CheckError(GraphError):
    """The shapes or checks themselves are wrong."""


class QueryError(GraphError):
    """SPARQL that cannot be run."""


class QuestionError(GraphError):
    """There is no such question, or not with these parameters."""


class OutputError(GraphError):
    """A result cannot be written."""
