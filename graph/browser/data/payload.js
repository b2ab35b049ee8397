/** What Python writes into the page; graph/payload.py has the same fields. */

import { toWords, lastPart } from "../core/labels.js";
import { makePrefixes } from "../core/prefixes.js";

/**
 * @typedef {object} ClassStyle How the items of a class are drawn and listed.
 * @property {string} iri
 * @property {string} label
 * @property {string} color
 * @property {string} shape
 * @property {number} order
 * @property {number} count
 * @property {boolean} drawn
 */

/**
 * @typedef {object} Relation
 * @property {string} label
 * @property {string} inverseLabel
 * @property {boolean} drawn
 */

/**
 * @typedef {object} ReadingOrder Where a relation stands among the facts about an item of a class.
 * @property {string} path
 * @property {boolean} inverse
 * @property {number} order
 * @property {string} name
 * @property {boolean} expected
 */

/**
 * @typedef {object} Slot The place in a query where the values of a parameter stand.
 * @property {string} parameter
 * @property {string} text
 */

/**
 * @typedef {object} Parameter
 * @property {string} name
 * @property {string} type
 * @property {string} description
 * @property {string} default
 */

/**
 * @typedef {object} Question
 * @property {string} name
 * @property {string} title
 * @property {(string | Slot)[]} segments
 * @property {Parameter[]} parameters
 * @property {string[]} tags
 */

/**
 * @typedef {object} DrawnNode
 * @property {string} id
 * @property {string} label
 * @property {string} classIri
 * @property {number} x
 * @property {number} y
 */

/**
 * @typedef {object} Edge
 * @property {string} from
 * @property {string} to
 * @property {string} relation
 */

/**
 * @typedef {object} Payload
 * @property {string} title
 * @property {string} description
 * @property {string} hint
 * @property {string} base
 * @property {string[]} labelProperties
 * @property {Record<string, string>} otherNames
 * @property {string[]} definitionProperties
 * @property {Record<string, string>} prefixes
 * @property {ClassStyle[]} classStyles
 * @property {Record<string, Relation>} relations
 * @property {Record<string, ReadingOrder[]>} readingOrders
 * @property {string[]} tableClasses
 * @property {number} untypedCount
 * @property {Question[]} questions
 * @property {Record<string, Question>} systemQueries
 * @property {import("../core/steps.js").Policy} routePolicy
 * @property {import("../core/query-errors.js").Mistake[]} queryHints
 * @property {[string, string][]} about
 * @property {string[]} dataPaths
 * @property {string} firstQuestion
 * @property {DrawnNode[]} nodes
 * @property {Edge[]} edges
 * @property {Record<string, unknown>} options
 * @property {string} nonce
 */

/** @type {Payload} */
export const payload = JSON.parse(document.getElementById("payload")?.textContent ?? "{}");

/** The items that are drawn first. @type {readonly string[]} */
export const overview = payload.nodes.map(({ id }) => id);

/**
 * The styles by class; what is no color, for somebody may have edited the file, is left out.
 * @type {Map<string, ClassStyle>}
 */
export const classStyles = new Map(
  payload.classStyles.map((style) => [
    style.iri,
    { ...style, color: /^#([\da-f]{3}|[\da-f]{6})$/i.test(style.color) ? style.color : "" },
  ]),
);

export const { compress, expand } = makePrefixes(payload.prefixes);

const RULES = payload.prefixes["rule"] || "urn:rule:";

/** Tell whether a graph holds what a rule inferred; graph/rules.py names it so. @param {string} graph */
export function isRuleGraph(graph) {
  return graph.startsWith(RULES) || graph.startsWith("urn:rule:");
}

/**
 * Name a relation, as it reads from its subject or from its object.
 * @param {string} iri
 * @param {boolean} [inverse]
 * @returns {string}
 */
export function relationLabel(iri, inverse = false) {
  const relation = payload.relations[iri];
  const label = relation?.label || toWords(lastPart(iri));
  return inverse ? relation?.inverseLabel || `${label} (inverse)` : label;
}

const positions = new Map([...classStyles.keys()].map((iri, index) => [iri, index]));

/** Place a class among the others. @param {string} classIri @returns {number} */
export function classOrder(classIri) {
  return positions.get(classIri) ?? Number.MAX_SAFE_INTEGER;
}
