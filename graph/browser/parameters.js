/** What a question asks for: how a person chooses it, and how it gets into the SPARQL and into Python. */

import { h } from "./dom.js";
import { finder } from "./find.js";
import { isIri, label, long, short, sparqlIri } from "./names.js";
import { page } from "./payload.js";
import { query } from "./store.js";

/** @typedef {import("./payload.js").Question} Question */
/** @typedef {import("./payload.js").Parameter} Parameter */
/** @typedef {Record<string, string>} Settings For each parameter that was set, one term of SPARQL. */

const VALUES = /\bVALUES\s+\?(\w+)\s*\{\s*((?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^{}"<])*?)\s*\}/gi;
const ANY = "UNDEF";

/** @param {Settings} settings @param {string} name @returns {string} */
function setting(settings, name) {
  return Object.hasOwn(settings, name) ? (settings[name] ?? "") : "";
}

/** Put the chosen values into a question's SPARQL. @param {Question} question @param {Settings} settings */
export function bound(question, settings) {
  return question.sparql.replace(VALUES, (whole, name) => (setting(settings, name) ? `VALUES ?${name} { ${settings[name]} }` : whole));
}

/** Name the first parameter that still needs a value. @param {Question} question @param {Settings} settings */
export function missing(question, settings) {
  return question.parameters.find(({ name, default: given }) => !given && !setting(settings, name));
}

/** Write a question as lines of Python that anyone can run. @param {Question} question @param {Settings} settings */
export function asPython(question, settings) {
  const given = question.parameters.flatMap(({ name }) => (setting(settings, name) ? [`, ${name}=${JSON.stringify(plain(setting(settings, name)))}`] : []));
  return `import graph\n\nfor row in graph.load(${page.load.map((folder) => JSON.stringify(folder)).join(", ")}).query("${question.name}"${given.join("")}):\n    print(row)\n`;
}

/** Take the quotes off a text; any is written as nothing. @param {string} term */
function plain(term) {
  if (term.startsWith('"')) return JSON.parse(term.replace(/\^\^<[^>]*>$/, ""));
  return term === ANY ? "" : term;
}

/** Write an IRI as a term of SPARQL. @param {string} iri */
export function termOf(iri) {
  return short(iri) === iri ? sparqlIri(iri) : short(iri);
}

/** Turn what a person wrote into a term of SPARQL. @param {string} text @param {string} kind */
function written(text, kind) {
  if (kind) return `${JSON.stringify(text)}^^${sparqlIri(long(kind))}`;
  if (/^([-+]?\d+(\.\d+)?|true|false)$/.test(text)) return text;
  const iri = long(text.trim());
  return isIri(iri) ? termOf(iri) : JSON.stringify(text);
}

/** Say a term of SPARQL as people do. @param {string} term */
function said(term) {
  if (!term || term === ANY) return "";
  if (/^("|[-+\d]|true$|false$)/.test(term)) return plain(term);
  return label(long(term));
}

/**
 * Let the person choose a value: among the things of a class, as text or a number, or any thing.
 * @param {Parameter} parameter
 * @param {string} now the term that is set, or the default
 * @param {(term: string) => void} set
 */
export async function chooser({ name, kind, words, default: given }, now, set) {
  const title = words || name;
  const space = long(kind);
  if (space.startsWith("http://www.w3.org/2001/XMLSchema#")) {
    const input = h("input", { type: "text", "aria-label": title, value: said(now), onchange: () => set(input.value ? written(input.value, kind) : "") });
    return h("label", {}, h("span", {}, title), input);
  }
  if (!isIri(space)) return h("div", { class: "field" }, h("span", {}, title), finder(title, (iri) => set(termOf(iri)), said(now), (text) => set(written(text, ""))));
  const found = await query(`SELECT DISTINCT ?thing { ?thing a/rdfs:subClassOf* ${sparqlIri(space)} FILTER(isIRI(?thing)) }`);
  const things = found.rows.flatMap(({ thing }) => thing?.value ?? []).sort((a, b) => label(a).localeCompare(label(b)));
  const chosen = now === ANY || !now ? now : long(now);
  const first = given.toUpperCase() === ANY ? h("option", { value: ANY, selected: now.toUpperCase() === ANY }, "any") : !given && h("option", { value: "", selected: !now }, "choose …");
  const options = things.map((iri) => h("option", { value: termOf(iri), selected: iri === chosen }, label(iri)));
  const box = h("select", { "aria-label": title, onchange: () => set(box.value) }, first, options);
  return h("label", {}, h("span", {}, title), box);
}
