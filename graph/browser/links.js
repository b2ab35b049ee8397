/** What is linked to what: the edges between shown things, and the neighbours of one. */

import { kindOf, label, learnKinds, sparqlIri } from "./names.js";
import { kinds, page } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("./canvas.js").Edge} Edge */

/** How many neighbours one act may add. */
export const AT_ONCE = 25;

const start = new Set(page.nodes.map((node) => node.id));

/** Tell whether links of this relation are drawn. @param {string} relation */
export function isDrawn(relation) {
  return page.relations[relation]?.drawn !== false;
}

/** Tell whether things of this kind are drawn. @param {string} iri */
export function isDrawable(iri) {
  return kinds.get(kindOf(iri))?.drawn !== false;
}

/** Tell whether a link is seen: neither its relation nor the kind of either end is filtered out. @param {Edge} edge @param {Set<string>} hidden */
export function isSeen({ from, to, relation }, hidden) {
  return !hidden.has(relation) && !hidden.has(kindOf(from)) && !hidden.has(kindOf(to));
}

/** The links between what is shown. @type {Edge[]} */
export let edges = page.edges;

let asked = page.nodes.map(({ id }) => id).join(" ");
let answered = Promise.resolve();

/** Make `edges` the links between shown things; what was asked before that is overtaken. @param {string[]} shown */
export function linksBetween(shown) {
  const now = shown.join(" ");
  if (now !== asked) {
    asked = now;
    answered = between(shown).then((found) => { if (now === asked) edges = found; });
  }
  return answered;
}

/** @param {string[]} shown @returns {Promise<Edge[]>} */
async function between(shown) {
  const extra = shown.filter((iri) => !start.has(iri));
  const now = new Set(shown);
  const found = page.edges.filter(({ from, to }) => now.has(from) && now.has(to));
  if (extra.length > 0) found.push(...(await linksOf(extra, now, found)));
  return found;
}

/** Find the links of the things that were not drawn at the start. @param {string[]} extra @param {Set<string>} now @param {Edge[]} there */
async function linksOf(extra, now, there) {
  const values = extra.map(sparqlIri).join(" ");
  const found = await query(`SELECT DISTINCT ?from ?relation ?to WHERE {
    { VALUES ?from { ${values} } ?from ?relation ?to } UNION { VALUES ?to { ${values} } ?from ?relation ?to }
    FILTER(isIRI(?from) && isIRI(?to))
  }`);
  const seen = new Set(there.map(({ from, to, relation }) => `${from} ${relation} ${to}`));
  /** @type {Edge[]} */
  const links = [];
  for (const row of found.rows) {
    const [from, relation, to] = [row.from?.value ?? "", row.relation?.value ?? "", row.to?.value ?? ""];
    const key = `${from} ${relation} ${to}`;
    if (!now.has(from) || !now.has(to) || from === to || !isDrawn(relation) || seen.has(key)) continue;
    seen.add(key);
    links.push({ from, relation, to });
  }
  return links;
}

/**
 * Find what can be drawn next to a thing: one by each relation in turn, what it says before what is said of it.
 * @param {string} iri
 * @param {string} [only] one relation
 * @param {boolean} [inverse]
 * @returns {Promise<string[]>}
 */
export async function neighbours(iri, only, inverse) {
  const thing = sparqlIri(iri);
  const out = `${thing} ?relation ?other`;
  const back = `?other ?relation ${thing} BIND(true AS ?back)`;
  const way = only === undefined ? `{ ${out} } UNION { ${back} }` : inverse ? back : out;
  const bound = only === undefined ? "" : `VALUES ?relation { ${sparqlIri(only)} }`;
  const found = await query(`SELECT DISTINCT ?relation ?other ?back WHERE { ${bound} ${way} FILTER(isIRI(?other)) } LIMIT 5000`);
  await learnKinds(found.rows.flatMap(({ other }) => other?.value ?? []));
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { relation, other, back } of found.rows) {
    if (!relation || !other || other.value === iri || !isDrawn(relation.value) || !isDrawable(other.value)) continue;
    const group = `${back ? 1 : 0}${relation.value}`;
    groups.set(group, [...(groups.get(group) ?? []), other.value]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, things]) => things.sort((a, b) => label(a).localeCompare(label(b))));
  const rounds = Math.max(0, ...sorted.map((things) => things.length));
  return [...new Set(Array.from({ length: rounds }, (_, round) => sorted.flatMap((things) => things[round] ?? [])).flat())];
}
