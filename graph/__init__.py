"""Knowledge graphs as RDF: ask them in SPARQL, open them as one HTML page."""

from typing import Any

from graph.answer import Answer
from graph.endpoint import Endpoint, Results
from graph.errors import (
    CheckError,
    DataError,
    GraphError,
    OutputError,
    QueryError,
    QueryTimeout,
    QuestionError,
    RuleError,
)
from graph.knowledge_graph import KnowledgeGraph, load
from graph.question import Parameter, Question

__all__ = [
    "Answer",
    "CheckError",
    "Comparison",
    "DataError",
    "Endpoint",
    "Finding",
    "GraphError",
    "KnowledgeGraph",
    "OutputError",
    "Parameter",
    "QueryError",
    "QueryTimeout",
    "Question",
    "QuestionError",
    "Report",
    "Results",
    "Route",
    "RuleError",
    "Step",
    "__version__",
    "load",
]

_LAZY = {
    "Comparison": "graph.comparison",
    "Finding": "graph.validation",
    "Report": "graph.validation",
    "Route": "graph.route",
    "Step": "graph.route",
}
"""What is imported only when somebody asks for it, so that a query from a script starts quickly."""


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("mbc-careers")
    raise AttributeError(f"module 'graph' has no attribute {name!r}")
