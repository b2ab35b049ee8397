/** Comboboxes that find items by their names: arrows choose, Enter picks, Escape closes. */

import { classLabel, classOf, searchItems } from "../data/labels.js";
import { h, render } from "./dom.js";

/** @typedef {import("../core/search.js").Hit} Hit */
/**
 * @typedef {{pick: (iri: string) => unknown, pickText?: (text: string) => unknown}} Picks What takes an
 *   item, and what takes a text that names none.
 */

let count = 0;

/**
 * Let an input find items.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {Picks} picks
 */
export function makeCombobox(input, list, { pick, pickText }) {
  const prefix = `hit-${++count}-`;
  /** @type {Hit[]} */
  let hits = [];
  let current = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (/** @type {Hit | undefined} */ hit) => {
    if (!hit) return;
    close();
    input.value = "";
    pick(hit.iri);
  };
  const option = (/** @type {Hit} */ hit, /** @type {number} */ index) => {
    const onmousedown = (/** @type {Event} */ event) => {
      event.preventDefault();
      choose(hit);
    };
    const why = [classLabel(classOf(hit.iri)), hit.why].filter(Boolean).join(" · ");
    return h(
      "li",
      { role: "option", id: `${prefix}${index}`, "aria-selected": String(index === current), onmousedown },
      h("span", { class: "name" }, hit.text),
      h("span", { class: "why" }, why),
    );
  };
  const open = () => {
    render(list, hits.length > 0 ? hits.map(option) : noMatches());
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (current < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${prefix}${current}`);
    list.children[current]?.scrollIntoView({ block: "nearest" });
  };

  input.addEventListener("input", () => {
    if (!input.value.trim()) return close();
    hits = searchItems(input.value);
    current = hits.length > 0 ? 0 : -1;
    open();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden) return;
      if (hits.length > 0) choose(hits[current]);
      else pickText?.(input.value.trim());
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || list.hidden || hits.length === 0) return;
    event.preventDefault();
    current = (current + step + hits.length) % hits.length;
    open();
  });
  input.addEventListener("blur", close);
}

function noMatches() {
  return h(
    "li",
    { role: "option", "aria-disabled": "true", "aria-selected": "false" },
    "No matches. Try part of a name or an acronym.",
  );
}

/**
 * Make a combobox with its list of hits.
 * @param {string} name
 * @param {Picks} picks
 * @param {string} [hint]
 * @returns {HTMLElement}
 */
export function combobox(name, picks, hint = "") {
  const id = `combobox-${++count}`;
  const list = h("ul", {
    id,
    role: "listbox",
    "aria-label": `Matches for ${name}`,
    class: "hits",
    hidden: true,
  });
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-label": name,
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: hint,
  });
  makeCombobox(input, list, picks);
  return h("div", { class: "combobox" }, input, list);
}
