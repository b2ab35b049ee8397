/** IRIs are compressed and expanded as Python does, on the cases that both share. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { makePrefixes } from "../../graph/browser/core/prefixes.js";
import { isIri, isTerm } from "../../graph/browser/core/terms.js";
import { readCases } from "./cases.js";

const cases = readCases("prefixes");
const { compress, expand } = makePrefixes(cases.prefixes);

for (const { iri, name } of cases.compress) {
  test(`compress ${iri}`, () => {
    const compressed = compress(iri);
    assert.equal([iri, `<${iri}>`].includes(compressed) ? null : compressed, name);
    assert.equal(expand(compressed), iri);
    if (name) assert.ok(isTerm(name), "what is compressed is a term of SPARQL");
  });
}

for (const { text, iri } of cases.expand) {
  test(`expand ${text}`, () => assert.equal(isIri(expand(text)) ? expand(text) : null, iri));
}

test("an IRI that looks like a prefixed name is written in brackets", () => {
  assert.equal(makePrefixes({ a: "http://a.example/" }).compress("a:x"), "<a:x>");
});
