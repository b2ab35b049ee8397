/** Routes are simple, short and ranked. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildStepGraph, findRoutes, predecessors } from "../../graph/browser/core/routes.js";

/** @param {string} from @param {string} to @param {Record<string, string>} [more] */
function row(from, to, more = {}) {
  const values = { from, to, how: "leads to", ...more };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { type: "literal", value }]),
  );
}

const ends = (/** @type {import("../../graph/browser/core/routes.js").Route[]} */ routes) =>
  routes.map(({ steps }) => steps.map(({ end }) => end).join(" "));

test("the route with the fewest steps comes first, and none visits an item twice", () => {
  const graph = buildStepGraph([row("a", "b"), row("b", "c"), row("a", "c"), row("c", "a"), row("b", "a")]);
  assert.deepEqual(ends(findRoutes(graph, "a", "c")), ["c", "b c"]);
  assert.deepEqual(findRoutes(graph, "c", "c"), []);
  assert.deepEqual(predecessors(graph, "c"), ["a", "b"]);
});

test("what is not stated is not taken for zero", () => {
  const graph = buildStepGraph([
    row("a", "c", { feeFor: "it" }),
    row("a", "b", { feeFor: "it", fee: "5" }),
    row("b", "c", { feeFor: "it", fee: "5" }),
  ]);
  const routes = findRoutes(graph, "a", "c");
  assert.deepEqual(ends(routes), ["c", "b c"]);
  assert.deepEqual(routes[1]?.bestBy, ["lowest fees"]);
});

test("of two steps between the same items the shorter is kept", () => {
  const graph = buildStepGraph([
    row("a", "b", { months: "9" }),
    row("a", "b", { months: "3", monthsUpTo: "4" }),
  ]);
  assert.equal(graph.get("a")?.get("b")?.months, 3);
});
