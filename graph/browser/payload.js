/** What Python wrote into the page. */

import { SHAPES } from "./shapes.js";

/**
 * @typedef {{iri: string, label: string, colour: string, shape: string, order: number, count: number, drawn: boolean}} Kind
 * @typedef {{label: string, inverse: string, drawn: boolean}} Relation
 * @typedef {{path: string, inverse: boolean, name: string, order: number, expected: boolean}} Reading
 * @typedef {{name: string, kind: string, words: string, default: string}} Parameter
 * @typedef {{name: string, words: string, sparql: string, tags: string[], parameters: Parameter[]}} Question
 * @typedef {{id: string, label: string, kind: string, x: number, y: number}} DrawnNode
 * @typedef {{from: string, to: string, relation: string}} DrawnEdge
 * @typedef {{
 *   title: string, description: string, base: string, labels: string[], prefixes: Record<string, string>,
 *   kinds: Kind[], relations: Record<string, Relation>, reading: Record<string, Reading[]>, tables: string[],
 *   questions: Question[], firstQuestion: string, nodes: DrawnNode[], edges: DrawnEdge[], options: Record<string, unknown>,
 *   facts: [string, string][], load: string[], begin: string, unsorted: number, asks: {compare: string, figures: string, route: string},
 *   routePolicy: import("./core/steps.js").Policy, nonce: string
 * }} Payload
 */

/** @type {Payload} */
export const page = JSON.parse(document.getElementById("payload")?.textContent ?? "{}");

/** The kinds of things; a colour or a shape that is none, for data may say anything, is replaced. @type {Map<string, Kind>} */
export const kinds = new Map(
  page.kinds.map((kind) => [
    kind.iri,
    { ...kind, colour: /^#([\da-f]{3}|[\da-f]{6})$/i.test(kind.colour) ? kind.colour : "#d3d3d3", shape: Object.hasOwn(SHAPES, kind.shape) ? kind.shape : "dot" },
  ]),
);

/**
 * Say what a relation is called, from its subject or towards it.
 * @param {string} iri
 * @param {boolean} [inverse]
 * @returns {string}
 */
export function relationName(iri, inverse = false) {
  const relation = page.relations[iri];
  const label = relation?.label || lastPart(iri).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return inverse ? relation?.inverse || `is “${label}” of` : label;
}

/** What the name of a blank node begins with. */
const BLANK = "urn:bnode:";

/**
 * Give the end of an IRI, for things that have no label.
 * @param {string} iri
 * @returns {string}
 */
export function lastPart(iri) {
  if (iri.startsWith(BLANK)) return `nameless ${iri.slice(BLANK.length).replace(/^c14n/, "")}`;
  const end = iri.replace(/[/#]+$/, "").split(/[/#]/).pop() || iri;
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}
