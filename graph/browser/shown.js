/** The list twin of the picture: everything shown, by kind, for eyes, keyboards and screen readers alike. */

import { by, fill, h } from "./dom.js";
import { kindOf, label } from "./names.js";
import { kinds } from "./payload.js";
import { SHAPES } from "./shapes.js";

/**
 * @param {string[]} shown
 * @param {string} selected
 * @param {Set<string>} hidden
 * @param {(iri: string) => void} select
 * @param {number} [links] how many links are filtered out
 */
export function listShown(shown, selected, hidden, select, links = 0) {
  const seen = shown.filter((iri) => !hidden.has(kindOf(iri)));
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const iri of seen) groups.set(kindOf(iri), [...(groups.get(kindOf(iri)) ?? []), iri]);
  const order = (/** @type {string} */ kind) => kinds.get(kind)?.order ?? 9999;
  const sorted = [...groups].sort(([a], [b]) => order(a) - order(b));
  const current = seen.includes(selected) ? selected : sorted[0]?.[1].sort(byLabel)[0];
  fill(
    by("shown"),
    sorted.map(([kind, things]) =>
      h(
        "li",
        {},
        h("span", { class: "group" }, swatch(kind), `${kinds.get(kind)?.label ?? "thing"} (${things.length})`),
        h(
          "ul",
          { "aria-label": kinds.get(kind)?.label ?? "thing" },
          things.sort(byLabel).map((iri) =>
            h("li", {}, h("button", { type: "button", class: "plain", "aria-current": iri === selected ? "true" : null, tabindex: iri === current ? 0 : -1, onclick: () => select(iri), "data-iri": iri }, label(iri))),
          ),
        ),
      ),
    ),
  );
  const away = shown.length - seen.length;
  const out = [away ? `${away} filtered out` : "", links ? `${links} link${links === 1 ? "" : "s"} filtered out` : ""].filter(Boolean);
  by("shown-count").textContent = `${seen.length} of ${shown.length} shown${out.map((words) => `, ${words}`).join("")}`;
}

/** Let the arrow keys walk the list. */
export function walkShown() {
  by("shown").addEventListener("keydown", (event) => {
    const buttons = [...by("shown").querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const moves = /** @type {Record<string, number>} */ ({ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 });
    const to = buttons[moves[event.key] ?? -1];
    if (!to) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
    to.focus();
  });
}

/** @param {string} a @param {string} b */
function byLabel(a, b) {
  return label(a).localeCompare(label(b));
}

/** A small sign with the shape and colour of a kind. @param {string} kind @returns {SVGElement} */
export function swatch(kind) {
  const look = kinds.get(kind);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-10 -10 20 20");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[look?.shape ?? "dot"] ?? SHAPES["dot"] ?? "");
  path.setAttribute("fill", look?.colour ?? "#d3d3d3");
  svg.append(path);
  return svg;
}
