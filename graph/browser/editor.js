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

const KEYWORDS = "SELECT DISTINCT WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND AS ORDER BY GROUP HAVING LIMIT OFFSET ASK CONSTRUCT DESCRIBE NOT EXISTS COUNT SUM MIN MAX AVG CONCAT STR LANG REGEX CONTAINS BOUND COALESCE IF PREFIX".split(" ");

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--value)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--variable)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

/**
 * Open an editor in an element.
 * @param {HTMLElement} parent
 * @param {{text: string, names: () => Name[], run: () => void, nonce: string}} options
 * @returns {Editor}
 */
function open(parent, { text, names, run, nonce }) {
  /** @param {import("@codemirror/autocomplete").CompletionContext} context */
  const complete = (context) => {
    const word = context.matchBefore(/[\w-]*:?[\w.-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const typed = word.text.toLowerCase();
    const options = word.text.includes(":") || context.explicit || typed.length > 1
      ? names().filter(({ label, detail }) => label.toLowerCase().includes(typed) || detail.toLowerCase().includes(typed)).slice(0, 200)
      : [];
    return { from: word.from, options: [...options, ...KEYWORDS.map((label) => ({ label, type: "keyword" }))], filter: false, validFor: undefined };
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
