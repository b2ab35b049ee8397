/** Acts that change what the picture holds. */

import { announce } from "./dom.js";
import { AT_ONCE, edges, isDrawable, neighbours } from "./links.js";
import { learnKinds } from "./names.js";
import { act, state } from "./state.js";

/** How many things the picture holds at most. */
export const MOST = 1000;

/** @param {string} iri @returns {string[]} */
function withThing(iri) {
  return iri && !state.shown.includes(iri) && state.shown.length < MOST ? [...state.shown, iri] : state.shown;
}

/** Select a thing; it joins the picture if things of its kind are drawn. @param {string} iri */
export async function select(iri) {
  if (iri) await learnKinds([iri]);
  await act({ selected: iri, panel: iri ? "details" : state.panel, shown: isDrawable(iri) ? withThing(iri) : state.shown });
}

/** Add what a thing is linked to, by one relation or by all. @param {string} iri @param {string} [relation] @param {boolean} [inverse] */
export async function expand(iri, relation, inverse) {
  const now = new Set(withThing(iri));
  const fresh = (await neighbours(iri, relation, inverse)).filter((other) => !now.has(other));
  const added = fresh.slice(0, Math.max(0, Math.min(AT_ONCE, MOST - now.size)));
  const more = fresh.length - added.length;
  announce(more > 0 ? `${added.length} added, +${more} more` : `${added.length} added`);
  await act({ shown: [...now, ...added], selected: iri });
}

/** Take away what is linked to nothing but this thing. @param {string} iri */
export function collapse(iri) {
  /** @type {Map<string, Set<string>>} */
  const linked = new Map();
  for (const { from, to } of edges) {
    linked.set(from, (linked.get(from) ?? new Set()).add(to));
    linked.set(to, (linked.get(to) ?? new Set()).add(from));
  }
  const alone = new Set([...(linked.get(iri) ?? [])].filter((other) => linked.get(other)?.size === 1));
  announce(`${alone.size} taken away`);
  act({ shown: state.shown.filter((other) => !alone.has(other)) });
}

/** Keep a thing and what it is linked to. @param {string} iri */
export async function only(iri) {
  await act({ shown: [iri, ...(await neighbours(iri)).slice(0, AT_ONCE)], selected: iri });
}

/** Show some things in place of what is shown. @param {string[]} iris */
export async function showOnly(iris) {
  await learnKinds(iris);
  const drawable = [...new Set(iris)].filter(isDrawable);
  announce(`${Math.min(drawable.length, MOST)} of ${iris.length} shown in the picture`);
  if (drawable.length > 0) await act({ shown: drawable.slice(0, MOST), selected: "" });
}

/** Add some things to what is shown. @param {string[]} iris */
export async function showToo(iris) {
  await learnKinds(iris);
  await act({ shown: [...new Set([...state.shown, ...iris.filter(isDrawable)])].slice(0, MOST) });
}

/** Filter a kind or relation out, or back in. @param {string} iri */
export function toggle(iri) {
  act({ hidden: state.hidden.includes(iri) ? state.hidden.filter((other) => other !== iri) : [...state.hidden, iri] });
}

/** Put a thing beside those that are compared. @param {string} iri */
export function compareToo(iri) {
  act({ panel: "compare", compare: [...new Set([...state.compare, iri])].slice(-4) });
}

/** Look for a way to a thing. @param {string} iri */
export function routeTo(iri) {
  act({ panel: "route", route: [state.route[0] ?? "", iri] });
}
