/** Numbers and booleans as people read them: no digit is lost, and none is added. */

/** @typedef {import("./terms.js").Term} Term */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const MAX_UNGROUPED = 10_000;
/** @type {Record<string, string>} */
const BOOLEANS = { true: "yes", 1: "yes", false: "no", 0: "no" };

/** Give the number that a literal stands for, or NaN. @param {Term | undefined} term @returns {number} */
export function numberOf(term) {
  const isNumeric = /#(integer|decimal|double|float)$/.test(term?.datatype ?? "");
  return term && isNumeric && NUMBER.test(term.value) ? Number(term.value) : Number.NaN;
}

/**
 * Write a number with thousands separators; one of four digits may be a year and gets none.
 * @param {Term} term
 */
export function formatNumber(term) {
  if (/^-?\d{1,4}$/.test(term.value)) return String(Number(term.value));
  if (/^-?\d+$/.test(term.value) && !/(double|float)$/.test(term.datatype ?? "")) {
    return BigInt(term.value).toLocaleString("en");
  }
  const number = numberOf(term);
  const size = Math.abs(number);
  if (size !== 0 && (size < 0.001 || size >= 1e15)) {
    return term.datatype?.endsWith("#decimal") ? term.value : number.toExponential().replace("e+", "e");
  }
  return number.toLocaleString("en", { maximumFractionDigits: 6, useGrouping: size >= MAX_UNGROUPED });
}

/** Write a boolean as yes or no, and anything else as nothing. @param {Term} term */
export function formatBoolean(term) {
  return term.datatype?.endsWith("#boolean") ? (BOOLEANS[term.value] ?? "") : "";
}
