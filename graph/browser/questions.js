/** The questions that come with the data: choose one, set what it asks for, see the answer. */

import { answerView } from "./answers.js";
import { by, fill, h } from "./dom.js";
import { copy } from "./download.js";
import { label, long, short, sparqlIri } from "./names.js";
import { page } from "./payload.js";
import { select } from "./picture.js";
import { act, state } from "./state.js";
import { query } from "./store.js";

/** @typedef {import("./payload.js").Question} Question */
/** @typedef {import("./payload.js").Parameter} Parameter */

const VALUES = /\bVALUES\s+\?(\w+)\s*\{\s*((?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^{}"<])*?)\s*\}/gi;

/** Put the chosen values into a question's SPARQL. @param {Question} question @param {Record<string, string>} settings */
export function bound(question, settings) {
  return question.sparql.replace(VALUES, (whole, name) => (settings[name] ? `VALUES ?${name} { ${settings[name]} }` : whole));
}

/** Show the list of questions, or one with its answer. */
export async function showQuestions() {
  const question = page.questions.find(({ name }) => name === state.question);
  const region = by("questions");
  if (!question) return fill(region, h("h2", {}, "Questions"), page.questions.length === 0 ? h("p", { class: "hint" }, "No questions come with this data.") : list());
  const settings = { ...state.settings };
  const form = h("div", { class: "form" }, await Promise.all(question.parameters.map((parameter) => chooser(parameter, settings))));
  const place = h("div", { "aria-live": "polite" }, h("p", { class: "hint" }, "Asking …"));
  fill(region, h("p", {}, h("button", { type: "button", class: "plain", onclick: () => act({ question: "", settings: {} }) }, "← All questions")), h("h2", {}, question.words || question.name), form, place);
  try {
    const sparql = bound(question, settings);
    const answer = await query(sparql);
    if (state.question !== question.name) return;
    performance.mark("graph:answer");
    const acts = [
      h("button", { type: "button", onclick: () => copy(asPython(question, settings)) }, "Copy as Python"),
      h("button", { type: "button", onclick: () => act({ panel: "sparql", query: sparql }) }, "Open in SPARQL"),
    ];
    fill(place, await answerView(answer, { name: question.name, select, acts }));
  } catch (error) {
    fill(place, h("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
  }
}

/** The questions in words, with a box to narrow them down. */
function list() {
  const items = page.questions.map((question) => ({
    text: `${question.words} ${question.name} ${question.tags.join(" ")}`.toLowerCase(),
    item: h("li", {}, h("button", { type: "button", class: "plain", onclick: () => act({ question: question.name, settings: {} }) }, question.words || question.name)),
  }));
  const narrow = h("input", { type: "search", "aria-label": "Narrow the questions", placeholder: "Narrow: pay, exam, state …", oninput: () => {
    const wanted = narrow.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { text, item } of items) item.hidden = !wanted.every((word) => text.includes(word));
  } });
  return h("div", {}, narrow, h("ul", { class: "questions", "aria-label": "Questions" }, items.map(({ item }) => item)));
}

/** Let the person choose a value for a parameter among the things of its class. @param {Parameter} parameter @param {Record<string, string>} settings */
async function chooser(parameter, settings) {
  const now = settings[parameter.name] ?? parameter.default;
  const set = (/** @type {string} */ value) => act({ settings: { ...state.settings, [parameter.name]: value } });
  const name = parameter.words || parameter.name;
  if (!parameter.kind || /^xsd:/.test(parameter.kind)) {
    const input = h("input", { type: "text", "aria-label": name, value: now.replace(/^"|"$/g, ""), onchange: () => set(/^[-+]?\d+(\.\d+)?$/.test(input.value) ? input.value : JSON.stringify(input.value)) });
    return h("label", {}, h("span", {}, name), input);
  }
  const found = await query(`SELECT DISTINCT ?thing { ?thing a/rdfs:subClassOf* ${sparqlIri(long(parameter.kind))} }`);
  const things = found.rows.flatMap(({ thing }) => thing?.value ?? []).sort((a, b) => label(a).localeCompare(label(b)));
  const options = things.map((iri) => h("option", { value: short(iri) === iri ? sparqlIri(iri) : short(iri), selected: [short(iri), sparqlIri(iri)].includes(now) }, label(iri)));
  const any = parameter.default.toUpperCase() === "UNDEF" ? [h("option", { value: "UNDEF", selected: now.toUpperCase() === "UNDEF" }, "any")] : [];
  const box = h("select", { "aria-label": name, onchange: () => set(box.value) }, any, options);
  return h("label", {}, h("span", {}, name), box);
}

/** Write a question as lines of Python that anyone can run. @param {Question} question @param {Record<string, string>} settings */
export function asPython(question, settings) {
  const given = question.parameters.flatMap(({ name }) => (settings[name] ? [`, ${name}=${JSON.stringify(settings[name])}`] : []));
  return `import graph\n\nfor row in graph.load().query("${question.name}"${given.join("")}):\n    print(row)\n`;
}
