"""What a query gives back, and the forms it can be written in."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import QueryError
from graph.terms import Term, Value, plain, short, shortener

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["FORMS", "Answer", "answer_of", "in_markdown"]

Naming = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the labels of some IRIs."""

FORMS = ("table", "csv", "tsv", "json", "xml", "md", "ttl")

_JSON = ox.QueryResultsFormat.JSON
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": _JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLES = {"ttl": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
_WIDTH = 48
"""How wide a column of a table may get before its text wraps."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_END = re.compile(r'("(?:[^"]|"")*")|\r\n')
_NAMED = re.compile(r"[^\W\d][\w.-]*$")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows (SELECT), yes or no (ASK) or triples (CONSTRUCT, DESCRIBE).

    Iterating gives each row as a dictionary of Python values:

    >>> import graph
    >>> for row in graph.load().query("SELECT ?name { org:aapc skos:prefLabel ?name }"):
    ...     print(row["name"])
    AAPC
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    yes: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)
    results: bytes = field(default=b"", repr=False)
    """The rows, or yes or no, as SPARQL 1.1 Query Results JSON."""
    naming: Naming | None = field(default=None, repr=False, compare=False)
    """Finds the labels of things, for the forms that people read."""

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in self.rows:
            yield dict(zip(self.columns, map(plain, row), strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.yes is None else self.yes

    def to_text(self, form: str = "table") -> str:
        """Write the answer as one of FORMS; `table` and `md` show labels, the others IRIs.

        Raises QueryError where the form cannot hold such an answer.
        """
        if form not in FORMS:
            raise QueryError(f"An answer cannot be written as {form}; choose one of {', '.join(FORMS)}.")
        if self.triples is not None and form in _TRIPLES:
            return self._serialized(_TRIPLES[form])
        if form == "ttl":
            raise QueryError(
                "Only the triples of CONSTRUCT and DESCRIBE can be written as ttl; choose csv or json for this answer."
            )
        if form in _RESULTS:
            return self._results(_RESULTS[form])
        return self._markdown() if form == "md" else self._table()

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a pandas DataFrame; pandas has to be installed."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(self.columns))

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Give the triples of CONSTRUCT or DESCRIBE as a directed graph; IRIs are nodes, literals too."""
        import networkx as nx

        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        for triple in self.triples or ():
            graph.add_edge(plain(triple.subject), plain(triple.object), key=triple.predicate.value)
        return graph

    def _cells(self) -> list[list[str]]:
        shorten = shortener(self.prefixes)
        iris = {term.value for row in self.rows for term in row if isinstance(term, ox.NamedNode)}
        names = self.naming(iris) if self.naming else {}
        return [[names.get(getattr(term, "value", "")) or short(term, shorten) for term in row] for row in self.rows]

    def _table(self) -> str:
        if self.yes is not None:
            return "yes\n" if self.yes else "no\n"
        rows = [list(self.columns), *self._cells()]
        cells = [[textwrap.wrap(_CONTROL.sub("\ufffd", cell), _WIDTH) or [""] for cell in row] for row in rows]
        widths = [max(len(line) for row in cells for line in row[i]) for i in range(len(self.columns))]
        lines = []
        for row in cells:
            for height in range(max(map(len, row), default=0)):
                texts = [cell[height] if height < len(cell) else "" for cell in row]
                lines.append("  ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip())
        lines.insert(1, "  ".join("-" * width for width in widths))
        count = len(self.rows)
        return "\n".join(lines) + f"\n{count} row{'' if count == 1 else 's'}\n"

    def _markdown(self) -> str:
        if self.yes is not None:
            return self._table()
        rows = [list(self.columns), ["---"] * len(self.columns), *self._cells()]
        return "".join("| " + " | ".join(in_markdown(cell) for cell in row) + " |\n" for row in rows)

    def _results(self, form: ox.QueryResultsFormat) -> str:
        text = _text(ox.parse_query_results(self.results, format=_JSON).serialize(format=form))
        if form == ox.QueryResultsFormat.XML:
            return _in_xml(text)
        return _LINE_END.sub(lambda found: found[1] or "\n", text) if form == ox.QueryResultsFormat.CSV else text

    def _serialized(self, form: ox.RdfFormat) -> str:
        used = {iri for triple in self.triples or () for iri in _iris(triple)}
        prefixes = {name: iri for name, iri in self.prefixes.items() if any(u.startswith(iri) for u in used)}
        ordered = sorted(self.triples or (), key=str)
        nameless = {t.predicate.value for t in ordered if not _NAMED.search(t.predicate.value)}
        if nameless and form == ox.RdfFormat.RDF_XML:
            raise QueryError(f"RDF/XML has no way to write the property {min(nameless)}; choose ttl or json.")
        try:
            text = _text(ox.serialize(ordered, format=form, prefixes=prefixes))
        except OSError as error:
            raise QueryError(f"The answer cannot be written in this form ({error}); choose ttl.") from error
        return _in_xml(text) if form == ox.RdfFormat.RDF_XML else text


def answer_of(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, prefixes: Mapping[str, str], naming: Naming | None = None
) -> Answer:
    """Take over what an Oxigraph query gives: solutions, a boolean or triples."""
    triples = None
    rows: Any = found
    if isinstance(found, ox.QueryTriples):
        triples = tuple(found)
        store = ox.Store()
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        rows = store.query(
            "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object } ORDER BY ?subject ?predicate ?object"
        )
    results = bytes(rows.serialize(format=_JSON))
    read = ox.parse_query_results(results, format=_JSON)
    if isinstance(read, ox.QueryBoolean):
        yes = bool(read)
        return Answer(("answer",), ((ox.Literal(yes),),), yes=yes, prefixes=prefixes, results=results)
    columns = tuple(variable.value for variable in read.variables)
    cells = tuple(tuple(solution[name] for name in columns) for solution in read)
    return Answer(columns, cells, triples=triples, prefixes=prefixes, results=results, naming=naming)


def _text(data: bytes | None) -> str:
    return bytes(data or b"").decode()


def _iris(triple: ox.Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, ox.NamedNode):
            yield term.value
        elif isinstance(term, ox.Literal):
            yield term.datatype.value


def in_markdown(cell: str) -> str:
    """Write a text so that it stays in its cell of a table of Markdown, and stays a text."""
    return re.sub(r"([\\|<])", r"\\\1", " ".join(cell.splitlines()))


def _in_xml(text: str) -> str:
    """Keep what XML would change on reading; say so where it has no way to write a character."""
    if odd := _NO_XML.search(text):
        raise QueryError(f"XML has no way to write the character U+{ord(odd[0]):04X} in this answer; choose json or tsv.")
    return text.replace("\r", "&#13;")
