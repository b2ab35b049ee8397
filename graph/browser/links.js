/** What is linked to what: the edges between shown things, and the neighbours of one. */

import { kindOf, learnKinds, sparqlIri } from "./names.js";
import { kinds, page } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("./canvas.js").Edge} Edge */

/** How many neighbours one act may add. */
export const AT_ONCE = 25;

const start = new Set(page.nodes.map((node) => node.id));

/** Tell whether links of this relation are drawn. @param {string} relation */
function isDrawn(relation) {
  return page.relations[relation]?.drawn !== false;
}

/** Tell whether things of this kind are drawn. @param {string} iri */
export function isDrawable(iri) {
  return kinds.get(kindOf(iri))?.drawn !== false;
}

/** The links between what is shown. @type {Edge[]} */
export let edges = page.edges;

/** Find the links between shown things. @param {string[]} shown @returns {Promise<Edge[]>} */
export async function linksBetween(shown) {
  const extra = shown.filter((iri) => !start.has(iri));
  const now = new Set(shown);
  const found = page.edges.filter(({ from, to }) => now.has(from) && now.has(to));
  if (extra.length > 0) found.push(...(await linksOf(extra, now, found)));
  edges = found;
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
 * Find what can be drawn next to a thing, in the order of the relations, the other way round last.
 * @param {string} iri
 * @param {string} [only] one relation
 * @param {boolean} [inverse]
 * @returns {Promise<string[]>}
 */
export async function neighbours(iri, only, inverse) {
  const thing = sparqlIri(iri);
  const out = `${thing} ?relation ?other`;
  const back = `?other ?relation ${thing}`;
  const way = only === undefined ? `{ ${out} } UNION { ${back} }` : inverse ? back : out;
  const bound = only === undefined ? "" : `VALUES ?relation { ${sparqlIri(only)} }`;
  const found = await query(`SELECT DISTINCT ?relation ?other WHERE { ${bound} ${way} FILTER(isIRI(?other)) } LIMIT 5000`);
  await learnKinds(found.rows.flatMap(({ other }) => other?.value ?? []));
  const all = found.rows.filter(({ relation, other }) => other && relation && other.value !== iri && isDrawn(relation.value) && isDrawable(other.value));
  return [...new Set(all.map(({ other }) => other?.value ?? ""))];
}
