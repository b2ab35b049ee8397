/** What the data is, how old, from which sources; what keys do what; whose work is in the page. */

import { by, fill, h, link } from "./dom.js";
import { areKeysOn, switchKeys } from "./keys.js";
import { page } from "./payload.js";

const KEYS = [
  ["/", "find a thing"],
  ["↑ ↓ Enter", "choose among hits, or walk the list Shown"],
  ["e", "expand what is selected"],
  ["f", "fit everything into view"],
  ["+ −", "zoom the picture"],
  ["← → ↑ ↓", "move the picture, when it has the focus"],
  ["Alt+←", "take the last act back"],
  ["Ctrl+Enter", "run the query"],
  ["?", "open this list"],
  ["Esc", "close what is open, or select nothing"],
];

/** Open the panel. */
export function showAbout() {
  fill(
    by("about"),
    h("h2", {}, "About"),
    h("p", {}, page.description),
    h("dl", { class: "facts" }, page.facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, /^https?:/.test(value) ? link(value, page.base) : value)])),
    h("h3", {}, "Keys"),
    h("table", {}, h("tbody", {}, KEYS.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key ?? "")), h("td", {}, what))))),
    h("p", {}, h("label", {}, h("input", { type: "checkbox", checked: areKeysOn(), onchange: (/** @type {Event} */ event) => switchKeys(/** @type {HTMLInputElement} */ (event.target).checked) }), " Keys of one sign, such as / and e, work")),
    h("h3", {}, "Whose work is in this page"),
    h("p", { class: "hint" }, "vis-network draws the picture (Apache 2.0 or MIT); Oxigraph answers SPARQL (MIT or Apache 2.0); CodeMirror is the editor (MIT)."),
    h("details", {}, h("summary", {}, "Licence notices"), h("pre", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Licence notices" }, document.getElementById("notices")?.textContent ?? "")),
  );
}
