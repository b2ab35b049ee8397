/** The panel SPARQL: write a query, run it, cancel it, and read what is wrong with it. */

import { nearestName, prefixedNames, replaceName } from "../core/suggestions.js";
import { isIri } from "../core/terms.js";
import { classLabel, classOf, filterExisting, labelOf, names } from "../data/labels.js";
import { compress, expand, payload, relationLabel } from "../data/payload.js";
import { query, QueryCancelled, QueryError } from "../data/store.js";
import { navigate, state } from "../state.js";
import { explainError, withProgress } from "../ui/busy.js";
import { button, byId, h, render } from "../ui/dom.js";
import { toTerm } from "./parameters.js";
import { resultsView } from "./results.js";

const START =
  "SELECT ?type (COUNT(?item) AS ?items) WHERE {\n  ?item a ?type\n} GROUP BY ?type ORDER BY DESC(?items)";
const EMPTY = "The query is empty; try SELECT * WHERE { ?s ?p ?o } LIMIT 10.";
/** Terms of datatypes and functions, which no data need have. */
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** @type {import("./editor.js").Editor | undefined} */
let editor;
/** The query that was run last. */
let current = "";
let controller = new AbortController();

/** Show the panel with the query that the state names. */
export function showSparql() {
  editor ??= makePanel();
  if (state.query && state.query !== current) {
    if (editor.text() !== state.query) editor.setText(state.query);
    run(state.query);
  } else if (!state.query && current) {
    current = "";
    controller.abort();
    editor.setText(START);
    render(byId("sparql-answer"));
  }
}

function makePanel() {
  const container = h("div", { class: "editor" });
  render(
    byId("sparql"),
    h("h2", {}, "SPARQL"),
    container,
    h(
      "p",
      { class: "actions" },
      button("Run", submit, { id: "run" }),
      button("Stop", () => controller.abort(), { id: "stop", hidden: true }),
      h("span", { class: "hint" }, "Ctrl+Enter runs the query. The data's prefixes are predeclared."),
    ),
    h("div", { id: "sparql-answer" }),
  );
  const options = { text: state.query || START, completions, run: submit, nonce: payload.nonce };
  return loadEditor()(container, options);
}

/**
 * Run the editor's script, which waits as text until somebody needs it; the page's policy names its digest.
 */
function loadEditor() {
  const script = h("script", {}, byId("editor-code").textContent);
  document.body.append(script);
  script.remove();
  return /** @type {typeof import("./editor.js").openEditor} */ (/** @type {any} */ (globalThis).graphEditor);
}

function submit() {
  const text = editor?.text() ?? "";
  if (!text.trim()) render(byId("sparql-answer"), h("p", { class: "error", role: "alert" }, EMPTY));
  else if (text === state.query) run(text);
  else replaceQuery(text);
}

/** @param {string} text */
function replaceQuery(text) {
  navigate({ query: text, panel: "sparql" });
}

/** @param {string} text */
async function run(text) {
  current = text;
  controller.abort();
  const own = (controller = new AbortController());
  const work = async () => {
    const started = performance.now();
    const results = await query(text, own.signal);
    performance.mark("graph:answer");
    const duration = Math.max(1, Math.round(performance.now() - started)).toLocaleString("en");
    const time = h("span", { class: "count" }, `${duration} ms`);
    return Promise.all([unknownNames(text), resultsView(results, "answer", [time])]);
  };
  const explain = async (/** @type {Error} */ error) => {
    if (error instanceof QueryCancelled) {
      return [h("p", { class: "hint", role: "status" }, `${error.message} Add LIMIT or narrow the pattern.`)];
    }
    if (!(error instanceof QueryError)) throw error;
    const position = /^Line (\d+), column (\d+):/.exec(error.message);
    if (!position) return explainError(error);
    const explanation = [h("p", { class: "error", role: "alert" }, error.message), await unknownNames(text)];
    queueMicrotask(() => editor?.select(Number(position[1]), Number(position[2])));
    return explanation;
  };
  await withProgress(byId("sparql-answer"), "Running", work, {
    controller: own,
    stop: byId("stop"),
    isCurrent: () => controller === own,
    explain,
  });
}

/**
 * List the names in a query that the data does not have, each with the nearest that it has.
 * @param {string} text
 */
async function unknownNames(text) {
  const isUnknown = (/** @type {string} */ name) => {
    const iri = expand(name);
    const isChecked = iri !== name && isIri(iri) && !iri.startsWith(XSD);
    return isChecked && !Object.hasOwn(payload.relations, iri);
  };
  const candidates = prefixedNames(text).filter(isUnknown);
  const existing = new Set(await filterExisting(candidates.map(expand)));
  const unknown = candidates.filter((name) => !existing.has(expand(name)));
  if (unknown.length === 0) return null;
  const all = [...Object.keys(payload.relations), ...payload.classStyles.map(({ iri }) => iri)];
  const known = [...new Set([...all, ...names.map(({ iri }) => iri)])].map(compress);
  const entries = unknown.map((name) => {
    const near = nearestName(name, known);
    if (!near) return h("li", {}, `${name} is not in the data.`);
    const replace = button(near, () => replaceQuery(replaceName(text, name, near)), { class: "plain" });
    return h("li", {}, `${name} is not in the data. Did you mean `, replace, "?");
  });
  return h("ul", { class: "error", "aria-label": "Names that are not in the data" }, entries);
}

/** List everything that can be completed: prefixes first, then relations, classes and items. */
function completions() {
  const all = [
    ...Object.entries(payload.prefixes).map(([name, iri]) => ({
      label: `${name}:`,
      detail: iri,
      type: "namespace",
    })),
    ...Object.keys(payload.relations).map((iri) => ({
      label: toTerm(iri),
      detail: relationLabel(iri),
      type: "property",
    })),
    ...payload.classStyles.map(({ iri, label }) => ({ label: toTerm(iri), detail: label, type: "class" })),
    ...names.map(({ iri }) => ({
      label: toTerm(iri),
      detail: `${labelOf(iri)} · ${classLabel(classOf(iri))}`,
      type: "constant",
    })),
  ];
  return [...new Map(all.reverse().map((completion) => [completion.label, completion])).values()].reverse();
}
