"""Knowledge graphs as RDF: ask them in SPARQL, open them as one HTML page."""

from graph.answer import Answer
from graph.errors import GraphError
from graph.knowledge import KnowledgeGraph, load
from graph.question import Parameter, Question

__all__ = ["Answer", "GraphError", "KnowledgeGraph", "Parameter", "Question", "load"]
