"""A knowledge graph: what `load` gives, and everything that can be asked of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import dataset, question
from graph.answer import Answer, answer_of
from graph.errors import QueryError, QuestionError
from graph.question import Parameter, Question
from graph.store import Lines, Opened, lines_of, open_store
from graph.terms import labels_of, written

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from graph.checks import Report
    from graph.comparison import Comparison
    from graph.route import Route

__all__ = ["KnowledgeGraph", "load"]

_NAMES = """SELECT ?thing ?label WHERE {
  { ?thing skos:prefLabel ?label BIND(1 AS ?rank) } UNION { ?thing rdfs:label ?label BIND(2 AS ?rank) }
  UNION { ?thing skos:altLabel ?label BIND(3 AS ?rank) } UNION { ?thing skos:notation ?label BIND(4 AS ?rank) }
} ORDER BY ?rank ?thing"""

_CHOICES = """SELECT ?thing ?label WHERE {
  ?thing a/rdfs:subClassOf* KIND .
  ?thing skos:prefLabel|skos:altLabel|rdfs:label|skos:notation ?label
} ORDER BY ?label"""


def load(*data: str | Path) -> KnowledgeGraph:
    """Take files or folders of RDF, or the shipped data set, as one knowledge graph.

    Nothing is read until it is asked for.

    >>> load().query("ASK { cert:cpc a mbc:Certification }").yes
    True

    Raises DataError where there is no RDF.
    """
    return KnowledgeGraph(dataset.find(data))


class KnowledgeGraph:
    """Facts, their rules, shapes and questions, opened when first asked."""

    def __init__(self, files: dataset.Files) -> None:
        self.files = files

    @cached_property
    def opened(self) -> Opened:
        """The store and the prefixes of the data."""
        return open_store(self.files)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use without writing them."""
        return self.opened.prefixes

    @cached_property
    def lines(self) -> Lines:
        """All quads as lines of N-Quads."""
        return lines_of(self.opened.store)

    def questions(self) -> tuple[Question, ...]:
        """List the questions that come with the data."""
        return tuple(question.read_question(path) for path in self.files.questions)

    def query(self, what: str | Path | Question, /, **settings: str) -> Answer:
        """Ask a question by its name, the SPARQL of a .rq file, or SPARQL.

        Raises QuestionError for an unknown question or parameter, QueryError for faulty SPARQL.
        """
        asked = what if isinstance(what, Question) else self._question(what)
        sparql = question.bind(asked, settings, self._term)
        try:
            found = self.opened.store.query(sparql, prefixes=self.prefixes)
            return answer_of(found, self.prefixes, lambda iris: labels_of(self.opened, iris))
        except (SyntaxError, OSError, RuntimeError, ValueError) as error:
            raise QueryError(question.faulty(sparql, error, self.prefixes)) from error

    @cached_property
    def rdflib(self) -> rdflib.Dataset:
        """The same store as a `rdflib.Dataset`, for every script that works on one."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        data = Dataset(store=OxigraphStore(store=self.opened.store))
        for name, iri in self.prefixes.items():
            data.bind(name, iri, replace=True)
        return data

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Give every triple as an edge of a directed graph, its predicate as the key."""
        return self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").to_networkx()

    def thing(self, text: str) -> str:
        """Find the IRI of a thing by its IRI, its prefixed name or any of its labels.

        >>> load().thing("Certified Professional Coder")
        'https://w3id.org/mbc-careers/id/cert/cpc'

        Raises QuestionError where nothing is called that, with the nearest labels.
        """
        term = written(text, self.prefixes)
        if term and term.startswith("<") and self.query(f"ASK {{ {term} ?p ?o }}").yes:
            return term[1:-1]
        return self._named(text, self.query(_NAMES), "a thing")

    def route(self, start: str, end: str, *, most: int = 3) -> tuple[Route, ...]:
        """Find the best ways from one thing to another: with fewest steps, lowest fees, least time.

        Raises QuestionError for things that are not in the data.
        """
        from graph.route import routes

        return routes(self._links, self.thing(start), self.thing(end), most=most)

    def leading_to(self, thing: str) -> tuple[str, ...]:
        """Name what leads to a thing in one step.

        Raises QuestionError for a thing that is not in the data.
        """
        iri = self.thing(thing)
        return tuple(sorted({str(row["from"]) for row in self._links if str(row["to"]) == iri}))

    def compare(self, *things: str) -> Comparison:
        """Put two things or more side by side.

        Raises QuestionError for things that are not in the data.
        """
        from graph.comparison import compared

        iris = tuple(self.thing(text) for text in things)
        asked = question.read_question(self.files.asked("compare.rq"))
        sparql = question.bind(asked, {"thing": ""}, lambda *_: " ".join(f"<{iri}>" for iri in iris))
        return compared(self.query(question.from_text(sparql)), iris)

    def names(self, iris: Collection[str]) -> dict[str, str]:
        """Find the labels of some things."""
        return labels_of(self.opened, iris)

    def info(self) -> Answer:
        """Count what there is: triples, graphs, and the things of each class."""
        return self.query(_INFO)

    def check(self, *, source: str | Path | None = None) -> Report:
        """Check the data against its shapes and checks, and passages against their source.

        Raises CheckError where shapes or checks are faulty, DataError where the source cannot be read.
        """
        from graph.checks import check

        return check(self.opened, self.files, source=source)

    def build(self, folder: str | Path = "output") -> tuple[Path, ...]:
        """Write the data in every form, an on-disk store and the page; name what was written.

        Raises OutputError where something cannot be written; what was there before stays.
        """
        from graph.export import build

        return build(self, Path(folder))

    def page(self, path: str | Path = "output/graph.html") -> Path:
        """Write the page: one HTML file.

        Raises OutputError where it cannot be written; what was there before stays.
        """
        from graph.export import write_whole
        from graph.page import page

        return write_whole(Path(path), page(self).encode())

    @cached_property
    def _links(self) -> Answer:
        return self.query(question.read_question(self.files.asked("route.rq")))

    def _question(self, what: str | Path) -> Question:
        text = str(what)
        if isinstance(what, Path) or text.endswith(".rq"):
            return question.read_question(Path(what))
        if re.fullmatch(r"[\w-]+", text):
            return question.named(text, self.files.questions)
        return question.from_text(text)

    def _term(self, parameter: Parameter, text: str) -> str:
        """Turn what a person wrote for a parameter into SPARQL."""
        term = written(text, self.prefixes)
        kind = written(parameter.kind, self.prefixes) if parameter.kind else None
        if kind and kind.startswith("<http://www.w3.org/2001/XMLSchema#"):
            return str(ox.Literal(text, datatype=ox.NamedNode(kind[1:-1])))
        if kind is None:
            return term or str(ox.Literal(text))
        if not text:
            return "UNDEF"
        things = self.query(_CHOICES.replace("KIND", kind))
        if term in {f"<{row['thing']}>" for row in things}:
            return str(term)
        return f"<{self._named(text, things, f'a value for {parameter.name}')}>"

    def _named(self, text: str, things: Answer, what: str) -> str:
        """Choose the thing of this label among rows of `thing` and `label`."""
        labels: dict[str, str] = {}
        for row in things:
            labels.setdefault(str(row["label"]).casefold(), str(row["thing"]))
        if text.casefold() in labels:
            return labels[text.casefold()]
        import difflib

        near = difflib.get_close_matches(text.casefold(), labels, n=3, cutoff=0.4) or list(labels)[:5]
        raise QuestionError(f"{text} is not {what}; try for instance {', '.join(near)}.")


_INFO = """SELECT ?what ?count WHERE {
  { SELECT ("triples" AS ?what) (COUNT(*) AS ?count) (0 AS ?order) WHERE { ?s ?p ?o } }
  UNION { SELECT ("graphs" AS ?what) (COUNT(DISTINCT ?g) AS ?count) (1 AS ?order) WHERE { GRAPH ?g { ?s ?p ?o } } }
  UNION {
    SELECT (?class AS ?what) (COUNT(DISTINCT ?thing) AS ?count) (2 AS ?order) WHERE { ?thing a ?class } GROUP BY ?class
  }
} ORDER BY ?order DESC(?count) ?what"""
