/** What one thing is: its statements in reading order, each with who says so. */

import { barChart } from "./chart.js";
import { by, fill, h, link, toHeading } from "./dom.js";
import { factsOf, placeOf } from "./facts.js";
import { AT_ONCE, isDrawable, isDrawn } from "./links.js";
import { numberOf, numeral, yesOrNo } from "./literals.js";
import { isKnown, kindName, label, short } from "./names.js";
import { kinds, page, relationName } from "./payload.js";
import { collapse, compareToo, expand, only, routeTo, select } from "./picture.js";
import { swatch } from "./shown.js";

/** @typedef {import("./store.js").Term} Term */
/** @typedef {import("./facts.js").Statement} Statement */
/** How many bars a chart has at most. */
const BARS = 12;
let asked = "";

/**
 * Show everything about a thing, or how to begin.
 * @param {string} iri
 */
export async function showDetails(iri) {
  asked = iri;
  const region = by("details");
  region.setAttribute("aria-busy", String(iri !== ""));
  if (!iri) return fill(region, h("h2", {}, "Details"), h("p", { class: "hint" }, page.nodes.length > 0 ? "Select a thing in the picture or in the list to see what is known about it, and who says so." : page.begin));
  const facts = await factsOf(iri);
  const graphs = new Set(facts.statements.flatMap(({ values }) => values.flatMap(({ said }) => said)));
  const places = new Map(await Promise.all([...graphs].map(async (graph) => /** @type {const} */ ([graph, await placeOf(graph)]))));
  if (asked !== iri) return;
  const walked = region.contains(document.activeElement);
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
      facts.figures && act("Figures", "Go to the figures", () => document.getElementById("figures")?.scrollIntoView()),
    ),
    facts.statements.length > 0 && h("dl", {}, facts.statements.flatMap((statement) => rows(statement, places, iri))),
    facts.figures && figures(facts.figures),
    h("p", { class: "iri" }, short(iri), " ", page.base && iri.startsWith(page.base) ? null : link(iri, page.base)),
  );
  region.setAttribute("aria-busy", "false");
  if (walked) toHeading(region);
}

/** @param {string} name @param {string} title @param {() => void} run */
function act(name, title, run) {
  return h("button", { type: "button", title, onclick: run }, name);
}

/** @param {Statement} statement @param {Map<string, import("./facts.js").Place>} places @param {string} iri */
function rows({ name, values, relation, inverse }, places, iri) {
  const drawable = values.some(({ value }) => value.type === "uri" && isDrawable(value.value)) && isDrawn(relation);
  const line = (/** @type {{all: Term[], said: string[]}} */ { all, said }) => h("dd", {}, all.map((value) => h("div", {}, term(value, { select }))), sources(said, places));
  const rest = values.slice(AT_ONCE);
  const more = h("dd", {}, h("button", { type: "button", class: "plain", onclick: () => unfold() }, `+${rest.length} more`));
  const unfold = () => {
    const lines = together(rest).map(line);
    more.replaceWith(...lines);
    lines[0]?.querySelector("button")?.focus();
  };
  return [
    h("dt", {}, name, drawable && h("button", { type: "button", class: "plain add", title: "Add to the picture", "aria-label": `Add to the picture: ${name}`, onclick: () => expand(iri, relation, inverse) }, "+")),
    values.length === 0 && h("dd", { class: "gap" }, "not stated"),
    ...together(values.slice(0, AT_ONCE)).map(line),
    rest.length > 0 && more,
  ];
}

/** Bring values of the same sources together, so that these are named once. @param {import("./facts.js").Said[]} values */
function together(values) {
  /** @type {Map<string, {all: Term[], said: string[]}>} */
  const groups = new Map();
  for (const { value, said } of values) {
    const key = [...said].sort().join("\n");
    const group = groups.get(key) ?? { all: [], said };
    groups.set(key, group);
    group.all.push(value);
  }
  return [...groups.values()];
}

/** Write one value: a thing to walk to, a web address, a number (one of four digits may be a year), or text. @param {Term} value @param {{select: (iri: string) => void}} acts @returns {HTMLElement} */
export function term(value, acts) {
  if (value.type === "uri") {
    if (isKnown(value.value)) return h("button", { type: "button", class: "plain", onclick: () => acts.select(value.value) }, label(value.value));
    return link(value.value, page.base);
  }
  if (value.parts) return h("span", {}, "“", value.parts.flatMap((part, index) => [index > 0 && " ", index === 1 ? relationName(part.value) : term(part, acts)]), "”");
  if (!Number.isNaN(numberOf(value))) return h("span", { class: "number" }, numeral(value));
  if (yesOrNo(value)) return h("span", {}, yesOrNo(value));
  if (value.datatype?.endsWith("#anyURI")) return link(value.value, page.base);
  return h("span", { lang: value["xml:lang"] }, value.value);
}

/** Say who says so: one source by name, several on request; how far it can be trusted; or the rule that concluded it. @param {string[]} said @param {Map<string, import("./facts.js").Place>} places */
function sources(said, places) {
  const found = said.flatMap((graph) => places.get(graph) ?? []);
  const stated = found.filter((place) => !place.rule);
  const rules = found.filter((place) => place.rule);
  if (stated.length === 0) return h("div", { class: "sources" }, rules.map((place) => h("span", { class: "source" }, `concluded: ${place.rule}`)));
  const badges = rules.map((place) => h("span", { class: "trust", title: place.rule }, place.label));
  const lines = stated.map((place) =>
    h("span", { class: "source" }, h("button", { type: "button", class: "plain", onclick: () => select(place.iri) }, place.label), [place.kind, place.date].filter(Boolean).map((text) => ` · ${text}`)),
  );
  if (lines.length === 1) return h("div", { class: "sources" }, badges, lines);
  return h("div", { class: "sources" }, badges, h("details", {}, h("summary", {}, `${lines.length} sources`), lines));
}

/** Show figures as a table, with bars for the ones of the commonest unit; those that do not hold today apart. @param {import("./store.js").Answer} found */
function figures(found) {
  const columns = found.columns.filter((column) => !["holdsToday", "stated", "unit"].includes(column));
  const today = found.rows.filter((row) => row["holdsToday"]?.value !== "no");
  const past = found.rows.filter((row) => row["holdsToday"]?.value === "no");
  const table = (/** @type {import("./store.js").Row[]} */ rows, /** @type {string} */ name) =>
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": name },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column)))),
        h("tbody", {}, rows.map((row) => h("tr", {}, columns.map((column) => h("td", {}, column === "value" ? figure(row) : row[column] && term(row[column], { select })))))),
      ),
    );
  return h(
    "section",
    { "aria-label": "Figures", id: "figures" },
    h("h3", {}, "Figures"),
    today.length > 0 && [bars(today), table(today, "Figures that hold today")],
    past.length > 0 && h("details", {}, h("summary", {}, `${past.length} older or contradicted`), table(past, "Older or contradicted figures")),
  );
}

/** Write a figure as it is stated: about 6 percent a year. @param {import("./store.js").Row} row */
function figure({ stated, value, unit }) {
  return [stated, value, unit].flatMap((part) => (part?.value ? [term(part, { select }), " "] : [])).slice(0, -1);
}

/** Draw the figures of the unit that most of them share. @param {import("./store.js").Row[]} rows */
function bars(rows) {
  /** @type {Map<string, {label: string, value: number}[]>} */
  const units = new Map();
  for (const { measure, value, unit } of rows) {
    const number = Number(value?.value);
    if (!measure || !unit || !/(integer|decimal)$/.test(value?.datatype ?? "")) continue;
    const group = units.get(unit.value) ?? [];
    units.set(unit.value, group);
    if (!group.some(({ label }) => label === measure.value)) group.push({ label: measure.value, value: number });
  }
  const fit = [...units].filter(([, group]) => group.length >= 2 && group.length <= BARS);
  const [unit, group] = fit.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  return unit && group ? barChart(unit, group) : null;
}
