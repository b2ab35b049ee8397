"""A data set in which every text, name, file and query is hostile."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pyoxigraph as ox
from playwright.sync_api import Locator, Page

LONG = "<i onclick=window.pwned=1>long</i> " * 3000
TEXTS = (
    "</script><img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "'-window.pwned=1-'",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "line\u2028and\u2029paragraph",
    "<!--<script>",
    "]]></style></title><script>window.pwned=1</script>",
    "\u202egpj.exe\u202c \u200f right to left",
    "zero\0bell\x07none\ufffe\uffff",
    '=HYPERLINK("javascript:window.pwned=1","free")',
    "+1,\r\n@SUM(A1)\t-2+3",
    "$& $1 $` $' \\u003cimg\\u003e %3Cscript%3E &lt;b&gt; &amp;",
    "<a href=javascript:window.pwned=1>click</a>",
    LONG,
)
IRIS = (
    "javascript:window.pwned=1",
    "JaVaScRiPt:window.pwned=1//%0A",
    "data:text/html,%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "vbscript:window.pwned=1",
    "blob:https://h.example/1",
    "file:///etc/passwd",
    "urn:x:'onmouseover='window.pwned=1",
    "https://h.example/$&$1$'",
    "https://h.example/'onclick='window.pwned=1",
    "https://h.example/\u202egpj\u2028.exe",
    "https://h.example/a)//.,;b",
    "constructor:prototype",
    "https://h.example/__proto__",
    "https://h.example/%3Cimg%20src=x%20onerror=window.pwned=1%3E",
)
KIND, OTHER_KIND = "javascript:window.pwned='kind'", "https://h.example/Kind"
RELATION, OTHER_RELATION = (
    "data:text/html,%3Cscript%3Ewindow.pwned='relation'%3C/script%3E",
    "https://h.example/relation",
)
GRAPH, OTHER_GRAPH = "javascript:window.pwned='graph'", "https://h.example/graph/$&"
TITLE = "</title><script>window.pwned=1</script> {{7*7}} <!--"
LICENCE = "javascript:window.pwned='licence'"
WORDS = '"><svg onload=window.pwned=1> What {{7*7}} of </script>?'
PARAMETER = "<img src=x onerror=window.pwned=1>"
FILE = "<img src=x onerror=window.pwned=1>&'"

RDFS, SKOS, DCTERMS, XSD = (
    f"http://{rest}"
    for rest in (
        "www.w3.org/2000/01/rdf-schema#",
        "www.w3.org/2004/02/skos/core#",
        "purl.org/dc/terms/",
        "www.w3.org/2001/XMLSchema#",
    )
)
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def facts() -> Iterator[ox.Quad]:
    """Say hostile things of hostile things, in hostile graphs."""
    node = ox.NamedNode

    def said(subject: str, predicate: str, value: str | ox.Literal, place: str = GRAPH) -> ox.Quad:
        return ox.Quad(
            node(subject),
            node(predicate),
            value if isinstance(value, ox.Literal) else node(value),
            node(place),
        )

    turned = itertools.cycle(TEXTS)
    next(turned)
    for iri, text, other, neighbour in zip(IRIS, TEXTS, turned, (*IRIS[1:], IRIS[0]), strict=False):
        yield said(iri, f"{RDFS}label", ox.Literal(text, language="en"))
        yield said(iri, f"{SKOS}definition", ox.Literal(other))
        yield said(iri, f"{SKOS}altLabel", ox.Literal(other[:200], language="x-script"))
        yield said(iri, TYPE, KIND)
        yield said(iri, RELATION, neighbour)
        yield said(iri, RELATION, neighbour, OTHER_GRAPH)
        yield said(iri, OTHER_RELATION, ox.Literal(text), OTHER_GRAPH)
        yield said(
            iri, OTHER_RELATION, ox.Literal(text, language="ar", direction=ox.BaseDirection.RTL), OTHER_GRAPH
        )
        yield said(
            iri, OTHER_RELATION, ox.Literal("javascript:window.pwned=1", datatype=node(f"{XSD}anyURI"))
        )
        yield said(iri, OTHER_RELATION, ox.Literal("1", datatype=node("javascript:window.pwned='type'")))
        yield said(iri, OTHER_RELATION, "javascript:window.pwned='nobody'")
        yield said(iri, OTHER_RELATION, "data:text/html,nobody")
        yield said(iri, "https://h.example/number", ox.Literal(len(other)))
    for name, text in (
        (KIND, TEXTS[0]),
        (RELATION, TEXTS[1]),
        (OTHER_RELATION, TEXTS[3]),
        (GRAPH, TEXTS[12]),
        (OTHER_GRAPH, TEXTS[5]),
    ):
        yield said(name, f"{RDFS}label", ox.Literal(text))
    yield said(GRAPH, f"{DCTERMS}date", ox.Literal(TEXTS[6]))
    yield said(GRAPH, f"{DCTERMS}type", "https://h.example/source-kind")
    yield said("https://h.example/source-kind", f"{SKOS}prefLabel", ox.Literal(TEXTS[2]))
    yield said(GRAPH, "https://schema.org/url", "javascript:window.pwned='url'")
    data = "javascript:window.pwned='data'"
    yield said(data, TYPE, "http://www.w3.org/ns/dcat#Dataset")
    yield said(data, f"{DCTERMS}title", ox.Literal(TITLE))
    yield said(data, f"{DCTERMS}description", ox.Literal(TEXTS[0]))
    yield said(data, f"{DCTERMS}license", LICENCE)
    yield said(data, f"{DCTERMS}rights", ox.Literal(TEXTS[1]))
    yield said(data, "http://www.w3.org/ns/dcat#version", ox.Literal(TEXTS[3]))


QUESTION = f"""#+ summary: {WORDS}
#+ tags: [<b>, hostile]
#+ parameters:
#+   thing: k:window.pwned='kind', {PARAMETER}
#+   text: xsd:string, </label>{PARAMETER}
#+   odd: "><svg onload=window.pwned=1>, {PARAMETER}
SELECT ?label ?number ?constructor ?__proto__ ?text WHERE {{
  VALUES ?thing {{ UNDEF }}
  VALUES ?text {{ "<img src=x onerror=window.pwned=1>" }}
  VALUES ?odd {{ "\\"</script>" }}
  ?thing rdfs:label ?label ; <https://h.example/number> ?number
}} # </script> <!--
"""
FILES = {
    f"{FILE}.trig": bytes(ox.serialize(facts(), format=ox.RdfFormat.TRIG) or b"")
    + b"@prefix k: <javascript:> . @prefix constructor: <data:text/html,> . @prefix toString: <https://h.example/$&> .\n",
    "shapes.ttl": f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] sh:targetClass <{KIND}> ; sh:property
        [ sh:path <{OTHER_RELATION}> ; sh:order 1 ; sh:minCount 1 ; sh:name "<img src=x onerror=window.pwned=1>shape" ] ,
        [ sh:path <javascript:window.pwned='path'> ; sh:order 2 ; sh:minCount 1 ; sh:name "</script>missing" ] .""".encode(),
    "view.ttl": f"""@prefix view: <https://w3id.org/graph-explorer/view#> .
        <{RELATION}> view:inverseLabel "<img src=x onerror=window.pwned=1>inverse" .""".encode(),
    "figures.rq": b"""#+ parameters:
#+   thing: , the item
SELECT ?measure ?value ?unit WHERE { VALUES ?thing { }
        ?thing rdfs:label ?measure ; <https://h.example/number> ?value BIND("<img src=x onerror=window.pwned=1>" AS ?unit) }""",
    f"questions/{FILE}.rq": QUESTION.encode(),
    "questions/broken.rq": b"#+ summary: <script>window.pwned=1</script> broken\nSELECT </script><img src=x onerror=window.pwned=1> WHERE {",
}

_FOREIGN = """() => [
    ...[...document.querySelectorAll("img:not(.cm-widgetBuffer), iframe, object, embed, base, form, link, audio, video, script:not([data-there])")].map(one => one.outerHTML.slice(0, 200)),
    ...[...document.querySelectorAll("*")].flatMap(one => [...one.attributes]).filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
    ...[...document.querySelectorAll("[href]")].map(one => one.getAttribute("href")).filter(href => !/^https?:\\/\\//.test(href)),
    ...(window.pwned === undefined ? [] : [`ran: ${window.pwned}`]),
]"""


def keep_own(page: Page) -> Page:
    """Mark the scripts that are the page's own."""
    page.evaluate("document.querySelectorAll('script').forEach(one => one.dataset.there = 1)")
    return page


def foreign(page: Page) -> list[str]:
    """Name what the data brought into a page: elements that load or run, handlers, links to no web page, what ran."""
    found: list[str] = page.evaluate(_FOREIGN)
    return found


def text_of(place: Locator) -> str:
    """Read a text as it is, with every sign."""
    return place.text_content() or ""
