"""What the picture and the whole page hold at a moment, to compare with what they held before."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.acts import in_list


def iri(page: Page, label: str) -> str:
    """Tell the IRI behind a name in the list Shown."""
    return in_list(page, label).get_attribute("data-iri") or ""


def looks(page: Page) -> Any:
    """Tell how the picture looks: its things and links, how large and from where it is seen."""
    return page.evaluate("graphPageForTests.view()")


def ids(page: Page) -> set[str]:
    """Tell what the picture holds and does not hide."""
    return {thing["id"] for thing in looks(page)["nodes"] if not thing["hidden"]}


def frames(page: Page, count: int = 30) -> None:
    """Let the page draw some times, in which a movement would be seen."""
    page.evaluate(
        "count => new Promise(done => { const step = () => count-- ? requestAnimationFrame(step) : done(); step(); })",
        count,
    )


_SEEN = """() => {
    const texts = all => [...all].map(one => one.innerText);
    const { nodes, edges } = graphPageForTests.view();
    const panel = document.querySelector('.panel:not([hidden])');
    return JSON.stringify({
        tab: texts(document.querySelectorAll('[role=tab][aria-selected=true]')),
        shown: texts(document.querySelectorAll('#shown button')),
        count: document.getElementById('shown-count').innerText,
        selected: texts(document.querySelectorAll('#shown [aria-current]')),
        off: [...document.querySelectorAll('#legend input:not(:checked)')].map(box => box.dataset.iri),
        bright: nodes.filter(one => one.bright && !one.hidden).map(one => one.id).sort(),
        links: edges.filter(one => !one.hidden).map(one => Object.values([one.from, one.relation, one.to, one.label]).join(' ')).sort(),
        panel: texts([...panel.children].map(part => part.querySelector('.cm-content') ?? part)).join(' ').replace(/\\\\d[\\\\d,]* ms/g, '').replace(/\\\\s+/g, ' '),
        set: [...panel.querySelectorAll('select')].map(one => one.value),
        busy: panel.getAttribute('aria-busy'),
    }, null, 1);
}""".replace("\\\\", "\\")


def seen(page: Page) -> str:
    """Write down everything that a person sees."""
    said: str = page.evaluate(_SEEN)
    return said


def sees(page: Page, expected: str) -> None:
    """Wait until a person sees exactly this."""
    page.evaluate(
        f"""expected => new Promise(done => {{
            const began = performance.now();
            const look = () => ({_SEEN})() === expected || performance.now() - began > 10_000 ? done() : requestAnimationFrame(look);
            look();
        }})""",
        expected,
    )
    now, then = json.loads(seen(page)), json.loads(expected)
    changed = {part: (now[part], then[part]) for part in then if now[part] != then[part]}
    assert not changed, changed
