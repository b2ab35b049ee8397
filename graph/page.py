"""The page: its payload, quads and scripts become one HTML file that runs nothing else and asks nobody."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files as resources
from typing import Any

import pyoxigraph as ox

from graph.endpoint import LocalStore
from graph.errors import OutputError
from graph.files import Profile
from graph.payload import Payload, payload_of, to_json
from graph.terms import BLANK

__all__ = ["page"]

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 200, "keyboard": False, "multiselect": False},
    "nodes": {
        "borderWidth": 1,
        "size": 16,
        "margin": 9,
        "widthConstraint": {"maximum": 170},
        "font": {"face": "system-ui, sans-serif"},
    },
    "edges": {
        "smooth": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "selectionWidth": 1,
        "hoverWidth": 1,
    },
}


def page(store: LocalStore, profile: Profile, data: Sequence[Any]) -> str:
    """Write the page that shows a knowledge graph; the same data gives the same text.

    Raises OutputError where the package was installed without the page's script.
    """
    import jinja2
    from markupsafe import Markup

    vis, script, editor = _vis(), _bundled("page.js"), _bundled("editor.js")
    style = resources("graph").joinpath("browser", "style.css").read_text(encoding="utf-8")
    payload = _with_options(payload_of(store, profile, data))
    payload = replace(payload, nonce=hashlib.sha256(_json(payload).encode()).hexdigest()[:16])
    titles = {question.name: question.title for question in payload.questions}
    parts = {
        "title": payload.title,
        "description": payload.description,
        "hint": payload.hint,
        "first_question": titles.get(payload.first_question, ""),
        "style": Markup(style),
        "payload": Markup(_json(payload)),
        "vis": Markup(vis),
        "script": Markup(script),
        "editor": Markup(editor),
        "worker": Markup(_bundled("worker.js").replace("</script", "<\\/script")),
        "engine": _base64(_bundled_bytes("oxigraph.wasm.gz")),
        "quads": _base64(_packed(store.dump().quads)),
        "notices": Markup(
            f"== vis-network ==\n{_head(vis)}\n\n{_bundled('notices.txt')}".replace("</script", "")
        ),
        "policy": _policy([vis, script, editor], [style], payload.nonce),
    }
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(
        resources("graph").joinpath("template.html").read_text(encoding="utf-8")
    )
    return template.render(parts)


def _with_options(payload: Payload) -> Payload:
    """Let pyvis take the nodes and edges, and give the options for vis-network."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.nodes = [to_json(node) for node in payload.nodes]
    network.edges = [to_json(edge) for edge in payload.edges]
    network.set_options(json.dumps(_OPTIONS))
    *_, options = network.get_network_data()
    return replace(payload, options=options if isinstance(options, dict) else json.loads(options))


def _packed(lines: list[bytes]) -> bytes:
    """Pack the quads as N-Quads; blank nodes become IRIs, which one query can take from another."""
    blank = [line for line in lines if b"_:" in line]
    quads = ox.parse(b"\n".join(blank), format=ox.RdfFormat.N_QUADS)
    renamed = bytes(ox.serialize(map(_without_blank_nodes, quads), format=ox.RdfFormat.N_QUADS) or b"")
    others = b"\n".join(line for line in lines if b"_:" not in line)
    return gzip.compress(others + b"\n" + renamed, 9, mtime=0)


def _without_blank_nodes(quad: ox.Quad) -> ox.Quad:
    def rename(term: Any) -> Any:
        if isinstance(term, ox.Triple):
            return ox.Triple(rename(term.subject), term.predicate, rename(term.object))
        return ox.NamedNode(f"{BLANK}{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Quad(rename(quad.subject), quad.predicate, rename(quad.object), rename(quad.graph_name))


def _json(payload: Payload) -> str:
    """Write JSON that cannot end the element it stands in."""
    text = json.dumps(to_json(payload), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(scripts: list[str], styles: list[str], nonce: str) -> str:
    """Allow what the page brings, by its digest, and no request."""

    def digests(texts: list[str]) -> str:
        found = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
        return " ".join(f"'sha256-{digest}'" for digest in found)

    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {digests(scripts)} 'wasm-unsafe-eval'",
            f"style-src {digests(styles)} 'nonce-{nonce}'",
            "img-src data: blob:",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _bundled_bytes(name: str) -> bytes:
    path = resources("graph").joinpath("browser", "made", name)
    if not path.is_file():
        raise OutputError(
            f"The page's script is missing ({path}); "
            "install the package with pip, which makes it, or run scripts/bundle.py."
        )
    return path.read_bytes()


def _bundled(name: str) -> str:
    return _bundled_bytes(name).decode("utf-8")


def _vis() -> str:
    """Read vis-network, with its license, from pyvis's wheel."""
    folder = resources("pyvis").joinpath("templates", "lib", "vis-9.1.2")
    return folder.joinpath("vis-network.min.js").read_text(encoding="utf-8")


def _head(script: str) -> str:
    """Read the comment that a script begins with: its authors and its license."""
    comment = script.partition("*/")[0].splitlines()
    return "\n".join(line.strip(" /*") for line in comment).strip()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
