"""Files of RDF, and objects that hold some, become one data set of quads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from graph.errors import DataError
from graph.files import Inputs, Source
from graph.parser import BASE, explained, parse, read_file, with_stable_blank_nodes
from graph.terms import STANDARD_PREFIXES, VIEW, Prefixes

__all__ = ["Dataset", "read"]

_MAX_PLACES = 5
"""Files that one error names."""


class Dataset(NamedTuple):
    """A store of quads, the prefixes that the files declare, and what was left out."""

    store: ox.Store
    prefixes: Prefixes
    skipped: tuple[str, ...] = ()
    """What could not be read, each with the reason."""


def read(inputs: Inputs, only: Source | None = None) -> Dataset:
    """Read the quads of all sources, or of one, each in the graph that its file puts it in.

    Triples of a folder that stand in no graph go to the graph named by its `view.ttl`
    (`view:defaultGraph`), or stay in the default graph. Blank nodes are named by file and order.

    Raises DataError for files that cannot be read, unless `inputs.lenient`: the file, the line, the reason.
    """
    store = ox.Store()
    prefixes: dict[str, str] = {}
    failures: list[str] = []
    for graph, items in _by_default_graph(inputs, only).items():
        for number, source, item in items:
            try:
                for name, iri in _load(store, inputs, source, item, f"f{number}n").items():
                    prefixes.setdefault(name, iri)
            except DataError as error:
                failures.append(str(error))
        if graph:
            store.update(f"ADD DEFAULT TO {graph} ; CLEAR DEFAULT")
    if failures and (not inputs.lenient or len(failures) == len(inputs.data)):
        raise DataError(_summary(failures, len(inputs.data)))
    skipped = [note for source in inputs.sources for note in source.skipped]
    return Dataset(store, Prefixes(STANDARD_PREFIXES | prefixes), (*failures, *skipped))


def _load(store: ox.Store, inputs: Inputs, source: Source, item: Any, label: str) -> dict[str, str]:
    """Put the quads of one file or object into a store, and return its prefixes."""
    if not isinstance(item, Path):
        from graph.interop import quads_of

        quads, prefixes = quads_of(item)
        store.bulk_extend(with_stable_blank_nodes(quads, label))
        return prefixes
    fallback = BASE + quote(item.relative_to(source.root or item.parent).as_posix())
    found, parser = read_file(item, inputs.base, fallback, label)
    with explained(item):
        store.bulk_extend(list(found) if inputs.lenient else found)  # a list, so that a bad file adds nothing
    return parser.prefixes


def _summary(failures: list[str], count: int) -> str:
    """Name every file that cannot be read, in one sentence."""
    if len(failures) == 1:
        return failures[0]
    places = [failure.split(": ")[0].split(" ")[0] for failure in failures[1 : 1 + _MAX_PLACES]]
    more = f", and {len(failures) - 1 - _MAX_PLACES} more" if len(failures) > 1 + _MAX_PLACES else ""
    return (
        f"{failures[0]} {len(failures)} of {count} files cannot be read; see also {', '.join(places)}{more}."
    )


def _by_default_graph(
    inputs: Inputs, only: Source | None
) -> dict[ox.NamedNode | None, list[tuple[int, Source, Any]]]:
    """Group numbered files by the graph that their default-graph triples go to."""
    groups: dict[ox.NamedNode | None, list[tuple[int, Source, Any]]] = {}
    number = 0
    for source in inputs.sources:
        if only is None or source is only:
            items = [(number + place, source, item) for place, item in enumerate(source.data)]
            groups.setdefault(next(_default_graphs(source), None), []).extend(items)
        number += len(source.data)
    return dict(sorted(groups.items(), key=lambda pair: pair[0] is None))


def _default_graphs(source: Source) -> Iterator[ox.NamedNode]:
    for path in source.view:
        for quad in parse(path):
            if quad.predicate.value == f"{VIEW}defaultGraph" and isinstance(quad.object, ox.NamedNode):
                yield quad.object
