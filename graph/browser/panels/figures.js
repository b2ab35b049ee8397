/** The figures about an item: a table of the current ones with bars, and one of those that no longer hold. */

import { select } from "../actions.js";
import { barChart } from "../ui/chart.js";
import { h } from "../ui/dom.js";
import { renderTerm } from "../ui/term.js";

/** @typedef {import("../core/terms.js").Row} Row */

const MAX_BARS = 12;
/** Columns that are told otherwise than in a column of their own. */
const FOLDED = new Set(["holdsToday", "stated", "unit"]);

/**
 * @param {import("../core/terms.js").Results} figures rows of `measure`, `stated`, `value`, `unit`,
 *   `holdsToday` and others
 */
export function renderFigures(figures) {
  const columns = figures.columns.filter((column) => !FOLDED.has(column));
  const isCurrent = (/** @type {Row} */ row) => row["holdsToday"]?.value !== "no";
  const current = figures.rows.filter(isCurrent);
  const past = figures.rows.filter((row) => !isCurrent(row));
  const summary = `Current figures${past.length > 0 ? ` · ${past.length} superseded or disputed` : ""}`;
  return h(
    "section",
    { "aria-label": "Figures", id: "figures" },
    h("h3", {}, "Figures"),
    current.length > 0 && [
      h("p", { class: "hint" }, summary),
      bars(current),
      table(columns, current, "Current figures"),
    ],
    past.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, `${past.length} superseded or disputed`),
        table(columns, past, "Superseded or disputed figures"),
      ),
  );
}

/** @param {string[]} columns @param {Row[]} rows @param {string} name */
function table(columns, rows, name) {
  const cell = (/** @type {Row} */ row, /** @type {string} */ column) => {
    const term = row[column];
    return h("td", {}, column === "value" ? figure(row) : term && renderTerm(term, select));
  };
  const head = h(
    "tr",
    {},
    columns.map((column) => h("th", { scope: "col" }, column)),
  );
  const body = rows.map((row) =>
    h(
      "tr",
      {},
      columns.map((column) => cell(row, column)),
    ),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": name },
    h("table", {}, h("thead", {}, head), h("tbody", {}, body)),
  );
}

/** Write a figure as its source states it, as in "about 6 percent a year". @param {Row} row */
function figure({ stated, value, unit }) {
  const parts = [stated, value, unit].flatMap((term) => (term?.value ? [renderTerm(term, select)] : []));
  return parts.flatMap((part, index) => (index > 0 ? [" ", part] : [part]));
}

/** Draw the figures of the unit that most of them share. @param {Row[]} rows */
function bars(rows) {
  /** @type {Map<string, {label: string, value: number}[]>} */
  const units = new Map();
  for (const { measure, value, unit } of rows) {
    if (!measure || !unit || !/(integer|decimal)$/.test(value?.datatype ?? "")) continue;
    const group = units.get(unit.value) ?? [];
    units.set(unit.value, group);
    if (group.some(({ label }) => label === measure.value)) continue;
    group.push({ label: measure.value, value: Number(value?.value) });
  }
  const charts = [...units].filter(([, group]) => group.length >= 2 && group.length <= MAX_BARS);
  const [unit, group] = charts.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  return unit && group ? barChart(unit, group) : null;
}
