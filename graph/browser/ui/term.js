/** One RDF term as people read it: a button, a link, a number, or text. */

import { formatBoolean, formatNumber, numberOf } from "../core/format-literal.js";
import { isKnown, labelOf } from "../data/labels.js";
import { payload, relationLabel } from "../data/payload.js";
import { button, h, link } from "./dom.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {(iri: string) => unknown} Select */

/** Make the button that selects an item. @param {string} iri @param {Select} select */
export function itemButton(iri, select) {
  return button(labelOf(iri), () => select(iri), { class: "plain" });
}

/** @param {Term} term @param {Select} select @returns {HTMLElement} */
export function renderTerm(term, select) {
  if (term.type === "uri") {
    return isKnown(term.value) ? itemButton(term.value, select) : link(term.value, payload.base);
  }
  if (term.parts) return renderTriple(term.parts, select);
  if (!Number.isNaN(numberOf(term))) return h("span", { class: "number" }, formatNumber(term));
  if (formatBoolean(term)) return h("span", {}, formatBoolean(term));
  if (term.datatype?.endsWith("#anyURI")) return link(term.value, payload.base);
  return h("span", { lang: term["xml:lang"] }, term.value);
}

/** @param {Term[]} parts @param {Select} select */
function renderTriple(parts, select) {
  const texts = parts.flatMap((part, index) => [
    index > 0 && " ",
    index === 1 ? relationLabel(part.value) : renderTerm(part, select),
  ]);
  return h("span", {}, "“", texts, "”");
}

/** Write a term as text, for sorting and for charts. @param {Term | undefined} term */
export function textOf(term) {
  if (!term) return "";
  return term.type === "uri" && isKnown(term.value) ? labelOf(term.value) : term.value;
}
