/** Ask anything in SPARQL: run it, stop it, and be told what is wrong with it. */

import { answerView } from "./answers.js";
import { by, fill, h } from "./dom.js";
import { isLetterOff } from "./find.js";
import { entries, isKnown, kindName, label, long, short } from "./names.js";
import { page, relationName } from "./payload.js";
import { select } from "./picture.js";
import { act, state } from "./state.js";
import { query, Stopped, stop } from "./store.js";

/** @type {import("./editor.js").Editor | undefined} */
let editor;
let asked = "";
const START = "SELECT ?kind (COUNT(?thing) AS ?things) WHERE {\n  ?thing a ?kind\n} GROUP BY ?kind ORDER BY DESC(?things)";

/** Open the panel, with the query the address holds. */
export async function showSparql() {
  const region = by("sparql");
  if (!editor) {
    const place = h("div", { class: "editor" });
    fill(
      region,
      h("h2", {}, "SPARQL"),
      place,
      h("p", { class: "acts" }, h("button", { type: "button", id: "run", onclick: run }, "Run"), h("button", { type: "button", id: "stop", hidden: true, onclick: stop }, "Stop"), h("span", { class: "hint" }, "Ctrl+Enter runs it. Prefixes may be left out.")),
      h("div", { id: "sparql-answer", "aria-live": "polite" }),
    );
    const open = /** @type {any} */ (globalThis).graphEditor;
    editor = open(place, { text: state.query || START, names, run, nonce: page.nonce });
  }
  if (state.query && state.query !== asked) {
    if (editor?.text() !== state.query) editor?.write(state.query);
    await ask(state.query);
  }
}

function run() {
  const text = editor?.text().trim() ?? "";
  if (text === state.query) ask(text);
  else act({ query: text, panel: "sparql" });
}

/** @param {string} text */
async function ask(text) {
  asked = text;
  const place = by("sparql-answer");
  const waiting = setTimeout(() => fill(place, h("p", { class: "hint" }, "Running …")), 200);
  by("stop").hidden = false;
  const began = performance.now();
  try {
    const answer = await query(text);
    clearTimeout(waiting);
    performance.mark("graph:answer");
    const took = h("span", { class: "count" }, `${Math.max(1, Math.round(performance.now() - began)).toLocaleString("en")} ms`);
    fill(place, hint(text), await answerView(answer, { name: "answer", select, acts: [took] }));
  } catch (error) {
    clearTimeout(waiting);
    if (error instanceof Stopped) return fill(place, h("p", { class: "hint" }, "Stopped. The query was ended before it had an answer; make it narrower, for instance with LIMIT."));
    const said = error instanceof Error ? error.message : String(error);
    const at = /(\d+):(\d+)/.exec(said);
    fill(place, h("p", { class: "wrong", role: "alert" }, at ? `Line ${at[1]}, column ${at[2]}: ${clear(said)}` : clear(said)), hint(text));
    if (at) editor?.mark(Number(at[1]), Number(at[2]));
  } finally {
    by("stop").hidden = true;
  }
}

/** Say a parser's complaint in a few words. @param {string} said */
function clear(said) {
  const what = said.replace(/^.*?error at \d+:\d+: /s, "");
  if (/Prefix not found/.test(what)) return "this prefix is not known; write PREFIX name: <…> before the query.";
  return what.length > 160 ? "something else was expected here." : `${what}.`;
}

/** Name the terms of a query that the data does not know, and the nearest that it does. @param {string} text */
function hint(text) {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*|<[^>]*>/g, " ");
  const used = [...new Set([...bare.matchAll(/(?<![\w?$])([A-Za-z][\w-]*:[\w.-]*\w)/g)].map((found) => found[1] ?? ""))];
  const space = page.base;
  const unknown = used.filter((name) => long(name) !== name && long(name).startsWith(space) && !isTerm(long(name)));
  if (unknown.length === 0) return null;
  const all = [...new Set([...entries.map(({ iri }) => iri), ...Object.keys(page.relations)])].map(short);
  return h(
    "ul",
    { class: "wrong" },
    unknown.map((name) => {
      const local = name.split(":")[1]?.toLowerCase() ?? "";
      const near = all.find((other) => isLetterOff(other.toLowerCase(), name.toLowerCase())) ?? all.find((other) => (other.split(":")[1] ?? "").toLowerCase() === local) ?? all.find((other) => local.length > 3 && other.startsWith(`${name.split(":")[0]}:`) && (other.toLowerCase().includes(local) || local.includes(other.split(":")[1]?.toLowerCase() || "\n")));
      return h("li", {}, `${name} is not in the data`, near ? [" – did you mean ", h("button", { type: "button", class: "plain", onclick: () => act({ query: text.replaceAll(name, near), panel: "sparql" }) }, near), "?"] : ".");
    }),
  );
}

/** @param {string} iri */
function isTerm(iri) {
  return isKnown(iri) || iri in page.relations;
}

/** Everything that can be completed: relations first, then classes and things. */
function names() {
  const relations = Object.keys(page.relations).map((iri) => ({ label: short(iri), detail: relationName(iri), type: "property" }));
  const kinds = page.kinds.map((kind) => ({ label: short(kind.iri), detail: kind.label, type: "class" }));
  const things = [...new Set(entries.map(({ iri }) => iri))].map((iri) => ({ label: short(iri), detail: `${label(iri)} · ${kindName(iri)}`, type: "constant" }));
  return [...relations, ...kinds, ...things];
}
