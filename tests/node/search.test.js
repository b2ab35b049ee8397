/** Names are found by what is typed, the best first. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { endRank, isOneEditAway, matchRank, search } from "../../graph/browser/core/search.js";

const labels = new Map([
  ["a:port", "Northport"],
  ["a:ferry", "MV Selkie"],
  ["a:cafe", "Café"],
]);
const names = [
  ...[...labels].map(([iri, text]) => ({ iri, text, role: "" })),
  { iri: "a:port", text: "Nordhafen", role: "also called" },
  { iri: "a:ferry", text: "NP1", role: "code" },
];
const items = { labelOf: (/** @type {string} */ iri) => labels.get(iri) ?? iri, isListed: () => true };

test("hits tell why they match", () => {
  assert.deepEqual(search("nordhafen", names, items), [
    { iri: "a:port", text: "Northport", why: "also called Nordhafen" },
  ]);
  assert.deepEqual(search("np1", names, items), [{ iri: "a:ferry", text: "MV Selkie", why: "code NP1" }]);
  assert.deepEqual(search("slekie", names, items)[0]?.why, "similar spelling");
});

test("case, accents and space around do not count", () => {
  assert.equal(search("  CAFE ", names, items)[0]?.iri, "a:cafe");
  assert.deepEqual(search("   ", names, items), []);
});

test("matches are ranked: whole, beginning, word, part, misspelled, none", () => {
  const texts = ["north", "northport", "the north", "thenorth", "norht", "south"];
  assert.deepEqual(
    texts.map((text) => matchRank("north", text)),
    [0, 1, 2, 3, 4, undefined],
  );
});

test("one edit is a letter wrong, missing, added, or two swapped", () => {
  for (const other of ["port", "pert", "prt", "poort", "prot"])
    assert.ok(isOneEditAway("port", other), other);
  for (const other of ["part s", "trop", "po", "portals"]) assert.ok(!isOneEditAway("port", other), other);
});

test("items are found by the end of their IRI though they have labels", () => {
  const iris = ["http://a.example/E21_Person", "http://a.example/obo#RO_0002211"];
  const hits = (/** @type {string} */ text) => search(text, names, { ...items, iris });
  assert.deepEqual(hits("e21")[0], { iri: iris[0], text: iris[0], why: "IRI ends in E21_Person" });
  assert.deepEqual(hits("RO_0002211")[0]?.iri, iris[1]);
  assert.deepEqual(hits("Northport")[0]?.iri, "a:port");
  assert.deepEqual(hits("zzz"), []);
  assert.deepEqual(
    ["e2", "e21", "e21_person", "e21_persons", "person"].map((key) => endRank(key, iris[0] ?? "")),
    [undefined, 1, 0, undefined, undefined],
  );
});
