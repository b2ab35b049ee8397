/** What stands inside the values of an item: the members of lists, and the facts about what has no name. */

import { isBlank } from "../core/labels.js";
import { readList } from "../core/lists.js";
import { toSparqlIri } from "../core/terms.js";
import { payload } from "./payload.js";
import { query } from "./store.js";
import { groupByRelation } from "./values.js";

/** @typedef {import("../core/terms.js").Term} Term */
/**
 * @typedef {{members: Term[], more: number, statements: import("./values.js").RelationValues[]}} Nested
 *   A list has members and, where it has more than are listed, how many others; other values have statements.
 */

/** How deep values inside values are shown. */
export const MAX_DEPTH = 2;
const MAX_MEMBERS = 25;
const MAX_NESTED = 200;
const MAX_ROWS = 5000;
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/**
 * Read what stands inside some values.
 * @param {string[]} iris
 * @param {number} [depth]
 * @returns {Promise<Map<string, Nested>>}
 */
export async function loadNested(iris, depth = MAX_DEPTH) {
  const wanted = [...new Set(iris)].slice(0, MAX_NESTED);
  if (depth === 0 || wanted.length === 0) return new Map();
  const values = wanted.map(toSparqlIri).join(" ");
  const [cells, facts] = await Promise.all([
    readCells(values),
    query(`SELECT ?s ?p ?o {
      VALUES ?s { ${values} } ?s ?p ?o FILTER(?p != <${RDF}reifies>)
    } LIMIT ${MAX_ROWS}`),
  ]);
  const heads = new Set(cells.map(({ cell }) => cell?.value));
  const found = new Map(
    wanted.map((iri) => {
      const rows = heads.has(iri) ? [] : facts.rows.filter(({ s }) => s?.value === iri);
      return [iri, { ...readList(iri, cells, MAX_MEMBERS), statements: groupByRelation(rows) }];
    }),
  );
  const inside = [...found.values()].flatMap(({ members, statements }) => [
    ...members,
    ...statements.flatMap((statement) => statement.values.map(({ value }) => value)),
  ]);
  const next = inside.map(({ value }) => value).filter((iri) => isBlank(iri) && !found.has(iri));
  return new Map([...(await loadNested(next, depth - 1)), ...found]);
}

/** @param {string} values */
async function readCells(values) {
  if (!payload.relations[`${RDF}first`]) return [];
  const { rows } = await query(`SELECT ?cell ?first ?rest {
    VALUES ?head { ${values} } ?head <${RDF}rest>* ?cell . ?cell <${RDF}first> ?first ; <${RDF}rest> ?rest
  } LIMIT ${MAX_ROWS}`);
  return rows;
}
