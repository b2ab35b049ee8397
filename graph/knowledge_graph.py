"""A knowledge graph: what `load` returns, and everything that can be asked of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from graph import question as questions
from graph.answer import Answer
from graph.cache import open_store
from graph.endpoint import LocalStore
from graph.errors import QuestionError
from graph.files import Inputs, Profile, discover, read_profile
from graph.question import Parameter, Question
from graph.terms import Prefixes

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from graph.comparison import Comparison
    from graph.route import Route, Steps
    from graph.route_policy import Policy
    from graph.validation import Report

    Data = str | Path | rdflib.Graph | ox.Store

__all__ = ["MAX_COMPARED", "KnowledgeGraph", "load"]

MAX_COMPARED = 4
"""Items that are readable side by side."""

_INFO = """SELECT ?what ?count WHERE {
  { SELECT ("triples" AS ?what) (COUNT(*) AS ?count) (0 AS ?order) WHERE { ?s ?p ?o } }
  UNION {
    SELECT ("graphs" AS ?what) (COUNT(DISTINCT ?g) AS ?count) (1 AS ?order) WHERE { GRAPH ?g { ?s ?p ?o } }
  }
  UNION {
    SELECT (?class AS ?what) (COUNT(DISTINCT ?s) AS ?count) (2 AS ?order)
    WHERE { ?s a ?class } GROUP BY ?class
  }
} ORDER BY ?order DESC(?count) ?what"""


def load(
    *data: Data,
    profile: str | Path | None = None,
    base: str | None = None,
    lenient: bool = False,
    rules: bool = False,
) -> KnowledgeGraph:
    """Load files, folders, rdflib graphs, Oxigraph stores, or the bundled data set as one knowledge graph.

    `profile` is a folder with questions, a view, shapes, checks, and exports to use with the data. Relative
    IRIs are resolved against `base`. A `lenient` load leaves out files that cannot be read, and names them
    in `skipped`. The rules of a folder see what the folder brings; with `rules`, all the data.
    Files are read when they are first needed.

    >>> load().query("ASK { cert:cpc a mbc:Certification }").boolean
    True

    Raises DataError where there is no RDF.
    """
    inputs, own_profile = discover(data, lenient=lenient)
    inputs = inputs._replace(base=base, rules_everywhere=rules)
    return KnowledgeGraph(inputs, own_profile if profile is None else read_profile(Path(profile)))


class KnowledgeGraph:
    """Data with its rules, and a profile of questions, view, shapes, checks, and exports."""

    def __init__(self, inputs: Inputs, profile: Profile) -> None:
        self._inputs = inputs
        self._profile = profile

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        names = [item.name if isinstance(item, Path) else type(item).__name__ for item in self._inputs.data]
        more = f", and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004
        return f"<KnowledgeGraph: {', '.join(names[:3])}{more}>"

    def close(self) -> None:
        """Free the store; queries raise QueryError from then on."""
        self._endpoint.close()

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes that queries may use without declaring them."""
        return self._endpoint.prefixes

    @property
    def skipped(self) -> tuple[str, ...]:
        """What was left out when the data was read, each with the reason."""
        return self._endpoint.skipped

    def questions(self) -> tuple[Question, ...]:
        """List the questions that come with the data."""
        return tuple(map(questions.read_question, self._profile.questions))

    def query(
        self,
        what: str | Path | Question,
        params: Mapping[str, object] = {},
        *,
        timeout: float | None = None,
        federate: bool = False,
    ) -> Answer:
        """Ask a question by its name, the query of a .rq file, or SPARQL.

        `params` sets parameters of a question; `timeout` is in seconds, None for no limit; only with
        `federate` may the query ask other servers.

        Raises QuestionError for an unknown question or parameter, QueryError for SPARQL that cannot be run.
        """
        question = what if isinstance(what, Question) else self.question(what)
        sparql = questions.bind(question, self._settings(params), self._to_sparql)
        results = self._endpoint.query(sparql, timeout=timeout, federate=federate)
        return Answer(results, self.prefixes, self._endpoint)

    def question(self, what: str | Path) -> Question:
        """Read a question: by its name, from a .rq file, or from SPARQL.

        Raises QuestionError where there is none.
        """
        text = str(what)
        if isinstance(what, Path) or text.endswith(".rq"):
            return questions.read_question(Path(what))
        if re.fullmatch(r"[\w-]+", text):
            return questions.find_question(text, self._profile.questions)
        return questions.parse_question(text)

    def resolve(self, text: str) -> str:
        """Find the IRI of an item by its IRI, its prefixed name, or any of its labels.

        >>> load().resolve("Certified Professional Coder")
        'https://w3id.org/mbc-careers/id/cert/cpc'

        Raises QuestionError where nothing is called that, with the closest names.
        """
        from graph.resolve import resolve

        return resolve(self._endpoint, text)

    def labels(self, iris: Collection[str]) -> dict[str, str]:
        """Find the labels of some resources; those without one are left out."""
        from graph.labels import find_labels

        return find_labels(self._endpoint, iris)

    def route(self, start: str, end: str, *, limit: int = 3) -> tuple[Route, ...]:
        """Find the best routes from one item to another.

        Raises QuestionError for items that are not in the data, or a `route.rq` that is wrong.
        """
        from graph.route import routes

        policy, steps = self._routing
        return routes(steps, policy, self.resolve(start), self.resolve(end), limit=limit)

    @property
    def route_policy(self) -> Policy:
        """How routes are ranked and measured."""
        return self._routing[0]

    def predecessors(self, item: str) -> tuple[str, ...]:
        """Find the IRIs of what leads to an item in one step.

        Raises QuestionError for an item that is not in the data.
        """
        iri = self.resolve(item)
        return tuple(sorted(start for start, ends in self._routing[1].items() if iri in ends))

    def compare(self, *items: str) -> Comparison:
        """Compare two to four items.

        Raises QuestionError for another number of items, or for items that are not in the data.
        """
        from graph.comparison import compare
        from graph.system_queries import ask_about

        if not 1 < len(items) <= MAX_COMPARED:
            raise QuestionError(f"Only two to {MAX_COMPARED} items can be compared; {len(items)} were given.")
        iris = tuple(map(self.resolve, items))
        return compare(ask_about(self._endpoint, self._system_query("compare.rq"), iris), iris)

    def info(self) -> Answer:
        """Count triples, named graphs, and the resources of each class."""
        return self.query(_INFO)

    def check(self, *, source: str | Path | None = None) -> Report:
        """Validate the data with its shapes and checks, and passages with the text of their source.

        Raises CheckError where shapes or checks are wrong, DataError where the source cannot be read.
        """
        from graph.validation import validate

        return validate(self._endpoint, self._profile, source=source)

    def write_all(self, folder: str | Path = "output", *, force: bool = False) -> tuple[Path, ...]:
        """Write the data in every format, an on-disk store, and the page; return the paths.

        Raises OutputError where something cannot be written, or would replace a file that graph did not
        make, unless `force` is set; what was there before stays.
        """
        from graph.export import write_all

        return write_all(self._endpoint, self._profile, Path(folder), self._inputs.data, force=force)

    def write_page(self, path: str | Path = "output/graph.html", *, force: bool = False) -> Path:
        """Write the page: one HTML file.

        Raises OutputError where it cannot be written, or would replace a file that graph did not make,
        unless `force` is set; what was there before stays.
        """
        from graph.export import write_page

        return write_page(self._endpoint, self._profile, Path(path), self._inputs.data, force=force)

    def to_rdflib(self) -> rdflib.Dataset:
        """Wrap the store as an `rdflib.Dataset`, for every script that works on one; it is read-only."""
        from graph.interop import to_rdflib

        return to_rdflib(self._endpoint)

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Convert every triple to an edge of a directed graph, its predicate as the key."""
        return self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").to_networkx()

    @cached_property
    def _endpoint(self) -> LocalStore:
        return open_store(self._inputs)

    @cached_property
    def _routing(self) -> tuple[Policy, Steps]:
        from graph.route import read_steps
        from graph.route_policy import read_policy

        question = questions.read_question(self._system_query("route.rq"))
        answer = self.query(question)
        policy = read_policy(question.header, answer.columns)
        return policy, read_steps(answer, policy)

    def _settings(self, params: Mapping[str, object]) -> dict[str, str]:
        if not params:
            return {}
        from graph.parameters import to_setting

        return {name: to_setting(name, value) for name, value in params.items()}

    def _to_sparql(self, parameter: Parameter, text: str) -> str:
        from graph.parameters import to_sparql

        return to_sparql(self._endpoint, parameter, text)

    def _system_query(self, name: str) -> Path:
        path = self._profile.system_query(name)
        if path is None:
            raise QuestionError(f"The data has no {name}; add one to its folder.")
        return path
