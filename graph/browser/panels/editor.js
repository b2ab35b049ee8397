/** The SPARQL editor: CodeMirror, with names completed from the data of this page. */

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

/** @typedef {{label: string, detail: string, type: string}} Completion A prefixed name, with its label. */

/**
 * @typedef {object} Editor
 * @property {() => string} text
 * @property {(text: string) => void} setText
 * @property {(line: number, column: number) => void} select
 */

const KEYWORDS = (
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND AS ORDER BY GROUP HAVING LIMIT OFFSET ASK " +
  "CONSTRUCT DESCRIBE NOT EXISTS COUNT SUM MIN MAX AVG CONCAT STR LANG REGEX CONTAINS BOUND COALESCE IF " +
  "PREFIX MINUS IN ASC DESC true false"
).split(" ");
const MAX_COMPLETIONS = 200;

const colors = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--value)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--variable)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

/**
 * Type over a selection. The browser would keep its color, by a style that the page's policy refuses.
 * @param {InputEvent} event
 * @param {EditorView} view
 */
function typeOver(event, view) {
  const { ranges, main } = view.state.selection;
  const { from, to, empty } = main;
  const text = event.data ?? "";
  if (event.inputType !== "insertText" || event.isComposing || !text || empty || ranges.length > 1)
    return false;
  const inserted = view.state.toText(text);
  const insert = () =>
    view.state.update({
      changes: { from, to, insert: inserted },
      selection: { anchor: from + inserted.length },
      userEvent: "input.type",
      scrollIntoView: true,
    });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
  event.preventDefault();
  return true;
}

/**
 * Complete names by their beginning, then by any part of them or of their labels; not variables or numbers.
 * @param {() => Completion[]} completions
 * @returns {import("@codemirror/autocomplete").CompletionSource}
 */
function completeFrom(completions) {
  return (context) => {
    const word = context.matchBefore(/[?$\w-]*:?[\w.-]*/);
    const isName = context.explicit ? /^([A-Za-z].*)?$/ : /^[A-Za-z]/;
    if (!word || !isName.test(word.text)) return null;
    const prefix = word.text.toLowerCase();
    const all = [...KEYWORDS.map((label) => ({ label, detail: "", type: "keyword" })), ...completions()];
    const offer = (/** @type {Completion[]} */ options) => ({
      from: word.from,
      options: options.slice(0, MAX_COMPLETIONS),
      filter: false,
    });
    const isComplete = all.some(({ label }) => label.toLowerCase() === prefix && !label.endsWith(":"));
    if (prefix.length < 2 || isComplete) return context.explicit && !prefix ? offer(all) : null;
    const isBegun = (/** @type {Completion} */ { label }) =>
      label.toLowerCase().startsWith(prefix) && label.toLowerCase() !== prefix;
    const sameCase = (/** @type {Completion} */ { label }) => Number(label.startsWith(word.text));
    const begun = all.filter(isBegun).sort((a, b) => sameCase(b) - sameCase(a));
    const labels = new Set(begun.map(({ label }) => label));
    const others = all.filter(
      ({ label, detail, type }) =>
        type !== "keyword" && !labels.has(label) && `${label} ${detail}`.toLowerCase().includes(prefix),
    );
    return offer([...begun, ...others]);
  };
}

/**
 * Open an editor in an element.
 * @param {HTMLElement} parent
 * @param {{text: string, completions: () => Completion[], run: () => void, nonce: string}} options
 * @returns {Editor}
 */
export function openEditor(parent, { text, completions, run, nonce }) {
  const runKey = { key: "Mod-Enter", run: () => (run(), true) };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(),
        history(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [completeFrom(completions)] }),
        syntaxHighlighting(colors),
        keymap.of([runKey, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        sparql(),
        placeholder("SELECT … WHERE { … }"),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        EditorView.contentAttributes.of({ "aria-label": "Query" }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText: (value) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }),
    select: (line, column) => {
      const { doc } = view.state;
      const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
      const from = Math.min(at.from + column - 1, at.to);
      view.dispatch({ selection: { anchor: from, head: Math.min(from + 1, at.to) }, scrollIntoView: true });
      view.focus();
    },
  };
}

Object.assign(globalThis, { graphEditor: openEditor });
