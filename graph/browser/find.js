/** Find things by any of their names, part of a word, or a name misspelt by a letter. */

import { fill, h } from "./dom.js";
import { entries, isListed, kindName, label } from "./names.js";

/** @typedef {{iri: string, text: string, why: string}} Hit */

const MOST = 20;

/** Fold case and accents. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Find the best hits, the nearest first.
 * @param {string} wanted
 * @returns {Hit[]}
 */
export function search(wanted) {
  const key = folded(wanted.trim());
  if (!key) return [];
  /** @type {Map<string, {rank: number, hit: Hit}>} */
  const best = new Map();
  for (const entry of entries) {
    const rank = nearness(key, folded(entry.text));
    if (rank === undefined) continue;
    const full = rank + entry.text.length / 1000 + (entry.words ? 0.1 : 0) + (isListed(entry.iri) ? 0 : 0.5);
    if (full >= (best.get(entry.iri)?.rank ?? Number.POSITIVE_INFINITY)) continue;
    const how = rank >= 4 ? "spelt nearly so" : "";
    const as = entry.text === label(entry.iri) ? "" : `${entry.words || "also called"} ${entry.text}`;
    best.set(entry.iri, { rank: full, hit: { iri: entry.iri, text: label(entry.iri), why: [as, how].filter(Boolean).join(", ") } });
  }
  const sorted = [...best.values()].sort((a, b) => a.rank - b.rank || a.hit.text.localeCompare(b.hit.text));
  return sorted.slice(0, MOST).map(({ hit }) => hit);
}

/** Rank a match: the same, a beginning, the beginning of a word, a part, a letter off. @param {string} key @param {string} text */
function nearness(key, text) {
  if (text === key) return 0;
  if (text.startsWith(key)) return 1;
  const at = text.indexOf(key);
  if (at > 0) return /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? 2 : 3;
  if (key.length < 3) return undefined;
  return [text, ...text.split(/[^\p{L}\p{N}]+/u)].some((word) => word.length > 2 && isLetterOff(key, word)) ? 4 : undefined;
}

/** Tell whether one letter is wrong, missing, added, or two are swapped. @param {string} a @param {string} b */
export function isLetterOff(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left[0] === right[1] && left[1] === right[0]);
}

let boxes = 0;

/**
 * Let an input find things: arrows choose, Enter takes, Escape closes.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {(iri: string) => void} take
 * @param {(text: string) => void} [other] takes a text that names nothing
 */
export function makeFinder(input, list, take, other) {
  const mine = `hit-${++boxes}-`;
  /** @type {Hit[]} */
  let hits = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (/** @type {Hit | undefined} */ hit) => {
    if (!hit) return;
    close();
    input.value = "";
    take(hit.iri);
  };
  const draw = () => {
    fill(
      list,
      hits.map((hit, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${mine}${index}`,
            "aria-selected": String(index === at),
            onmousedown: (/** @type {Event} */ event) => {
              event.preventDefault();
              choose(hit);
            },
          },
          h("span", { class: "name" }, hit.text),
          h("span", { class: "why" }, [kindName(hit.iri), hit.why].filter(Boolean).join(" · ")),
        ),
      ),
      hits.length === 0 && h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing is called that. Try a part of the name or its short form."),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${mine}${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  input.addEventListener("input", () => {
    if (!input.value.trim()) return close();
    hits = search(input.value);
    at = hits.length > 0 ? 0 : -1;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && hits.length === 0 && input.value.trim()) other?.(input.value.trim());
      return list.hidden ? undefined : choose(hits[at]);
    }
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || list.hidden || hits.length === 0) return;
    event.preventDefault();
    at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    draw();
  });
  input.addEventListener("blur", close);
}

/**
 * Make a box to find a thing in, with its list of hits.
 * @param {string} name
 * @param {(iri: string) => void} take
 * @param {string} [hint]
 * @param {(text: string) => void} [other] takes a text that names nothing
 * @returns {HTMLElement}
 */
export function finder(name, take, hint = "", other = undefined) {
  const id = `finder-${++boxes}`;
  const list = h("ul", { id, role: "listbox", "aria-label": `Hits for ${name}`, class: "hits", hidden: true });
  const input = h("input", { type: "text", role: "combobox", "aria-label": name, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: hint });
  makeFinder(input, list, take, other);
  return h("div", { class: "finder" }, input, list);
}
