/** What one thing is: its statements in reading order, each with who says so. */

import { by, fill, h, link } from "./dom.js";
import { factsOf, placeOf } from "./facts.js";
import { isKnown, kindName, label, short } from "./names.js";
import { kinds, page, relationName } from "./payload.js";
import { collapse, compareToo, expand, only, routeTo, select } from "./picture.js";
import { swatch } from "./shown.js";

/** @typedef {import("./store.js").Term} Term */
/** @typedef {import("./facts.js").Statement} Statement */
let asked = "";

/**
 * Show everything about a thing, or how to begin.
 * @param {string} iri
 */
export async function showDetails(iri) {
  asked = iri;
  const region = by("details");
  if (!iri) return fill(region, h("h2", {}, "Details"), h("p", { class: "hint" }, "Select a thing in the picture or in the list to see what is known about it, and who says so."));
  region.setAttribute("aria-busy", "true");
  const facts = await factsOf(iri);
  const graphs = new Set(facts.statements.flatMap(({ values }) => values.flatMap(({ said }) => said)).concat(facts.figures?.rows.flatMap((row) => row.said) ?? []));
  const places = new Map(await Promise.all([...graphs].map(async (graph) => /** @type {const} */ ([graph, await placeOf(graph)]))));
  if (asked !== iri) return;
  const names = facts.types.map((type) => kinds.get(type)).filter((kind) => kind !== undefined).sort((a, b) => a.order - b.order);
  fill(
    region,
    h("h2", {}, label(iri)),
    h("p", { class: "kind" }, names[0] && swatch(names[0].iri), names[0]?.label ?? kindName(iri)),
    facts.definition && h("p", { class: "definition" }, facts.definition),
    h(
      "p",
      { class: "acts" },
      act("Expand", "Add what it is linked to", () => expand(iri)),
      act("Collapse", "Take away what hangs on it alone", () => collapse(iri)),
      act("Only this", "Keep it and what it is linked to", () => only(iri)),
      act("Compare", "Put it beside others", () => compareToo(iri)),
      act("Route to here", "Find ways that lead here", () => routeTo(iri)),
    ),
    facts.statements.length > 0 && h("dl", {}, facts.statements.flatMap((statement) => rows(statement, places, iri))),
    facts.figures && figures(facts.figures, iri, places),
    h("p", { class: "iri" }, short(iri), " ", page.base && iri.startsWith(page.base) ? null : link(iri, page.base)),
  );
  region.removeAttribute("aria-busy");
}

/** @param {string} name @param {string} title @param {() => void} run */
function act(name, title, run) {
  return h("button", { type: "button", title, onclick: run }, name);
}

/** @param {Statement} statement @param {Map<string, import("./facts.js").Place>} places @param {string} iri */
function rows(statement, places, iri) {
  const { name, values, more, relation, inverse } = statement;
  const drawable = values.some(({ value }) => value.type === "uri");
  return [
    h("dt", {}, name),
    ...(values.length === 0 ? [h("dd", { class: "gap" }, "not stated")] : []),
    ...values.map(({ value, said }) => h("dd", {}, term(value, { select }), sources(said, places))),
    ...(more > 0 ? [h("dd", {}, h("button", { type: "button", class: "plain", disabled: !drawable, onclick: () => expand(iri, relation, inverse) }, `+${more} more`))] : []),
  ];
}

/** Write one value: a thing to walk to, a web address, or text. @param {Term} value @param {{select: (iri: string) => void}} acts @returns {HTMLElement} */
export function term(value, acts) {
  if (value.type === "uri") {
    if (isKnown(value.value)) return h("button", { type: "button", class: "plain", onclick: () => acts.select(value.value) }, label(value.value));
    return link(value.value, page.base);
  }
  const number = /(integer|decimal|double|float)$/.test(value.datatype ?? "") ? Number(value.value) : Number.NaN;
  if (!Number.isNaN(number)) return h("span", { class: "number" }, number.toLocaleString("en", { maximumFractionDigits: 6 }));
  if (value.datatype?.endsWith("#boolean")) return h("span", {}, value.value === "true" ? "yes" : "no");
  if (value.datatype?.endsWith("#anyURI")) return link(value.value, page.base);
  return h("span", { lang: value["xml:lang"] }, value.value);
}

/** Say who says so: one source by name, several on request. @param {string[]} said @param {Map<string, import("./facts.js").Place>} places */
function sources(said, places) {
  const found = said.flatMap((graph) => places.get(graph) ?? []);
  if (found.length === 0) return null;
  const lines = found.map((place) =>
    h(
      "span",
      { class: "source" },
      place.rule ? `concluded: ${place.rule}` : h("button", { type: "button", class: "plain", onclick: () => select(place.iri) }, place.label),
      [place.kind, place.date].filter(Boolean).map((text) => ` · ${text}`),
    ),
  );
  if (lines.length === 1) return h("div", { class: "sources" }, lines);
  return h("details", { class: "sources" }, h("summary", {}, `${lines.length} sources`), lines);
}

/** @param {import("./facts.js").Figures} found @param {string} iri @param {Map<string, import("./facts.js").Place>} places */
function figures(found, iri, places) {
  return h(
    "section",
    { "aria-label": "Figures" },
    h("h3", {}, "Figures"),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of figures" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, found.columns.map((column) => h("th", { scope: "col" }, relationName(column))), h("th", { scope: "col" }, "said by"))),
        h(
          "tbody",
          {},
          found.rows.map((row) =>
            h(
              "tr",
              {},
              found.columns.map((column) => h("td", {}, (row.cells.get(column) ?? []).filter(({ value }) => value !== iri).map((value) => term(value, { select })))),
              h("td", {}, sources(row.said, places)),
            ),
          ),
        ),
      ),
    ),
  );
}
