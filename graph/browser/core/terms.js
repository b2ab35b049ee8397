/** RDF terms: as the engine's results hold them, and as they are written in SPARQL. */

import { LOCAL_NAME, PREFIX_NAME } from "./prefixes.js";

/**
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string, parts?: Term[]}} Term
 *   One term; a triple has its three terms as parts.
 * @typedef {Record<string, Term | undefined>} Row
 * @typedef {{columns: string[], rows: Row[], boolean?: boolean, triples?: string}} Results
 */

const NOT_IN_IRI = /[\u0000-\u0020<>"{}|^`\\]/g;
const IRI = /^[a-z][a-z\d+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/i;
const IRI_REF = '<[^\\u0000-\\u0020<>"{}|^`\\\\]*>';
const ONE_TERM = new RegExp(
  `^(?:[-+]?\\d+(?:\\.\\d+)?|true|false|UNDEF|(?:${PREFIX_NAME})?:(?:${LOCAL_NAME})?|${IRI_REF}|` +
    `"(?:[^"\\\\\\n\\r]|\\\\.)*"(?:\\^\\^${IRI_REF})?)$`,
  "u",
);

/** Tell whether a text can be an IRI. @param {string} text */
export function isIri(text) {
  return IRI.test(text);
}

/**
 * Tell whether a text is one term of SPARQL: a number, true or false, a name, an IRI, a string, or UNDEF.
 * @param {string} text
 */
export function isTerm(text) {
  return ONE_TERM.test(text);
}

/** Write an IRI in SPARQL; nothing in it can end the brackets. @param {string} iri @returns {string} */
export function toSparqlIri(iri) {
  const escaped = (/** @type {string} */ character) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`;
  return `<${iri.replace(NOT_IN_IRI, escaped)}>`;
}

/** Read results in the JSON format of SPARQL. @param {any} json @returns {Results} */
export function parseResults(json) {
  if (typeof json.boolean === "boolean") return { columns: [], rows: [], boolean: json.boolean };
  return { columns: json.head.vars, rows: json.results.bindings.map(toRow) };
}

/**
 * Take a binding as a row without a prototype: a column it lacks is undefined, whatever its name.
 * @param {any} binding
 * @returns {Row}
 */
function toRow(binding) {
  const row = { __proto__: null, ...binding };
  for (const [name, term] of Object.entries(row)) {
    if (term.type === "triple") row[name] = toTripleTerm(term.value);
  }
  return row;
}

/** @param {{subject: any, predicate: any, object: any}} triple @returns {Term} */
function toTripleTerm({ subject, predicate, object }) {
  const parts = [subject, predicate, object].map((part) =>
    part.type === "triple" ? toTripleTerm(part.value) : part,
  );
  return { type: "triple", value: `<<( ${parts.map(toText).join(" ")} )>>`, parts };
}

/** @param {Term} term */
function toText({ type, value }) {
  if (type === "uri") return `<${value}>`;
  return type === "literal" ? JSON.stringify(value) : value;
}
