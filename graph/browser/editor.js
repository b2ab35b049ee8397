/** The SPARQL editor: CodeMirror with names completed from the data of this page. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

/** @typedef {{label: string, detail: string, type: string}} Name A prefixed name to complete, with what it is called. */
/** @typedef {{text: () => string, write: (text: string) => void, focus: () => void, mark: (line: number, column: number) => void}} Editor */

const KEYWORDS = "SELECT DISTINCT WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND AS ORDER BY GROUP HAVING LIMIT OFFSET ASK CONSTRUCT DESCRIBE NOT EXISTS COUNT SUM MIN MAX AVG CONCAT STR LANG REGEX CONTAINS BOUND COALESCE IF PREFIX MINUS IN ASC DESC true false".split(" ");

/** How many names are offered at once. */
const MOST = 200;

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--value)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--variable)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

/**
 * Type over what is selected. The browser would keep its colour, by a style that the page's policy refuses.
 * @param {InputEvent} event @param {EditorView} view
 */
function typeOver(event, view) {
  const { from, to, empty } = view.state.selection.main;
  const text = event.data ?? "";
  if (event.inputType !== "insertText" || event.isComposing || !text || empty || view.state.selection.ranges.length > 1) return false;
  const typed = () => view.state.update({ changes: { from, to, insert: view.state.toText(text) }, selection: { anchor: from + view.state.toText(text).length }, userEvent: "input.type", scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, typed))) view.dispatch(typed());
  event.preventDefault();
  return true;
}

/**
 * Open an editor in an element.
 * @param {HTMLElement} parent
 * @param {{text: string, names: () => Name[], run: () => void, nonce: string}} options
 * @returns {Editor}
 */
export function open(parent, { text, names, run, nonce }) {
  /** Offer names by their beginning, then by any part of them or of what they are called; nothing for variables, numbers, and what is written in full. @param {import("@codemirror/autocomplete").CompletionContext} context */
  const complete = (context) => {
    const word = context.matchBefore(/[?$\w-]*:?[\w.-]*/);
    if (!word || !(context.explicit ? /^([A-Za-z].*)?$/ : /^[A-Za-z]/).test(word.text)) return null;
    const typed = word.text.toLowerCase();
    const all = [...KEYWORDS.map((label) => ({ label, detail: "", type: "keyword" })), ...names()];
    if (typed.length < 2 || all.some(({ label }) => label.toLowerCase() === typed && !label.endsWith(":"))) return context.explicit && !typed ? { from: word.from, options: all.slice(0, MOST), filter: false } : null;
    const begun = all.filter(({ label }) => label.toLowerCase().startsWith(typed) && label.toLowerCase() !== typed).sort((a, b) => Number(b.label.startsWith(word.text)) - Number(a.label.startsWith(word.text)));
    const others = all.filter(({ label, detail, type }) => type !== "keyword" && !begun.some((one) => one.label === label) && `${label} ${detail}`.toLowerCase().includes(typed));
    return { from: word.from, options: [...begun, ...others].slice(0, MOST), filter: false };
  };
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
        autocompletion({ override: [complete] }),
        syntaxHighlighting(colours),
        keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
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
    write: (value) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }),
    focus: () => view.focus(),
    mark: (line, column) => {
      const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      const from = Math.min(at.from + column - 1, at.to);
      view.dispatch({ selection: { anchor: from, head: Math.min(from + 1, at.to) }, scrollIntoView: true });
      view.focus();
    },
  };
}

Object.assign(globalThis, { graphEditor: open });
