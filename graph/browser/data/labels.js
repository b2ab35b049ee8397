/** What items are called and which class each is drawn as, in the reader's language where the data has it. */

import { isPreferredClass, isPreferredLabel, languageRank, lastPart } from "../core/labels.js";
import { search } from "../core/search.js";
import { isIri, toSparqlIri } from "../core/terms.js";
import { classStyles, payload } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../core/terms.js").Row} Row */
/** @typedef {import("../core/search.js").NameEntry} NameEntry */
/** @typedef {{label: string, classIri: string}} Item */

/** @type {Map<string, Item>} */
const items = new Map(payload.nodes.map(({ id, label, classIri }) => [id, { label, classIri }]));
/** All names to search by. @type {NameEntry[]} */
export let names = payload.nodes.map(({ id, label }) => ({ iri: id, text: label, role: "" }));

const MAX_UNLABELED = 50_000;
const spoken = (globalThis.navigator?.language ?? "en").split("-")[0] ?? "en";

/** Load every name and type in the store. */
export async function loadLabels() {
  const properties = [...payload.labelProperties, ...Object.keys(payload.otherNames)]
    .map(toSparqlIri)
    .join(" ");
  const [labels, types] = await Promise.all([
    query(`SELECT ?s ?p ?name { VALUES ?p { ${properties} } ?s ?p ?name FILTER(isIRI(?s)) }`),
    query("SELECT ?s ?type { ?s a ?type FILTER(isIRI(?s)) }"),
  ]);
  const drawn = [...items.keys()];
  const labeled = takeNames(labels.rows);
  takeTypes(types.rows);
  for (const iri of new Set([...drawn, ...types.rows.flatMap(({ s }) => s?.value ?? [])])) {
    if (labeled.has(iri) || payload.tableClasses.includes(classOf(iri))) continue;
    names.push({ iri, text: labelOf(iri), role: "" });
  }
  for (const [iri, style] of [...Object.entries(payload.relations), ...classStyles]) {
    if (labeled.has(iri)) style.label = labelOf(iri);
  }
}

/**
 * Make all names searchable, and the best label of each item its label.
 * @param {Row[]} rows
 * @returns {Set<string>} the items that have a label
 */
function takeNames(rows) {
  /** @type {Map<string, import("../core/labels.js").LabelCandidate>} */
  const best = new Map();
  names = [];
  for (const { s, p, name } of rows) {
    if (!s || !p || !name) continue;
    names.push({ iri: s.value, text: name.value, role: payload.otherNames[p.value] ?? "" });
    if (!payload.labelProperties.includes(p.value)) continue;
    const candidate = { property: p.value, value: name.value, language: name["xml:lang"] };
    if (!isPreferredLabel(candidate, best.get(s.value), payload.labelProperties, spoken)) continue;
    best.set(s.value, candidate);
  }
  for (const [iri, { value }] of best) items.set(iri, { label: value, classIri: classOf(iri) });
  return new Set(best.keys());
}

/** @param {Row[]} rows of `s` and, if it has one, `type` */
function takeTypes(rows) {
  for (const { s, type } of rows) {
    if (!s) continue;
    const item = items.get(s.value) ?? { label: lastPart(s.value), classIri: "" };
    const style = type && classStyles.get(type.value);
    if (isPreferredClass(style, classStyles.get(item.classIri))) item.classIri = type?.value ?? "";
    items.set(s.value, item);
  }
}

/**
 * Load, later, the items that have neither label nor type and are not drawn; they are found by their IRIs.
 */
export async function loadUnlabeled() {
  const properties = payload.labelProperties.map(toSparqlIri).join("|");
  const { rows } = await query(`SELECT DISTINCT ?s ?type {
    ?s ?p ?o FILTER(isIRI(?s)) FILTER NOT EXISTS { ?s ${properties} ?name } ${withoutTableClasses("?s")}
    OPTIONAL { ?s a ?type FILTER(isIRI(?type)) }
  } LIMIT ${MAX_UNLABELED}`);
  const unknown = new Set(rows.flatMap(({ s }) => (s && !items.has(s.value) ? [s.value] : [])));
  takeTypes(rows);
  for (const iri of unknown) names.push({ iri, text: labelOf(iri), role: "" });
}

/** Write the filter that leaves out items which are shown in tables only. @param {string} variable */
export function withoutTableClasses(variable) {
  if (payload.tableClasses.length === 0) return "";
  const classes = payload.tableClasses.map(toSparqlIri).join(", ");
  return `FILTER NOT EXISTS { ${variable} a ?table FILTER(?table IN (${classes})) }`;
}

/** Load the types of items that are not known yet, as far as the data has them. @param {string[]} iris */
export async function loadTypes(iris) {
  const unknown = [...new Set(iris)].filter((iri) => !items.has(iri) && isIri(iri));
  if (unknown.length === 0) return;
  const values = unknown.map(toSparqlIri).join(" ");
  const { rows } = await query(`SELECT DISTINCT ?s ?type {
    VALUES ?s { ${values} } FILTER EXISTS { ?s ?p ?o } OPTIONAL { ?s a ?type }
  }`);
  takeTypes(rows);
}

/**
 * Keep the IRIs that the data has; the engine tells which are no IRIs at all.
 * @param {string[]} iris
 * @returns {Promise<string[]>}
 */
export async function filterExisting(iris) {
  const unknown = [...new Set(iris)].filter((iri) => !items.has(iri) && isIri(iri));
  if (unknown.length === 0) return iris.filter((iri) => items.has(iri));
  const { rows } = await query(`SELECT DISTINCT ?s {
    VALUES ?text { ${unknown.map((iri) => `"${iri}"`).join(" ")} } BIND(IRI(?text) AS ?s) FILTER(BOUND(?s))
    FILTER(EXISTS { ?s ?p ?o } || EXISTS { ?x ?q ?s })
  }`);
  const found = new Set(rows.map(({ s }) => s?.value));
  return iris.filter((iri) => items.has(iri) || found.has(iri));
}

/** @param {string} iri @returns {string} */
export function labelOf(iri) {
  return items.get(iri)?.label ?? payload.relations[iri]?.label ?? lastPart(iri);
}

/** The class that an item is drawn as. @param {string} iri @returns {string} */
export function classOf(iri) {
  return items.get(iri)?.classIri ?? "";
}

/** Choose the class that an item of some classes is drawn as. @param {string[]} classes @returns {string} */
export function mostTelling(classes) {
  let best = "";
  for (const one of classes) {
    if (isPreferredClass(classStyles.get(one), classStyles.get(best))) best = one;
  }
  return best;
}

/** @param {string} classIri @returns {string} */
export function classLabel(classIri) {
  return classStyles.get(classIri)?.label ?? "item";
}

/** Tell whether the data has something about an item. @param {string} iri @returns {boolean} */
export function isKnown(iri) {
  return items.has(iri);
}

/** Tell whether an item is of a class that is drawn. @param {string} iri @returns {boolean} */
function isListed(iri) {
  return classStyles.get(classOf(iri))?.drawn === true;
}

/** Find items by their names, or by the ends of their IRIs. @param {string} text */
export function searchItems(text) {
  return search(text, names, { labelOf, isListed, iris: items.keys() });
}

/** Compare items by their labels. @param {string} a @param {string} b */
export function byLabel(a, b) {
  return labelOf(a).localeCompare(labelOf(b));
}

/**
 * Sort what has a text, that in the reader's language first.
 * @template T
 * @param {T[]} all
 * @param {(one: T) => Term} textOf
 * @returns {T[]}
 */
export function byLanguage(all, textOf) {
  const rank = (/** @type {T} */ one) => languageRank(textOf(one)["xml:lang"], spoken);
  return [...all].sort((a, b) => rank(a) - rank(b));
}

/** Tell the language of a text that is not the reader's. @param {Term} term @returns {string} */
export function otherLanguage(term) {
  const tag = term["xml:lang"];
  return tag && languageRank(tag, spoken) > 0 ? tag : "";
}
