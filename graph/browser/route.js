/** Routes from one item to another, as numbered steps with what they require and take. */

import { mark } from "./canvas.js";
import { asideText, countText, phrases, sumsText } from "./core/route-text.js";
import { routes as findRoutes } from "./core/routes.js";
import { checkColumns, readSteps } from "./core/steps.js";
import { announce, by, fill, h } from "./dom.js";
import { finder } from "./find.js";
import { label, learnKinds } from "./names.js";
import { page } from "./payload.js";
import { select, showToo } from "./picture.js";
import { busy } from "./progress.js";
import { act, state } from "./state.js";
import { query } from "./store.js";

/** @typedef {import("./core/steps.js").Step} Step */
/** @typedef {import("./core/routes.js").Route} Route */

const policy = page.routePolicy;

/** Every step, by its start and its end. @type {import("./core/steps.js").Steps | undefined} */
let known;
/** The route that is marked in the picture. @type {Step[]} */
let lit = [];
/** The buttons that show each route in the picture. @type {Map<HTMLElement, Step[]>} */
const switches = new Map();

/**
 * Find the best routes from one item to another.
 * @param {string} start
 * @param {string} end
 * @param {AbortSignal} [signal]
 * @returns {Promise<Route[]>}
 */
export async function routes(start, end, signal) {
  return findRoutes(await links(signal), policy, start, end);
}

/** Name what leads to an item in one step. @param {string} end @param {AbortSignal} [signal] */
async function leadingTo(end, signal) {
  return [...(await links(signal))].flatMap(([start, ends]) => (ends.has(end) ? [start] : [])).sort();
}

/** Read the steps; asked once. @param {AbortSignal} [signal] */
async function links(signal) {
  if (known) return known;
  const answer = await query(page.asks.route, signal);
  checkColumns(answer.columns, policy);
  const texts = answer.rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term?.value])),
  );
  known = readSteps(texts, policy);
  return known;
}

/** @param {Step[]} steps */
function names(steps) {
  return steps.map((step) => step.end);
}

/** Show the routes between the items that the address names. */
export async function showRoute() {
  const region = by("route");
  const [start = "", end = ""] = state.route;
  const place = h("div");
  const box = (/** @type {string} */ name, /** @type {number} */ index, /** @type {string} */ hint) =>
    h(
      "div",
      { class: "end" },
      h("span", {}, name),
      state.route[index] ? h("strong", {}, label(state.route[index] ?? "")) : null,
      finder(
        name,
        (iri) => act({ route: index === 0 ? [iri, state.route[1] ?? ""] : [state.route[0] ?? "", iri] }),
        state.route[index] ? "change" : hint,
      ),
    );
  fill(
    region,
    h("h2", {}, "Route"),
    box("From", 0, policy.startHint || "name of an item …"),
    box("To", 1, policy.endHint || "name of an item …"),
    place,
  );
  mark([]);
  lit = [];
  if (!start || !end)
    return fill(place, h("p", { class: "hint" }, "Choose where you are and where you want to get to."));
  await busy(place, "Looking for routes", (signal) => found(start, end, signal));
  if (lit.length > 0) await light(lit);
}

/** @param {string} start @param {string} end @param {AbortSignal} signal */
async function found(start, end, signal) {
  const best = await routes(start, end, signal);
  if (start !== (state.route[0] ?? "") || end !== (state.route[1] ?? "")) return null;
  performance.mark("graph:answer");
  await learnKinds(
    best
      .flatMap(({ steps }) =>
        steps.flatMap((step) => [step.start, step.end, ...step.sources.map(([, iri]) => iri)]),
      )
      .filter(Boolean),
  );
  announce(`${best.length} route${best.length === 1 ? "" : "s"} found`);
  lit = best[0]?.steps ?? [];
  switches.clear();
  if (best.length === 0) return noRoute(start, end, await leadingTo(end, signal));
  return [
    h("p", { class: "acts" }, h("button", { type: "button", onclick: () => print() }, "Print")),
    best.map((route, index) => routeView(route, index)),
  ];
}

/**
 * Say that there is no route, and what leads to the end at all.
 * @param {string} start
 * @param {string} end
 * @param {string[]} before
 */
async function noRoute(start, end, before) {
  await learnKinds(before);
  return [
    h(
      "p",
      { class: "gap" },
      `No route of up to ${countText(policy.maxSteps)} leads from ${label(start)} to ${label(end)}.`,
    ),
    h(
      "p",
      {},
      before.length > 0 ? `What leads to ${label(end)}: ` : `Nothing leads to ${label(end)}.`,
      before.flatMap((iri, index) => [index > 0 && "; ", thing(iri)]),
      before.length > 0 && ".",
    ),
  ];
}

/** Mark the route that was marked last, when the panel is opened again. */
export function lightAgain() {
  if (lit.length > 0) light(lit);
}

/** Show a route in the picture. @param {Step[]} steps */
async function light(steps) {
  lit = steps;
  for (const [button, route] of switches) button.setAttribute("aria-pressed", String(route === steps));
  const things = [steps[0]?.start ?? "", ...names(steps)].filter(Boolean);
  if (things.some((iri) => !state.shown.includes(iri))) await showToo(things);
  mark(
    things,
    steps.map((step) => ({ from: step.start, to: step.end, label: step.text })),
  );
}

/** @param {Route} route @param {number} index */
function routeView(route, index) {
  const { steps, bestBy } = route;
  const show = h(
    "button",
    { type: "button", "aria-pressed": "false", onclick: () => light(steps) },
    "Show in picture",
  );
  switches.set(show, steps);
  return h(
    "section",
    { class: "way", "aria-label": `Route ${index + 1}` },
    h(
      "h3",
      {},
      `Route ${index + 1}: ${countText(steps.length)}`,
      bestBy.length > 0 ? h("span", { class: "count" }, ` (${bestBy.join(", ")})`) : null,
    ),
    h("ol", {}, steps.map(stepLine)),
    policy.measures.length > 0 ? h("p", { class: "sums" }, sumsText(route, policy)) : null,
    h("p", { class: "acts" }, show),
  );
}

/** @param {string} iri */
function thing(iri) {
  return h("button", { type: "button", class: "plain", onclick: () => select(iri) }, label(iri));
}

/** @param {Step} step */
function stepLine(step) {
  const aside = asideText(step);
  const rest = phrases(step, policy).map((phrase) => `. ${phrase}`);
  return h(
    "li",
    {},
    thing(step.start),
    ` ${step.text} `,
    thing(step.end),
    aside ? ` (${aside})` : "",
    rest,
    ".",
    step.sources.length > 0
      ? h(
          "div",
          { class: "sources" },
          step.sources.map(([part, iri]) => h("span", { class: "source" }, part && `${part}: `, thing(iri))),
        )
      : null,
  );
}
