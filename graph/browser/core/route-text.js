/** Routes in words; as graph/text.py does. */

import { DECIMALS } from "./steps.js";

/**
 * @typedef {import("./steps.js").Policy} Policy
 * @typedef {import("./steps.js").Step} Step
 * @typedef {import("./routes.js").Route} Route
 */

/** @param {number} steps */
export function countText(steps) {
  return `${steps} step${steps === 1 ? "" : "s"}`;
}

/**
 * Write a number or a range with its unit, such as "# hour | # hours" or "€#".
 * @param {string} unit
 * @param {bigint} low
 * @param {bigint} high
 */
function amountText(unit, low, high) {
  const [one = "#", many = one] = unit.split("|").map((form) => form.trim());
  const single = 10n ** BigInt(DECIMALS);
  const fill = (/** @type {bigint} */ value) =>
    (value === single ? one : many).replace("#", () => numberText(value));
  if (low === high) return fill(low);
  return `${unit.startsWith("#") ? numberText(low) : fill(low)} to ${fill(high)}`;
}

/** @param {bigint} value */
function numberText(value) {
  const digits = value.toString().padStart(DECIMALS + 1, "0");
  const whole = digits.slice(0, -DECIMALS).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return fraction ? `${whole}.${fraction}` : whole;
}

/**
 * Write the sums of a route, and for how many steps they are not stated.
 * @param {Route} route
 * @param {Policy} policy
 */
export function sumsText({ steps, sums, maxSums, missing }, { measures }) {
  const text = measures.map(({ name, label, unit }, index) => {
    const gaps = missing[name] ?? 0;
    if (steps.every(({ amounts }) => amounts[index]?.value === null)) {
      return `${label}: ${gaps ? "not stated" : "none stated"}.`;
    }
    const total = amountText(unit, sums[name] ?? 0n, maxSums[name] ?? 0n);
    return `${label}: ${total}${gaps ? `, not stated for ${countText(gaps)}` : ""}.`;
  });
  return text.join(" ");
}

/**
 * Write what a step requires and what level it has; empty where nothing is stated.
 * @param {Step} step
 */
export function asideText({ requires, level }) {
  return [requires, level && `level: ${level}`].filter(Boolean).join("; ");
}

/**
 * Write what a step takes, and what is recommended before it.
 * @param {Step} step
 * @param {Policy} policy
 */
export function phrases({ amounts, recommends }, { measures }) {
  const taken = measures.flatMap(({ name, unit, text }, index) => {
    const { value = null, max = null, item = "" } = amounts[index] ?? {};
    if (value === null && !item) return [];
    const amount = value === null ? "(not stated)" : amountText(unit, value, max ?? value);
    return [text.replace(/{(.*?)}/g, (_, column) => (column === name ? amount : item))];
  });
  return recommends ? [...taken, `Recommended: ${recommends}`] : taken;
}
