/** An answer to look at: a table that sorts, bars where there is a number per thing, yes or no, triples. */

import { barChart } from "./chart.js";
import { announce, h } from "./dom.js";
import { term } from "./details.js";
import { download } from "./download.js";
import { numberOf } from "./literals.js";
import { isKnown, label, learnKinds } from "./names.js";
import { showOnly } from "./picture.js";
import { read, turtle } from "./turtle.js";

/** @typedef {import("./store.js").Answer} Answer */
/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./store.js").Term} Term */

const AT_ONCE = 200;
const BARS = 60;
/** From how many characters on a text needs a wide column. */
const LONG = 45;
/** From how many pixels on a table is scrolled to the side rather than shown as cards. */
const NARROW = 670;
/** How many characters of Turtle are shown. */
const SEEN = 100_000;
const alphabet = new Intl.Collator("en", { numeric: true });

/**
 * Make an answer visible.
 * @param {Answer} answer
 * @param {{name: string, select: (iri: string) => void, acts?: HTMLElement[]}} options
 * @returns {Promise<HTMLElement>}
 */
export async function answerView(answer, { name, select, acts = [] }) {
  if (answer.yes !== undefined) return h("div", { class: "answer" }, h("p", { class: "yes" }, answer.yes ? "Yes" : "No"));
  if (answer.triples !== undefined) return triplesView(answer.triples, name, acts);
  const iris = answer.rows.flatMap((row) => Object.values(row).flatMap((value) => (value?.type === "uri" ? [value.value] : [])));
  await learnKinds(iris.slice(0, 5000));
  const count = `${answer.rows.length.toLocaleString("en")} row${answer.rows.length === 1 ? "" : "s"}`;
  return h(
    "div",
    { class: "answer" },
    actsOn(iris, count, h("button", { type: "button", onclick: () => download(`${name}.csv`, csv(answer), "text/csv") }, "Download CSV"), ...acts),
    answer.rows.length === 0 ? h("p", { class: "gap" }, "Nothing in the data answers this.") : [chartOf(answer, name), ...table(answer, select)],
  );
}

/** Say how much there is, and offer what can be done with it. @param {string[]} iris @param {string} count @param {HTMLElement[]} acts */
function actsOn(iris, count, ...acts) {
  announce(count);
  return h("p", { class: "acts" }, h("span", { class: "count" }, count), h("button", { type: "button", onclick: () => showOnly(iris) }, "Show in picture"), acts);
}

/** @param {Answer} answer @param {(iri: string) => void} select */
function table(answer, select) {
  let rows = answer.rows;
  let seen = AT_ONCE;
  /** @type {{column: string, down: boolean} | null} */
  let order = null;
  const body = h("tbody");
  const more = h("button", { type: "button", class: "plain", hidden: true, onclick: () => { seen += AT_ONCE; draw(); } });
  const heads = answer.columns.map((column) =>
    h("th", { scope: "col", "aria-sort": "none" }, h("button", { type: "button", class: "plain", onclick: () => sort(column) }, words(column))),
  );
  const sort = (/** @type {string} */ column) => {
    order = { column, down: order?.column === column && !order.down };
    rows = [...answer.rows].sort((a, b) => compare(a[column], b[column]) * (order?.down ? -1 : 1));
    heads.forEach((head, index) => head.setAttribute("aria-sort", answer.columns[index] !== column ? "none" : order?.down ? "descending" : "ascending"));
    draw();
  };
  const draw = () => {
    body.replaceChildren(...rows.slice(0, seen).map((row, index) => {
      const told = again(answer.columns, row, rows[index - 1]);
      return h("tr", {}, answer.columns.map((column, place) => h("td", { class: look(row[column], place < told), "data-column": words(column) }, cell(row[column], select))));
    }));
    more.hidden = rows.length <= seen;
    more.textContent = `+${(rows.length - seen).toLocaleString("en")} more`;
  };
  draw();
  return inCards(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Answer" }, h("table", {}, h("thead", {}, h("tr", {}, heads)), body), more));
}

/** Show rows as cards while a table needs more than a narrow place has. @param {HTMLElement} place */
function inCards(place) {
  const ruler = h("div");
  let needed = 0;
  new ResizeObserver(() => {
    if (!place.classList.contains("cards")) needed = place.scrollWidth;
    place.classList.toggle("cards", ruler.clientWidth < Math.min(needed, NARROW));
  }).observe(ruler);
  return [ruler, place];
}

/** @param {Term | undefined} value @param {boolean} isTold */
function look(value, isTold) {
  return `${isTold ? "again" : ""} ${text(value).length > LONG ? "long" : ""}`.trim() || null;
}

/** Count the first columns that say again what the row above says. @param {string[]} columns @param {Row} row @param {Row | undefined} above */
function again(columns, row, above) {
  const fresh = columns.findIndex((column) => row[column]?.value !== above?.[column]?.value);
  return above && fresh > 0 ? fresh : 0;
}

/** @param {Term | undefined} value @param {(iri: string) => void} select */
function cell(value, select) {
  return value ? term(value, { select }) : h("span", { class: "gap" }, "not stated");
}

/** Write the name of a column as words. @param {string} column */
export function words(column) {
  return column.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/_/g, " ").toLowerCase();
}

/** @param {Term | undefined} value */
function text(value) {
  return !value ? "" : value.type === "uri" && isKnown(value.value) ? label(value.value) : value.value;
}

/** @param {Term | undefined} a @param {Term | undefined} b */
function compare(a, b) {
  const [one, other] = [numberOf(a), numberOf(b)];
  if (!Number.isNaN(one) && !Number.isNaN(other)) return one - other;
  return alphabet.compare(text(a), text(b));
}

/** Draw bars where each row has one number and the first column tells the rows apart. @param {Answer} answer @param {string} name */
function chartOf(answer, name) {
  const numbers = answer.columns.filter((column) => answer.rows.every((row) => !Number.isNaN(numberOf(row[column]))));
  const labels = answer.columns.filter((column) => !numbers.includes(column));
  const naming = labels.find((column) => new Set(answer.rows.map((row) => text(row[column]))).size === answer.rows.length);
  const column = numbers[0];
  if (!column || numbers.length > 1 || !naming || answer.rows.length < 2 || answer.rows.length > BARS) return null;
  return barChart(`${name}: ${words(column)} for each ${words(naming)}`, answer.rows.map((row) => ({ label: text(row[naming]), value: numberOf(row[column]) })));
}

/** Write an answer as CSV, IRIs in full, as the SPARQL standard has it. @param {Answer} answer */
export function csv(answer) {
  const quoted = (/** @type {string} */ value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [answer.columns, ...answer.rows.map((row) => answer.columns.map((column) => row[column]?.value ?? ""))].map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
}

/** @param {string} triples @param {string} name @param {HTMLElement[]} acts */
function triplesView(triples, name, acts) {
  const iris = [...new Set(read(triples).flatMap(({ subject, object }) => [subject, object]))].flatMap((term) => (term.startsWith("<") ? [term.slice(1, -1)] : []));
  const written = turtle(triples);
  const many = triples.split("\n").filter(Boolean).length;
  const count = `${many.toLocaleString("en")} triple${many === 1 ? "" : "s"}`;
  return h(
    "div",
    { class: "answer" },
    actsOn(iris, count, h("button", { type: "button", onclick: () => download(`${name}.ttl`, written, "text/turtle") }, "Download Turtle"), ...acts),
    h("pre", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Triples" }, written.slice(0, SEEN)),
    written.length > SEEN && h("p", { class: "hint" }, "This is the beginning; the download has all of it."),
  );
}
