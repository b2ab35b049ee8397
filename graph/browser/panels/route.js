/** The panel Route: the best routes from one item to another, as numbered steps with what they require. */

import { highlightRoute, select } from "../actions.js";
import { joinSegments } from "../core/question.js";
import { buildStepGraph, findRoutes, MAX_STEPS, predecessors, totals } from "../core/routes.js";
import { labelOf, loadTypes } from "../data/labels.js";
import { payload } from "../data/payload.js";
import { query } from "../data/store.js";
import { navigate, state } from "../state.js";
import { withProgress } from "../ui/busy.js";
import { combobox } from "../ui/combobox.js";
import { announce, button, byId, h, render } from "../ui/dom.js";
import { itemButton } from "../ui/term.js";

/** @typedef {import("../core/routes.js").Step} Step */
/** @typedef {import("../core/routes.js").Route} Route */

/**
 * Every step that the data knows; asked for once.
 * @type {import("../core/routes.js").StepGraph | undefined}
 */
let stepGraph;

/** @param {AbortSignal} [signal] */
async function loadSteps(signal) {
  const route = payload.systemQueries["route"];
  if (!route) throw new Error("The page has no query for routes.");
  stepGraph ??= buildStepGraph((await query(joinSegments(route, {}), signal)).rows);
  return stepGraph;
}

/**
 * Find the best routes from one item to another.
 * @param {string} start
 * @param {string} end
 * @param {AbortSignal} [signal]
 */
export async function routesBetween(start, end, signal) {
  return findRoutes(await loadSteps(signal), start, end);
}

/** Show the routes between the items that the state names. */
export async function showRoute() {
  const { route } = state;
  const [start = "", end = ""] = route;
  const result = h("div");
  const endBox = (/** @type {string} */ name, /** @type {number} */ index) => {
    const iri = route[index];
    const pick = (/** @type {string} */ picked) =>
      navigate({ route: [0, 1].map((at) => (at === index ? picked : (state.route[at] ?? ""))) });
    return h(
      "div",
      { class: "end" },
      h("span", {}, name),
      iri ? h("strong", {}, labelOf(iri)) : null,
      combobox(name, { pick }, iri ? "Change …" : "Name of an item …"),
    );
  };
  render(byId("route"), h("h2", {}, "Route"), endBox("From", 0), endBox("To", 1), result);
  if (!start || !end)
    return render(result, h("p", { class: "hint" }, "Choose where to start and where to go."));
  const isCurrent = () => route.join(" ") === state.route.join(" ");
  /** @type {Route[]} */
  let routes = [];
  const work = async (/** @type {AbortSignal} */ signal) => {
    routes = await routesBetween(start, end, signal);
    performance.mark("graph:answer");
    return routes.length > 0 ? routesView(routes) : noRoute(start, end);
  };
  await withProgress(result, "Looking for routes", work, { isCurrent });
  if (routes[0] && isCurrent()) await showInGraph(routes[0], result);
}

/** Bring the items of the highlighted route back into the graph when the panel is opened again. */
export function reopenRoute() {
  if (state.highlight.nodes.some((iri) => !state.shown.includes(iri))) highlightRoute(state.highlight);
}

/** @param {Route[]} routes */
async function routesView(routes) {
  const steps = routes.flatMap((route) => route.steps);
  const sources = steps.flatMap(({ source, otherSources }) => [
    source,
    ...otherSources.map(([, iri]) => iri),
  ]);
  await loadTypes([...steps.flatMap(({ start, end }) => [start, end]), ...sources].filter(Boolean));
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

/** Say that there is no route, and what leads to the end at all. @param {string} start @param {string} end */
async function noRoute(start, end) {
  const before = predecessors(await loadSteps(), end);
  await loadTypes(before);
  announce("0 routes found");
  const links = before.flatMap((iri, index) => [index > 0 && "; ", itemButton(iri, select)]);
  const known = [`What leads to ${labelOf(end)}: `, ...links, "."];
  const text = `No route of up to ${MAX_STEPS} steps is known from ${labelOf(start)} to ${labelOf(end)}.`;
  return [
    h("p", { class: "gap" }, text),
    h("p", {}, before.length > 0 ? known : `Nothing is known to lead to ${labelOf(end)}.`),
  ];
}

/**
 * Highlight a route in the graph, and mark the button that shows it.
 * @param {Route} route
 * @param {Element} [container]
 */
async function showInGraph({ steps }, container = byId("route")) {
  const key = keyOf(steps);
  for (const show of container.querySelectorAll("[data-route]")) {
    show.setAttribute("aria-pressed", String(show.getAttribute("data-route") === key));
  }
  await highlightRoute({
    nodes: [steps[0]?.start ?? "", ...steps.map(({ end }) => end)].filter(Boolean),
    steps: steps.map(({ start, end, how }) => ({ from: start, to: end, label: how })),
  });
}

/** @param {Step[]} steps */
function keyOf(steps) {
  return steps.map(({ start, how, end }) => `${start} ${how} ${end}`).join(" ");
}

/** @param {Route} route @param {number} index */
function routeView(route, index) {
  const { steps, bestBy } = route;
  const best = bestBy.length > 0 && h("span", { class: "count" }, ` (${bestBy.join(", ")})`);
  const attributes = { "aria-pressed": "false", "data-route": keyOf(steps) };
  return h(
    "section",
    { class: "route", "aria-label": `Route ${index + 1}` },
    h("h3", {}, `Route ${index + 1}: ${steps.length} step${steps.length === 1 ? "" : "s"}`, best),
    h("ol", {}, steps.map(stepView)),
    h("p", {}, sumText(steps)),
    h(
      "p",
      { class: "actions" },
      button("Show in graph", () => showInGraph(route), attributes),
    ),
  );
}

/** @param {Step[]} steps */
function sumText(steps) {
  const sums = totals(steps);
  const priced = steps.filter(({ feeItem }) => feeItem).length;
  const gaps = (/** @type {number} */ without, /** @type {string} */ of) =>
    without ? `, not stated for ${without} of ${of}` : "";
  const known = dollars(sums.fee) + gaps(sums.withoutFee, `${priced} with a price`);
  const fees = sums.withoutFee === priced ? "not stated" : known;
  const months = span(sums.months, sums.monthsMax) + gaps(sums.withoutMonths, `${steps.length} steps`);
  const time = sums.withoutMonths === steps.length ? "not stated" : months;
  return `Fees: ${priced === 0 ? "none, as no step has a price" : fees}. Time: ${time}.`;
}

/** @param {Step} step */
function stepView(step) {
  /** @type {[string, string][]} */
  const sources = step.source ? [["", step.source], ...step.otherSources] : step.otherSources;
  const notes = [step.requires, step.level && `level: ${step.level}`].filter(Boolean).join("; ");
  const texts = [
    notes && ` (${notes})`,
    step.months && `. Takes ${span(step.months, step.monthsMax)}`,
    step.feeItem && `. Costs ${step.fee === null ? "(not stated)" : dollars(step.fee)} for ${step.feeItem}`,
    step.recommends && `. Advised beforehand: ${step.recommends}`,
  ];
  const sourceViews = sources.map(([aspect, iri]) =>
    h("span", { class: "source" }, aspect && `${aspect}: `, itemButton(iri, select)),
  );
  return h(
    "li",
    {},
    itemButton(step.start, select),
    ` ${step.how} `,
    itemButton(step.end, select),
    `${texts.filter(Boolean).join("")}.`,
    sources.length > 0 && h("div", { class: "sources" }, sourceViews),
  );
}

/** @param {number} value */
function dollars(value) {
  return `$${value.toLocaleString("en")}`;
}

/** @param {number} low @param {number | null} high */
function span(low, high) {
  return high && high !== low ? `${low} to ${high} months` : `${low} months`;
}
