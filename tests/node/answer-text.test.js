/** Answers are put in words as in Python. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerText, displayed, joined } from "../../graph/browser/core/answer-text.js";

const cases = JSON.parse(readFileSync(new URL("../cases/answers.json", import.meta.url), "utf8"));

/** @param {any} header the header of a case, which Python reads; here it is taken as right */
function wordingOf(header) {
  const many = header.answer ?? "";
  const columns = Object.entries(header.columns ?? {}).map(([key, value]) => {
    const [heading = "", format = ""] = String(value).split(";");
    return [key, { heading: heading.trim() === "-" ? "" : heading.trim(), format: format.trim() }];
  });
  return {
    many,
    one: header["answer one"] ?? many,
    none: header["answer none"] ?? (many ? "No source states this." : ""),
    columns: Object.fromEntries(columns),
    join: header.join?.split(" ") ?? [],
  };
}

for (const { why, header, rows, settings, answer, table, error } of cases) {
  if (error) continue;
  test(why, () => {
    const wording = wordingOf(header);
    const shown = displayed(rows, wording);
    assert.equal(answerText(wording, shown, settings), answer);
    if (table) assert.deepEqual(joined(shown, wording), table);
  });
}
