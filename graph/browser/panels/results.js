/** The results of a query: a table that sorts, bars where each row has one number, yes or no, or triples. */

import { showItems, select } from "../actions.js";
import { toCsv } from "../core/csv.js";
import { numberOf } from "../core/format-literal.js";
import { toWords } from "../core/labels.js";
import { parseTriples, toTurtle } from "../core/turtle.js";
import { loadTypes } from "../data/labels.js";
import { compress, payload } from "../data/payload.js";
import { barChart } from "../ui/chart.js";
import { announce, button, h } from "../ui/dom.js";
import { saveFile } from "../ui/save.js";
import { renderTerm, textOf } from "../ui/term.js";

/** @typedef {import("../core/terms.js").Results} Results */
/** @typedef {import("../core/terms.js").Row} Row */
/** @typedef {import("../core/terms.js").Term} Term */

const PAGE_SIZE = 200;
const MAX_BARS = 60;
/** Of how many items the types are loaded, so that they are known by name. */
const MAX_TYPED = 5000;
/** From how many characters on a text gets a wide column. */
const LONG_TEXT = 45;
/** From how many pixels on a table scrolls sideways and is not shown as cards. */
const MIN_TABLE_WIDTH = 670;
/** How many characters of Turtle are shown. */
const MAX_TURTLE = 100_000;
const collator = new Intl.Collator("en", { numeric: true });

/**
 * @param {Results} results
 * @param {string} name what files are called
 * @param {HTMLElement[]} actions
 * @returns {Promise<HTMLElement>}
 */
export async function resultsView(results, name, actions) {
  if (results.boolean !== undefined) {
    return h("div", { class: "answer" }, h("p", { class: "boolean" }, results.boolean ? "Yes" : "No"));
  }
  if (results.triples !== undefined) return triplesView(results.triples, name, actions);
  const iris = results.rows.flatMap((row) =>
    Object.values(row).flatMap((term) => (term?.type === "uri" ? [term.value] : [])),
  );
  await loadTypes(iris.slice(0, MAX_TYPED));
  const save = button("Download CSV", () => saveFile(`${name}.csv`, resultsCsv(results), "text/csv"));
  const none = h("p", { class: "gap" }, "No results.");
  return h(
    "div",
    { class: "answer" },
    actionBar(iris, count(results.rows.length, "row"), save, ...actions),
    results.rows.length === 0 ? none : [chart(results, name), ...table(results)],
  );
}

/** @param {number} number @param {string} noun */
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * Tell how much there is, and offer what can be done with it.
 * @param {string[]} iris
 * @param {string} size
 * @param {HTMLElement[]} actions
 */
function actionBar(iris, size, ...actions) {
  announce(size);
  const show = iris.length > 0 && button("Show in graph", () => showItems(iris));
  return h("p", { class: "actions" }, h("span", { class: "count" }, size), show, actions);
}

/** Write results as CSV, with IRIs in full, as the SPARQL standard has it. @param {Results} results */
function resultsCsv({ columns, rows }) {
  return toCsv([columns, ...rows.map((row) => columns.map((column) => row[column]?.value ?? ""))]);
}

/** @param {Results} results */
function table({ columns, rows: unsorted }) {
  let rows = unsorted;
  let shown = PAGE_SIZE;
  /** @type {{column: string, isDescending: boolean} | null} */
  let order = null;
  const body = h("tbody");
  const showMore = () => {
    shown += PAGE_SIZE;
    draw();
  };
  const more = button("", showMore, { class: "plain" });
  const heads = columns.map((column) => {
    const sortBy = button(toWords(column), () => sort(column), { class: "plain" });
    return h("th", { scope: "col", "aria-sort": "none" }, sortBy);
  });
  const sort = (/** @type {string} */ column) => {
    const isDescending = order?.column === column && !order.isDescending;
    order = { column, isDescending };
    rows = [...unsorted].sort((a, b) => compareTerms(a[column], b[column]) * (isDescending ? -1 : 1));
    heads.forEach((head, index) => {
      const direction = isDescending ? "descending" : "ascending";
      head.setAttribute("aria-sort", columns[index] === column ? direction : "none");
    });
    draw();
  };
  const draw = () => {
    body.replaceChildren(
      ...rows.slice(0, shown).map((row, index) => tableRow(columns, row, rows[index - 1])),
    );
    more.hidden = rows.length <= shown;
    more.textContent = `+${(rows.length - shown).toLocaleString("en")} more`;
  };
  draw();
  const head = h("thead", {}, h("tr", {}, heads));
  const attributes = { class: "scroll", tabindex: 0, role: "region", "aria-label": "Answer" };
  return asCards(h("div", attributes, h("table", {}, head, body), more));
}

/** @param {string[]} columns @param {Row} row @param {Row | undefined} above */
function tableRow(columns, row, above) {
  const repeated = repeatedColumns(columns, row, above);
  const cells = columns.map((column, index) => {
    const term = row[column];
    const classes = [index < repeated && "repeated", textOf(term).length > LONG_TEXT && "long"];
    const attributes = { class: classes.filter(Boolean).join(" ") || null, "data-column": toWords(column) };
    return h("td", attributes, term ? renderTerm(term, select) : h("span", { class: "gap" }, "not stated"));
  });
  return h("tr", {}, cells);
}

/**
 * Count the first columns that repeat the row above.
 * @param {string[]} columns
 * @param {Row} row
 * @param {Row | undefined} above
 */
function repeatedColumns(columns, row, above) {
  const fresh = columns.findIndex((column) => row[column]?.value !== above?.[column]?.value);
  return above && fresh > 0 ? fresh : 0;
}

/**
 * Show rows as cards while a table needs more room than a narrow panel has.
 * @param {HTMLElement} container
 */
function asCards(container) {
  const ruler = h("div");
  let needed = 0;
  new ResizeObserver(() => {
    if (!container.classList.contains("cards")) needed = container.scrollWidth;
    container.classList.toggle("cards", ruler.clientWidth < Math.min(needed, MIN_TABLE_WIDTH));
  }).observe(ruler);
  return [ruler, container];
}

/** @param {Term | undefined} a @param {Term | undefined} b */
function compareTerms(a, b) {
  const [one, other] = [numberOf(a), numberOf(b)];
  if (!Number.isNaN(one) && !Number.isNaN(other)) return one - other;
  return collator.compare(textOf(a), textOf(b));
}

/**
 * Draw bars where each row has one number and another column tells the rows apart.
 * @param {Results} results
 * @param {string} name
 */
function chart({ columns, rows }, name) {
  const isNumeric = (/** @type {string} */ column) =>
    rows.every((row) => !Number.isNaN(numberOf(row[column])));
  const numbers = columns.filter(isNumeric);
  const labels = columns
    .filter((column) => !numbers.includes(column))
    .find((column) => new Set(rows.map((row) => textOf(row[column]))).size === rows.length);
  const [column] = numbers;
  if (!column || numbers.length > 1 || !labels || rows.length < 2 || rows.length > MAX_BARS) return null;
  const bars = rows.map((row) => ({ label: textOf(row[labels]), value: numberOf(row[column]) }));
  return barChart(`${name}: ${toWords(column)} for each ${toWords(labels)}`, bars);
}

/** @param {string} triples in N-Triples @param {string} name @param {HTMLElement[]} actions */
function triplesView(triples, name, actions) {
  const terms = parseTriples(triples).flatMap(({ subject, object }) => [subject, object]);
  const iris = [...new Set(terms)].flatMap((term) => (term.startsWith("<") ? [term.slice(1, -1)] : []));
  const text = toTurtle(triples, payload.prefixes, compress);
  const size = count(triples.split("\n").filter(Boolean).length, "triple");
  const save = button("Download Turtle", () => saveFile(`${name}.ttl`, text, "text/turtle"));
  const attributes = { class: "scroll", tabindex: 0, role: "region", "aria-label": "Triples" };
  const isCut = text.length > MAX_TURTLE;
  return h(
    "div",
    { class: "answer" },
    actionBar(iris, size, save, ...actions),
    h("pre", attributes, text.slice(0, MAX_TURTLE)),
    isCut && h("p", { class: "hint" }, "Only the beginning is shown; the download has all of it."),
  );
}
