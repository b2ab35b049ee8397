"""The page opens for any RDF: other people's, nameless, odd, empty, large."""

from __future__ import annotations

import re
from pathlib import Path

import pyshacl
import pytest
from playwright.sync_api import Page, expect

import graph
from graph import KnowledgeGraph
from tests.browser.acts import (
    act,
    ask,
    find,
    find_and_read,
    in_list,
    numeral,
    open_panel,
    panel,
    run_sparql,
    shown,
    status,
    table,
)
from tests.browser.conftest import Visit, WritePage
from tests.browser.test_details import terms, values
from tests.conftest import EXAMPLE, Write

ASSETS = Path(pyshacl.__file__).parent / "assets"
PREFIXES = """@prefix a: <http://a.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
AT_START, EVER, AT_ONCE = 200, 1000, 25
COUNT = "SELECT (COUNT(*) AS ?many) { ?s ?p ?o }"


def works(page: Page, kg: KnowledgeGraph, names: list[str]) -> None:
    """See that a page is drawn, finds, reads and answers as the store does."""
    assert page.evaluate("performance.getEntriesByName('graph:drawn').length") == 1
    assert 0 < len(shown(page)) <= AT_START
    for name in names:
        find_and_read(page, name, name)
        expect(in_list(page, name)).to_have_attribute("aria-current", "true")
    act(page, "Expand")
    expect(status(page)).to_contain_text("added")
    region = run_sparql(page, COUNT)
    (row,) = kg.query(COUNT)
    expect(region.get_by_role("region", name="Answer", exact=True).locator("td")).to_have_text(
        numeral(int(str(row["many"])))
    )


@pytest.mark.parametrize("name", ["dash", "shacl"])
def test_vocabularies_of_others(name: str, visit: Visit, tmp_path: Path) -> None:
    kg = graph.load(ASSETS / f"{name}.ttl")
    page = visit(kg.write_page(tmp_path / f"{name}.html"))
    titles = kg.query("SELECT ?title { ?data a owl:Ontology ; rdfs:label ?title }")
    expect(page.get_by_role("heading", level=1)).to_have_text(" ".join(str(row["title"]) for row in titles))
    labels = [
        str(row["label"])
        for row in kg.query(
            """SELECT ?label { ?thing rdfs:label ?label ; rdfs:comment ?words FILTER(isIRI(?thing)) FILTER NOT EXISTS {
              ?other rdfs:label ?same FILTER(?other != ?thing && LCASE(STR(?same)) = LCASE(STR(?label))) } } ORDER BY ?label LIMIT 3"""
        )
    ]
    assert len(labels) == 3
    works(page, kg, labels)
    (row,) = kg.query(
        f'SELECT ?words {{ ?thing rdfs:label ?label ; rdfs:comment ?words FILTER(STR(?label) = "{labels[-1]}") }}'
    )
    expect(open_panel(page, "Details").locator(".definition")).to_have_text(
        " ".join(str(row["words"]).split())
    )
    open_panel(page, "Questions")
    expect(panel(page, "Questions")).to_contain_text("This data has no questions.")


SMALL = {
    "no labels": (
        "a:north-port a:sailsTo a:eastHolm , <http://b.example/Salt%20Ness> . a:eastHolm a:has_deck 3 .",
        ["north-port", "eastHolm", "Salt Ness"],
    ),
    "only types": ("a:x a a:T . a:y a a:T . a:z a a:U .", ["x", "T"]),
    "literals alone": ("a:x a:p a:y . a:y a:p 1 , 'one' , 'eins'@de .", ["x", "y"]),
    "terms as values": ("a:x a:p rdf:type , rdfs:label , owl:Class , xsd:string .", ["x", "Class"]),
    "itself": ("a:x a:x a:x .", ["x"]),
}


@pytest.mark.parametrize(("facts", "names"), SMALL.values(), ids=SMALL)
def test_small_files(facts: str, names: list[str], visit: Visit, write: Write) -> None:
    folder = write(
        {"facts.ttl": PREFIXES + "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n" + facts}
    )
    kg = graph.load(folder)
    works(visit(kg.write_page(folder / "graph.html")), kg, names)


def test_relations_without_names_are_read_as_words(visit: Visit, write_page: WritePage) -> None:
    page = visit(write_page({"facts.ttl": PREFIXES + "a:x a:sailsTo a:y ; a:has_deck 3 ; a:URL 'z' ."}))
    assert sorted(terms(find_and_read(page, "x", "x"))) == ["has deck", "sails to", "url"]


def test_names_without_a_prefix_are_completed_in_full(visit: Visit, write_page: WritePage) -> None:
    page = visit(
        write_page(
            {"facts.nt": "<http://a.example/x> <http://a.example/shines> <http://a.example/light-house> ."}
        )
    )
    region = run_sparql(page, "SELECT ?from { ?from ?p")
    expect(region.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Control+End")
    page.keyboard.type(" light-h")
    page.get_by_role("option", name="light-house").click()
    page.keyboard.insert_text(" }")
    page.keyboard.press("Control+Enter")
    expect(region.get_by_role("region", name="Answer", exact=True).locator("td")).to_have_text("x")


def test_only_blank_nodes(visit: Visit, write: Write) -> None:
    folder = write({"facts.ttl": PREFIXES + "[] a:knows [ a:name 'Ann' ; a:knows [ rdfs:label 'Bob' ] ] ."})
    kg = graph.load(folder)
    page = visit(kg.write_page(folder / "graph.html"))
    works(page, kg, ["Bob"])
    details = find_and_read(page, "Bob", "Bob")
    friend = values(details, "knows (inverse)").get_by_role("button")
    friend.click()
    expect(values(details, "name")).to_have_text("Ann")
    act(page, "Copy link")
    again = visit(
        folder / "graph.html", "#" + page.evaluate("navigator.clipboard.readText()").partition("#")[2]
    )
    expect(values(panel(again, "Details"), "name")).to_have_text("Ann")


@pytest.mark.parametrize("facts", ["", f"{PREFIXES} # nothing yet"])
def test_empty_file_makes_a_page_that_says_so(facts: str, visit: Visit, write_page: WritePage) -> None:
    page = visit(write_page({"facts.ttl": facts}))
    expect(page.get_by_role("note", name="Getting started")).to_contain_text("This data set is empty")
    assert shown(page) == []
    assert table(run_sparql(page, COUNT))[1:] == [["0"]]
    page.get_by_role("combobox", name="Find", exact=True).fill("anything")
    expect(page.get_by_role("listbox", name="Matches")).to_contain_text("No matches")
    for name in ("Questions", "Compare", "Route", "About"):
        expect(open_panel(page, name).get_by_role("heading", level=2)).to_have_text(name)
    for name in ("Fit", "Zoom in", "Zoom out"):
        act(page, name)


def test_what_nothing_links_is_found_by_name(visit: Visit, write_page: WritePage) -> None:
    page = visit(write_page({"facts.ttl": PREFIXES + "a:x a:p 1 . a:y rdfs:label 'lonely' ."}))
    assert shown(page) == []
    expect(page.get_by_role("note", name="Getting started")).to_contain_text("Find items by their names")
    find_and_read(page, "lonely", "lonely")
    expect(in_list(page, "lonely")).to_be_visible()


TONGUES = """
a:house a a:Building ; rdfs:label "house"@en , "Haus"@de , "maison"@fr ; a:near a:tree , a:well , a:gate .
a:tree rdfs:label "arbre"@fr , "tree"@en-GB . a:well rdfs:label "Brunnen"@de-AT , "puits"@fr . a:gate rdfs:label "porte"@fr .
a:near rdfs:label "near"@en , "nahe"@de . a:Building rdfs:label "building"@en , "Gebäude"@de .
"""


def test_each_person_reads_their_language(visit: Visit, write_page: WritePage) -> None:
    file = write_page({"facts.ttl": PREFIXES + TONGUES})
    for locale, names, kind, relation in (
        ("de-DE", ["Haus", "tree", "Brunnen", "porte"], "Gebäude", "nahe"),
        ("fr-CA", ["maison", "arbre", "puits", "porte"], "building", "near"),
        ("ja-JP", ["house", "tree", "Brunnen", "porte"], "building", "near"),
    ):
        page = visit(file, locale=locale)
        assert sorted(shown(page)) == sorted(names), locale
        details = find_and_read(page, "haus" if locale == "ja-JP" else names[0], names[0])
        expect(details.locator(".type")).to_have_text(kind)
        assert terms(details) == ["also called", relation]
        expect(page.get_by_role("group", name="Legend")).to_contain_text(kind)
        open_panel(page, "Compare")
        find(page, names[0], box="Add to comparison")
        find(page, names[1], box="Add to comparison")
        heads = panel(page, "Compare").get_by_role("region", name="Comparison").get_by_role("columnheader")
        expect(heads.filter(has_text=names[1])).to_be_visible()


def test_star_of_three_thousand_is_bounded_and_counted(visit: Visit, write: Write) -> None:
    many = 3000
    lines = (f"a:hub a:near a:x{n} . a:x{n} a:size {n} ." for n in range(many))
    folder = write({"facts.ttl": PREFIXES + "a:hub rdfs:label 'hub' .\n" + "\n".join(lines)})
    kg = graph.load(folder)
    page = visit(kg.write_page(folder / "graph.html"))
    begun = len(shown(page))
    assert 50 <= begun <= AT_START
    legend = page.get_by_role("group", name="Legend")
    expect(legend).to_contain_text(f"{begun} of {many + 1:,}")
    works(page, kg, ["hub"])
    rest = many + 1 - begun - AT_ONCE
    open_panel(page, "Details")
    details = find_and_read(page, "hub", "hub")
    expect(in_list(page, "hub")).to_have_attribute("aria-current", "true")
    assert len(shown(page)) == begun + AT_ONCE
    act(page, "Expand")
    expect(status(page)).to_have_text(f"{AT_ONCE} added; {rest - AT_ONCE} more not shown")
    expect(
        values(details, "near").get_by_role("button", name=f"+{many - AT_ONCE} more", exact=True)
    ).to_be_visible()
    region = run_sparql(page, "SELECT ?x { ?hub a:near ?x }")
    act(page, "Show in graph")
    expect(status(page)).to_have_text(f"{EVER:,} of {many:,} items shown in the graph")
    assert len(shown(page)) == EVER
    expect(legend).to_contain_text(f"{EVER:,} of {many + 1:,}")
    expect(region.get_by_role("button", name=re.compile(r"^\+[\d,]+ more$"))).to_be_visible()
    find_and_read(page, "hub", "hub")
    expect(status(page)).to_contain_text(f"the graph is limited to {EVER:,} items")
    act(page, "Expand")
    expect(status(page)).to_contain_text(f"the graph is limited to {EVER:,} items")
    assert len(shown(page)) == EVER


def test_graphs_without_sources(visit: Visit, write: Write) -> None:
    facts = (
        PREFIXES
        + """a:one { a:x a:p a:y , 1 . } a:two { a:x a:p a:y . } a:x a:q a:z . _:g { a:x a:r 'in a graph without a name' }
        a:one { a:one rdfs:label 'the first graph' }"""
    )
    folder = write({"facts.trig": facts})
    kg = graph.load(folder)
    page = visit(kg.write_page(folder / "graph.html"))
    works(page, kg, ["x", "y"])
    details = find_and_read(page, "x", "x")
    both = values(details, "p").filter(has_text="2 sources")
    both.locator("summary").click()
    assert sorted(both.locator(".source").all_inner_texts()) == ["the first graph", "two"]
    expect(values(details, "q").locator(".sources")).to_be_empty()
    expect(values(details, "r")).to_contain_text("in a graph without a name")
    both.get_by_role("button", name="the first graph", exact=True).click()
    expect(details.get_by_role("heading", level=2)).to_have_text("the first graph")
    assert len(ask(page, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")["rows"]) == 3


def test_a_graph_with_a_comment_about_itself_is_a_source_and_no_rule(
    visit: Visit, write_page: WritePage
) -> None:
    facts = """a:onto { a:onto a owl:Ontology ; rdfs:label 'an ontology' ; rdfs:comment 'Generated from a wiki.' . a:x a:p a:y . }"""
    page = visit(write_page({"facts.trig": PREFIXES + facts}))
    details = find_and_read(page, "x", "x")
    expect(values(details, "p").locator(".source")).to_have_text("an ontology")
    expect(details).not_to_contain_text("inferred")
    expect(open_panel(page, "About")).to_contain_text("Sources (1)")


def test_every_name_and_definition_is_shown(visit: Visit, write_page: WritePage) -> None:
    facts = """@prefix dct: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        a:city rdfs:label "Vienna"@en , "Wien"@de , <http://a.example/no-text> ; dct:title "Capital" ; skos:altLabel "Vindobona"@la ;
          <https://schema.org/name> "Vienna" ; skos:definition "Eine Stadt."@de , "A city."@en ; rdfs:comment "On the Danube."@en ;
          dct:description [ rdfs:label "a description" ] ; a:near a:x ; skos:notation "W" ."""
    file = write_page({"facts.ttl": PREFIXES + facts})
    details = find_and_read(visit(file), "Vienna", "Vienna")
    expect(details.locator(".definition")).to_have_text(["A city.", "On the Danube.", "Eine Stadt."])
    expect(values(details, "also called")).to_have_text("Capital, Wien (de), Vindobona (la)")
    assert terms(details)[0] == "also called"
    assert {"label", "description", "notation"} < set(terms(details))
    details = find_and_read(visit(file, locale="de"), "Wien", "Wien")
    expect(details.locator(".definition").first).to_have_text("Eine Stadt.")
    expect(values(details, "also called")).to_have_text("Vienna (en), Capital, Vindobona (la)")


@pytest.mark.parametrize("text", ["E21", "E21_Person", "p-21"])
def test_an_item_with_a_label_is_found_by_the_end_of_its_iri_and_its_code(
    text: str, visit: Visit, write_page: WritePage
) -> None:
    facts = "a:E21_Person rdfs:label 'Person'@en ; <http://purl.org/dc/terms/identifier> 'P-21' . a:p a:q a:E21_Person ."
    find_and_read(visit(write_page({"facts.ttl": PREFIXES + facts})), text, "Person")


INSIDE = """a:x rdfs:label 'Ann' ; a:likes ( a:tea 7 "wine"@fr ) ; a:none () ; a:many ( 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 ) ;
  a:address [ a a:Address ; a:street "Main Street" ; a:city [ a:zip 1010 ; a:country [ a:code "AT" ] ] ] ;
  a:pairs ( [ a:left 1 ] [ a:left 2 ] ) ; a:loop _:l . _:l a:again _:l . a:tea rdfs:label "tea" . a:Address rdfs:label "address" .
  a:x a:knows a:y {| a:since 2026 ; a:saidBy [ rdfs:label 'Bob' ] |} ~ a:note . a:note a:sure 0.9 . a:z a:knows a:x {| a:since 1999 |} .
"""


def test_lists_and_nameless_values_are_shown_in_place(visit: Visit, write_page: WritePage) -> None:
    details = find_and_read(visit(write_page({"facts.ttl": PREFIXES + INSIDE})), "Ann", "Ann")
    expect(values(details, "likes")).to_have_text("tea, 7, wine")
    expect(values(details, "none")).to_have_text("empty list")
    expect(values(details, "many")).to_have_text(", ".join(map(str, range(25))) + " … and 2 more")
    address = values(details, "address").locator("> div > dl")
    expect(address.locator("> dt")).to_have_text(["type", "street", "city"])
    expect(values(address, "type")).to_have_text("address")
    expect(values(address, "street")).to_have_text("Main Street")
    expect(values(address, "zip")).to_have_text("1010")
    expect(values(address, "country").get_by_role("button")).to_have_text(re.compile(r"^\(unnamed .+\)$"))
    expect(values(details, "pairs").get_by_role("listitem")).to_have_text(["left1", "left2"])
    expect(values(details, "loop").get_by_role("button")).to_have_count(1)
    values(details, "likes").get_by_role("button", name="tea").click()
    expect(details.get_by_role("heading", level=2)).to_have_text("tea")


def test_annotations_stand_at_their_statement(visit: Visit, write_page: WritePage) -> None:
    details = find_and_read(visit(write_page({"facts.ttl": PREFIXES + INSIDE})), "Ann", "Ann")
    known = values(details, "knows").locator(".note")
    expect(known).to_have_count(2)
    about = known.filter(has_text="since")
    expect(values(about, "since")).to_have_text("2026")
    expect(values(about, "said by")).to_contain_text("Bob")
    expect(known.filter(has=details.page.get_by_role("button", name="note", exact=True))).to_contain_text(
        "0.9"
    )
    expect(values(details, "is “knows” of").locator(".note")).to_contain_text("1999")


def test_triples_about_triples(visit: Visit, write: Write) -> None:
    facts = """a:x rdfs:label 'Ann' ; a:knows a:y {| a:since 2026 ; a:saidBy [ rdfs:label 'Bob' ] |} . a:y rdfs:label 'Yan' .
        a:s a:says <<( a:x a:knows a:y )>> , <<( a:x a:has _:b )>> , <<( a:x a:age 7 )>> . _:b rdfs:label 'a box' ."""
    folder = write({"facts.ttl": PREFIXES + facts})
    kg = graph.load(folder)
    page = visit(kg.write_page(folder / "graph.html"))
    works(page, kg, ["Ann", "Bob"])
    details = find_and_read(page, "s", "s")
    said = values(details, "says")
    expect(said).to_contain_text("“Ann knows Yan”")
    expect(said).to_contain_text("“Ann has a box”")
    expect(said).to_contain_text("“Ann age 7”")
    said.get_by_role("button", name="a box", exact=True).click()
    expect(details.get_by_role("heading", level=2)).to_have_text("a box")
    region = run_sparql(page, "SELECT ?o { a:s a:says ?o }")
    expect(region.get_by_role("region", name="Answer", exact=True)).to_contain_text("“Ann knows Yan”")
    run_sparql(page, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    expect(region.get_by_role("region", name="Triples")).to_contain_text("<<(")
    with page.expect_download() as saved:
        act(page, "Download Turtle")
    (folder / "again.ttl").write_bytes(Path(saved.value.path()).read_bytes())
    assert len(graph.load(folder / "again.ttl").query("SELECT * { ?s ?p ?o }")) == len(
        kg.query("SELECT * { ?s ?p ?o }")
    )


def test_ferries(visit: Visit, ferries: KnowledgeGraph, tmp_path: Path) -> None:
    page = visit(ferries.write_page(tmp_path / "ferries.html"))
    expect(page.get_by_role("heading", level=1)).to_have_text(EXAMPLE.name)
    works(page, ferries, ["MV Selkie", "Northport"])
    details = find_and_read(page, "Nordhafen", "Northport")
    expect(values(details, "sails to").filter(has_text="Eastholm")).to_contain_text("sources")
    expect(details).to_contain_text("inferred: From where you can sail you can sail on.")
    questions = open_panel(page, "Questions")
    asked = {path.stem for path in (EXAMPLE / "questions").glob("*.rq")}
    assert asked == {"where-to", "big-enough"}
    act(page, "Where can I go from a port?")
    answer = questions.get_by_role("region", name="Answer", exact=True)
    for port in ("Northport", "Eastholm", "Saltness", "Far Skerry"):
        questions.get_by_role("combobox", name="where you are").select_option(label=port)
        expected = [str(row["to"]) for row in ferries.query("where-to", {"port": port})]
        names = ferries.labels(expected)
        if expected:
            expect(answer.locator("tbody td")).to_have_text([names[str(iri)] for iri in expected])
        else:
            expect(questions).to_contain_text("No results.")
    act(page, "← All questions")
    act(page, "Which ferry carries all of us?")
    expect(questions).to_contain_text("Choose a value for “how many you are” to see the answer.")
    box = questions.get_by_role("textbox", name="how many you are")
    for people in ("30", "100"):
        box.fill(people)
        box.press("Enter")
        expect(answer.locator("tbody tr")).to_have_count(len(ferries.query("big-enough", {"people": people})))
    route = open_panel(page, "Route")
    find(page, "Saltness", box="From")
    find(page, "Eastholm", box="To")
    ways = route.get_by_role("region", name=re.compile(r"^Route \d$"))
    expected_ways = ferries.route("Saltness", "Eastholm")
    expect(ways).to_have_count(len(expected_ways))
    for way, expected_way in zip(ways.all(), expected_ways, strict=True):
        expect(way.get_by_role("listitem")).to_have_count(len(expected_way.steps))
    compare = open_panel(page, "Compare")
    find(page, "MV Selkie", box="Add to comparison")
    find(page, "MV Kittiwake", box="Add to comparison")
    row = compare.get_by_role("row", name=re.compile("carries"))
    expect(row).to_contain_text("120")
    expect(row).to_contain_text("40")
    expect(row).to_have_class("differs")
    expect(compare.get_by_role("row", name=re.compile("remark"))).to_contain_text("not stated")
