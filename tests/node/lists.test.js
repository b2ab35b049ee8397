/** Lists are read in their order, whatever their cells do. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readList } from "../../graph/browser/core/lists.js";

const term = (/** @type {string} */ value) => ({ type: "uri", value });
const cells = (/** @type {[string, string, string][]} */ ...rows) =>
  rows.map(([cell, first, rest]) => ({ cell: term(cell), first: term(first), rest: term(rest) }));
const read = (/** @type {ReturnType<typeof cells>} */ rows, limit = 25) => {
  const { members, more } = readList("c1", rows, limit);
  return [members.map(({ value }) => value).join(""), more];
};

test("members come in the order of the list, not of the rows", () => {
  assert.deepEqual(read(cells(["c2", "b", "nil"], ["c1", "a", "c2"])), ["ab", 0]);
});

test("what is over the limit is counted", () => {
  assert.deepEqual(read(cells(["c1", "a", "c2"], ["c2", "b", "c3"], ["c3", "c", "nil"]), 1), ["a", 2]);
});

test("a list that runs in a circle comes to an end", () => {
  assert.deepEqual(read(cells(["c1", "a", "c2"], ["c2", "b", "c1"])), ["ab", 0]);
});

test("what is no cell is no list", () => {
  assert.deepEqual(read(cells(["c2", "b", "nil"])), ["", 0]);
});
