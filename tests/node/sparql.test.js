/** The columns of SELECT * come in the order of the query, as in Python. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrderOfAppearance } from "../../graph/browser/core/sparql.js";
import { readCases } from "./cases.js";

for (const { why, query, columns, ordered } of readCases("columns")) {
  test(`columns: ${why}`, () => assert.deepEqual(inOrderOfAppearance(query, columns), ordered));
}
