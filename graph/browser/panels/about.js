/** The panel About: what the data is, how old, from which sources; the keyboard; the software used. */

import { select } from "../actions.js";
import { byLabel, isKnown } from "../data/labels.js";
import { classStyles, isRuleGraph, payload } from "../data/payload.js";
import { query } from "../data/store.js";
import { byId, h, link, render } from "../ui/dom.js";
import { areShortcutsOn, SHORTCUTS, switchShortcuts } from "../ui/shortcuts.js";
import { itemButton } from "../ui/term.js";

/** The graphs of the data, each with its type and date. */
const GRAPHS = `SELECT ?source (MIN(?name) AS ?type) (MIN(?day) AS ?date) {
  { SELECT DISTINCT ?source { GRAPH ?source { ?s ?p ?o } } }
  OPTIONAL { ?source dcterms:type/skos:prefLabel ?name }
  OPTIONAL { ?source dcterms:date|dcterms:isPartOf/dcterms:date ?day }
} GROUP BY ?source`;
/** Namespaces of classes that describe data, not the world. */
const SCHEMA_NAMESPACES = [
  "http://www.w3.org/2002/07/owl#",
  "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  "http://www.w3.org/2000/01/rdf-schema#",
  "http://www.w3.org/ns/dcat#",
  "http://rdfs.org/ns/void#",
  "http://purl.org/linked-data/cube#",
];
const YEAR = /\b(?:19|20)\d\d\b/g;
const SOFTWARE =
  "vis-network draws the graph (Apache 2.0 or MIT), Oxigraph answers SPARQL (MIT or Apache 2.0), " +
  "and CodeMirror is the query editor (MIT).";

/** Show the panel. */
export async function showAbout() {
  const sources = h("div");
  const notices = document.getElementById("notices")?.textContent ?? "";
  const region = { class: "scroll", tabindex: 0, role: "region", "aria-label": "License notices" };
  render(
    byId("about"),
    h("h2", {}, "About"),
    h("p", {}, payload.description),
    dataFacts(),
    sources,
    itemCounts(),
    ...shortcuts(),
    h("h3", {}, "Software in this page"),
    h("p", { class: "hint" }, SOFTWARE),
    h("details", {}, h("summary", {}, "License notices"), h("pre", region, notices)),
  );
  render(sources, ...sourceList((await query(GRAPHS)).rows));
}

function dataFacts() {
  const rows = payload.about.flatMap(([name, value], index) => [
    name !== payload.about[index - 1]?.[0] && h("dt", {}, name),
    h("dd", {}, /^https?:/.test(value) ? link(value, payload.base) : value),
  ]);
  return h("dl", { class: "facts" }, rows);
}

function itemCounts() {
  const isSchema = (/** @type {string} */ iri) => SCHEMA_NAMESPACES.some((space) => iri.startsWith(space));
  const classes = [...classStyles.values()].filter(({ iri, drawn }) => drawn && !isSchema(iri));
  const all = classes.reduce((sum, { count }) => sum + count, 0).toLocaleString("en");
  const rows = classes
    .sort((a, b) => a.order - b.order)
    .map(({ label, count }) => tableRow(label, h("td", { class: "number" }, count.toLocaleString("en"))));
  const table = h("table", { "aria-label": "Items" }, h("tbody", {}, rows));
  return h("details", {}, h("summary", {}, `Items (${all})`), table);
}

/** @param {string | Node} head @param {HTMLElement} cell */
function tableRow(head, cell) {
  return h("tr", {}, h("th", { scope: "row" }, head), cell);
}

function shortcuts() {
  const rows = SHORTCUTS.map(({ keys, text }) => tableRow(h("kbd", {}, keys), h("td", {}, text)));
  const onchange = () => switchShortcuts(box.checked);
  const box = h("input", { type: "checkbox", checked: areShortcutsOn(), onchange });
  return [
    h("h3", {}, "Keyboard"),
    h("table", { "aria-label": "Keyboard" }, h("tbody", {}, rows)),
    h("p", {}, h("label", {}, box, " Single-key shortcuts (/, e …)")),
  ];
}

/**
 * List the graphs that stand for sources, not for rules, and sum up their dates.
 * @param {import("../core/terms.js").Row[]} rows
 * @returns {import("../ui/dom.js").Child[]}
 */
function sourceList(rows) {
  /** @type {Map<string, {type: string, date: string}>} */
  const sources = new Map();
  for (const { source, type, date } of rows) {
    if (source && isKnown(source.value) && !isRuleGraph(source.value)) {
      sources.set(source.value, { type: type?.value ?? "", date: date?.value ?? "" });
    }
  }
  if (sources.size === 0) return [];
  const entries = [...sources]
    .sort(([a], [b]) => byLabel(a, b))
    .map(([iri, { type, date }]) => {
      const notes = [type, date].filter(Boolean).map((text) => ` · ${text}`);
      return h("li", {}, itemButton(iri, select), h("span", { class: "count" }, notes));
    });
  const dates = [...sources.values()].map(({ date }) => date);
  return [
    h("dl", { class: "facts" }, h("dt", {}, "Dates of the sources"), h("dd", {}, dateSummary(dates))),
    h(
      "details",
      {},
      h("summary", {}, `Sources (${sources.size})`),
      h("ul", { class: "questions", "aria-label": "Sources of the data" }, entries),
    ),
  ];
}

/** @param {string[]} dates */
function dateSummary(dates) {
  const years = dates.map((date) => (/^undated/.test(date) ? [] : (date.match(YEAR) ?? [])));
  const all = years.flat().sort();
  const without = years.filter((found) => found.length === 0).length;
  const range = [...new Set([all[0], all.at(-1)])].join(" to ");
  const gap = without > 0 && `not stated for ${without} of ${dates.length} sources`;
  return [range, gap].filter(Boolean).join("; ");
}
