"""Random RDF for the property tests."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import strategies as st

XSD = "http://www.w3.org/2001/XMLSchema#"

texts = st.text(max_size=20)
iris = st.one_of(
    st.sampled_from(
        [
            "http://a.example/x",
            "http://a.example/x#y",
            "urn:isbn:1",
            "http://a.example/é?q=1&r='2'(3)",
            "a:b.c~d%20",
        ]
    ),
    st.from_regex(
        r"http://[a-z]{1,3}\.example/[A-Za-z0-9._~!$&'()*+,;=:@/?é日-]{0,8}(#[a-z]{0,3})?", fullmatch=True
    ),
).map(ox.NamedNode)
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(ox.Literal, texts, language=st.sampled_from(["en", "de", "zh-hant"])),
    st.integers(-(10**9), 10**9).map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))),
    st.builds(ox.Literal, texts, datatype=iris),
)
blanks = st.sampled_from("abc").map(ox.BlankNode)
graphs = st.one_of(st.just(ox.DefaultGraph()), iris, blanks)
triples = st.builds(ox.Triple, st.one_of(iris, blanks), iris, st.one_of(iris, blanks, literals))
quads = st.builds(
    lambda said, graph: ox.Quad(said.subject, said.predicate, said.object, graph), triples, graphs
)
