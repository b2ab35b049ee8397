/** The SPARQL of a question is joined from its segments, and only what is set is replaced. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  frequentTags,
  joinAbout,
  joinSegments,
  missingParameter,
  toPlainText,
  pythonSnippet,
} from "../../graph/browser/core/question.js";

const question = {
  name: "where-to",
  segments: ["SELECT * { VALUES ?x {", { parameter: "x", text: " a:b " }, "} VALUES ?y { 1 } # {x} $&\n}"],
  parameters: [
    { name: "x", type: "", description: "", default: "a:b" },
    { name: "z", type: "", description: "", default: "" },
  ],
  tags: [],
};

test("a slot that is not set stays as it was written", () => {
  assert.equal(joinSegments(question, {}), "SELECT * { VALUES ?x { a:b } VALUES ?y { 1 } # {x} $&\n}");
  assert.equal(joinSegments(question, { y: "2" }), joinSegments(question, {}));
});

test("a slot that is set holds the term, whatever is in it", () => {
  const query = joinSegments(question, { x: '"$& {x}"' });
  assert.equal(query, 'SELECT * { VALUES ?x { "$& {x}" } VALUES ?y { 1 } # {x} $&\n}');
  assert.equal(joinAbout(question, ["<a:1>", "<a:2>"]).includes("{ <a:1> <a:2> }"), true);
});

test("names of objects are no settings", () => {
  const odd = { segments: [{ parameter: "constructor", text: " 1 " }] };
  assert.equal(joinSegments(odd, {}), " 1 ");
});

test("the parameter that still needs a value is named", () => {
  assert.equal(missingParameter(question, {})?.name, "z");
  assert.equal(missingParameter(question, { z: "1" }), undefined);
});

test("a question is lines of Python", () => {
  assert.equal(
    pythonSnippet(question, { x: '"a \\"b\\""^^<http://t.example/>', z: "UNDEF" }, ["my data"]),
    'import graph\n\nfor row in graph.load("my data").query("where-to", {"x": "a \\"b\\"", "z": ""}):\n' +
      "    print(row)\n",
  );
  assert.equal(toPlainText('"it\\\'s"'), "it\\'s");
});

test("the most frequent tags come first", () => {
  const questions = [["a", "b"], ["b"], ["c", "a"], ["b"]].map((tags) => ({ tags }));
  assert.deepEqual(frequentTags(questions, 2), ["b", "a"]);
});
