/** What a literal says, as people read it: no digit lost, and nothing said that it does not say. */

/** @typedef {import("./store.js").Term} Term */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Give the number a literal stands for, or NaN. @param {Term | undefined} term @returns {number} */
export function numberOf(term) {
  const typed = /#(integer|decimal|double|float)$/.test(term?.datatype ?? "");
  return term && typed && NUMBER.test(term.value) ? Number(term.value) : Number.NaN;
}

/** Write a number with its thousands apart; one that is very small or large is not rounded. @param {Term} term */
export function numeral(term) {
  if (/^-?\d{1,4}$/.test(term.value)) return String(Number(term.value)); // a year is written so, and so is what looks like one
  if (/^-?\d+$/.test(term.value) && !/(double|float)$/.test(term.datatype ?? "")) return BigInt(term.value).toLocaleString("en");
  const number = numberOf(term);
  const size = Math.abs(number);
  if (size !== 0 && (size < 0.001 || size >= 1e15)) return term.datatype?.endsWith("#decimal") ? term.value : number.toExponential().replace("e+", "e");
  return number.toLocaleString("en", { maximumFractionDigits: 6, useGrouping: size >= 10_000 });
}

/** Say yes or no for a boolean, nothing for what is none. @param {Term} term */
export function yesOrNo(term) {
  if (!term.datatype?.endsWith("#boolean")) return "";
  return /** @type {Record<string, string>} */ ({ true: "yes", 1: "yes", false: "no", 0: "no" })[term.value] ?? "";
}
