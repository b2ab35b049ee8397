/** What the store says of one thing: its statements, where each is said, and its figures. */

import { page, relationName } from "./payload.js";
import { label, sparqlIri, tongue } from "./names.js";
import { query } from "./store.js";

/** @typedef {import("./store.js").Term} Term */
/** @typedef {{value: Term, said: string[]}} Said A value and the graphs that hold it. */
/** @typedef {{relation: string, inverse: boolean, name: string, values: Said[], expected: boolean}} Statement */
/** @typedef {{types: string[], definition: string, statements: Statement[], figures: import("./store.js").Answer | null}} Facts */

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const DEFINITIONS = ["http://www.w3.org/2004/02/skos/core#definition", "http://purl.org/dc/terms/description", "http://www.w3.org/2000/01/rdf-schema#comment"];

/** Read everything about a thing. @param {string} iri @returns {Promise<Facts>} */
export async function factsOf(iri) {
  const thing = sparqlIri(iri);
  const [out, back, figures] = await Promise.all([
    query(`SELECT ?p ?o ?g WHERE { ${thing} ?p ?o OPTIONAL { GRAPH ?g { ${thing} ?p ?o } } } LIMIT 5000`),
    query(`SELECT ?p ?o ?g WHERE { ?o ?p ${thing} FILTER(isIRI(?o)) ${aside()} OPTIONAL { GRAPH ?g { ?o ?p ${thing} } } } LIMIT 5000`),
    page.asks.figures ? query(page.asks.figures.replace(/VALUES \?thing \{[^}]*\}/, () => `VALUES ?thing { ${thing} }`)) : null,
  ]);
  const types = [...new Set(out.rows.filter((row) => row.p?.value === TYPE).map((row) => row.o?.value ?? ""))];
  const named = new Set([TYPE, ...page.labels, ...DEFINITIONS]);
  const definitions = DEFINITIONS.flatMap((property) => out.rows.filter((row) => row.p?.value === property)).flatMap(({ o }) => o ?? []);
  const definition = definitions.sort((a, b) => tongue(a) - tongue(b))[0]?.value ?? "";
  const statements = [
    ...gathered(out.rows.filter((row) => !named.has(row.p?.value ?? "")), false),
    ...gathered(back.rows.filter((row) => row.p?.value !== TYPE), true),
  ];
  return { types, definition, statements: inOrder(statements, types), figures: figures?.rows.length ? figures : null };
}

/** Leave out things that are shown as figures, not as statements. */
function aside() {
  return page.tables.length > 0 ? `FILTER NOT EXISTS { ?o a ?table FILTER(?table IN (${page.tables.map(sparqlIri).join(", ")})) }` : "";
}

/** Bring the values of one relation together, each with every graph that holds it. @param {import("./store.js").Row[]} rows @param {boolean} inverse @returns {Statement[]} */
function gathered(rows, inverse) {
  /** @type {Map<string, Map<string, Said>>} */
  const found = new Map();
  for (const { p, o, g } of rows) {
    if (!p || !o || (page.relations[p.value]?.drawn === false && page.relations[p.value]?.inverse === "")) continue;
    const values = found.get(p.value) ?? new Map();
    found.set(p.value, values);
    const key = JSON.stringify([o.type, o.value, o.datatype, o["xml:lang"]]);
    const said = values.get(key) ?? { value: o, said: [] };
    values.set(key, said);
    if (g && !said.said.includes(g.value)) said.said.push(g.value);
  }
  return [...found].map(([relation, values]) => ({
    relation,
    inverse,
    name: relationName(relation, inverse),
    values: [...values.values()],
    expected: false,
  }));
}

/** Put statements in the order of the shapes, and name what a shape expects and nobody states. @param {Statement[]} statements @param {string[]} types @returns {Statement[]} */
function inOrder(statements, types) {
  /** @type {Map<string, import("./payload.js").Reading>} */
  const reading = new Map();
  for (const type of types) for (const line of page.reading[type] ?? []) reading.set(`${line.inverse}${line.path}`, line);
  const rank = (/** @type {Statement} */ statement) => reading.get(`${statement.inverse}${statement.relation}`)?.order ?? (statement.inverse ? 2000 : 1000);
  const there = new Set(statements.map(({ inverse, relation }) => `${inverse}${relation}`));
  const missing = [...reading].flatMap(([key, line]) =>
    line.expected && !there.has(key) ? [{ relation: line.path, inverse: line.inverse, name: line.name || relationName(line.path, line.inverse), values: [], expected: true }] : [],
  );
  for (const statement of statements) statement.name = reading.get(`${statement.inverse}${statement.relation}`)?.name || statement.name;
  return [...statements, ...missing].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** @typedef {{iri: string, label: string, kind: string, date: string, address: string, rule: string}} Place Where something is said. */

/** @type {Map<string, Promise<Place>>} */
const places = new Map();

/** Describe a graph: the source it stands for, its kind and date, or the rule that concluded it. @param {string} graph @returns {Promise<Place>} */
export function placeOf(graph) {
  let place = places.get(graph);
  if (!place) {
    place = describe(graph);
    places.set(graph, place);
  }
  return place;
}

/** @param {string} graph @returns {Promise<Place>} */
async function describe(graph) {
  const source = sparqlIri(graph);
  const found = await query(`SELECT ?kind ?date ?address ?rule WHERE {
    OPTIONAL { ${source} dcterms:type/skos:prefLabel ?kind }
    OPTIONAL { { ${source} dcterms:date ?date } UNION { ${source} dcterms:isPartOf/dcterms:date ?date } }
    OPTIONAL { ${source} schema:url ?address }
    OPTIONAL { GRAPH ${source} { ${source} rdfs:comment ?rule } }
  } LIMIT 1`);
  const row = found.rows[0] ?? {};
  return { iri: graph, label: label(graph), kind: row.kind?.value ?? "", date: row.date?.value ?? "", address: row.address?.value ?? "", rule: row.rule?.value ?? "" };
}
