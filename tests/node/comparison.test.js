/** Rows become a comparison as in Python. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { compareItems } from "../../graph/browser/core/comparison.js";
import { formatBoolean } from "../../graph/browser/core/format-literal.js";
import { readCases } from "./cases.js";

for (const { why, items, rows, comparison } of readCases("comparison")) {
  test(why, () => {
    const found = compareItems(rows, items);
    const asText = (/** @type {import("../../graph/browser/core/comparison.js").SourcedValue} */ entry) => ({
      ...entry,
      value: formatBoolean(entry.value) || entry.value.value,
    });
    const textRows = found.rows.map((row) => ({ ...row, cells: row.cells.map((all) => all.map(asText)) }));
    assert.deepEqual({ rows: textRows, sources: found.sources }, comparison);
  });
}
