/** Values by their relations, each with the graphs that hold it. */

import { payload, relationLabel } from "./payload.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../core/terms.js").Row} Row */
/**
 * @typedef {{value: Term, graphs: string[], notes?: string[]}} StatedValue A value, the graphs that hold it,
 *   and the resources that stand for the statement itself.
 */

/**
 * @typedef {object} RelationValues All values of one relation.
 * @property {string} relation
 * @property {boolean} inverse
 * @property {string} name
 * @property {boolean} [areNames] whether its values are further names of the item
 * @property {StatedValue[]} values none where a shape expects the relation and no source states it
 */

/** Group rows of `p`, `o`, and `g`. @param {Row[]} rows @param {boolean} [inverse] */
export function groupByRelation(rows, inverse = false) {
  /** @type {Map<string, Row[]>} */
  const found = new Map();
  for (const row of rows) {
    if (!row.p || isNeverShown(row.p.value)) continue;
    const group = found.get(row.p.value) ?? [];
    found.set(row.p.value, group);
    group.push(row);
  }
  return [...found].map(([relation, group]) => ({
    relation,
    inverse,
    name: relationLabel(relation, inverse),
    values: statedValues(group),
  }));
}

/** Bring rows of the same value together, with the graphs that hold it. @param {Row[]} rows */
export function statedValues(rows) {
  /** @type {Map<string, StatedValue>} */
  const found = new Map();
  for (const { o, g } of rows) {
    if (!o) continue;
    const key = JSON.stringify([o.type, o.value, o.datatype, o["xml:lang"]]);
    const stated = found.get(key) ?? { value: o, graphs: [] };
    found.set(key, stated);
    if (g && !stated.graphs.includes(g.value)) stated.graphs.push(g.value);
  }
  return [...found.values()];
}

/** @param {string} relation */
function isNeverShown(relation) {
  const style = payload.relations[relation];
  return style?.drawn === false && style.inverseLabel === "";
}
