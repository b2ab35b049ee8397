/** The panel Details: what one item is, and its statements in reading order, each with its sources. */

import {
  addToComparison,
  collapse,
  expand,
  findRoutesTo,
  MAX_ADDED,
  select,
  showOnlyThis,
} from "../actions.js";
import { isItemDrawn, isRelationDrawn } from "../data/edges.js";
import { classLabel, classOf, labelOf, mostTelling, otherLanguage } from "../data/labels.js";
import { compress, payload } from "../data/payload.js";
import { describe, provenanceOf } from "../data/statements.js";
import { state } from "../state.js";
import { button, byId, focusHeading, h, link, render } from "../ui/dom.js";
import { renderValue } from "../ui/nested.js";
import { swatch } from "../ui/node-shapes.js";
import { itemButton, renderTerm } from "../ui/term.js";
import { renderFigures } from "./figures.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../data/statements.js").Description} Description */
/** @typedef {import("../data/values.js").StatedValue} StatedValue */
/** @typedef {import("../data/statements.js").Provenance} Provenance */
/** @typedef {Map<string, Provenance>} Provenances By graph. */

const MAX_DEFINITIONS = 3;
/** Show everything about the selected item, or how to begin. */
export async function showDetails() {
  const iri = state.selected;
  const region = byId("details");
  if (!iri) {
    return render(region, h("h2", {}, "Details"), h("p", { class: "hint" }, payload.hint));
  }
  const description = await describe(iri);
  const graphs = new Set(
    description.statements.flatMap(({ values }) => values.flatMap((value) => value.graphs)),
  );
  const provenances = new Map(
    await Promise.all(
      [...graphs].map(async (graph) => /** @type {const} */ ([graph, await provenanceOf(graph)])),
    ),
  );
  if (state.selected !== iri) return;
  const hadFocus = region.contains(document.activeElement);
  render(region, ...itemView(iri, description, provenances));
  if (hadFocus) focusHeading(region);
}

/**
 * @param {string} iri
 * @param {Description} description
 * @param {Provenances} provenances
 * @returns {import("../ui/dom.js").Children[]}
 */
function itemView(iri, { types, definitions, statements, figures, nested }, provenances) {
  const type = mostTelling(types);
  const address = payload.base && iri.startsWith(payload.base) ? null : link(iri, payload.base);
  return [
    h("h2", {}, labelOf(iri)),
    h("p", { class: "type" }, type && swatch(type), classLabel(type || classOf(iri))),
    ...definitionTexts(definitions),
    h(
      "p",
      { class: "actions" },
      button("Expand", () => expand(iri), { title: "Show neighbors" }),
      button("Collapse", () => collapse(iri), { title: "Hide items connected only to this item" }),
      button("Only this", () => showOnlyThis(iri), { title: "Show only this item and its neighbors" }),
      button("Compare", () => addToComparison(iri), { title: "Add to comparison" }),
      button("Find routes", () => findRoutesTo(iri), { title: "Find routes to this item" }),
      figures && button("Figures", () => byId("figures").scrollIntoView(), { title: "Go to the figures" }),
    ),
    statements.length > 0 &&
      h(
        "dl",
        {},
        statements.flatMap((one) => statementRows(one, iri, provenances, nested)),
      ),
    figures && renderFigures(figures),
    h("p", { class: "iri" }, compress(iri), " ", address),
  ];
}

/** Show the first definitions, and the others on request. @param {Term[]} texts */
function definitionTexts(texts) {
  const paragraph = (/** @type {Term} */ term) =>
    h("p", { class: "definition", lang: term["xml:lang"] }, term.value);
  const rest = texts.slice(MAX_DEFINITIONS);
  const more = h("details", {}, h("summary", {}, `+${rest.length} more`), rest.map(paragraph));
  return [...texts.slice(0, MAX_DEFINITIONS).map(paragraph), rest.length > 0 && more];
}

/**
 * @param {import("../data/values.js").RelationValues} statement
 * @param {string} iri
 * @param {Provenances} provenances
 * @param {Description["nested"]} nested
 */
function statementRows({ name, values, relation, inverse, areNames }, iri, provenances, nested) {
  const hasItems = values.some(({ value }) => value.type === "uri" && isItemDrawn(value.value));
  const add =
    hasItems &&
    isRelationDrawn(relation) &&
    button("+", () => expand(iri, { relation, inverse }), {
      class: "plain add",
      title: "Add to graph",
      "aria-label": `Add to graph: ${name}`,
    });
  const row = (/** @type {{stated: StatedValue[], graphs: string[]}} */ { stated, graphs }) =>
    h(
      "dd",
      {},
      areNames ? nameList(stated) : stated.map((one) => renderValue(one, nested, select)),
      sourceList(graphs, provenances),
    );
  const rest = values.slice(MAX_ADDED);
  const unfold = () => {
    const rows = groupBySources(rest).map(row);
    more.replaceWith(...rows);
    rows[0]?.querySelector("button")?.focus();
  };
  const more = h("dd", {}, button(`+${rest.length} more`, unfold, { class: "plain" }));
  return [
    h("dt", {}, name, add),
    values.length === 0 && h("dd", { class: "gap" }, "not stated"),
    ...groupBySources(values.slice(0, MAX_ADDED)).map(row),
    rest.length > 0 && more,
  ];
}

/** Write names in a row, each with its language if it is not the reader's. @param {StatedValue[]} names */
function nameList(names) {
  const parts = names.flatMap(({ value }, index) => {
    const language = otherLanguage(value);
    return [index > 0 && ", ", renderTerm(value, select), language && ` (${language})`];
  });
  return h("div", {}, parts);
}

/**
 * Bring values of the same sources together, so that these are named once.
 * @param {StatedValue[]} values
 */
function groupBySources(values) {
  /** @type {Map<string, {stated: StatedValue[], graphs: string[]}>} */
  const groups = new Map();
  for (const one of values) {
    const key = [...one.graphs].sort().join("\n");
    const group = groups.get(key) ?? { stated: [], graphs: one.graphs };
    groups.set(key, group);
    group.stated.push(one);
  }
  return [...groups.values()];
}

/**
 * Name the source, or several on request, and how far they can be trusted; or the rule that inferred the
 * statement.
 * @param {string[]} graphs
 * @param {Provenances} provenances
 */
function sourceList(graphs, provenances) {
  const found = graphs.flatMap((graph) => provenances.get(graph) ?? []);
  const sources = found.filter(({ rule }) => !rule);
  const rules = found.filter(({ rule }) => rule);
  if (sources.length === 0) {
    const texts = rules.map(({ rule }) => h("span", { class: "source" }, `inferred: ${rule}`));
    return h("div", { class: "sources" }, texts);
  }
  const badges = rules.map(({ rule, label }) => h("span", { class: "trust", title: rule }, label));
  const entries = sources.map(({ iri, type, date }) =>
    h(
      "span",
      { class: "source" },
      itemButton(iri, select),
      [type, date].filter(Boolean).map((text) => ` · ${text}`),
    ),
  );
  if (entries.length === 1) return h("div", { class: "sources" }, badges, entries);
  const all = h("details", {}, h("summary", {}, `${entries.length} sources`), entries);
  return h("div", { class: "sources" }, badges, all);
}
