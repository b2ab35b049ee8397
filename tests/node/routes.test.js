/** Routes are found, ranked and put in words as in Python. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asideText, phrases, sumsText } from "../../graph/browser/core/route-text.js";
import { routes } from "../../graph/browser/core/routes.js";
import { checkColumns, readSteps } from "../../graph/browser/core/steps.js";
import { readCases } from "./cases.js";

const { policies, cases } = readCases("routes");

for (const { why, header, rows, start, end, limit, ...expected } of cases) {
  const { policy } = policies[header];
  const describe = (/** @type {import("../../graph/browser/core/steps.js").Step} */ step) => ({
    text: step.text,
    aside: asideText(step),
    phrases: phrases(step, policy),
    sources: step.sources,
  });
  const find = (/** @type {any[]} */ given) => routes(readSteps(given, policy), policy, start, end, limit);
  test(why, () => {
    if (expected.error) return assert.throws(() => find(rows), { message: expected.error });
    const found = find(rows).map((route, index) => ({
      path: [start, ...route.steps.map((step) => step.end)],
      bestBy: route.bestBy,
      sums: sumsText(route, policy),
      ...(expected.routes[index]?.steps && { steps: route.steps.map(describe) }),
    }));
    assert.deepEqual(found, expected.routes);
    assert.deepEqual(find([...rows].reverse()), find(rows));
  });
}

test("a query selects every column that its header names", () => {
  const columns = [
    "from",
    "to",
    "text",
    "toll",
    "tollItem",
    "hours",
    "hoursMax",
    "hoursSource",
    "tollSource",
  ];
  const { policy } = policies.tolls;
  checkColumns(columns, policy);
  for (const lost of columns) {
    const message = `route.rq does not select ?${lost}; add this column to its SELECT.`;
    const others = columns.filter((column) => column !== lost);
    assert.throws(() => checkColumns(others, policy), { message });
  }
});

test("many items with many links take no time to speak of", () => {
  const rows = Array.from({ length: 300 * 25 }, (_, index) => {
    const from = index % 300;
    return { from: `${from}`, to: `${(from * 7 + Math.floor(index / 300) * 11 + 1) % 300}` };
  });
  const steps = readSteps(rows, policies.default.policy);
  assert.equal(routes(steps, policies.default.policy, "0", "5", 20).length, 20);
});
