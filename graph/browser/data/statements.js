/** What the data states about one item: its statements, the graphs that hold each, and its figures. */

import { isBlank } from "../core/labels.js";
import { joinAbout } from "../core/question.js";
import { toSparqlIri } from "../core/terms.js";
import { byLanguage, labelOf, withoutTableClasses } from "./labels.js";
import { loadNested } from "./nested.js";
import { isRuleGraph, payload, relationLabel } from "./payload.js";
import { query } from "./store.js";
import { groupByRelation, statedValues } from "./values.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../core/terms.js").Row} Row */
/** @typedef {import("../core/terms.js").Results} Results */
/** @typedef {import("./values.js").RelationValues} RelationValues */
/** @typedef {import("./values.js").StatedValue} StatedValue */

/**
 * @typedef {{types: string[], definitions: Term[], statements: RelationValues[], figures: Results | null,
 *   nested: Map<string, import("./nested.js").Nested>}} Description
 */

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";
const ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
const ALSO_CALLED = "also called";
const MAX_STATEMENTS = 5000;
/** Where statements stand that no shape puts in order: those about the item, then those that lead to it. */
const UNORDERED = 1000;
const UNORDERED_INVERSE = 2000;

/** Read everything about an item. @param {string} iri @returns {Promise<Description>} */
export async function describe(iri) {
  const item = toSparqlIri(iri);
  const [out, back, figures, notes] = await Promise.all([
    query(`SELECT ?p ?o ?g WHERE {
      ${item} ?p ?o OPTIONAL { GRAPH ?g { ${item} ?p ?o } }
    } LIMIT ${MAX_STATEMENTS}`),
    query(`SELECT ?p ?o ?g WHERE {
      ?o ?p ${item} FILTER(isIRI(?o)) ${withoutTableClasses("?o")} OPTIONAL { GRAPH ?g { ?o ?p ${item} } }
    } LIMIT ${MAX_STATEMENTS}`),
    readFigures(item),
    readNotes(item),
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
  for (const { relation, inverse, values } of statements) {
    for (const one of values) {
      const found = notes.get(noteKey(relation, one.value, inverse));
      if (found) one.notes = found;
    }
  }
  const inside = statements.flatMap(({ values, inverse }) =>
    values.flatMap(({ value, notes: about = [] }) =>
      !inverse && isBlank(value.value) ? [value.value, ...about] : about,
    ),
  );
  return {
    types,
    nested: await loadNested(inside),
    definitions: inReadersOrder(out.rows.filter(isDefinition), payload.definitionProperties).map(
      ({ value }) => value,
    ),
    statements: inReadingOrder(statements, types),
    figures: figures?.rows.length ? figures : null,
  };
}

/**
 * Find the resources that stand for statements about an item, which may say more of them.
 * @param {string} item
 * @returns {Promise<Map<string, string[]>>}
 */
async function readNotes(item) {
  /** @type {Map<string, string[]>} */
  const notes = new Map();
  if (!payload.relations[REIFIES]) return notes;
  const { rows } = await query(`SELECT ?note ?p ?o ?back {
    { ?note <${REIFIES}> <<( ${item} ?p ?o )>> }
    UNION { ?note <${REIFIES}> <<( ?o ?p ${item} )>> BIND(true AS ?back) }
  } LIMIT ${MAX_STATEMENTS}`);
  for (const { note, p, o, back } of rows) {
    if (!note || !p || !o) continue;
    const key = noteKey(p.value, o, back !== undefined);
    notes.set(key, [...(notes.get(key) ?? []), note.value]);
  }
  return notes;
}

/** @param {string} relation @param {Term} value @param {boolean} inverse */
function noteKey(relation, value, inverse) {
  return JSON.stringify([relation, inverse, value.type, value.value, value.datatype, value["xml:lang"]]);
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
 * @returns {RelationValues[]}
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

/** Place a statement that no shape puts in order. @param {RelationValues} statement */
function unordered({ areNames, inverse }) {
  if (areNames) return 0;
  return inverse ? UNORDERED_INVERSE : UNORDERED;
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
  const rank = (/** @type {RelationValues} */ statement) => orderOf(statement)?.order ?? unordered(statement);
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
