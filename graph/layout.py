"""Where nodes lie: connected parts side by side, and no shape or label over another."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.styles import ClassStyle

if TYPE_CHECKING:
    import numpy as np

    Positions = np.ndarray[tuple[int, int], np.dtype[np.float64]]

__all__ = ["MAX_LABEL", "node_box", "set_positions", "truncate"]

MAX_LABEL = 80
"""Characters of a label that a node shows."""

_ROW_WIDTH = 1400.0
"""Width of a row of unconnected parts, in pixels."""
_GAP = 60.0
"""Space between unconnected parts, in pixels."""
_PUSHES = 200
"""Pushes after which boxes that still overlap are given more room."""


def set_positions(graph: nx.MultiDiGraph[str], styles: Mapping[str, ClassStyle]) -> None:
    """Set `x` and `y` of each node, in pixels, so that no shape or label covers another."""
    import numpy as np

    simple = nx.Graph(graph)
    parts = sorted(nx.connected_components(simple), key=lambda part: (-len(part), min(part)))
    left = top = row = 0.0
    width = _ROW_WIDTH
    for part in parts:
        members = [node for node in graph if node in part]
        boxes = [node_box(graph.nodes[node], styles) for node in members]
        box, drop = np.array([box[:2] for box in boxes]), np.array([(0.0, box[2]) for box in boxes])
        connected = nx.Graph(simple.edges(members))  # subgraph() changes its order with the hash seed
        connected.add_nodes_from(members)
        at = _apart(_spread(connected, members) + drop, box)
        low, high = (at - box / 2).min(0), (at + box / 2).max(0)
        wide, tall = (float(length) for length in high - low)
        if left and left + wide > width:
            left, top, row = 0.0, top + row + _GAP, 0.0
        for node, (x, y) in zip(members, at - drop - low + (left, top), strict=True):
            graph.nodes[node].update(x=round(float(x), 1), y=round(float(y), 1))
        width = max(width, wide)
        left, row = left + wide + _GAP, max(row, tall)


def _spread(graph: nx.Graph[str], members: list[str]) -> Positions:
    """Lay connected nodes out by their links, always in the same way."""
    import numpy as np

    if len(members) == 1:
        return np.zeros((1, 2))
    root = len(members) ** 0.5
    found = nx.spring_layout(graph, seed=7, iterations=300, k=2.6 / root)
    positions = np.array([found[node] for node in members], dtype=np.float64)
    return np.multiply(positions, (78 * root, 62 * root), dtype=np.float64)


def node_box(node: Mapping[str, Any], styles: Mapping[str, ClassStyle]) -> tuple[float, float, float]:
    """Estimate the box of a node with its label: width, height, and how far its middle lies below `y`."""
    style = styles.get(node["type"])
    letter, line = (9.6, 20.0) if style and style.order == 1 else (8.6, 18.0)
    lines = textwrap.wrap(truncate(node["label"]), int(165 / letter)) or [""]
    width, height = max(map(len, lines)) * letter, len(lines) * line
    shape = style.shape if style else "dot"
    if shape == "ellipse":
        return width + 2 * height + 16, 2 * height + 16, 0.0
    if shape in {"box", "database"}:
        return width + 34, height + 34, 0.0
    return max(width, 40.0) + 14, height + 56, height / 2 + 4


def truncate(label: str) -> str:
    """Shorten a long label, in the same place as the page does.

    >>> len(truncate("word " * 40))
    80
    """
    text = " ".join(label.split())
    return text if len(text) <= MAX_LABEL else f"{text[: MAX_LABEL - 1]}…"


def _apart(at: Positions, box: Positions) -> Positions:
    """Push boxes apart, a little at a time, until none overlaps another."""
    import numpy as np

    order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None])
    for turn in itertools.count(1):
        away = at[:, None] - at[None]
        overlap = (box[:, None] + box[None]) / 2 - np.abs(away)
        touching = (overlap > 0).all(2) & (order != 0)
        if not touching.any():
            break
        along_x = overlap[..., 0] < overlap[..., 1]
        side = np.where(away == 0, order[..., None], np.sign(away))
        push = np.where(touching[..., None], (overlap + 1) * side, 0) * np.stack([along_x, ~along_x], 2) / 2
        at = at + push.sum(1) * 0.7
        if turn % _PUSHES == 0:  # too tight to come apart by pushing: give everything more room
            at = at * 1.1
    return at
