/** What the data states about one item: its statements, the graphs that hold each, and its figures. */

import { joinAbout } from "../core/question.js";
import { toSparqlIri } from "../core/terms.js";
import { byLanguage, labelOf, withoutTableClasses } from "./labels.js";
import { isRuleGraph, payload, relationLabel } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../core/terms.js").Row} Row */
/** @typedef {import("../core/terms.js").Results} Results */
/** @typedef {{value: Term, graphs: string[]}} StatedValue A value and the graphs that hold it. */

/**
 * @typedef {object} Statement All values of one relation.
 * @property {string} relation
 * @property {boolean} inverse
 * @property {string} name
 * @property {boolean} [areNames] whether its values are further names of the item
 * @property {StatedValue[]} values none where a shape expects the relation and no source states it
 */

/**
 * @typedef {{types: string[], definitions: Term[], statements: Statement[], figures: Results | null}}
 *   Description
 */

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
const ALSO_CALLED = "also called";
const MAX_STATEMENTS = 5000;
/** Where statements stand that no shape puts in order: those about the item, then those that lead to it. */
const UNORDERED = 1000;
const UNORDERED_INVERSE = 2000;

/** Read everything about an item. @param {string} iri @returns {Promise<Description>} */
export async function describe(iri) {
  const item = toSparqlIri(iri);
  const [out, back, figures] = await Promise.all([
    query(`SELECT ?p ?o ?g WHERE {
      ${item} ?p ?o OPTIONAL { GRAPH ?g { ${item} ?p ?o } }
    } LIMIT ${MAX_STATEMENTS}`),
    query(`SELECT ?p ?o ?g WHERE {
      ?o ?p ${item} FILTER(isIRI(?o)) ${withoutTableClasses("?o")} OPTIONAL { GRAPH ?g { ?o ?p ${item} } }
    } LIMIT ${MAX_STATEMENTS}`),
    readFigures(item),
  ]);
  const types = [...new Set(out.rows.flatMap(({ p, o }) => (p?.value === TYPE && o ? [o.value] : [])))];
  const statements = [
    ...alsoCalled(out.rows.filter(isName), labelOf(iri)),
    ...groupByRelation(
      out.rows.filter((row) => row.p?.value !== TYPE && !isName(row) && !isDefinition(row)),
      false,
    ),
    ...groupByRelation(
      back.rows.filter((row) => row.p?.value !== TYPE),
      true,
    ),
  ];
  return {
    types,
    definitions: inReadersOrder(out.rows.filter(isDefinition), payload.definitionProperties).map(
      ({ value }) => value,
    ),
    statements: inReadingOrder(statements, types),
    figures: figures?.rows.length ? figures : null,
  };
}

/** Tell whether a statement names the item. @param {Row} row */
function isName({ p, o }) {
  if (o?.type !== "literal" || !p) return false;
  return payload.labelProperties.includes(p.value) || payload.otherNames[p.value] === ALSO_CALLED;
}

/** Tell whether a statement says in a text what the item is. @param {Row} row */
function isDefinition({ p, o }) {
  return o?.type === "literal" && payload.definitionProperties.includes(p?.value ?? "");
}

/**
 * List each text once: those in the reader's language first, of these the ones by the first property.
 * @param {Row[]} rows
 * @param {string[]} properties the best first
 * @returns {StatedValue[]}
 */
function inReadersOrder(rows, properties) {
  const rank = (/** @type {Row} */ { p }) => properties.indexOf(p?.value ?? "");
  const text = (/** @type {Row} */ { o }) => o?.value ?? "";
  const sorted = [...rows].sort((a, b) => rank(a) - rank(b) || text(a).localeCompare(text(b)));
  return byLanguage(statedValues(sorted), ({ value }) => value);
}

/**
 * Gather all names of an item but the one that it is called by.
 * @param {Row[]} rows
 * @param {string} label
 * @returns {Statement[]}
 */
function alsoCalled(rows, label) {
  const properties = [...payload.labelProperties, ...Object.keys(payload.otherNames)];
  const others = rows.filter(({ o }) => o?.value !== label);
  /** @type {Map<string, StatedValue>} */
  const byText = new Map();
  for (const { value, graphs } of inReadersOrder(others, properties)) {
    const same = byText.get(value.value);
    byText.set(
      value.value,
      same ? { ...same, graphs: [...new Set([...same.graphs, ...graphs])] } : { value, graphs },
    );
  }
  const values = [...byText.values()];
  if (values.length === 0) return [];
  return [{ relation: ALT_LABEL, inverse: false, name: ALSO_CALLED, areNames: true, values }];
}

/** @param {string} item */
async function readFigures(item) {
  const figures = payload.systemQueries["figures"];
  return figures ? query(joinAbout(figures, [item])) : null;
}

/** @param {Row[]} rows @param {boolean} inverse @returns {Statement[]} */
function groupByRelation(rows, inverse) {
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
function statedValues(rows) {
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

/** Place a statement that no shape puts in order. @param {Statement} statement */
function unordered({ areNames, inverse }) {
  if (areNames) return 0;
  return inverse ? UNORDERED_INVERSE : UNORDERED;
}

/**
 * Sort statements as the shapes have it, and add those that a shape expects and no source states.
 * @param {Statement[]} statements
 * @param {string[]} types
 * @returns {Statement[]}
 */
function inReadingOrder(statements, types) {
  const keyOf = (/** @type {boolean} */ inverse, /** @type {string} */ relation) => `${inverse}${relation}`;
  const orders = new Map(
    types
      .flatMap((type) => payload.readingOrders[type] ?? [])
      .map((one) => [keyOf(one.inverse, one.path), one]),
  );
  const orderOf = (/** @type {Statement} */ { inverse, relation }) => orders.get(keyOf(inverse, relation));
  const rank = (/** @type {Statement} */ statement) => orderOf(statement)?.order ?? unordered(statement);
  const present = new Set(statements.map(({ inverse, relation }) => keyOf(inverse, relation)));
  const missing = [...orders].flatMap(([key, { path, inverse, name, expected }]) =>
    expected && !present.has(key)
      ? [{ relation: path, inverse, name: name || relationLabel(path, inverse), values: [] }]
      : [],
  );
  const renamed = statements.map((one) => ({ ...one, name: orderOf(one)?.name || one.name }));
  return [...renamed, ...missing].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/**
 * @typedef {{iri: string, label: string, type: string, date: string, rule: string}} Provenance Where a
 *   graph comes from: a source, or a rule.
 */

/** @type {Map<string, Promise<Provenance>>} */
const provenances = new Map();

/**
 * Describe a graph: the source it stands for, or the rule that inferred it.
 * @param {string} graph
 * @returns {Promise<Provenance>}
 */
export function provenanceOf(graph) {
  let provenance = provenances.get(graph);
  if (!provenance) {
    provenance = readProvenance(graph);
    provenance.catch(() => provenances.delete(graph));
    provenances.set(graph, provenance);
  }
  return provenance;
}

/** @param {string} graph @returns {Promise<Provenance>} */
async function readProvenance(graph) {
  const source = toSparqlIri(graph);
  const { rows } = await query(`SELECT ?type ?date ?rule WHERE {
    OPTIONAL { ${source} dcterms:type/skos:prefLabel ?type }
    OPTIONAL { { ${source} dcterms:date ?date } UNION { ${source} dcterms:isPartOf/dcterms:date ?date } }
    OPTIONAL { GRAPH ${source} { ${source} rdfs:comment ?rule } }
  } LIMIT 1`);
  const { type, date, rule } = rows[0] ?? {};
  return {
    iri: graph,
    label: labelOf(graph),
    type: type?.value ?? "",
    date: date?.value ?? "",
    rule: isRuleGraph(graph) ? (rule?.value ?? "") : "",
  };
}
