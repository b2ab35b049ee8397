/** The panel Compare: two to four items side by side, with differences marked and sources numbered. */

import { select } from "../actions.js";
import { compareItems } from "../core/comparison.js";
import { joinAbout } from "../core/question.js";
import { toSparqlIri } from "../core/terms.js";
import { labelOf, loadTypes } from "../data/labels.js";
import { payload } from "../data/payload.js";
import { query } from "../data/store.js";
import { MAX_COMPARED, navigate, state } from "../state.js";
import { withProgress } from "../ui/busy.js";
import { combobox } from "../ui/combobox.js";
import { announce, button, byId, h, render } from "../ui/dom.js";
import { itemButton, renderTerm } from "../ui/term.js";

/** @typedef {import("../core/comparison.js").ComparisonRow} ComparisonRow */
/** @typedef {import("../core/comparison.js").SourcedValue} SourcedValue */
/** @typedef {Map<string, number>} Numbers Of the sources. */

/** Ask for what the data states about some items. @param {string[]} iris @param {AbortSignal} [signal] */
export async function comparisonOf(iris, signal) {
  const compare = payload.systemQueries["compare"];
  if (!compare) throw new Error("The page has no query for comparisons.");
  const results = await query(joinAbout(compare, iris.map(toSparqlIri)), signal);
  return compareItems(results.rows, iris);
}

/** Show the comparison that the state names. */
export async function showCompare() {
  const items = state.compare;
  const remove = (/** @type {string} */ iri) =>
    button("×", () => navigate({ compare: state.compare.filter((other) => other !== iri) }), {
      class: "plain",
      "aria-label": `Remove ${labelOf(iri)}`,
    });
  const list = items.map((iri) => h("li", {}, labelOf(iri), remove(iri)));
  const pick = (/** @type {string} */ iri) =>
    navigate({ compare: [...new Set([...state.compare, iri])].slice(0, MAX_COMPARED) });
  const result = h("div");
  render(
    byId("compare"),
    h("h2", {}, "Compare"),
    h("ul", { class: "chosen", "aria-label": "Compared" }, list),
    items.length < MAX_COMPARED && combobox("Add to comparison", { pick }, "Add an item …"),
    result,
  );
  if (items.length < 2) {
    const hint = "Choose two to four items here, or click Compare in an item's details.";
    return render(result, h("p", { class: "hint" }, hint));
  }
  await withProgress(result, "Comparing", (signal) => comparisonView(items, signal), {
    isCurrent: () => items.join(" ") === state.compare.join(" "),
  });
}

/** @param {string[]} items @param {AbortSignal} signal */
async function comparisonView(items, signal) {
  const { rows, sources } = await comparisonOf(items, signal);
  const terms = rows.flatMap(({ cells }) => cells.flat()).map(({ value }) => value);
  await loadTypes(terms.flatMap(({ type, value }) => (type === "uri" ? [value] : [])));
  const numbers = new Map(sources.map(([source], index) => [source, index + 1]));
  const heads = items.map((iri) => h("th", { scope: "col" }, itemButton(iri, select)));
  const head = h("thead", {}, h("tr", {}, h("td"), heads));
  const table = h(
    "table",
    { class: "compare" },
    head,
    h(
      "tbody",
      {},
      rows.map((row) => tableRow(row, numbers)),
    ),
  );
  const toggle = () => table.classList.toggle("differing", only.checked);
  const only = h("input", { type: "checkbox", onchange: toggle });
  const references = sources.map(([source, note]) =>
    h("li", {}, itemButton(source, select), note && h("span", { class: "count" }, ` · ${note}`)),
  );
  performance.mark("graph:answer");
  announce(`${rows.length} rows compared`);
  return [
    h(
      "p",
      { class: "actions" },
      h("label", {}, only, " Differences only"),
      button("Print", () => print()),
    ),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Comparison" }, table),
    h("ol", { class: "references", "aria-label": "Sources" }, references),
  ];
}

/** @param {ComparisonRow} row @param {Numbers} numbers */
function tableRow({ name, cells, differs }, numbers) {
  const mark = h("span", { role: "img", title: "differs", "aria-label": "differs:" }, "≠ ");
  return h(
    "tr",
    { class: differs ? "differs" : "same" },
    h("th", { scope: "row" }, differs && mark, name),
    cells.map((all) => h("td", {}, all.length === 0 ? gap() : all.map((value) => cellLine(value, numbers)))),
  );
}

function gap() {
  return h("span", { class: "gap" }, "not stated");
}

/** @param {SourcedValue} value @param {Numbers} numbers */
function cellLine({ value, period, sources }, numbers) {
  const references = sources.map((source) => numbers.get(source) ?? 0).sort((a, b) => a - b);
  return h(
    "div",
    {},
    renderTerm(value, select),
    period && h("span", { class: "count" }, ` (${period})`),
    references.length > 0 && h("sup", {}, references.join(", ")),
  );
}
