/** CSV, Turtle, literals and terms are written so that they are read again as they were. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv } from "../../graph/browser/core/csv.js";
import { formatBoolean, formatNumber, numberOf } from "../../graph/browser/core/format-literal.js";
import { makePrefixes } from "../../graph/browser/core/prefixes.js";
import { isTerm, parseResults, toSparqlIri } from "../../graph/browser/core/terms.js";
import { parseTriples, toTurtle } from "../../graph/browser/core/turtle.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";

/** @param {string} value @param {string} type */
const literal = (value, type) => ({ type: "literal", value, datatype: XSD + type });

test("CSV quotes commas, quotes and line breaks", () => {
  assert.equal(toCsv([["a", 'b"c', "d,e", "f\ng", ""]]), 'a,"b""c","d,e","f\ng",\r\n');
});

test("numbers keep their digits", () => {
  for (const [value, type, text] of [
    ["2026", "integer", "2026"],
    ["12345", "integer", "12,345"],
    ["12345678901234567890123", "integer", "12,345,678,901,234,567,890,123"],
    ["1234.50", "decimal", "1234.5"],
    ["0.00000012", "decimal", "0.00000012"],
    ["1.0e-30", "double", "1e-30"],
  ]) {
    assert.equal(formatNumber(literal(value ?? "", type ?? "")), text);
  }
  assert.ok(Number.isNaN(numberOf(literal("0x10", "integer"))));
  assert.ok(Number.isNaN(numberOf(undefined)));
  assert.equal(formatBoolean(literal("1", "boolean")), "yes");
  assert.equal(formatBoolean(literal("maybe", "boolean")), "");
});

test("Turtle has the prefixes that it uses, and keeps what it cannot parse", () => {
  const prefixes = { a: "http://a.example/", b: "http://b.example/" };
  const text = [
    "<http://a.example/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/T> .",
    '<http://a.example/x> <http://a.example/p> "1"^^<http://a.example/t> .',
    '<http://a.example/x> <http://a.example/p> "<http://a.example/no>"@en .',
    "<http://c.example/y/> <http://a.example/p> <<( <a:a> <a:b> <a:c> )>> .",
  ].join("\n");
  assert.equal(
    toTurtle(text, prefixes, makePrefixes(prefixes).compress),
    '@prefix a: <http://a.example/> .\n\na:x a a:T ;\n  a:p "1"^^a:t , "<http://a.example/no>"@en .\n\n\n' +
      "<http://c.example/y/> <http://a.example/p> <<( <a:a> <a:b> <a:c> )>> .\n",
  );
  assert.equal(parseTriples(text).length, 3);
});

test("nothing in an IRI ends its brackets", () => {
  assert.equal(toSparqlIri('a:b> } # "'), "<a:b\\u003E\\u0020\\u007D\\u0020#\\u0020\\u0022>");
});

test("one term is told from anything more", () => {
  for (const text of ["1", "-2.5", "true", "UNDEF", "a:b", "a:été", ":x", "<a:b>", '"x"', '"x"^^<a:b>']) {
    assert.ok(isTerm(text), text);
  }
  for (const text of ["", "a", "1 2", '"x" "y"', "<a b>", '"x"}', "a:b }", "a:b.", '"x\ny"', "a:-"]) {
    assert.ok(!isTerm(text), text);
  }
});

test("results are rows without a prototype, triples with their parts", () => {
  const triple = { subject: { type: "uri", value: "a:s" }, predicate: { type: "uri", value: "a:p" } };
  const object = { type: "literal", value: "o" };
  const json = {
    head: { vars: ["t", "toString"] },
    results: { bindings: [{ t: { type: "triple", value: { ...triple, object } } }] },
  };
  const [row] = parseResults(json).rows;
  assert.equal(row?.["toString"], undefined);
  assert.equal(row?.["t"]?.value, '<<( <a:s> <a:p> "o" )>>');
  assert.deepEqual(row?.["t"]?.parts?.[2], object);
  assert.equal(parseResults({ boolean: false }).boolean, false);
});
