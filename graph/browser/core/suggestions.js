/** Names in a query that the data does not have, and the near ones that it has. */

import { LOCAL_NAME, PREFIX_NAME } from "./prefixes.js";
import { isOneEditAway } from "./search.js";

const STRINGS_IRIS_COMMENTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*|<[^>\s]*>/g;
const NAMES = new RegExp(`(?<![\\p{L}\\p{N}_?$:.-])${PREFIX_NAME}:${LOCAL_NAME}`, "gu");

/**
 * List the prefixed names in a query whose prefixes it does not declare itself.
 * @param {string} query
 * @returns {string[]}
 */
export function prefixedNames(query) {
  const bare = query.replace(STRINGS_IRIS_COMMENTS, " ");
  const declared = new Set([...bare.matchAll(/\bPREFIX\s+([^\s:]*):/giu)].map((found) => found[1]));
  const names = new Set([...bare.matchAll(NAMES)].map(([name]) => name));
  return [...names].filter((name) => !declared.has(name.split(":")[0]));
}

/**
 * Find a name that is one edit away, or the same under another prefix.
 * @param {string} name
 * @param {string[]} names
 */
export function nearestName(name, names) {
  const folded = name.toLowerCase();
  const local = folded.slice(folded.indexOf(":"));
  return (
    names.find((other) => isOneEditAway(other.toLowerCase(), folded)) ??
    names.find(
      (other) => other.toLowerCase().endsWith(local) && other.indexOf(":") === other.length - local.length,
    )
  );
}

/**
 * Replace a name wherever it stands whole.
 * @param {string} query
 * @param {string} name
 * @param {string} other
 */
export function replaceName(query, name, other) {
  const escaped = name.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_?$:.-])${escaped}(?![\\p{L}\\p{N}_-])`, "gu");
  return query.replace(whole, () => other);
}
