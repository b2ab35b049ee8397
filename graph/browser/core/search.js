/** Search among names: by a whole name, its beginning, a part of it, or with one letter wrong. */

import { lastPart } from "./labels.js";

/**
 * @typedef {{iri: string, text: string, role: string}} NameEntry A name to search by; its role is empty for
 *   a label.
 * @typedef {{iri: string, text: string, why: string}} Hit
 */

const MAX_HITS = 20;
const MISSPELLED = 4;

/**
 * Find the items whose names, or the ends of whose IRIs, match a text best, the best first.
 * @param {string} text
 * @param {NameEntry[]} names
 * @param {object} items
 * @param {(iri: string) => string} items.labelOf
 * @param {(iri: string) => boolean} items.isListed
 * @param {Iterable<string>} [items.iris] those that are found by the ends of their IRIs
 * @returns {Hit[]}
 */
export function search(text, names, { labelOf, isListed, iris = [] }) {
  const key = fold(text.trim());
  if (!key) return [];
  /** @type {Map<string, {rank: number, hit: Hit}>} */
  const best = new Map();
  const take = (/** @type {NameEntry} */ entry, /** @type {number} */ match) => {
    const rank = match + entry.text.length / 1000 + (entry.role ? 0.1 : 0) + (isListed(entry.iri) ? 0 : 0.5);
    if (rank >= (best.get(entry.iri)?.rank ?? Number.POSITIVE_INFINITY)) return;
    const label = labelOf(entry.iri);
    const other = entry.text === label ? "" : `${entry.role || "also called"} ${entry.text}`;
    const why = [other, match >= MISSPELLED ? "similar spelling" : ""].filter(Boolean).join(", ");
    best.set(entry.iri, { rank, hit: { iri: entry.iri, text: label, why } });
  };
  for (const entry of names) {
    const match = matchRank(key, fold(entry.text));
    if (match !== undefined) take(entry, match);
  }
  const end = encodeURI(text.trim()).toLowerCase();
  for (const iri of iris) {
    const match = endRank(end, iri);
    if (match !== undefined) take({ iri, text: lastPart(iri), role: "IRI ends in" }, match);
  }
  const hits = [...best.values()].sort((a, b) => a.rank - b.rank || a.hit.text.localeCompare(b.hit.text));
  return hits.slice(0, MAX_HITS).map(({ hit }) => hit);
}

/**
 * Rank a match with the end of an IRI: the whole, or what stands before an underscore, as in E21_Person.
 * @param {string} key in lower case
 * @param {string} iri
 */
export function endRank(key, iri) {
  const start = Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1;
  if (start === 0 || iri.length < start + key.length) return undefined;
  const next = iri[start + key.length];
  if (next !== undefined && next !== "_") return undefined;
  if (iri.slice(start, start + key.length).toLowerCase() !== key) return undefined;
  return next === undefined ? 0 : 1;
}

/** Drop case and accents. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Rank a match: the same, a beginning, the beginning of a word, a part, misspelled.
 * @param {string} key
 * @param {string} text
 */
export function matchRank(key, text) {
  if (text === key) return 0;
  if (text.startsWith(key)) return 1;
  const at = text.indexOf(key);
  if (at > 0) return /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? 2 : 3;
  if (key.length < 3) return undefined;
  const candidates = [text, ...text.split(/[^\p{L}\p{N}]+/u)];
  return candidates.some((word) => word.length > 2 && isOneEditAway(key, word)) ? MISSPELLED : undefined;
}

/**
 * Tell whether texts differ by one letter that is wrong, missing or added, or by two swapped letters.
 * @param {string} a
 * @param {string} b
 */
export function isOneEditAway(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwap = left.length === 2 && left[0] === right[1] && left[1] === right[0];
  return (left.length <= 1 && right.length <= 1) || isSwap;
}
