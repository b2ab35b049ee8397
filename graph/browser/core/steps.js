/** The steps that routes are made of, read from the answer to `route.rq`; as graph/route.py does. */

import { compareText } from "./paths.js";

/**
 * @typedef {{name: string, label: string, unit: string, text: string, item: string, max: string}} Measure
 * @typedef {{
 *   criteria: [string, string[]][], measures: Measure[], sources: [string, string][],
 *   maxSteps: number, startHint: string, endHint: string
 * }} Policy
 * @typedef {{value: bigint | null, max: bigint | null, item: string, isMissing: boolean}} Amount
 * @typedef {{
 *   start: string, end: string, text: string, requires: string, recommends: string, level: string,
 *   amounts: Amount[], sources: [string, string][]
 * }} Step
 * @typedef {Map<string, Map<string, Step>>} Steps by their start, then by their end
 * @typedef {Record<string, string | undefined>} Row of the answer to `route.rq`: texts by their columns
 */

/** Decimals that are kept of a number; as many as the store keeps. */
export const DECIMALS = 18;
const NUMBER = /^\s*(-?)\+?(\d*)\.?(\d*)(?:e([+-]?\d{1,2}))?\s*$/i;

/**
 * Make sure that every column is there.
 * @param {string[]} columns of the answer
 * @param {Policy} policy
 */
export function checkColumns(columns, { measures, sources }) {
  const measured = measures.flatMap(({ name, item, max }) => [name, item, max]).filter(Boolean);
  const needed = ["from", "to", "text", ...measured, ...sources.map(([column]) => column)];
  const lost = needed.find((column) => !columns.includes(column));
  if (lost) throw new Error(`route.rq does not select ?${lost}; add this column to its SELECT.`);
}

/**
 * Read the steps by their start and their end; of several between the same two items, keep one.
 * @param {Iterable<Row>} rows
 * @param {Policy} policy
 * @returns {Steps}
 */
export function readSteps(rows, policy) {
  /** @type {Steps} */
  const steps = new Map();
  for (const row of rows) {
    const step = stepOf(row, policy);
    const ends = steps.get(step.start) ?? new Map();
    steps.set(step.start, ends);
    const other = ends.get(step.end);
    if (!other || compare(rank(step, policy), rank(other, policy)) < 0) ends.set(step.end, step);
  }
  return steps;
}

/**
 * @param {Row} row
 * @param {Policy} policy
 * @returns {Step}
 */
function stepOf(row, policy) {
  const text = (/** @type {string} */ column) => row[column] ?? "";
  const parts = new Map([[text("source"), [""]]]);
  for (const [column, part] of policy.sources) {
    const source = text(column);
    if (source !== text("source")) parts.set(source, [...(parts.get(source) ?? []), part]);
  }
  return {
    start: text("from"),
    end: text("to"),
    text: text("text") || "leads to",
    requires: text("requires"),
    recommends: text("recommends"),
    level: text("level"),
    amounts: policy.measures.map((measure) => amountOf(row, measure)),
    sources: [...parts].flatMap(([source, names]) => (source ? [[names.join(", "), source]] : [])),
  };
}

/**
 * @param {Row} row
 * @param {Measure} measure
 * @returns {Amount}
 */
function amountOf(row, { name, item, max }) {
  const [value, upper] = [number(row, name), number(row, max)];
  const about = row[item] ?? "";
  const highest = value !== null && upper !== null && upper > value ? upper : value;
  return { value, max: highest, item: about, isMissing: value === null && (about !== "" || item === "") };
}

/**
 * Read a number without rounding: as a whole number of its last decimals.
 * @param {Row} row
 * @param {string} column
 */
function number(row, column) {
  const text = row[column];
  if (text === undefined) return null;
  const [, minus, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  const shift = DECIMALS - fraction.length + Number(exponent);
  const factor = 10n ** BigInt(Math.abs(shift));
  const units = (BigInt(whole + fraction) * (shift < 0 ? 1n : factor)) / (shift < 0 ? factor : 1n);
  if (whole + fraction === "" || (minus === "-" && units > 0n)) {
    throw new Error(`route.rq gives “${text}” as ?${column}; let it be a number of zero or more.`);
  }
  return units;
}

/**
 * Order the steps between the same two items; no two that differ are equal in it.
 * @param {Step} step
 * @param {Policy} policy
 * @returns {(bigint | string)[]}
 */
function rank({ text, requires, recommends, level, amounts, sources }, { measures }) {
  const values = amounts.flatMap(({ value, max, isMissing }, index) => [
    BigInt(measures[index]?.item !== "" && isMissing),
    value ?? 0n,
    BigInt(value === null),
    max ?? 0n,
  ]);
  return [
    ...values,
    text,
    requires,
    recommends,
    level,
    ...amounts.map(({ item }) => item),
    ...sources.flat(),
  ];
}

/**
 * @param {(bigint | string)[]} a
 * @param {(bigint | string)[]} b
 */
function compare(a, b) {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one = "", other = ""] = [a[index], b[index]];
    if (one === other) continue;
    if (typeof one === "string" && typeof other === "string") return compareText(one, other);
    return one < other ? -1 : 1;
  }
  return 0;
}
