/** The tokens of SPARQL text, as `graph/sparql.py` has them. */

/**
 * @typedef {"comment" | "string" | "iri" | "variable" | "name" | "number" | "symbol"} TokenType
 * @typedef {{type: TokenType, text: string, start: number}} Token
 */

// SPARQL 1.1, section 19.8: PN_CHARS_BASE, PN_CHARS, PN_LOCAL, ECHAR, and UCHAR.
const LETTER = [
  String.raw`A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d`,
  String.raw`\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}`,
].join("");
const WORD = String.raw`${LETTER}_0-9\u00b7\u0300-\u036f\u203f\u2040`;
const LOCAL = String.raw`(?:[${WORD}:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=\/?#@%])`;
const UCHAR = String.raw`\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}`;
const ESCAPE = String.raw`\\[tbnrf"'\\]|${UCHAR}`;
const STRINGS = [
  String.raw`"{3}(?:[^"\\]|${ESCAPE}|"(?!""))*"{3}`,
  String.raw`'{3}(?:[^'\\]|${ESCAPE}|'(?!''))*'{3}`,
  String.raw`"(?:[^"\\\n\r]|${ESCAPE})*"`,
  String.raw`'(?:[^'\\\n\r]|${ESCAPE})*'`,
];
const NAMES = [
  String.raw`(?:_|[${LETTER}](?:[${WORD}.\-]{0,99}[${WORD}\-])?)?:(?:${LOCAL}(?:\.*${LOCAL})*)?`,
  String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?`,
  String.raw`[${LETTER}_][${WORD}]*`,
];
const SYMBOLS = String.raw`\^\^|&&|\|\||[!<>]=|<<\(|\)>>|<<|>>|\{\||\|\}|[^ \t\n\r]`;
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\n\r]*)`,
    `(?<string>${STRINGS.join("|")})`,
    String.raw`(?<iri><(?:[^<>"{}|^\x60\\\x00-\x20]|${UCHAR})*>)`,
    String.raw`(?<variable>[?$][${WORD}]+)`,
    `(?<name>${NAMES.join("|")})`,
    String.raw`(?<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+\-]?[0-9]+)?)`,
    `(?<symbol>${SYMBOLS})`,
  ].join("|"),
  "gsu",
);

export const OPENING = new Set(["(", "[", "{", "<<", "<<(", "{|"]);
export const CLOSING = new Set([")", "]", "}", ">>", ")>>", "|}"]);

/**
 * List the tokens of a query, comments among them; what is no SPARQL at all comes as symbols.
 * @param {string} query
 * @returns {Token[]}
 */
export function tokens(query) {
  return [...query.matchAll(TOKEN)].map((found) => {
    const groups = Object.entries(found.groups ?? {});
    const type = /** @type {TokenType} */ (groups.find(([, text]) => text !== undefined)?.[0] ?? "symbol");
    return { type, text: found[0], start: found.index };
  });
}

/**
 * Sort the variables of SELECT * as they appear in the query; other queries name their own order.
 * @param {string} query
 * @param {string[]} columns
 * @returns {string[]}
 */
export function inOrderOfAppearance(query, columns) {
  if (!query.includes("*")) return columns;
  const found = tokens(query).filter(({ type }) => type !== "comment");
  const words = found.map(({ text }) => text.toUpperCase());
  const select = words.indexOf("SELECT");
  const star = ["DISTINCT", "REDUCED"].includes(words[select + 1] ?? "") ? select + 2 : select + 1;
  if (select < 0 || words[star] !== "*") return columns;
  const variables = found.flatMap(({ type, text }) => (type === "variable" ? [text.slice(1)] : []));
  const rank = (/** @type {string} */ column) => {
    const index = variables.indexOf(column);
    return index < 0 ? variables.length : index;
  };
  return [...columns].sort((a, b) => rank(a) - rank(b));
}

/**
 * Spell the word SERVICE in another way, wherever it stands, so that no part of a query is the keyword.
 * The engine then says where a query asks another server as it says where any other mistake is.
 * @param {string} query
 * @returns {string}
 */
export function withoutService(query) {
  return query.replace(/s(?=ervice)/gi, (letter) => (letter === "S" ? "Z" : "z"));
}
