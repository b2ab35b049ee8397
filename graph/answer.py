"""What a query gives back, as Python values and in the formats it can be written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from graph.endpoint import Endpoint, Results
from graph.errors import QueryError
from graph.terms import Prefixes, Term, Value, format_term, to_python

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    Row = dict[str, Value]

__all__ = ["FORMATS", "Answer"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl")

_JSON = ox.QueryResultsFormat.JSON
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": _JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLES = {"ttl": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}

_NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_LINE_END = r'("(?:[^"]|"")*")|\r\n'
_XML_NAME = r"[^\W\d][\w.-]*$"


class Answer:
    """Rows (SELECT), a boolean (ASK), or triples (CONSTRUCT, DESCRIBE). It does not change.

    Iterating yields each row as a dictionary of Python values; an index or a slice gives rows too.

    >>> import graph
    >>> answer = graph.load().query("SELECT ?name { org:aapc skos:prefLabel ?name }")
    >>> answer, answer[0]
    (<Answer: 1 row of name>, {'name': 'AAPC'})
    """

    def __init__(
        self,
        results: Results,
        prefixes: Mapping[str, str] = {},
        endpoint: Endpoint | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.results = results
        """The answer as the endpoint sent it: SPARQL results in JSON, or N-Triples."""
        self.prefixes = Prefixes(prefixes)
        self._endpoint = endpoint
        self._known_labels = labels

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The variables of the rows; a boolean has none."""
        return (
            ()
            if self.boolean is not None
            else tuple(variable.value for variable in self._solutions.variables)
        )

    @cached_property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]:
        """The rows as RDF terms; None where a variable is unbound."""
        if self.boolean is not None:
            return ()
        return tuple(tuple(solution[name] for name in self.columns) for solution in self._solutions)

    @cached_property
    def boolean(self) -> bool | None:
        """The answer of ASK; None for other queries."""
        found: Any = (
            None
            if self.results.ntriples is not None
            else ox.parse_query_results(self.results.json, format=_JSON)
        )
        return bool(found) if isinstance(found, ox.QueryBoolean) else None

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...] | None:
        """The triples of CONSTRUCT and DESCRIBE, sorted; None for other queries."""
        if self.results.ntriples is None:
            return None
        quads = ox.parse(self.results.ntriples, format=ox.RdfFormat.N_TRIPLES)
        return tuple(sorted((quad.triple for quad in quads), key=str))

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the resources in the answer, as far as they have one."""
        if self._known_labels is None:
            self._known_labels = self._find_labels(self.rows)
        return self._known_labels

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            yield dict(zip(self.columns, map(to_python, row), strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.boolean is None else self.boolean

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [dict(zip(self.columns, map(to_python, row), strict=True)) for row in self.rows[index]]
        return dict(zip(self.columns, map(to_python, self.rows[index]), strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and (self.columns, self.rows, self.boolean) == (
            other.columns,
            other.rows,
            other.boolean,
        )

    def __hash__(self) -> int:
        return hash((self.columns, self.rows, self.boolean))

    def __reduce__(self) -> tuple[Any, ...]:
        return Answer, (self.results, dict(self.prefixes), None, dict(self.labels))

    def __repr__(self) -> str:
        if self.boolean is not None:
            return f"<Answer: {'yes' if self.boolean else 'no'}>"
        what = "triple" if self.results.ntriples is not None else "row"
        count = f"{len(self):,} {what}{'' if len(self) == 1 else 's'}"
        return f"<Answer: {count}>" if what == "triple" else f"<Answer: {count} of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from graph.tables import html_table

        return (
            html_table(self.columns, self.cells())
            if self.boolean is None
            else f"<p>{self.to_text().strip()}</p>"
        )

    def cells(self, limit: int | None = None) -> list[list[str]]:
        """Write the terms of the first rows for people: labels or prefixed names, literals without quotes."""
        labels = self.labels if limit is None else self._find_labels(self.rows[:limit])
        return [
            [labels.get(getattr(term, "value", "")) or format_term(term, self.prefixes) for term in row]
            for row in self.rows[:limit]
        ]

    def to_text(self, format: str = "table", *, limit: int | None = None) -> str:  # noqa: A002  rdflib's word
        """Write the answer in one of FORMATS; `table` and `md` show labels, the others IRIs.

        A table may be limited to its first rows, and says so.

        Raises QueryError where the format cannot hold such an answer.
        """
        if format not in FORMATS:
            raise QueryError(f"An answer cannot be written as {format}; choose one of {', '.join(FORMATS)}.")
        if self.triples is not None and format in _TRIPLES:
            return self._serialize_triples(_TRIPLES[format])
        if format == "ttl":
            raise QueryError(
                "Only the triples of CONSTRUCT and DESCRIBE can be written as ttl; "
                "choose csv or json for this answer."
            )
        if format in _RESULTS:
            return self._serialize_results(_RESULTS[format])
        if self.boolean is not None:
            return "yes\n" if self.boolean else "no\n"
        from graph.tables import markdown_table, text_table

        if format == "md":
            return markdown_table(self.columns, self.cells())
        return text_table(self.columns, self.cells(limit), count=len(self))

    def to_pandas(self) -> pd.DataFrame:
        """Convert the rows to a pandas DataFrame; pandas has to be installed."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(self.columns))

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Convert triples to a directed graph: subjects and objects are nodes, predicates are keys."""
        import networkx as nx

        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        for triple in self.triples or ():
            graph.add_edge(to_python(triple.subject), to_python(triple.object), key=triple.predicate.value)
        return graph

    def _find_labels(self, rows: Iterable[tuple[Term | None, ...]]) -> Mapping[str, str]:
        if self._endpoint is None:
            return self._known_labels or {}
        from graph.labels import find_labels

        return find_labels(
            self._endpoint, {t.value for row in rows for t in row if isinstance(t, ox.NamedNode)}
        )

    @property
    def _solutions(self) -> Any:
        """A new reader of the rows; triples are rows of subject, predicate, and object."""
        json = self.results.json
        if self.triples is not None:
            store = ox.Store()
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in self.triples)
            order = "?subject ?predicate ?object"
            found: Any = store.query(f"SELECT {order} {{ {order} }} ORDER BY {order}")
            json = bytes(found.serialize(format=_JSON))
        return ox.parse_query_results(json, format=_JSON)

    def _serialize_results(self, format_: ox.QueryResultsFormat) -> str:
        found: Any = self._solutions
        text = bytes(found.serialize(format=format_)).decode()
        if format_ == ox.QueryResultsFormat.XML:
            return _checked_xml(text)
        if self.boolean is not None and not text.endswith("\n"):
            text += "\n"
        return (
            re.sub(_LINE_END, lambda match: match[1] or "\n", text)
            if format_ == ox.QueryResultsFormat.CSV
            else text
        )

    def _serialize_triples(self, format_: ox.RdfFormat) -> str:
        triples = self.triples or ()
        used = {iri for triple in triples for iri in _iris(triple)}
        prefixes = {name: iri for name, iri in self.prefixes.items() if any(u.startswith(iri) for u in used)}
        unnamed = {t.predicate.value for t in triples if not re.search(_XML_NAME, t.predicate.value)}
        if unnamed and format_ == ox.RdfFormat.RDF_XML:
            raise QueryError(f"RDF/XML cannot represent the property {min(unnamed)}; choose ttl or json.")
        try:
            text = bytes(ox.serialize(triples, format=format_, prefixes=prefixes) or b"").decode()
        except OSError as error:
            raise QueryError(f"The answer cannot be written in this format ({error}); choose ttl.") from error
        return _checked_xml(text) if format_ == ox.RdfFormat.RDF_XML else text


def _iris(triple: ox.Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, ox.NamedNode):
            yield term.value
        elif isinstance(term, ox.Literal):
            yield term.datatype.value


def _checked_xml(text: str) -> str:
    """Escape what XML would change on reading; refuse what it cannot hold."""
    if found := re.search(_NOT_XML, text):
        raise QueryError(
            f"XML cannot represent the character U+{ord(found[0]):04X} in this answer; choose json or tsv."
        )
    return text.replace("\r", "&#13;")
