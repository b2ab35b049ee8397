/** What the data states about one item: its statements, the graphs that hold each, and its figures. */

import { joinAbout } from "../core/question.js";
import { toSparqlIri } from "../core/terms.js";
import { inLanguage, labelOf, withoutTableClasses } from "./labels.js";
import { payload, relationLabel } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../core/terms.js").Row} Row */
/** @typedef {import("../core/terms.js").Results} Results */
/** @typedef {{value: Term, graphs: string[]}} StatedValue A value and the graphs that hold it. */

/**
 * @typedef {object} RelationValues All values of one relation.
 * @property {string} relation
 * @property {boolean} inverse
 * @property {string} name
 * @property {StatedValue[]} values none where a shape expects the relation and no source states it
 */

/**
 * @typedef {{types: string[], definition: string, statements: RelationValues[], figures: Results | null}}
 *   Description
 */

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const DEFINITIONS = [
  "http://www.w3.org/2004/02/skos/core#definition",
  "http://purl.org/dc/terms/description",
  "http://www.w3.org/2000/01/rdf-schema#comment",
];
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
  const valuesOf = (/** @type {string} */ property) =>
    out.rows.flatMap(({ p, o }) => (p?.value === property && o ? [o] : []));
  const types = [...new Set(valuesOf(TYPE).map(({ value }) => value))];
  const inHeading = new Set([TYPE, ...payload.labelProperties, ...DEFINITIONS]);
  const statements = [
    ...groupByRelation(
      out.rows.filter((row) => !inHeading.has(row.p?.value ?? "")),
      false,
    ),
    ...groupByRelation(
      back.rows.filter((row) => row.p?.value !== TYPE),
      true,
    ),
  ];
  return {
    types,
    definition: inLanguage(DEFINITIONS.flatMap(valuesOf)),
    statements: inReadingOrder(statements, types),
    figures: figures?.rows.length ? figures : null,
  };
}

/** @param {string} item */
async function readFigures(item) {
  const figures = payload.systemQueries["figures"];
  return figures ? query(joinAbout(figures, [item])) : null;
}

/** @param {Row[]} rows @param {boolean} inverse @returns {RelationValues[]} */
function groupByRelation(rows, inverse) {
  /** @type {Map<string, Map<string, StatedValue>>} */
  const found = new Map();
  for (const { p, o, g } of rows) {
    if (!p || !o || isNeverShown(p.value)) continue;
    const values = found.get(p.value) ?? new Map();
    found.set(p.value, values);
    const key = JSON.stringify([o.type, o.value, o.datatype, o["xml:lang"]]);
    const stated = values.get(key) ?? { value: o, graphs: [] };
    values.set(key, stated);
    if (g && !stated.graphs.includes(g.value)) stated.graphs.push(g.value);
  }
  return [...found].map(([relation, values]) => ({
    relation,
    inverse,
    name: relationLabel(relation, inverse),
    values: [...values.values()],
  }));
}

/** @param {string} relation */
function isNeverShown(relation) {
  const style = payload.relations[relation];
  return style?.drawn === false && style.inverseLabel === "";
}

/**
 * Sort statements as the shapes have it, and add those that a shape expects and no source states.
 * @param {RelationValues[]} statements
 * @param {string[]} types
 * @returns {RelationValues[]}
 */
function inReadingOrder(statements, types) {
  const keyOf = (/** @type {boolean} */ inverse, /** @type {string} */ relation) => `${inverse}${relation}`;
  const orders = new Map(
    types
      .flatMap((type) => payload.readingOrders[type] ?? [])
      .map((one) => [keyOf(one.inverse, one.path), one]),
  );
  const orderOf = (/** @type {RelationValues} */ { inverse, relation }) =>
    orders.get(keyOf(inverse, relation));
  const rank = (/** @type {RelationValues} */ statement) =>
    orderOf(statement)?.order ?? (statement.inverse ? UNORDERED_INVERSE : UNORDERED);
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
    rule: rule?.value ?? "",
  };
}
