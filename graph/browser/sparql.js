/** Ask anything in SPARQL: run it, stop it, and be told what is wrong with it. */

import { answerView } from "./answers.js";
import { by, fill, h } from "./dom.js";
import { faulty } from "./faulty.js";
import { unknownTerms } from "./meant.js";
import { entries, kindName, label } from "./names.js";
import { termOf } from "./parameters.js";
import { page, relationName } from "./payload.js";
import { select } from "./picture.js";
import { act, state } from "./state.js";
import { query, Refused, Stopped } from "./store.js";

/** @type {import("./editor.js").Editor | undefined} */
let editor;
let asked = "";
let stopper = new AbortController();
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
      h("p", { class: "acts" }, h("button", { type: "button", id: "run", onclick: run }, "Run"), h("button", { type: "button", id: "stop", hidden: true, onclick: () => stopper.abort() }, "Stop"), h("span", { class: "hint" }, "Ctrl+Enter runs it. Prefixes may be left out.")),
      h("div", { id: "sparql-answer" }),
    );
    editor = opener()(place, { text: state.query || START, names, run, nonce: page.nonce });
  }
  if (state.query && state.query !== asked) {
    if (editor?.text() !== state.query) editor?.write(state.query);
    ask(state.query);
  } else if (!state.query && asked) {
    asked = "";
    stopper.abort();
    editor?.write(START);
    fill(by("sparql-answer"));
  }
}

/** Run the editor's script, which waits as text until somebody needs it; the policy of the page knows its digest. */
function opener() {
  const script = h("script", {}, by("editor-code").textContent);
  document.body.append(script);
  script.remove();
  return /** @type {typeof import("./editor.js").open} */ (/** @type {any} */ (globalThis).graphEditor);
}

function run() {
  const text = editor?.text() ?? "";
  if (!text.trim()) fill(by("sparql-answer"), h("p", { class: "wrong", role: "alert" }, "There is nothing to ask; write SPARQL, such as SELECT * WHERE { ?s ?p ?o } LIMIT 10."));
  else if (text === state.query) ask(text);
  else act({ query: text, panel: "sparql" });
}

/** @param {string} text */
async function ask(text) {
  asked = text;
  stopper.abort();
  const mine = new AbortController();
  stopper = mine;
  const place = by("sparql-answer");
  const waiting = setTimeout(() => fill(place, h("p", { class: "hint", role: "status" }, "Running …")), 200);
  by("stop").hidden = false;
  const began = performance.now();
  try {
    const answer = await query(text, mine.signal);
    performance.mark("graph:answer");
    const took = h("span", { class: "count" }, `${Math.max(1, Math.round(performance.now() - began)).toLocaleString("en")} ms`);
    const [unknown, view] = await Promise.all([unknownTerms(text, write), answerView(answer, { name: "answer", select, acts: [took] })]);
    if (stopper !== mine) return;
    clearTimeout(waiting);
    fill(place, unknown, view);
  } catch (error) {
    if (stopper !== mine) return;
    clearTimeout(waiting);
    if (error instanceof Stopped) return fill(place, h("p", { class: "hint", role: "status" }, `Stopped. ${error.message} Make it narrower, for instance with LIMIT.`));
    if (!(error instanceof Refused)) throw error;
    const at = /\b(\d+):(\d+)/.exec(error.message);
    fill(place, h("p", { class: "wrong", role: "alert" }, faulty(text, error.message)), await unknownTerms(text, write));
    if (at) editor?.mark(Number(at[1]), Number(at[2]));
  } finally {
    clearTimeout(waiting);
    if (stopper === mine) by("stop").hidden = true;
  }
}

/** Ask another query in place of the one that is there. @param {string} text */
function write(text) {
  act({ query: text, panel: "sparql" });
}

/** Everything that can be completed: prefixes first, then relations, classes and things. */
function names() {
  const prefixes = Object.entries(page.prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace" }));
  const relations = Object.keys(page.relations).map((iri) => ({ label: termOf(iri), detail: relationName(iri), type: "property" }));
  const kinds = page.kinds.map((kind) => ({ label: termOf(kind.iri), detail: kind.label, type: "class" }));
  const things = [...new Set(entries.map(({ iri }) => iri))].map((iri) => ({ label: termOf(iri), detail: `${label(iri)} · ${kindName(iri)}`, type: "constant" }));
  const seen = new Set();
  return [...prefixes, ...relations, ...kinds, ...things].filter((name) => !seen.has(name.label) && seen.add(name.label));
}
