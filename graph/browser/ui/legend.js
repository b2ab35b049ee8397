/** The legend, which is also the filter: a checkbox for each class and relation, with counts. */

import { classLabel, classOf } from "../data/labels.js";
import { classOrder, classStyles, payload, relationLabel } from "../data/payload.js";
import { byId, h, render } from "./dom.js";
import { swatch } from "./node-shapes.js";

/** @typedef {import("../data/payload.js").Edge} Edge */

/**
 * @param {string[]} shown
 * @param {Edge[]} edges
 * @param {Set<string>} hidden
 * @param {(iri: string) => void} toggle
 */
export function renderLegend(shown, edges, hidden, toggle) {
  const box = (
    /** @type {string} */ iri,
    /** @type {(Node | string)[]} */ name,
    /** @type {string} */ count,
  ) => {
    const attributes = { type: "checkbox", checked: !hidden.has(iri), "data-iri": iri };
    const input = h("input", { ...attributes, onchange: () => toggle(iri) });
    return h("label", {}, input, ...name, h("span", { class: "count" }, count));
  };
  const nameOf = (/** @type {string} */ text) => h("span", { class: "name" }, text);
  const classes = [...countBy(shown.map(classOf))].sort(([a], [b]) => classOrder(a) - classOrder(b));
  const relations = [...countBy(edges.map(({ relation }) => relation))].sort((a, b) => b[1] - a[1]);
  const all = (/** @type {string} */ iri) => classStyles.get(iri)?.count ?? payload.untypedCount;
  const isOpen = byId("legend").querySelector("details")?.open;
  render(
    byId("legend"),
    h("legend", {}, "Legend"),
    classes.map(([iri, count]) =>
      box(iri, [swatch(iri), nameOf(classLabel(iri))], `${format(count)} of ${format(all(iri))}`),
    ),
    h(
      "details",
      { open: isOpen },
      h("summary", {}, "Relations"),
      relations.map(([iri, count]) => box(iri, [nameOf(relationLabel(iri))], format(count))),
    ),
  );
}

/** @param {number} count */
function format(count) {
  return count.toLocaleString("en");
}

/** @param {string[]} values @returns {Map<string, number>} */
function countBy(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
