/** The panel Route: the best routes from one item to another, as numbered steps with what they require. */

import { highlightRoute, select } from "../actions.js";
import { joinSegments } from "../core/question.js";
import { asideText, countText, phrases, sumsText } from "../core/route-text.js";
import { routes as findRoutes } from "../core/routes.js";
import { checkColumns, readSteps } from "../core/steps.js";
import { labelOf, loadTypes } from "../data/labels.js";
import { payload } from "../data/payload.js";
import { query } from "../data/store.js";
import { navigate, state } from "../state.js";
import { withProgress } from "../ui/busy.js";
import { combobox } from "../ui/combobox.js";
import { announce, button, byId, h, render } from "../ui/dom.js";
import { itemButton } from "../ui/term.js";

/** @typedef {import("../core/steps.js").Step} Step */
/** @typedef {import("../core/routes.js").Route} Route */

const policy = payload.routePolicy;

/** Every step that the data has; asked for once. @type {import("../core/steps.js").Steps | undefined} */
let steps;

/** @param {AbortSignal} [signal] */
async function loadSteps(signal) {
  const route = payload.systemQueries["route"];
  if (!route) throw new Error("The page has no query for routes.");
  if (steps) return steps;
  const answer = await query(joinSegments(route, {}), signal);
  checkColumns(answer.columns, policy);
  const texts = answer.rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term?.value])),
  );
  steps = readSteps(texts, policy);
  return steps;
}

/**
 * Find the best routes from one item to another.
 * @param {string} start
 * @param {string} end
 * @param {AbortSignal} [signal]
 */
export async function routesBetween(start, end, signal) {
  return findRoutes(await loadSteps(signal), policy, start, end);
}

/** Show the routes between the items that the state names. */
export async function showRoute() {
  const { route } = state;
  const [start = "", end = ""] = route;
  const result = h("div");
  const endBox = (/** @type {string} */ name, /** @type {number} */ index, /** @type {string} */ hint) => {
    const iri = route[index];
    const pick = (/** @type {string} */ picked) =>
      navigate({ route: [0, 1].map((at) => (at === index ? picked : (state.route[at] ?? ""))) });
    return h(
      "div",
      { class: "end" },
      h("span", {}, name),
      iri ? h("strong", {}, labelOf(iri)) : null,
      combobox(name, { pick }, iri ? "Change …" : hint || "Name of an item …"),
    );
  };
  render(
    byId("route"),
    h("h2", {}, "Route"),
    endBox("From", 0, policy.startHint),
    endBox("To", 1, policy.endHint),
    result,
  );
  if (!start || !end) return render(result, h("p", { class: "hint" }, "Choose a start and an end."));
  const isCurrent = () => route.join(" ") === state.route.join(" ");
  /** @type {Route[]} */
  let routes = [];
  const work = async (/** @type {AbortSignal} */ signal) => {
    routes = await routesBetween(start, end, signal);
    performance.mark("graph:answer");
    return routes.length > 0 ? routesView(routes) : noRoute(start, end);
  };
  await withProgress(result, "Finding routes", work, { isCurrent });
  if (routes[0] && isCurrent()) await showInGraph(routes[0], result);
}

/** Bring the items of the highlighted route back into the graph when the panel is opened again. */
export function reopenRoute() {
  if (state.highlight.nodes.some((iri) => !state.shown.includes(iri))) highlightRoute(state.highlight);
}

/** @param {Route[]} routes */
async function routesView(routes) {
  const all = routes.flatMap((route) => route.steps);
  const sources = all.flatMap((step) => step.sources.map(([, iri]) => iri));
  await loadTypes([...all.flatMap(({ start, end }) => [start, end]), ...sources].filter(Boolean));
  announce(`${routes.length} route${routes.length === 1 ? "" : "s"} found`);
  return [
    h(
      "p",
      { class: "actions" },
      button("Print", () => print()),
    ),
    routes.map(routeView),
  ];
}

/**
 * Say that there is no route, and which items are one step before the end.
 * @param {string} start
 * @param {string} end
 */
async function noRoute(start, end) {
  const before = [...(await loadSteps())].flatMap(([from, ends]) => (ends.has(end) ? [from] : [])).sort();
  await loadTypes(before);
  announce("0 routes found");
  const links = before.flatMap((iri, index) => [index > 0 && "; ", itemButton(iri, select)]);
  const known = [`Items one step before ${labelOf(end)}: `, ...links, "."];
  const limit = countText(policy.maxSteps);
  const text = `No route of up to ${limit} leads from ${labelOf(start)} to ${labelOf(end)}.`;
  return [
    h("p", { class: "gap" }, text),
    h("p", {}, before.length > 0 ? known : `Nothing leads to ${labelOf(end)}.`),
  ];
}

/**
 * Highlight a route in the graph, and mark the button that shows it.
 * @param {Route} route
 * @param {Element} [container]
 */
async function showInGraph(route, container = byId("route")) {
  const key = keyOf(route);
  for (const show of container.querySelectorAll("[data-route]")) {
    show.setAttribute("aria-pressed", String(show.getAttribute("data-route") === key));
  }
  await highlightRoute({
    nodes: [route.steps[0]?.start ?? "", ...route.steps.map(({ end }) => end)].filter(Boolean),
    steps: route.steps.map(({ start, end, text }) => ({ from: start, to: end, label: text })),
  });
}

/** @param {Route} route */
function keyOf(route) {
  return route.steps.map(({ start, text, end }) => `${start} ${text} ${end}`).join(" ");
}

/** @param {Route} route @param {number} index */
function routeView(route, index) {
  const best = route.bestBy.length > 0 && h("span", { class: "count" }, ` (${route.bestBy.join(", ")})`);
  const attributes = { "aria-pressed": "false", "data-route": keyOf(route) };
  return h(
    "section",
    { class: "route", "aria-label": `Route ${index + 1}` },
    h("h3", {}, `Route ${index + 1}: ${countText(route.steps.length)}`, best),
    h("ol", {}, route.steps.map(stepView)),
    policy.measures.length > 0 ? h("p", { class: "sums" }, sumsText(route, policy)) : null,
    h(
      "p",
      { class: "actions" },
      button("Show in graph", () => showInGraph(route), attributes),
    ),
  );
}

/** @param {Step} step */
function stepView(step) {
  const aside = asideText(step);
  const sources = step.sources.map(([part, iri]) =>
    h("span", { class: "source" }, part && `${part}: `, itemButton(iri, select)),
  );
  return h(
    "li",
    {},
    itemButton(step.start, select),
    ` ${step.text} `,
    itemButton(step.end, select),
    aside ? ` (${aside})` : "",
    phrases(step, policy).map((phrase) => `. ${phrase}`),
    ".",
    sources.length > 0 && h("div", { class: "sources" }, sources),
  );
}
