/** Tabs and the panels below them: one panel is open. */

import { byId, h } from "./dom.js";

/** @typedef {{id: string, title: string}} Tab */

/** @type {Map<string, {tab: HTMLElement, panel: HTMLElement}>} */
const parts = new Map();

/**
 * Make the tabs and their panels.
 * @param {Tab[]} tabs
 * @param {(id: string) => unknown} choose
 */
export function makeTabs(tabs, choose) {
  const list = byId("tabs");
  for (const { id, title } of tabs) {
    const attributes = { type: "button", id: `tab-${id}`, role: "tab", "aria-controls": id, tabindex: -1 };
    const tab = h("button", { ...attributes, onclick: () => choose(id) }, title);
    const panel = h("section", { id, class: "panel", role: "region", "aria-label": title, hidden: true });
    list.append(tab);
    parts.set(id, { tab, panel });
  }
  list.parentElement?.append(...[...parts.values()].map(({ panel }) => panel));
  list.addEventListener("keydown", (event) => {
    const buttons = [...parts.values()].map(({ tab }) => tab);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const last = buttons.length - 1;
    /** @type {Record<string, number>} */
    const targets = {
      ArrowRight: (at + 1) % buttons.length,
      ArrowLeft: (at + last) % buttons.length,
      Home: 0,
      End: last,
    };
    const target = buttons[targets[event.key] ?? -1];
    if (!target || at < 0) return;
    event.preventDefault();
    target.focus();
    target.click();
  });
}

/** Show one panel and hide the others. @param {string} id */
export function selectTab(id) {
  for (const [other, { tab, panel }] of parts) {
    tab.setAttribute("aria-selected", String(other === id));
    tab.tabIndex = other === id ? 0 : -1;
    panel.hidden = other !== id;
  }
}
