/** What is wrong with a query, in one sentence: the place, the reason, and the remedy; as Python says it. */

import { CLOSING, OPENING, tokens } from "./sparql.js";

/**
 * A known mistake, from `query-hints.json`: how to recognize it, what is wrong, and how to put it right.
 * @typedef {object} Mistake
 * @property {string} remedy
 * @property {string} [problem]
 * @property {string} [reason] what the engine says, as a pattern
 * @property {string} [tokens] what stands around ▶, where the query goes wrong, as a pattern
 * @property {string} [keyword] what the part at fault starts with, where the fault shows at the part's end
 */

/** @typedef {import("./sparql.js").Token} Token */

/** Characters of a sentence. */
export const MAX_SENTENCE = 400;

/** More characters than any keyword of SPARQL has. */
const GAP = 24;
const MAX_SHOWN = 40;
const MAX_BEFORE = 60;
const MAX_AFTER = 4;

const POSITION = /error at \d+:(\d+): expected (?:one of )?(.*)/;
const REASON = /(?:^|, )([A-Za-z][^\s,"]*(?: [^\s,"[\]]+)+)(?=, |$)/;
const UNPRINTABLE = /[\s\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * Write the tokens of a query on one line with wide gaps, for the engine to say where it goes wrong.
 * The engine reports the place where the longest keyword that it tried would end. With wide gaps this place
 * lies between the start of the wrong token and the start of the next. Prefixes go on a line before it.
 * @param {string} query
 * @returns {string}
 */
export function spread(query) {
  const gap = " ".repeat(GAP);
  const texts = meaningful(query).map(({ text }) => text.replace(/[\n\r]/g, " "));
  const apart = texts.map((text) => (isQuote(text) ? `${gap}${text}${gap}\n` : gap + text));
  return `${apart.join("")}${gap}`; // a quotation mark that nothing closes must not find another one
}

/**
 * Say in one sentence what is wrong with a query.
 * @param {string} query
 * @param {string} message the engine's, of the query spread out
 * @param {readonly Mistake[]} hints the known mistakes; the last one fits every query
 * @returns {string}
 */
export function explainQueryError(query, message, hints) {
  const found = meaningful(query);
  const plain = printable(message);
  if (!found.length) return "The query is empty; try SELECT * WHERE { ?s ?p ?o } LIMIT 10.";
  const [, column, expected] = POSITION.exec(plain) ?? [];
  if (column === undefined || expected === undefined) {
    const known = hints.find((one) => !one.tokens && new RegExp(one.reason ?? "").test(plain));
    return cut(
      `The query cannot be run: ${known?.problem || plain.replace(/[. ]+$/, "")}; ${known?.remedy}.`,
    );
  }
  let number = wrongToken(found, Number(column) - 1, expected);
  const around = context(found, number);
  const mistake = hints.find(
    (one) => new RegExp(one.reason ?? "").test(expected) && new RegExp(one.tokens ?? "", "i").test(around),
  );
  if (mistake?.keyword) number = startOfPart(found, number, mistake.keyword);
  const wrong = found[number];
  const text = wrong ? cut(printable(wrong.text), MAX_SHOWN) : "";
  // the engine knows better than the tokens
  const own = mistake?.reason ? "" : REASON.exec(expected)?.[1]?.replace(/\.+$/, "");
  const usual = wrong ? `“${text}” is not allowed here` : "the query ends too early";
  const last = openBrackets(found, number).at(-1);
  /** @type {Record<string, string>} */
  const words = { text, prefix: text.split(":")[0] ?? "" };
  words.open = last ? `the “${last.text}” at ${lineAndColumn(query, last.start)}` : "";
  const rest = `${own || mistake?.problem || usual}; ${mistake?.remedy}.`;
  const position = lineAndColumn(query, wrong ? wrong.start : query.trimEnd().length);
  return cut(
    `L${position.slice(1)}: ${rest.replace(/\{(text|prefix|open)\}/g, (_, name) => words[name] ?? "")}`,
  );
}

/** @param {string} query */
function meaningful(query) {
  return tokens(query).filter(({ type }) => type !== "comment");
}

/**
 * Find the number of the token that the engine stopped at; the number after the last is the query's end.
 * @param {Token[]} found
 * @param {number} position
 * @param {string} expected
 */
function wrongToken(found, position, expected) {
  let number = 0;
  let end = 0;
  for (const { text } of found) {
    end += GAP + lengthOf(text);
    if (end + GAP > position) break;
    number += 1;
  }
  if (expected.includes("IRI parsing failed") || expected.includes('">"')) {
    // an IRI goes on to the next >, over other tokens
    const start = found.slice(0, number + 1).findLastIndex(({ text }) => text.startsWith("<"));
    if (start >= 0) number = start;
  }
  const quote = found.slice(0, number).findIndex(({ text }) => isQuote(text));
  return quote < 0 ? number : quote; // a string without its end
}

/**
 * List the brackets and braces that are open before a token.
 * @param {Token[]} found
 * @param {number} number
 */
function openBrackets(found, number) {
  /** @type {Token[]} */
  const open = [];
  for (const token of found.slice(0, number)) {
    if (OPENING.has(token.text)) open.push(token);
    else if (CLOSING.has(token.text)) open.pop();
  }
  return open;
}

/**
 * Write the tokens around ▶, a string as "", then ■ and the brackets open there; … is left out before.
 * @param {Token[]} found
 * @param {number} number
 */
function context(found, number) {
  const texts = found.map(({ type, text }) => (type === "string" ? '""' : first(text, MAX_SHOWN)));
  const before = texts.slice(Math.max(0, number - MAX_BEFORE), number);
  if (number > MAX_BEFORE) before.unshift("…");
  const open = openBrackets(found, number).slice(-MAX_BEFORE);
  const brackets = open.map(({ text }) => text).join("");
  return [...before, "▶", ...texts.slice(number, number + MAX_AFTER), "■", brackets].join(" ");
}

/**
 * Find the keyword that starts the part of a query which ends before a token.
 * @param {Token[]} found
 * @param {number} number
 * @param {string} keyword
 */
function startOfPart(found, number, keyword) {
  let depth = 0;
  for (let earlier = Math.min(number, found.length) - 1; earlier >= 0; earlier -= 1) {
    const text = found[earlier]?.text ?? "";
    depth += Number(CLOSING.has(text)) - Number(OPENING.has(text));
    if (depth <= 0 && text.toUpperCase() === keyword) return earlier;
  }
  return number;
}

/** Tell whether a token is a quotation mark that nothing closes. @param {string} text */
function isQuote(text) {
  return text === '"' || text === "'";
}

/** @param {string} text @param {number} position */
function lineAndColumn(text, position) {
  const before = text.slice(0, position).split(/\r\n|\n|\r/);
  return `line ${before.length}, column ${lengthOf(before.at(-1) ?? "") + 1}`;
}

/** @param {string} text */
function printable(text) {
  return text.replace(UNPRINTABLE, " ").trim();
}

/** @param {string} text @param {number} [limit] */
function cut(text, limit = MAX_SENTENCE) {
  return lengthOf(text) <= limit ? text : `${first(text, limit - 1)}…`;
}

/** Count characters as Python and the engine do: by code points. @param {string} text */
function lengthOf(text) {
  return [...text].length;
}

/** @param {string} text @param {number} count */
function first(text, count) {
  return text.length <= count ? text : [...text].slice(0, count).join("");
}
