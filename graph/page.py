"""A view, its quads and questions become one HTML file: pyvis with a template of our own."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.endpoint import LocalStore
from graph.errors import OutputError
from graph.files import Profile, bundled
from graph.labels import LABEL_PROPERTIES, find_labels, local_name, select
from graph.overview import overview
from graph.question import read_question
from graph.route_policy import Policy, policy_payload, read_policy
from graph.styles import ClassStyle, class_styles, read_view

__all__ = ["page"]

_PANELS = (
    ("details", "Details"),
    ("questions", "Questions"),
    ("compare", "Compare"),
    ("route", "Route"),
    ("sparql", "SPARQL"),
    ("about", "About"),
)

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
    from pyvis.network import Network

    view = read_view(profile.view)
    styles = class_styles(store, view)
    graph = overview(store, profile.system_query("view.rq"), styles)
    network = Network(directed=True)
    network.nodes = [{"id": node, **more} for node, more in graph.nodes(data=True)]
    network.edges = [{"from": a, "to": b, "relation": relation} for a, b, relation in graph.edges(keys=True)]
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()

    vis, script, editor = _vis(), _made("page.js"), _made("editor.js")
    style = resources("graph").joinpath("browser", "style.css").read_text(encoding="utf-8")
    payload = _payload(store, profile, data, view, styles) | {
        "nodes": nodes,
        "edges": edges,
        "begin": _begin(store, graph.number_of_nodes()),
        "options": options if isinstance(options, dict) else json.loads(options),
    }
    nonce = payload["nonce"] = hashlib.sha256(_json(payload).encode()).hexdigest()[:16]
    asked = {question["name"]: question["words"] for question in payload["questions"]}
    parts = {
        "title": payload["title"],
        "description": payload["description"],
        "begin": payload["begin"],
        "question": asked.get(payload["firstQuestion"], ""),
        "hint": "Find by name, short form or part of a word ( / )",
        "panels": _PANELS,
        "style": Markup(style),
        "payload": Markup(_json(payload)),
        "vis": Markup(vis),
        "script": Markup(script),
        "editor": Markup(editor),
        "worker": Markup(_made("worker.js").replace("</script", "<\\/script")),
        "engine": _base64(_made_bytes("oxigraph.wasm.gz")),
        "quads": _base64(_packed(store.dump().quads)),
        "notices": Markup(
            f"== vis-network ==\n{_head(vis)}\n\n{_made('notices.txt')}".replace("</script", "")
        ),
        "policy": _policy([vis, script, editor], [style], nonce),
    }
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(
        resources("graph").joinpath("template.html").read_text(encoding="utf-8")
    )
    return template.render(parts)


def _payload(
    store: LocalStore,
    profile: Profile,
    data: Sequence[Any],
    said: dict[str, dict[str, str]],
    styles: Sequence[ClassStyle],
) -> dict[str, Any]:
    """Gather what the page has to know before its store is open."""
    title, description = _title(store, data)
    relations = {row["p"].value for row in _rows(store, "SELECT DISTINCT ?p { ?s ?p ?o }")}
    names = find_labels(store, relations)
    base = store.prefixes.get("data", "")
    return {
        "title": title,
        "description": description,
        "base": base,
        "labels": LABEL_PROPERTIES,
        "prefixes": dict(sorted(store.prefixes.items())),
        "kinds": [
            {
                "iri": look.iri,
                "label": look.label,
                "colour": look.color,
                "shape": look.shape,
                "order": look.order,
                "count": look.count,
                "drawn": look.drawn,
            }
            for look in styles
        ],
        "relations": {
            relation: {
                "label": names.get(relation) or _words(local_name(relation)),
                "inverse": said.get(relation, {}).get("inverseLabel", ""),
                "drawn": said.get(relation, {}).get("drawn") != "false",
            }
            for relation in sorted(relations)
        },
        "reading": _reading(profile.shapes),
        "tables": sorted(kind for kind, look in said.items() if "display" in look),
        "unsorted": int(next(iter(_rows(store, _UNSORTED)))["count"].value),
        "questions": [
            {
                "name": question.name,
                "words": question.title,
                "sparql": question.sparql,
                "tags": question.tags,
                "parameters": [
                    {"name": p.name, "kind": p.type, "words": p.description, "default": p.default}
                    for p in question.parameters
                ],
            }
            for question in map(read_question, profile.questions)
        ],
        "asks": {name: _asked(profile, f"{name}.rq") for name in ("compare", "figures", "route")},
        "routePolicy": _route_policy(profile),
        "facts": _facts(store),
        "load": sorted(
            {path.parent.parent.name for path in profile.questions if path.parent.parent != bundled()}
        ),
        "firstQuestion": next(
            (look["firstQuestion"] for look in said.values() if "firstQuestion" in look), ""
        ),
    }


def _begin(store: LocalStore, drawn: int) -> str:
    """Say how to begin, or why there is nothing to see."""
    if drawn:
        return "Click a thing to see what is known of it and who says so."
    if not list(_rows(store, "SELECT ?s { ?s ?p ?o } LIMIT 1")):
        return "There are no statements in this data; give graph page a file or folder that holds some."
    return "No thing in this data is linked to another; find things by their names."


_COUNTS = """SELECT ?what ?count WHERE {
  { SELECT ("triples" AS ?what) (COUNT(*) AS ?count) { ?s ?p ?o } }
  UNION { SELECT ("graphs" AS ?what) (COUNT(DISTINCT ?g) AS ?count) { GRAPH ?g { ?s ?p ?o } } }
}"""

_UNSORTED = """SELECT (COUNT(DISTINCT ?thing) AS ?count) {
  { ?thing ?p ?value } UNION { ?other ?q ?thing FILTER(?q != rdf:type) FILTER(isIRI(?thing) || isBlank(?thing)) }
  MINUS { ?thing a ?class }
}"""

_FACTS = """SELECT ?version ?modified ?licence WHERE {
  { ?data a dcat:Dataset } UNION { ?data a owl:Ontology }
  OPTIONAL { ?data dcat:version|owl:versionInfo ?version }
  OPTIONAL { ?data dcterms:modified ?modified }
  OPTIONAL { ?data dcterms:license ?licence }
} ORDER BY ?data LIMIT 1"""

_CREDITS = """SELECT ?credit WHERE { ?data a dcat:Dataset ; dcterms:provenance|dcterms:rights ?credit } ORDER BY ?credit"""

_TITLE = """SELECT ?title ?description {
  { ?data a dcat:Dataset } UNION { ?data a <http://rdfs.org/ns/void#Dataset> } UNION { ?data a owl:Ontology }
  ?data dcterms:title ?title OPTIONAL { ?data dcterms:description ?description }
} ORDER BY ?title LIMIT 1"""

_READING = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?class ?path ?inverse ?order ?name ?least {
  ?shape sh:targetClass ?class ; sh:property ?property .
  { ?property sh:path ?path . FILTER(isIRI(?path)) BIND(false AS ?inverse) }
  UNION { ?property sh:path/sh:inversePath ?path . BIND(true AS ?inverse) }
  OPTIONAL { ?property sh:order ?order } OPTIONAL { ?property sh:name ?name } OPTIONAL { ?property sh:minCount ?least }
  FILTER(BOUND(?order))
} ORDER BY ?class ?order ?path"""


def _words(name: str) -> str:
    """Write the name of a relation that nobody named as words: canSailTo is “can sail to”."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).lower()


def _rows(store: LocalStore, query: str) -> Any:
    return list(select(store, query))


def _asked(profile: Profile, name: str) -> str:
    """Read a query that the page asks by itself; empty where neither the data nor the explorer has one."""
    path = profile.system_query(name)
    return path.read_text(encoding="utf-8") if path else ""


def _route_policy(profile: Profile) -> dict[str, Any]:
    """Read how the page is to rank routes."""
    path = profile.system_query("route.rq")
    return policy_payload(read_policy(read_question(path).header) if path else Policy())


def _facts(store: LocalStore) -> list[tuple[str, str]]:
    """Gather what the panel About says of the data."""
    counts = {row["what"].value: row["count"].value for row in _rows(store, _COUNTS)}
    found = [
        ("Statements", f"{int(counts['triples']):,}"),
        ("Sources and graphs", f"{int(counts['graphs']):,}"),
    ]
    for row in _rows(store, _FACTS):
        said = (("Version", "version"), ("Last changed", "modified"), ("Licence of the data", "licence"))
        found += [(name, row[key].value) for name, key in said if key in row]
    return [*found, *(("Credit", row["credit"].value) for row in _rows(store, _CREDITS))]


def _title(store: LocalStore, data: Sequence[Any]) -> tuple[str, str]:
    for row in _rows(store, _TITLE):
        return row["title"].value, row["description"].value if "description" in row else ""
    paths = [item for item in data if isinstance(item, Path)]
    folders = {path.absolute().parent for path in paths}
    names = [folder.name for folder in folders] if len(folders) < len(paths) else []
    return ", ".join(sorted(names or [path.stem for path in paths])[:3]), ""


def _reading(shapes: tuple[Path, ...]) -> dict[str, list[dict[str, Any]]]:
    """Read from the shapes in which order the statements of a class are read."""
    store = ox.Store()
    for path in shapes:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    reading: dict[str, list[dict[str, Any]]] = {}
    found: Any = store.query(_READING)
    for row in found:
        line = {
            "path": row["path"].value,
            "inverse": row["inverse"].value == "true",
            "order": float(row["order"].value),
            "name": row["name"].value if row["name"] else "",
            "expected": bool(row["least"]) and int(row["least"].value) > 0,
        }
        reading.setdefault(row["class"].value, []).append(line)
    return reading


def _packed(lines: list[bytes]) -> bytes:
    """Pack the quads as N-Quads; blank nodes get names, so that one query can ask for what another found."""
    blank = [line for line in lines if b"_:" in line]
    quads = ox.parse(b"\n".join(blank), format=ox.RdfFormat.N_QUADS)
    named = bytes(ox.serialize(map(_named, quads), format=ox.RdfFormat.N_QUADS) or b"")
    return gzip.compress(b"\n".join(line for line in lines if b"_:" not in line) + b"\n" + named, 9, mtime=0)


def _named(quad: ox.Quad) -> ox.Quad:
    def name(term: Any) -> Any:
        if isinstance(term, ox.Triple):
            return ox.Triple(name(term.subject), term.predicate, name(term.object))
        return ox.NamedNode(f"urn:bnode:{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Quad(name(quad.subject), quad.predicate, name(quad.object), name(quad.graph_name))


def _json(value: object) -> str:
    """Write JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(scripts: list[str], styles: list[str], nonce: str) -> str:
    """Allow what the page brings, by its digest, and no request at all."""

    def digests(texts: list[str]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts
        )

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


def _made_bytes(name: str) -> bytes:
    path = resources("graph").joinpath("browser", "made", name)
    if not path.is_file():
        raise OutputError(
            f"The page's script is missing ({path}); install the package with pip, which makes it, or run scripts/bundle.py."
        )
    return path.read_bytes()


def _made(name: str) -> str:
    return _made_bytes(name).decode("utf-8")


def _vis() -> str:
    """Take vis-network, with its licence, from pyvis's wheel."""
    return (
        resources("pyvis")
        .joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js")
        .read_text(encoding="utf-8")
    )


def _head(script: str) -> str:
    """Read the comment that a script begins with: whose it is, and its licence."""
    lines = script.partition("*/")[0].splitlines()
    return "\n".join(line.strip(" /*") for line in lines).strip()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
