/** Labels and classes are chosen, and labels truncated, as Python does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isPreferredClass,
  isPreferredLabel,
  languageRank,
  lastPart,
  toWords,
  truncate,
} from "../../graph/browser/core/labels.js";
import { readCases } from "./cases.js";

const cases = readCases("labels");
const PROPERTIES = ["skos:prefLabel", "rdfs:label"];

for (const { why, labels, label } of cases.labels) {
  test(`label: ${why}`, () => {
    let best;
    for (const [property, value, language] of labels) {
      const candidate = { property, value, language: language ?? undefined };
      if (!PROPERTIES.includes(property)) continue;
      if (isPreferredLabel(candidate, best, PROPERTIES, "en")) best = candidate;
    }
    assert.equal(best?.value ?? null, label);
  });
}

for (const { why, classes, class: expected } of cases.classes) {
  test(`class: ${why}`, () => {
    for (const given of [classes, [...classes].reverse()]) {
      let best;
      for (const style of given) if (isPreferredClass(style, best)) best = style;
      assert.equal(best?.iri, expected);
    }
  });
}

for (const { name, words } of cases.words) {
  test(`words: ${name}`, () => assert.equal(toWords(name), words));
}

for (const { why, text, truncated } of readCases("truncation")) {
  test(`truncation: ${why}`, () => assert.equal(truncate(text), truncated));
}

test("the reader's language comes before English", () => {
  const tags = ["fr", "", "en-US", "de-AT"];
  assert.deepEqual(
    tags.sort((a, b) => languageRank(a, "de") - languageRank(b, "de")),
    ["de-AT", "en-US", "", "fr"],
  );
});

test("an item without a label is called by the end of its IRI", () => {
  assert.equal(lastPart("http://a.example/Salt%20Ness/"), "Salt Ness");
  assert.equal(lastPart("http://a.example/b#c"), "c");
  assert.equal(lastPart("http://a.example/%FF"), "%FF");
  assert.equal(lastPart("urn:bnode:f0n7"), "(unnamed 7)");
});
