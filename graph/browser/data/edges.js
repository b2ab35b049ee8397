/** What is linked to what: the edges between the items that are shown, and the neighbors of one. */

import { toSparqlIri } from "../core/terms.js";
import { byLabel, classOf, loadTypes } from "./labels.js";
import { classStyles, overview, payload } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("./payload.js").Edge} Edge */

const MAX_NEIGHBORS = 5000;

const start = new Set(overview);

/** Tell whether the edges of a relation are drawn. @param {string} relation */
export function isRelationDrawn(relation) {
  return payload.relations[relation]?.drawn !== false;
}

/** Tell whether an item is of a class that is drawn. @param {string} iri */
export function isItemDrawn(iri) {
  return classStyles.get(classOf(iri))?.drawn !== false;
}

/**
 * Tell whether neither the relation of an edge nor the class of an end is filtered out.
 * @param {Edge} edge
 * @param {Set<string>} hidden
 */
export function isVisible({ from, to, relation }, hidden) {
  return !hidden.has(relation) && !hidden.has(classOf(from)) && !hidden.has(classOf(to));
}

/** The edges between what is shown. @type {Edge[]} */
export let edges = payload.edges;

let current = overview.join(" ");
let loading = Promise.resolve();

/**
 * Make `edges` those between the items shown; an earlier call that is still running is overtaken.
 * @param {string[]} shown
 */
export function loadEdges(shown) {
  const wanted = shown.join(" ");
  if (wanted !== current) {
    current = wanted;
    loading = edgesAmong(shown).then((found) => {
      if (wanted === current) edges = found;
    });
  }
  return loading;
}

/** @param {string[]} shown @returns {Promise<Edge[]>} */
async function edgesAmong(shown) {
  const added = shown.filter((iri) => !start.has(iri));
  const all = new Set(shown);
  const found = payload.edges.filter(({ from, to }) => all.has(from) && all.has(to));
  return added.length > 0 ? [...found, ...(await edgesOf(added, all, found))] : found;
}

/**
 * Find the edges of the items that are not in the overview.
 * @param {string[]} added
 * @param {Set<string>} all
 * @param {Edge[]} present
 */
async function edgesOf(added, all, present) {
  const values = added.map(toSparqlIri).join(" ");
  const { rows } = await query(`SELECT DISTINCT ?from ?relation ?to WHERE {
    { VALUES ?from { ${values} } ?from ?relation ?to } UNION { VALUES ?to { ${values} } ?from ?relation ?to }
    FILTER(isIRI(?from) && isIRI(?to))
  }`);
  const keyOf = (/** @type {Edge} */ { from, relation, to }) => `${from} ${relation} ${to}`;
  const keys = new Set(present.map(keyOf));
  /** @type {Edge[]} */
  const found = [];
  for (const row of rows) {
    const edge = {
      from: row.from?.value ?? "",
      relation: row.relation?.value ?? "",
      to: row.to?.value ?? "",
    };
    const isShown = all.has(edge.from) && all.has(edge.to) && edge.from !== edge.to;
    if (!isShown || !isRelationDrawn(edge.relation) || keys.has(keyOf(edge))) continue;
    keys.add(keyOf(edge));
    found.push(edge);
  }
  return found;
}

/**
 * Find what can be drawn next to an item: one by each relation in turn, its own relations first.
 * @param {string} iri
 * @param {{relation: string, inverse: boolean}} [only] one relation
 * @returns {Promise<string[]>}
 */
export async function neighbors(iri, only) {
  const item = toSparqlIri(iri);
  const out = `${item} ?relation ?other`;
  const back = `?other ?relation ${item} BIND(true AS ?back)`;
  const both = `{ ${out} } UNION { ${back} }`;
  const pattern = only
    ? `VALUES ?relation { ${toSparqlIri(only.relation)} } ${only.inverse ? back : out}`
    : both;
  const { rows } = await query(
    `SELECT DISTINCT ?relation ?other ?back { ${pattern} FILTER(isIRI(?other)) } LIMIT ${MAX_NEIGHBORS}`,
  );
  await loadTypes(rows.flatMap(({ other }) => other?.value ?? []));
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { relation, other, back: isBack } of rows) {
    if (!relation || !other || other.value === iri) continue;
    if (!isRelationDrawn(relation.value) || !isItemDrawn(other.value)) continue;
    const group = `${isBack ? 1 : 0}${relation.value}`;
    groups.set(group, [...(groups.get(group) ?? []), other.value]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group.sort(byLabel));
  return [...new Set(inTurn(sorted))];
}

/** Take the first of each list, then the second of each, and so on. @param {string[][]} lists */
function inTurn(lists) {
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => lists.flatMap((list) => list[index] ?? [])).flat();
}
