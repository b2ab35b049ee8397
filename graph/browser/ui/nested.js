/** One value as people read it, with what stands inside it: a list in its order, or facts. */

import { isBlank, lastPart } from "../core/labels.js";
import { labelOf } from "../data/labels.js";
import { MAX_DEPTH } from "../data/nested.js";
import { h } from "./dom.js";
import { itemButton, renderTerm } from "./term.js";

/** @typedef {import("../core/terms.js").Term} Term */
/** @typedef {import("../data/values.js").RelationValues} RelationValues */
/** @typedef {Map<string, import("../data/nested.js").Nested>} NestedValues */

const EMPTY_LIST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
/** Values of one relation that are shown inside a value. */
const MAX_VALUES = 25;

/**
 * Render a value, and below it what is noted about the statement.
 * @param {import("../data/values.js").StatedValue} stated
 * @param {NestedValues} nested
 * @param {import("./term.js").Select} select
 */
export function renderValue({ value, notes = [] }, nested, select) {
  const about = notes.map((note) => {
    const inside = nested.get(note);
    const name = !isBlank(note) && itemButton(note, select);
    return h("div", { class: "note" }, name, inside && facts(inside.statements, nested, select, MAX_DEPTH));
  });
  return h("div", {}, renderNested(value, nested, select, MAX_DEPTH), about);
}

/**
 * @param {Term} term
 * @param {NestedValues} nested
 * @param {import("./term.js").Select} select
 * @param {number} depth
 * @returns {HTMLElement}
 */
function renderNested(term, nested, select, depth) {
  if (term.value === EMPTY_LIST) return h("span", {}, "empty list");
  const inside = depth > 0 && isBlank(term.value) ? nested.get(term.value) : undefined;
  if (!inside) return renderTerm(term, select);
  const { members, more, statements } = inside;
  if (members.length === 0) {
    const isNamed = labelOf(term.value) !== lastPart(term.value);
    const list = facts(statements, nested, select, depth);
    return statements.length === 0 || isNamed ? h("div", {}, renderTerm(term, select), list) : list;
  }
  const rest = more > 0 && `… and ${more.toLocaleString("en")} more`;
  const rendered = members.map((member) => renderNested(member, nested, select, depth - 1));
  if (members.some(({ value }) => isBlank(value))) {
    const entries = rendered.map((member) => h("li", {}, member));
    return h("div", { class: "nested" }, h("ol", {}, entries), rest);
  }
  return h(
    "span",
    {},
    rendered.flatMap((member, index) => [index > 0 && ", ", member]),
    rest && ` ${rest}`,
  );
}

/**
 * @param {RelationValues[]} statements
 * @param {NestedValues} nested
 * @param {import("./term.js").Select} select
 * @param {number} depth
 */
function facts(statements, nested, select, depth) {
  const rows = statements.map(({ name, values }) => {
    const more = values.length - MAX_VALUES;
    const terms = values.slice(0, MAX_VALUES);
    return [
      h("dt", {}, name),
      h(
        "dd",
        {},
        terms.map(({ value }) => h("div", {}, renderNested(value, nested, select, depth - 1))),
        more > 0 && `… and ${more.toLocaleString("en")} more`,
      ),
    ];
  });
  return h("dl", { class: "nested" }, rows.flat());
}
