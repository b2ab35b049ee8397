/** The state survives its way through the URL. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { makePrefixes } from "../../graph/browser/core/prefixes.js";
import { decode, encode, initialState, NO_HIGHLIGHT } from "../../graph/browser/core/url.js";

const { compress, expand } = makePrefixes({ a: "http://a.example/" });
const [A, B, C, OTHER] = [
  "http://a.example/a",
  "http://a.example/b",
  "http://a.example/c",
  "http://b.example/é/&",
];
const overview = [A, B, C];

/** @param {Partial<import("../../graph/browser/core/url.js").State>} change */
const stateWith = (change) => ({ ...initialState(overview), ...change });

const states = {
  "the first state": stateWith({}),
  "an item more": stateWith({ shown: [A, B, C, OTHER], selected: OTHER }),
  "an item less": stateWith({ shown: [A, C], hidden: [B, ""] }),
  "another order": stateWith({ shown: [C, A] }),
  "nothing shown": stateWith({ shown: [] }),
  "a question": stateWith({
    panel: "questions",
    question: "q",
    settings: { x: '"&=#%"', __proto__x: "a:b" },
  }),
  "a query": stateWith({ panel: "sparql", query: "SELECT * {\n ?s ?p '+&#%' }" }),
  "a comparison and half a route": stateWith({ compare: [A, OTHER], route: ["", B] }),
};

for (const [name, state] of Object.entries(states)) {
  test(name, () => {
    const fragment = encode(state, overview, compress);
    assert.deepEqual(decode(fragment, overview, expand), state);
    assert.equal(encode(decode(fragment, overview, expand), overview, compress), fragment);
  });
}

test("the first state is an empty fragment, and a change a short one", () => {
  assert.equal(encode(stateWith({}), overview, compress), "");
  assert.equal(
    encode(stateWith({ shown: [A, C, OTHER] }), overview, compress).startsWith("show=*+-a%3Ab+"),
    true,
  );
});

test("the highlight is not in the URL", () => {
  const state = stateWith({ highlight: { nodes: [A], steps: [] } });
  assert.equal(decode(encode(state, overview, compress), overview, expand).highlight, NO_HIGHLIGHT);
});

test("nonsense is a state too", () => {
  for (const fragment of ["%E0%A4%A", "&&==&%", "show=*+-x", "set-__proto__=1", "=".repeat(1000)]) {
    assert.equal(typeof decode(fragment, overview, expand).panel, "string");
  }
});
