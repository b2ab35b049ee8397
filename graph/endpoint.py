"""Where queries go: an endpoint answers SPARQL; here it is a store of this machine's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple, Protocol

import pyoxigraph as ox

from graph.errors import QueryError, QueryTimeout
from graph.interrupt import run_interruptibly
from graph.terms import Prefixes

__all__ = [
    "MAX_NESTING",
    "MAX_TOKENS",
    "Endpoint",
    "LocalStore",
    "NQuads",
    "Results",
    "evaluate",
    "explained",
]

MAX_NESTING = 256
"""Brackets within brackets that a query may have; the engine's parser runs out of stack at some thousands."""

MAX_TOKENS = 50_000
"""Tokens that a long query may have outside VALUES; each takes stack, and time grows by their square."""
_LONG = 100_000
"""Characters from which on the tokens of a query are counted; fewer cannot exhaust the stack."""

_SERVICE_IS_OFF = "it asks another server with SERVICE, which is off"


class Results(NamedTuple):
    """What a query gives, in the form in which endpoints send it."""

    json: bytes = b""
    """Rows or a boolean, as SPARQL 1.1 Query Results JSON."""
    ntriples: bytes | None = None
    """The triples of CONSTRUCT or DESCRIBE, as N-Triples."""


class NQuads(NamedTuple):
    """All quads of a store as sorted lines."""

    quads: list[bytes]
    """Each quad in its named graph; read again, they give the same data."""
    triples: list[bytes]
    """Each triple of the merged graph once."""


class Endpoint(Protocol):
    """Answers SPARQL queries."""

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes that queries may use without declaring them."""

    def query(self, sparql: str, *, timeout: float | None = None, federate: bool = False) -> Results:
        """Run a query, for `timeout` seconds at most; it may ask other servers only if `federate` is set.

        Raises QueryError, with the place, the reason, and the remedy.
        """

    def close(self) -> None:
        """Free what the endpoint holds."""


class LocalStore:
    """An Oxigraph store that is only read. Its default graph is the merge of all its graphs."""

    def __init__(
        self,
        store: ox.Store,
        prefixes: Mapping[str, str],
        folder: Path | None = None,
        skipped: tuple[str, ...] = (),
    ) -> None:
        self._store: ox.Store | None = store
        self.folder = folder
        """Where the store is on disk, if it is."""
        self.skipped = skipped
        """What was left out when the data was read, each with the reason."""
        self._prefixes = Prefixes(prefixes)

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes of the data, and the standard ones."""
        return self._prefixes

    def query(self, sparql: str, *, timeout: float | None = None, federate: bool = False) -> Results:
        """Run a query. Ctrl-C ends it at once, `timeout` after so many seconds.

        Raises QueryError, with the place, the reason, and the remedy.
        """
        store = self.store

        def run(abandoned: Event) -> Results:
            with explained(sparql, self._prefixes, federate=federate):
                found = evaluate(store, sparql, self._prefixes, federate=federate)
                sink = _Sink(abandoned)
                if isinstance(found, ox.QueryTriples):
                    found.serialize(sink, format=ox.RdfFormat.N_TRIPLES)
                    return Results(ntriples=sink.getvalue())
                found.serialize(sink, format=ox.QueryResultsFormat.JSON)
                return Results(json=_in_order(sparql, sink.getvalue()))

        try:
            return run_interruptibly(run, timeout)
        except TimeoutError:
            raise QueryTimeout(
                f"The query timed out after {timeout:g} seconds; "
                "add LIMIT, narrow the pattern, or raise the time limit."
            ) from None

    def dump(self) -> NQuads:
        """Write all quads as sorted lines."""
        store = self.store
        merged = _triples(store, ox.DefaultGraph())
        in_named_graphs, quads = set[bytes](), list[bytes]()
        for graph in store.named_graphs():
            triples, end = _triples(store, graph), f"{graph} .".encode()
            in_named_graphs |= triples
            quads += [triple[:-1] + end for triple in triples]
        return NQuads(sorted([*quads, *(merged - in_named_graphs)]), sorted(merged))

    def write(self, folder: Path) -> None:
        """Write the store and its prefixes into a new folder."""
        import json
        import shutil

        if self.folder:
            shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("record.json"))
            return
        folder.mkdir(mode=0o700)
        copy = ox.Store(str(folder / "store"))
        copy.bulk_extend(self.store)
        copy.flush()
        (folder / "prefixes.json").write_text(json.dumps(self._prefixes, indent=1), encoding="utf-8")

    def close(self) -> None:
        """Free the store; queries raise QueryError from then on."""
        self._store = None

    @property
    def store(self) -> ox.Store:
        """The store itself, for those who build it."""
        if self._store is None:
            raise QueryError("This knowledge graph is closed; load it again.")
        return self._store


def evaluate(store: ox.Store, sparql: str, prefixes: Prefixes, *, federate: bool = False) -> Any:
    """Start a query; what it finds comes as it is read.

    Raises QueryError for a query that is nested too deep or too long, and whatever the engine raises.
    """
    if sum(map(sparql.count, ("(", "[", "{", "<<"))) > MAX_NESTING:
        from graph.sparql import nesting

        if nesting(sparql, MAX_NESTING) > MAX_NESTING:
            raise QueryError(f"The query nests more than {MAX_NESTING} levels deep; simplify it.")
    if len(sparql) > _LONG:
        from graph.sparql import length

        if length(sparql) > MAX_TOKENS:
            raise QueryError(
                f"The query has more than {MAX_TOKENS:,} words and signs; list many terms in a VALUES block."
            )
    if not federate and ("\\" in sparql or "SERVICE" in sparql.upper()):
        from graph.sparql import calls_service

        if calls_service(sparql, prefixes):
            raise SyntaxError(_SERVICE_IS_OFF)
    return store.query(sparql, prefixes=prefixes)


@contextmanager
def explained(sparql: str, prefixes: Prefixes, *, federate: bool = False) -> Iterator[None]:
    """Turn what the engine raises into a QueryError with the place, the reason, and the remedy."""
    try:
        yield
    except (TimeoutError, QueryError):
        raise
    except MemoryError:
        raise QueryError("The query needs more memory than there is; make it narrower.") from None
    except (SyntaxError, OSError, RuntimeError, ValueError) as error:
        from graph.query_errors import explain_query_error

        message = str(error)
        if isinstance(error, SyntaxError):
            message = _message_of_spread(sparql, prefixes, federate=federate) or message
        raise QueryError(explain_query_error(sparql, message)) from None


def _message_of_spread(sparql: str, prefixes: Prefixes, *, federate: bool) -> str:
    """Let the engine say where the query, spread out, is wrong; empty if the engine accepts it."""
    from graph.query_errors import spread
    from graph.sparql import without_service

    text = spread(sparql)
    with suppress(OSError, RuntimeError, ValueError):
        try:
            ox.Store().query(text if federate else without_service(text), prefixes=prefixes)
        except SyntaxError as error:
            return str(error)
    return ""


class _Sink(BytesIO):
    """A file in memory that nobody can write to once it is abandoned."""

    def __init__(self, abandoned: Event) -> None:
        super().__init__()
        self._abandoned = abandoned

    def write(self, data: Any) -> int:
        if self._abandoned.is_set():
            raise TimeoutError
        return super().write(data)


def _in_order(sparql: str, results: bytes) -> bytes:
    """Let the columns of SELECT * come in the order of the query; the engine sorts them by name."""
    head = b'{"head":{"vars":'
    end = results.find(b"]", len(head)) + 1
    if "*" not in sparql or not results.startswith(head) or not end:
        return results
    import json

    from graph.sparql import in_order_of_appearance

    names = json.loads(results[len(head) : end])
    return head + json.dumps(in_order_of_appearance(sparql, names)).encode() + results[end:]


def _triples(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> set[bytes]:
    """Write the triples of one graph as lines of N-Triples."""
    return set(bytes(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"").splitlines())
