/** The legend, which is the filter: a box for each kind and relation, with how many are shown. */

import { by, fill, h } from "./dom.js";
import { kindOf } from "./names.js";
import { kinds, page, relationName } from "./payload.js";
import { swatch } from "./shown.js";

/** @typedef {import("./canvas.js").Edge} Edge */

/**
 * @param {string[]} shown
 * @param {Edge[]} edges
 * @param {Set<string>} hidden
 * @param {(iri: string) => void} toggle
 */
export function drawLegend(shown, edges, hidden, toggle) {
  const things = tally(shown.map(kindOf));
  const links = tally(edges.map((edge) => edge.relation));
  const order = (/** @type {string} */ kind) => kinds.get(kind)?.order ?? 9999;
  fill(
    by("legend"),
    h("legend", {}, "Legend"),
    [...things].sort(([a], [b]) => order(a) - order(b)).map(([kind, count]) => box(kind, kinds.get(kind)?.label ?? "thing", `${count.toLocaleString("en")} of ${(kinds.get(kind)?.count ?? page.unsorted).toLocaleString("en")}`, hidden, toggle, swatch(kind))),
    h("details", { open: by("legend").querySelector("details")?.open }, h("summary", {}, "Relations"), [...links].sort((a, b) => b[1] - a[1]).map(([relation, count]) => box(relation, relationName(relation), String(count), hidden, toggle))),
  );
}

/** @param {string} iri @param {string} name @param {string} count @param {Set<string>} hidden @param {(iri: string) => void} toggle @param {Node} [sign] */
function box(iri, name, count, hidden, toggle, sign) {
  return h("label", {}, h("input", { type: "checkbox", checked: !hidden.has(iri), "data-iri": iri, onchange: () => toggle(iri) }), sign, h("span", { class: "name" }, name), h("span", { class: "count" }, count));
}

/** @param {string[]} values @returns {Map<string, number>} */
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
