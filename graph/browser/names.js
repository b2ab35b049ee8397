/** What things are called: labels, other names and kinds, in the person's language where the data has it. */

import { kinds, lastPart, page } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("./store.js").Term} Term */
/** @typedef {{iri: string, text: string, words: string}} Entry A name to search by, and what kind of name it is. */

/** @type {Map<string, {label: string, kind: string}>} */
const known = new Map(page.nodes.map(({ id, label, kind }) => [id, { label, kind }]));
/** @type {Entry[]} */
export let entries = page.nodes.map(({ id, label }) => ({ iri: id, text: label, words: "" }));

/** @type {Record<string, string>} */
const OTHER = {
  "http://www.w3.org/2004/02/skos/core#altLabel": "also called",
  "http://www.w3.org/2004/02/skos/core#hiddenLabel": "also written",
  "http://www.w3.org/2004/02/skos/core#notation": "code",
};
const language = (globalThis.navigator?.language ?? "en").split("-")[0] ?? "en";

/** Learn every name and kind in the store. */
export async function learnNames() {
  const properties = [...page.labels, ...Object.keys(OTHER)].map((iri) => `<${iri}>`).join(" ");
  const [named, typed] = await Promise.all([
    query(`SELECT ?s ?p ?name { VALUES ?p { ${properties} } ?s ?p ?name FILTER(isIRI(?s)) }`),
    query("SELECT ?s ?type { ?s a ?type FILTER(isIRI(?s)) }"),
  ]);
  /** @type {Map<string, number>} */
  const ranks = new Map();
  const drawn = [...known.keys()];
  entries = [];
  for (const { s, p, name } of named.rows) {
    if (!s || !p || !name) continue;
    const place = page.labels.indexOf(p.value);
    entries.push({ iri: s.value, text: name.value, words: OTHER[p.value] ?? "" });
    if (place < 0) continue;
    const rank = 10 * place + tongue(name);
    const best = ranks.get(s.value) ?? Number.POSITIVE_INFINITY;
    if (rank > best || (rank === best && name.value >= label(s.value))) continue;
    ranks.set(s.value, rank);
    known.set(s.value, { label: name.value, kind: known.get(s.value)?.kind ?? "" });
  }
  for (const { s, type } of typed.rows) {
    if (!s || !type) continue;
    const thing = known.get(s.value) ?? { label: lastPart(s.value), kind: "" };
    if (better(type.value, thing.kind)) thing.kind = type.value;
    known.set(s.value, thing);
  }
  for (const iri of new Set([...drawn, ...typed.rows.flatMap(({ s }) => s?.value ?? [])])) {
    if (!ranks.has(iri) && !page.tables.includes(kindOf(iri))) entries.push({ iri, text: label(iri), words: "" });
  }
  for (const [iri, named] of [...Object.entries(page.relations), ...kinds]) if (ranks.has(iri)) named.label = label(iri);
}

/** Learn, later, of the things that have neither name nor kind and are not drawn; their IRIs end in something to find them by. */
export async function learnNameless() {
  const named = page.labels.map((iri) => `<${iri}>`).join("|");
  const aside = page.tables.length > 0 ? `FILTER NOT EXISTS { ?s a ?table FILTER(?table IN (${page.tables.map(sparqlIri).join(", ")})) }` : "";
  const found = await query(`SELECT DISTINCT ?s ?type { ?s ?p ?o FILTER(isIRI(?s)) FILTER NOT EXISTS { ?s ${named} ?name } ${aside} OPTIONAL { ?s a ?type FILTER(isIRI(?type)) } } LIMIT 50000`);
  for (const { s, type } of found.rows) {
    if (!s) continue;
    const thing = known.get(s.value) ?? { label: lastPart(s.value), kind: "" };
    if (!known.has(s.value)) entries.push({ iri: s.value, text: thing.label, words: "" });
    if (type && better(type.value, thing.kind)) thing.kind = type.value;
    known.set(s.value, thing);
  }
}

/** Rank a text by its language: the person's, English, none, another. @param {Term} term */
export function tongue(term) {
  const spoken = term["xml:lang"]?.split("-")[0]?.toLowerCase();
  if (spoken === language) return 0;
  return spoken === "en" ? 1 : spoken === undefined ? 2 : 3;
}

/** @param {string} kind @param {string} than */
function better(kind, than) {
  const [one, other] = [kinds.get(kind), kinds.get(than)];
  if (!one || !other) return !other;
  return one.order < other.order || (one.order === other.order && one.count < other.count);
}

/** @param {string} iri @returns {string} */
export function label(iri) {
  return known.get(iri)?.label ?? page.relations[iri]?.label ?? lastPart(iri);
}

/** @param {string} iri @returns {string} */
export function kindOf(iri) {
  return known.get(iri)?.kind ?? "";
}

/** Say in words what kind of thing it is. @param {string} iri @returns {string} */
export function kindName(iri) {
  return kinds.get(kindOf(iri))?.label ?? "thing";
}

/** @param {string} iri @returns {boolean} */
export function isKnown(iri) {
  return known.has(iri);
}

/** Tell whether a thing is of a kind that is drawn. @param {string} iri @returns {boolean} */
export function isListed(iri) {
  return kinds.get(kindOf(iri))?.drawn === true;
}

/** Learn what things without a name are, if anything is said of them. @param {string[]} iris */
export async function learnKinds(iris) {
  const fresh = [...new Set(iris)].filter((iri) => !known.has(iri) && isIri(iri));
  if (fresh.length === 0) return;
  const found = await query(`SELECT DISTINCT ?s ?type { VALUES ?s { ${fresh.map(sparqlIri).join(" ")} } FILTER EXISTS { ?s ?p ?o } OPTIONAL { ?s a ?type } }`);
  for (const { s, type } of found.rows) {
    if (!s) continue;
    const thing = known.get(s.value) ?? { label: lastPart(s.value), kind: "" };
    if (type && better(type.value, thing.kind)) thing.kind = type.value;
    known.set(s.value, thing);
  }
}

/** Keep what the data speaks of; the store tells what is no IRI at all. @param {string[]} iris @returns {Promise<string[]>} */
export async function existing(iris) {
  const unsure = [...new Set(iris)].filter((iri) => !known.has(iri) && isIri(iri));
  if (unsure.length === 0) return iris.filter((iri) => known.has(iri));
  const texts = unsure.map((iri) => `"${iri}"`).join(" ");
  const found = await query(`SELECT DISTINCT ?s { VALUES ?text { ${texts} } BIND(IRI(?text) AS ?s) FILTER(BOUND(?s)) FILTER(EXISTS { ?s ?p ?o } || EXISTS { ?x ?q ?s }) }`);
  const there = new Set(found.rows.map(({ s }) => s?.value));
  return iris.filter((iri) => known.has(iri) || there.has(iri));
}

const spaces = Object.entries(page.prefixes).sort(([, a], [, b]) => b.length - a.length);

/** Write an IRI as a prefixed name where that can be read back. @param {string} iri @returns {string} */
export function short(iri) {
  for (const [name, space] of spaces) {
    const local = iri.slice(space.length);
    if (iri.startsWith(space) && /^(\w([\w.-]*[\w-])?)?$/.test(local)) return `${name}:${local}`;
  }
  return long(iri) === iri ? iri : `<${iri}>`;
}

/** Read an IRI that was written with a prefix, in full, or between brackets. @param {string} text @returns {string} */
export function long(text) {
  if (/^<.*>$/.test(text)) return text.slice(1, -1);
  const [name = "", ...local] = text.split(":");
  return Object.hasOwn(page.prefixes, name) && local.length > 0 && !local[0]?.startsWith("//") ? page.prefixes[name] + local.join(":") : text;
}

/** Tell whether a text is one term of SPARQL: a number, a yes or no, a name, an IRI, a text, or UNDEF. @param {string} text */
export function isTerm(text) {
  return /^([-+]?\d+(\.\d+)?|true|false|UNDEF|[A-Za-z][\w.-]*:[\w.-]*|<[^\u0000-\u0020<>"{}|^`\\]*>|"(?:[^"\\\n\r]|\\.)*"(\^\^<[^\u0000-\u0020<>"{}|^`\\]*>)?)$/.test(text);
}

/** Tell whether a text can be an IRI. @param {string} text */
export function isIri(text) {
  return /^[a-z][a-z\d+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/i.test(text);
}

/** Write an IRI for SPARQL; nothing in it can end the brackets. @param {string} iri @returns {string} */
export function sparqlIri(iri) {
  const bad = /[\u0000-\u0020<>"{}|^`\\]/g;
  return `<${iri.replace(bad, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`)}>`;
}
