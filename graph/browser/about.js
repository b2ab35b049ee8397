/** What the data is, how old, from which sources; what keys do what; whose work is in the page. */

import { by, fill, h, link } from "./dom.js";
import { areKeysOn, switchKeys } from "./keys.js";
import { isKnown, label } from "./names.js";
import { kinds, page } from "./payload.js";
import { select } from "./picture.js";
import { query } from "./store.js";

/** The graphs of the data that stand for sources, not for rules. */
const SOURCES = `SELECT ?source (MIN(?type) AS ?kind) (MIN(?day) AS ?date) {
  { SELECT DISTINCT ?source { GRAPH ?source { ?s ?p ?o } } }
  FILTER NOT EXISTS { GRAPH ?source { ?source rdfs:comment ?rule } }
  OPTIONAL { ?source dcterms:type/skos:prefLabel ?type }
  OPTIONAL { ?source dcterms:date|dcterms:isPartOf/dcterms:date ?day }
} GROUP BY ?source`;
/** Classes that describe data, not the world. */
const SCHEMA = /^http:\/\/(www\.w3\.org\/(2002\/07\/owl|1999\/02\/22-rdf-syntax-ns|2000\/01\/rdf-schema|ns\/dcat)|rdfs\.org\/ns\/void|purl\.org\/linked-data\/cube)#/;
const YEAR = /\b(?:19|20)\d\d\b/g;

const KEYS = [
  ["/", "find a thing"],
  ["↑ ↓ Enter", "choose among hits, or walk the list Shown"],
  ["e", "expand what is selected"],
  ["f", "fit everything into view"],
  ["+ −", "zoom the picture"],
  ["← → ↑ ↓", "move the picture, when it has the focus"],
  ["Alt+←", "take the last act back"],
  ["Ctrl+Enter", "run the query"],
  ["Esc Tab", "leave the editor"],
  ["?", "open this list"],
  ["Esc", "close what is open, or select nothing"],
];

/** Open the panel. */
export async function showAbout() {
  const sources = h("div");
  const things = [...kinds.values()].filter(({ iri, drawn }) => drawn && !SCHEMA.test(iri)).sort((a, b) => a.order - b.order);
  fill(
    by("about"),
    h("h2", {}, "About"),
    h("p", {}, page.description),
    h("dl", { class: "facts" }, page.facts.flatMap(([name, value], index) => [name !== page.facts[index - 1]?.[0] && h("dt", {}, name), h("dd", {}, /^https?:/.test(value) ? link(value, page.base) : value)])),
    sources,
    h("details", {}, h("summary", {}, `Things (${things.reduce((sum, { count }) => sum + count, 0).toLocaleString("en")})`), h("table", { "aria-label": "Things" }, h("tbody", {}, things.map((kind) => h("tr", {}, h("th", { scope: "row" }, kind.label), h("td", { class: "number" }, kind.count.toLocaleString("en"))))))),
    h("h3", {}, "Keys"),
    h("table", { "aria-label": "Keys" }, h("tbody", {}, KEYS.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key ?? "")), h("td", {}, what))))),
    h("p", {}, h("label", {}, h("input", { type: "checkbox", checked: areKeysOn(), onchange: (/** @type {Event} */ event) => switchKeys(/** @type {HTMLInputElement} */ (event.target).checked) }), " Keys of one sign, such as / and e, work")),
    h("h3", {}, "Whose work is in this page"),
    h("p", { class: "hint" }, "vis-network draws the picture (Apache 2.0 or MIT); Oxigraph answers SPARQL (MIT or Apache 2.0); CodeMirror is the editor (MIT)."),
    h("details", {}, h("summary", {}, "Licence notices"), h("pre", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Licence notices" }, document.getElementById("notices")?.textContent ?? "")),
  );
  fill(sources, ...said(await query(SOURCES)));
}

/** List the sources, each with its kind and date, and say how old they are. @param {import("./store.js").Answer} answer @returns {import("./dom.js").Child[]} */
function said({ rows }) {
  const found = new Map(rows.flatMap(({ source, kind, date }) => (source && isKnown(source.value) ? [[source.value, { kind: kind?.value ?? "", date: date?.value ?? "" }]] : [])));
  if (found.size === 0) return [];
  const years = [...found.values()].map(({ date }) => (/^undated/.test(date) ? [] : date.match(YEAR) ?? []));
  const dated = years.flat().sort();
  const without = years.filter((year) => year.length === 0).length;
  const age = [dated.length > 0 && [...new Set([dated[0], dated.at(-1)])].join(" to "), without > 0 && `not stated for ${without} of ${found.size} sources`].filter(Boolean).join("; ");
  const list = [...found].sort(([a], [b]) => label(a).localeCompare(label(b)));
  return [
    h("dl", { class: "facts" }, h("dt", {}, "Dates of the sources"), h("dd", {}, age)),
    h(
      "details",
      {},
      h("summary", {}, `Sources (${found.size})`),
      h("ul", { class: "questions", "aria-label": "Sources of the data" }, list.map(([iri, { kind, date }]) => h("li", {}, h("button", { type: "button", class: "plain", onclick: () => select(iri) }, label(iri)), h("span", { class: "count" }, [kind, date].filter(Boolean).map((text) => ` · ${text}`))))),
    ),
  ];
}
