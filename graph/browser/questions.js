/** The questions that come with the data: choose one, set what it asks for, see the answer. */

import { answerView } from "./answers.js";
import { by, fill, h } from "./dom.js";
import { copy } from "./download.js";
import { asPython, bound, chooser, missing } from "./parameters.js";
import { page } from "./payload.js";
import { select } from "./picture.js";
import { busy } from "./progress.js";
import { act, state } from "./state.js";
import { query } from "./store.js";

/** @typedef {import("./payload.js").Question} Question */

/** Show the list of questions, or one with its answer. */
export async function showQuestions() {
  const question = page.questions.find(({ name }) => name === state.question);
  const region = by("questions");
  if (!question) return fill(region, h("h2", {}, "Questions"), page.questions.length === 0 ? h("p", { class: "hint" }, "No questions come with this data.") : list());
  const { settings } = state;
  const set = (/** @type {string} */ name, /** @type {string} */ term) => {
    const { [name]: _, ...others } = state.settings;
    return act({ settings: term ? { ...others, [name]: term } : others });
  };
  const boxes = question.parameters.map((parameter) => chooser(parameter, settings[parameter.name] ?? parameter.default, (term) => set(parameter.name, term)));
  const form = h("div", { class: "form" }, await Promise.all(boxes));
  if (state.question !== question.name || state.settings !== settings) return;
  const place = h("div");
  fill(region, h("p", {}, h("button", { type: "button", class: "plain", onclick: () => act({ question: "", settings: {} }) }, "← All questions")), h("h2", {}, question.words || question.name), form, place);
  const open = missing(question, settings);
  if (open) return fill(place, h("p", { class: "hint" }, `Choose ${open.words || open.name} to get an answer.`));
  await busy(place, "Asking", (signal) => answered(question, settings, signal));
}

/** @param {Question} question @param {Record<string, string>} settings @param {AbortSignal} signal */
async function answered(question, settings, signal) {
  const sparql = bound(question, settings);
  const answer = await query(sparql, signal);
  performance.mark("graph:answer");
  const acts = [
    h("button", { type: "button", onclick: () => copy(asPython(question, settings)) }, "Copy as Python"),
    h("button", { type: "button", onclick: () => act({ panel: "sparql", query: sparql }) }, "Open in SPARQL"),
  ];
  return [await answerView(answer, { name: question.name, select, acts })];
}

/** The questions in words, with a box to narrow them down. */
function list() {
  const items = page.questions.map((question) => ({
    text: `${question.words} ${question.name} ${question.tags.join(" ")}`.toLowerCase(),
    item: h("li", {}, h("button", { type: "button", class: "plain", onclick: () => act({ question: question.name, settings: {} }) }, question.words || question.name)),
  }));
  const none = h("p", { class: "gap", role: "status" });
  const narrow = h("input", { type: "search", "aria-label": "Narrow the questions", placeholder: "Narrow: pay, exam, state …", oninput: () => {
    const wanted = narrow.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { text, item } of items) item.hidden = !wanted.every((word) => text.includes(word));
    none.textContent = items.every(({ item }) => item.hidden) ? "No question has these words." : "";
  } });
  return h("div", {}, narrow, none, h("ul", { class: "questions", "aria-label": "Questions" }, items.map(({ item }) => item)));
}
