/** Which label an item gets, which of its classes it is drawn as, and what it is called without a label. */

/**
 * @typedef {{property: string, value: string, language?: string}} LabelCandidate
 * @typedef {{iri: string, order: number, count: number}} RankedClass
 */

const OWL = "http://www.w3.org/2002/07/owl#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const SH = "http://www.w3.org/ns/shacl#";
/** Namespaces of classes that describe data, not the world; graph/styles.py has the same. */
const MODELING = [
  OWL,
  RDFS,
  SH,
  "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  "http://www.w3.org/2004/02/skos/core#",
];
/** Classes that tell next to nothing of what their members are. */
const FORMAL = new Set([
  `${OWL}NamedIndividual`,
  `${OWL}Thing`,
  `${RDFS}Resource`,
  `${SH}NodeShape`,
  `${SH}PropertyShape`,
  `${SH}Shape`,
  `${OWL}FunctionalProperty`,
  `${OWL}InverseFunctionalProperty`,
  `${OWL}SymmetricProperty`,
  `${OWL}AsymmetricProperty`,
  `${OWL}ReflexiveProperty`,
  `${OWL}IrreflexiveProperty`,
  `${OWL}TransitiveProperty`,
]);
const MAX_LABEL_LENGTH = 80;
const BLANK_NODE = "urn:bnode:";
/** What Python's str.split takes for white space. */
const WHITE_SPACE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * Rank the language of a text: the reader's, English, none, any other.
 * @param {string | undefined} tag
 * @param {string} spoken
 */
export function languageRank(tag, spoken) {
  const language = tag?.split("-")[0]?.toLowerCase();
  if (!language) return 2;
  if (language === spoken) return 0;
  return language === "en" ? 1 : 3;
}

/**
 * Tell whether one label is to be preferred to another: by its property, its language, its characters.
 * @param {LabelCandidate} one
 * @param {LabelCandidate | undefined} other
 * @param {string[]} properties the best first
 * @param {string} spoken
 */
export function isPreferredLabel(one, other, properties, spoken) {
  if (!other) return true;
  const rank = (/** @type {LabelCandidate} */ { property, language }) =>
    10 * properties.indexOf(property) + languageRank(language, spoken);
  return rank(one) - rank(other) < 0 || (rank(one) === rank(other) && comesBefore(one.value, other.value));
}

/** Compare texts by code points, as Python does. @param {string} one @param {string} other */
function comesBefore(one, other) {
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at < 0) return a.length < b.length;
  return at < b.length && (a[at]?.codePointAt(0) ?? 0) < (b[at]?.codePointAt(0) ?? 0);
}

/**
 * Tell whether an item of two classes is rather drawn as the one: by the order of `view.ttl`, then the more
 * telling, then the rarer, then by IRI.
 * @param {RankedClass | undefined} one
 * @param {RankedClass | undefined} other
 */
export function isPreferredClass(one, other) {
  if (!one || !other) return one !== undefined;
  if (one.order !== other.order) return one.order < other.order;
  const [a, b] = [formality(one.iri), formality(other.iri)];
  if (a !== b) return a < b;
  return one.count === other.count ? one.iri < other.iri : one.count < other.count;
}

/** @param {string} classIri */
function formality(classIri) {
  if (FORMAL.has(classIri)) return 2;
  return MODELING.some((namespace) => classIri.startsWith(namespace)) ? 1 : 0;
}

/** Shorten a long label, at the same character as Python does. @param {string} text */
export function truncate(text) {
  const characters = [...text.split(WHITE_SPACE).filter(Boolean).join(" ")];
  if (characters.length <= MAX_LABEL_LENGTH) return characters.join("");
  return `${characters.slice(0, MAX_LABEL_LENGTH - 1).join("")}…`;
}

/** Tell whether an IRI stands for a blank node. @param {string} iri */
export function isBlank(iri) {
  return iri.startsWith(BLANK_NODE);
}

/** Take the last part of an IRI for a label. @param {string} iri @returns {string} */
export function lastPart(iri) {
  if (isBlank(iri)) return `(unnamed ${iri.slice(BLANK_NODE.length).replace(/^f0n/, "")})`;
  const end =
    iri
      .replace(/[/#]+$/, "")
      .split(/[/#]/)
      .pop() || iri;
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}

/** Write an identifier as words: canSailTo is "can sail to". @param {string} name */
export function toWords(name) {
  return name
    .replaceAll("_", " ")
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .toLowerCase();
}
