/** Acts that change what the picture holds. */

import { announce } from "./dom.js";
import { AT_ONCE, edges, isDrawable, neighbours } from "./links.js";
import { kindOf, label, learnKinds } from "./names.js";
import { act, MOST, state } from "./state.js";

/** @param {string} iri @returns {string[]} */
function withThing(iri) {
  return iri && !state.shown.includes(iri) && state.shown.length < MOST ? [...state.shown, iri] : state.shown;
}

/** Select a thing; it joins the picture if things of its kind are drawn. @param {string} iri */
export async function select(iri) {
  if (iri) await learnKinds([iri]);
  const drawn = isDrawable(iri) ? withThing(iri) : state.shown;
  await act({ selected: iri, panel: iri ? "details" : state.panel, shown: drawn });
  if (iri && isDrawable(iri) && !drawn.includes(iri)) announce(`${label(iri)} selected; the picture holds ${MOST} things at most`);
  else if (state.hidden.includes(kindOf(iri))) announce(`${label(iri)} selected; things of its kind are filtered out`);
}

/** Add what a thing is linked to, by one relation or by all. @param {string} iri @param {string} [relation] @param {boolean} [inverse] */
export async function expand(iri, relation, inverse) {
  const now = new Set(withThing(iri));
  const fresh = (await neighbours(iri, relation, inverse)).filter((other) => !now.has(other));
  const added = fresh.slice(0, Math.max(0, Math.min(AT_ONCE, MOST - now.size)));
  const more = fresh.length - added.length;
  await act({ shown: [...now, ...added], selected: iri });
  const full = now.size + added.length >= MOST ? `; the picture holds ${MOST} things at most` : "";
  announce(more > 0 ? `${added.length} added, +${more} more${full}` : `${added.length} added`);
}

/** Take away what hangs on this thing alone: what has no way to the rest but through it. @param {string} iri */
export async function collapse(iri) {
  /** @type {Map<string, Set<string>>} */
  const linked = new Map();
  for (const { from, to } of edges) {
    linked.set(from, (linked.get(from) ?? new Set()).add(to));
    linked.set(to, (linked.get(to) ?? new Set()).add(from));
  }
  const alone = new Set(linked.get(iri));
  for (let size = -1; size !== alone.size; ) {
    size = alone.size;
    for (const one of alone) if ([...(linked.get(one) ?? [])].some((other) => other !== iri && !alone.has(other))) alone.delete(one);
  }
  await act({ shown: state.shown.filter((other) => !alone.has(other)), selected: iri });
  announce(`${alone.size} taken away`);
}

/** Keep a thing and what it is linked to. @param {string} iri */
export async function only(iri) {
  const near = await neighbours(iri);
  const kept = near.slice(0, AT_ONCE);
  await act({ shown: [iri, ...kept], selected: iri });
  announce(`${label(iri)} and ${kept.length} of the ${near.length} things it is linked to shown`);
}

/** Show some things in place of what is shown. @param {string[]} iris */
export async function showOnly(iris) {
  await learnKinds(iris);
  const drawable = [...new Set(iris)].filter(isDrawable);
  if (drawable.length > 0) await act({ shown: drawable.slice(0, MOST), selected: "" });
  announce(`${Math.min(drawable.length, MOST)} of ${new Set(iris).size} things shown in the picture`);
}

/** Add some things to what is shown, as a part of the last act. @param {string[]} iris */
export async function showToo(iris) {
  await learnKinds(iris);
  const wanted = new Set(iris.filter(isDrawable));
  const others = state.shown.filter((iri) => !wanted.has(iri)).slice(0, MOST - wanted.size);
  const kept = new Set([...others, ...wanted]);
  await act({ shown: [...state.shown.filter((iri) => kept.has(iri)), ...[...wanted].filter((iri) => !state.shown.includes(iri))] }, { joined: true });
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
