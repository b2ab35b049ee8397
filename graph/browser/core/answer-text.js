/**
 * The answer of a question in plain sentences: templates in its header, filled from its rows.
 * As graph/answer_text.py does; tests/cases/answers.json holds both to one result.
 */

/**
 * @typedef {Record<string, string>} Row
 * @typedef {{ heading: string, format: string }} Column a column without a heading is not shown
 * @typedef {{
 *   many: string, one: string, none: string, columns: Record<string, Column>, join: string[]
 * }} Wording
 */

const MAX_LISTED = 10;
const HOLE = /\{(first|last|list|count|set)(?:\.(\w+))?(?: if (\w+)(!?=)([^{}[\]]*))?\}/g;

/**
 * Write one cell; only a number takes the format of its column.
 * @param {string} text
 * @param {Column | undefined} column
 * @param {Row} row
 */
export function cellText(text, column, row) {
  const parts = column?.format ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) : null;
  if (!column || !parts) return text;
  const [, minus = "", whole = "", digits = ""] = parts;
  const fraction = digits.replace(/0+$/, "");
  const number = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? `.${fraction}` : "");
  const format = column.format
    .replace(/\{(\w+)\}/g, (_, name) => row[name] ?? "")
    .replace(/# US dollars\b/g, () => "$#");
  return (minus + format.replaceAll("#", () => number)).trim();
}

/**
 * Write the cells of all rows as their columns say.
 * @param {Row[]} rows
 * @param {Wording} wording
 * @returns {Row[]}
 */
export function displayed(rows, wording) {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, text]) => [key, cellText(text, wording.columns[key], row)]),
    ),
  );
}

/**
 * Drop the columns that are not shown, and make one row of rows that differ only in a joined column.
 * @param {Row[]} rows
 * @param {Wording} wording
 * @returns {Row[]}
 */
export function joined(rows, wording) {
  /** @type {Map<string, Record<string, string[]>>} */
  const groups = new Map();
  for (const row of rows) {
    const shown = Object.entries(row).filter(([key]) => wording.columns[key]?.heading !== "");
    const key = JSON.stringify(shown.filter(([name]) => !wording.join.includes(name)));
    const group = groups.get(key) ?? Object.fromEntries(shown.map(([name]) => [name, []]));
    groups.set(key, group);
    for (const [name, text] of shown) if (!group[name]?.includes(text)) group[name]?.push(text);
  }
  return [...groups.values()].map((group) =>
    Object.fromEntries(
      Object.entries(group).map(([name, texts]) => [name, texts.filter(Boolean).join("; ")]),
    ),
  );
}

/**
 * Fill the template that fits the number of rows.
 * @param {Wording} wording
 * @param {Row[]} rows as `displayed` writes them
 * @param {Row} [settings] the parameters of the question, as people read them
 */
export function answerText(wording, rows, settings = {}) {
  const template = rows.length === 0 ? wording.none : rows.length === 1 ? wording.one : wording.many;
  const text = template
    .replace(/\[([^\]]*)\]/g, (_, part) => {
      const holes = [...part.matchAll(HOLE)].map((hole) => filled(hole, rows, settings));
      return holes.some((value) => value === "" || value === "0") ? "" : part;
    })
    .replace(HOLE, (...hole) => {
      const value = filled(hole, rows, settings) || "not stated";
      const [string, offset] = [hole.at(-1), hole.at(-2)];
      const startsSentence = /(^|[.!?]\s+)$/.test(string.slice(0, offset).trimStart());
      return startsSentence ? value.slice(0, 1).toUpperCase() + value.slice(1) : value;
    });
  return text.replace(/ {2,}/g, " ").trim();
}

/**
 * @param {ArrayLike<any>} hole
 * @param {Row[]} rows
 * @param {Row} settings
 * @returns {string}
 */
function filled(hole, rows, settings) {
  const name = hole[1];
  const variable = hole[2];
  const other = hole[3];
  if (name === "set") return settings[variable] ?? "";
  let chosen = rows;
  if (other) {
    const end = { [`first.${other}`]: 0, [`last.${other}`]: -1 }[hole[5]];
    const wanted = rows.length && end !== undefined ? (rows.at(end)?.[other] ?? "") : hole[5];
    chosen = rows.filter((row) => ((row[other] ?? "") === wanted) === (hole[4] === "="));
  }
  if (!variable) return chosen.length.toLocaleString("en-US");
  const values = [...new Set(chosen.map((row) => row[variable] ?? "").filter(Boolean))];
  if (name === "count") return values.length.toLocaleString("en-US");
  if (name !== "list") return (name === "first" ? values[0] : values.at(-1)) ?? "";
  return listText(values);
}

/** @param {string[]} values */
function listText(values) {
  const more = values.length - MAX_LISTED;
  const parts = more > 1 ? [...values.slice(0, MAX_LISTED), `${more.toLocaleString("en-US")} more`] : values;
  if (parts.some((part) => /[,;]/.test(part))) return parts.join("; ");
  if (parts.length < 3) return parts.join(" and ");
  return `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}
