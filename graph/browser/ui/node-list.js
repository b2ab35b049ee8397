/** The list Shown: the items in the graph by class, for eyes, keyboards and screen readers alike. */

import { byLabel, classLabel, classOf, labelOf } from "../data/labels.js";
import { classOrder } from "../data/payload.js";
import { byId, h, render } from "./dom.js";
import { swatch } from "./node-shapes.js";

/**
 * @param {string[]} shown
 * @param {string} selected
 * @param {Set<string>} hidden
 * @param {number} hiddenEdges how many edges are filtered out
 * @param {(iri: string) => void} select
 */
export function renderNodeList(shown, selected, hidden, hiddenEdges, select) {
  const visible = shown.filter((iri) => !hidden.has(classOf(iri)));
  const groups = [...groupByClass(visible)].sort(([a], [b]) => classOrder(a) - classOrder(b));
  const tabStop = visible.includes(selected) ? selected : groups[0]?.[1][0];
  const entry = (/** @type {string} */ iri) => {
    const attributes = { type: "button", class: "plain", "data-iri": iri, onclick: () => select(iri) };
    const state = { "aria-current": iri === selected ? "true" : null, tabindex: iri === tabStop ? 0 : -1 };
    return h("li", {}, h("button", { ...attributes, ...state }, labelOf(iri)));
  };
  render(
    byId("shown"),
    groups.map(([classIri, items]) =>
      h(
        "li",
        {},
        h("span", { class: "group" }, swatch(classIri), `${classLabel(classIri)} (${items.length})`),
        h("ul", { "aria-label": classLabel(classIri) }, items.map(entry)),
      ),
    ),
  );
  byId("shown-count").textContent = summary(visible.length, shown.length, hiddenEdges);
}

/** @param {string[]} iris @returns {Map<string, string[]>} */
function groupByClass(iris) {
  const groups = new Map();
  for (const iri of iris) groups.set(classOf(iri), [...(groups.get(classOf(iri)) ?? []), iri]);
  for (const items of groups.values()) items.sort(byLabel);
  return groups;
}

/** @param {number} visible @param {number} all @param {number} hiddenEdges */
function summary(visible, all, hiddenEdges) {
  const links = `${hiddenEdges} link${hiddenEdges === 1 ? "" : "s"} filtered out`;
  return [
    `${visible} of ${all} shown`,
    visible < all && `${all - visible} filtered out`,
    hiddenEdges > 0 && links,
  ]
    .filter(Boolean)
    .join(", ");
}

/** Let the arrow keys walk the list. */
export function listenForListKeys() {
  byId("shown").addEventListener("keydown", (event) => {
    const buttons = [...byId("shown").querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    const target = buttons[targets[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    target.focus();
  });
}
