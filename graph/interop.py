"""Objects of rdflib and Oxigraph become quads, and a store becomes an rdflib Dataset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pyoxigraph as ox

from graph.endpoint import LocalStore
from graph.errors import DataError

if TYPE_CHECKING:
    import rdflib

__all__ = ["quads_of", "to_rdflib"]


def quads_of(data: Any) -> tuple[Iterator[ox.Quad], dict[str, str]]:
    """Read the quads and the prefixes of a `pyoxigraph.Store`, an `rdflib.Graph`, or an `rdflib.Dataset`.

    Raises DataError for anything else.
    """
    if isinstance(data, ox.Store):
        return iter(data), {}
    import oxrdflib  # noqa: F401  its serializers know the default graph, and are faster than rdflib's
    import rdflib

    if not isinstance(data, rdflib.Graph):
        raise DataError(
            f"{type(data).__name__} is not RDF; "
            "give a path, an rdflib.Graph, an rdflib.Dataset, or a pyoxigraph.Store."
        )
    text = data.serialize(format="ox-nquads" if hasattr(data, "quads") else "ox-nt", encoding="utf-8")
    prefixes = {name: str(iri) for name, iri in data.namespaces()}
    return ox.parse(text, format=ox.RdfFormat.N_QUADS), prefixes


def to_rdflib(store: LocalStore) -> rdflib.Dataset:
    """Wrap a store as an `rdflib.Dataset` that can be read but not changed."""
    import rdflib
    from oxrdflib import OxigraphStore

    class ReadOnlyStore(OxigraphStore):
        """Refuse every change: the store may be shared with other processes, and with the cache."""

        def _refuse(self, *_: Any, **__: Any) -> NoReturn:
            raise DataError("The data is read-only; change a copy of it: rdflib.Dataset() + dataset.")

        add = addN = remove = update = remove_graph = _refuse  # noqa: N815  rdflib's names

        def add_graph(self, graph: Any) -> None:
            """Add nothing: rdflib calls this when it reads a graph."""

    data = rdflib.Dataset(store=ReadOnlyStore(store=store.store))
    for name, iri in store.prefixes.items():
        data.bind(name, iri, replace=True)
    return data
