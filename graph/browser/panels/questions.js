/** The panel Questions: choose a question that comes with the data, set its parameters, see the answer. */

import { frequentTags, joinSegments, missingParameter, pythonSnippet } from "../core/question.js";
import { payload } from "../data/payload.js";
import { query } from "../data/store.js";
import { navigate, state } from "../state.js";
import { withProgress } from "../ui/busy.js";
import { button, byId, h, render } from "../ui/dom.js";
import { copyText } from "../ui/save.js";
import { parameterControl } from "./parameters.js";
import { resultsView } from "./results.js";

/** @typedef {import("../data/payload.js").Question} Question */
/** @typedef {import("../core/question.js").Settings} Settings */

const MAX_TAGS = 3;

/** Show the list of questions, or one of them with its answer. */
export async function showQuestions() {
  const question = payload.questions.find(({ name }) => name === state.question);
  const region = byId("questions");
  if (!question) {
    const none = h("p", { class: "hint" }, "This data has no questions.");
    return render(region, h("h2", {}, "Questions"), payload.questions.length === 0 ? none : questionList());
  }
  const { settings } = state;
  const key = JSON.stringify(settings);
  const isCurrent = () => state.question === question.name && JSON.stringify(state.settings) === key;
  const set = (/** @type {string} */ name, /** @type {string} */ term) => {
    const { [name]: _, ...others } = state.settings;
    return navigate({ settings: term ? { ...others, [name]: term } : others });
  };
  const controls = await Promise.all(
    question.parameters.map((parameter) => {
      const current = settings[parameter.name] ?? parameter.default;
      return parameterControl(parameter, current, (term) => set(parameter.name, term));
    }),
  );
  if (!isCurrent()) return;
  const answer = h("div");
  render(
    region,
    h(
      "p",
      {},
      button("← All questions", () => navigate({ question: "", settings: {} }), { class: "plain" }),
    ),
    h("h2", {}, question.title || question.name),
    h("div", { class: "form" }, controls),
    answer,
  );
  const missing = missingParameter(question, settings);
  if (missing) {
    const hint = `Choose a value for “${missing.description || missing.name}” to see the answer.`;
    return render(answer, h("p", { class: "hint" }, hint));
  }
  await withProgress(answer, "Running the query", (signal) => answerView(question, settings, signal), {
    isCurrent,
  });
}

/** @param {Question} question @param {Settings} settings @param {AbortSignal} signal */
async function answerView(question, settings, signal) {
  const sparql = joinSegments(question, settings);
  const results = await query(sparql, signal);
  performance.mark("graph:answer");
  const actions = [
    button("Copy as Python", () => copyText(pythonSnippet(question, settings, payload.dataPaths))),
    button("Open in SPARQL", () => navigate({ panel: "sparql", query: sparql })),
  ];
  return [await resultsView(results, question.name, actions)];
}

function questionList() {
  const entries = payload.questions.map(({ name, title, tags }) => {
    const open = button(title || name, () => navigate({ question: name, settings: {} }), { class: "plain" });
    return { text: `${title} ${name} ${tags.join(" ")}`.toLowerCase(), item: h("li", {}, open) };
  });
  const none = h("p", { class: "gap", role: "status" });
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { text, item } of entries) item.hidden = !words.every((word) => text.includes(word));
    none.textContent = entries.every(({ item }) => item.hidden) ? "No matching questions." : "";
  };
  const tags = frequentTags(payload.questions, MAX_TAGS);
  const input = h("input", {
    type: "search",
    "aria-label": "Filter questions",
    placeholder: tags.length > 0 ? `Filter (e.g., ${tags.join(", ")}) …` : "Filter …",
    oninput: filter,
  });
  const list = h(
    "ul",
    { class: "questions", "aria-label": "Questions" },
    entries.map(({ item }) => item),
  );
  return h("div", {}, input, none, list);
}
