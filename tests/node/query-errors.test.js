/** What is wrong with a query is said as Python says it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { explainQueryError, MAX_SENTENCE, spread } from "../../graph/browser/core/query-errors.js";
import { tokens, withoutService } from "../../graph/browser/core/sparql.js";
import { readCases } from "./cases.js";

const hints = JSON.parse(readFileSync(new URL("../../graph/query-hints.json", import.meta.url), "utf8"));
/** @type {{query: string, message: string, sentence: string}[]} */
const cases = readCases("query-errors");

for (const { query, message, sentence } of cases) {
  test(`query error: ${query}`, () => assert.equal(explainQueryError(query, message, hints), sentence));
}

test("a query spread out has its tokens on one line, and no comment", () => {
  assert.deepEqual(spread("ASK # why\n{ 'a\\n' }").trim().split(/ {24}/), ["ASK", "{", "'a\\n'", "}"]);
  assert.deepEqual(
    tokens("ASK { ex:a.b <p> 'it''s', ?x }# end").map(({ text }) => text),
    ["ASK", "{", "ex:a.b", "<p>", "'it'", "'s'", ",", "?x", "}", "# end"],
  );
});

test("no spelling of SERVICE is left", () => {
  assert.equal(withoutService("{ sErVICE ?service { } }"), "{ zErVICE ?zervice { } }");
});

test("any position in any message gives one short line", () => {
  for (const { query } of cases) {
    for (const column of [1, 30, 100, 100_000]) {
      for (const expected of ["OPTIONAL", "IRI parsing failed", "\u001b[31m a\nb", "x ".repeat(500)]) {
        const sentence = explainQueryError(query, `error at 1:${column}: expected ${expected}`, hints);
        assert.ok([...sentence].length <= MAX_SENTENCE);
        assert.doesNotMatch(sentence, /[\p{Cc}\u2028\u2029]/u);
      }
    }
  }
});
