/** Unknown names in a query are found, and only near ones suggested. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestName, prefixedNames, replaceName } from "../../graph/browser/core/suggestions.js";

test("names are found outside strings, IRIs and comments, with prefixes of the data", () => {
  const query = 'PREFIX own: <a:>\nSELECT * { ?s a:b "a:c" ; own:d <a:e> ; a:été ?x:y } # a:f';
  assert.deepEqual(prefixedNames(query), ["a:b", "a:été"]);
});

test("a near name is suggested, and no other", () => {
  const names = ["a:sailsTo", "b:carries", "a:Port"];
  assert.equal(nearestName("a:sailTo", names), "a:sailsTo");
  assert.equal(nearestName("a:carries", names), "b:carries");
  assert.equal(nearestName("a:sails", names), undefined);
  assert.equal(nearestName("a:x", names), undefined);
});

test("a name is replaced where it stands whole", () => {
  assert.equal(replaceName("a:b a:bc xa:b ?a:b a:b.", "a:b", "$&"), "$& a:bc xa:b ?a:b $&.");
});
