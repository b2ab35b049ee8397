"""Measure how fast things are, as ratios within one run: a machine may be slow, a ratio tells.

python scripts/bench.py query   a question from a cold process, beside a minimal rdflib script
python scripts/bench.py build   everything written, everything checked
python scripts/bench.py page    the page, beside stock pyvis with the same graph
python scripts/bench.py routes  routes in generated data with many links
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS = 7
FEW = 100
"""Up to so many things stock pyvis comes to rest soon enough to be opened again."""
SETTLE = 1500
"""Milliseconds that a new window has to itself: Chromium loads pages of its own into it."""
QUESTION = "which-certification"

RDFLIB = """import sys, rdflib
graph = rdflib.Dataset()
graph.parse(sys.argv[1], format="turtle")
for row in graph.query(open(sys.argv[2]).read(), initNs=dict(line.split("\\t") for line in open(sys.argv[3]).read().splitlines())):
    print(*row)
"""
ARGUMENTS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"


def median(*commands: list[str], rounds: int = ROUNDS) -> list[float]:
    """Run some commands in turn, again and again; give the median seconds of each, without the first round."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(rounds + 1):
        for command, taken in zip(commands, times, strict=True):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken[1:]) for taken in times]


def show(title: str, rows: list[tuple[str, float, str]], beside: float) -> None:
    """Print figures, each with its ratio to the one they are held against."""
    print(f"\n{title}")
    for name, value, unit in rows:
        print(f"  {name:58} {value:9,.1f} {unit:4} {value / beside:6.2f}x")


def bench_query() -> None:
    """Time a question from a cold process beside rdflib, which parses the same Turtle and asks the same."""
    import graph
    from graph.cache import open_store
    from graph.files import discover

    kg = graph.load()
    path = next(path for path in discover()[1].questions if path.stem == QUESTION)
    with tempfile.TemporaryDirectory() as folder:
        merge, script, names = (Path(folder) / name for name in ("merge.ttl", "ask.py", "prefixes.tsv"))
        merge.write_bytes(b"".join(line + b"\n" for line in open_store(discover()[0]).dump().triples))
        small = kg.query(
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { ?s a mbc:Observation } }"
        ).to_text("ttl")
        tiny = Path(folder) / "without-figures.ttl"
        tiny.write_text(small, encoding="utf-8")
        script.write_text(RDFLIB, encoding="utf-8")
        names.write_text("\n".join(f"{name}\t{iri}" for name, iri in kg.prefixes.items()), encoding="utf-8")
        ask = [sys.executable, str(script)]
        ours, bare, part = median(
            [sys.executable, "-m", "graph", "query", QUESTION],
            [sys.executable, "-c", "pass"],
            [*ask, str(tiny), str(path), str(names)],
            rounds=5,
        )
        (whole,) = median([*ask, str(merge), str(path), str(names)], rounds=1)
    rows = [
        ("graph query, cold process, all the data", ours * 1000, "ms"),
        ("rdflib script, cold process, without the figures", part * 1000, "ms"),
        ("rdflib script, cold process, all the data", whole * 1000, "ms"),
        ("python -c pass", bare * 1000, "ms"),
    ]
    show(f"{QUESTION}, held against rdflib without the figures", rows, part * 1000)


def bench_build() -> None:
    """Time writing and checking everything, from nothing and again."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}

        def timed(*arguments: str) -> float:
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "graph", *arguments],
                check=True,
                capture_output=True,
                timeout=300,
                env=environment,
            )
            return time.perf_counter() - start

        output = str(Path(folder) / "output")
        rows = [
            ("graph build, nothing kept from before", timed("build", "-o", output), "s"),
            ("graph build, again", timed("build", "-o", output), "s"),
            ("graph check", timed("check"), "s"),
            ("graph page", timed("page", "-o", str(Path(folder) / "page.html")), "s"),
        ]
    show("writing and checking, held against the first build", rows, rows[0][1])


def bench_routes() -> None:
    """Time `graph route`, with its store in the cache, on random links between many items."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for items, links in ((300, 25), (3000, 10)):
            data = Path(folder) / f"{items}.nt"
            data.write_text(_random_links(items, links), encoding="utf-8")
            ends = [f"http://example.org/item-{number}" for number in (0, items // 2)]
            (taken,) = median([sys.executable, "-m", "graph", "route", *ends, "--data", str(data)], rounds=3)
            rows.append((f"graph route, {items:,} items with {links} links each", taken * 1000, "ms"))
        (bare,) = median([sys.executable, "-c", "pass"], rounds=3)
    show("routes, held against python -c pass", rows, bare * 1000)


def _random_links(items: int, links: int) -> str:
    random = Random(7)  # noqa: S311  the same links each time
    names = [f"<http://example.org/item-{number}>" for number in range(items)]
    pairs = ((name, other) for name in names for other in random.sample(names, links) if name != other)
    return "".join(f"{name} <http://example.org/knows> {other} .\n" for name, other in pairs)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or Playwright's own."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS.split())
        yield browser
        browser.close()


def opened(
    browser: Browser, path: Path, measure: Callable[[Page], dict[str, float]], rounds: int = 5
) -> dict[str, float]:
    """Open a page anew some times, with no network; give the median of each thing measured."""
    found: list[dict[str, float]] = []
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        page.wait_for_timeout(SETTLE)
        page.goto(path.as_uri(), wait_until="commit")
        found.append(measure(page))
        context.close()
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def ours(page: Page) -> dict[str, float]:
    """Read the marks of our page, and time answers, an expansion and frames while panning and zooming."""
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
    marks = {
        mark["name"]: mark["startTime"]
        for mark in page.evaluate("performance.getEntriesByType('mark').map((m) => m.toJSON())")
    }
    asked: dict[str, float] = page.evaluate(
        """async () => {
          const { questions, firstQuestion, nodes } = graphPageForTests.payload;
          const question = questions.find(({ name }) => name === firstQuestion);
          const [one, other] = nodes.map(({ id }) => id);
          const timed = async (work) => {
            const start = performance.now();
            await work();
            return performance.now() - start;
          };
          return {
            answer: await timed(() => graphPageForTests.ask(question ? graphPageForTests.joinSegments(question, {}) : 'SELECT * { ?s ?p ?o } LIMIT 10')),
            compare: await timed(() => graphPageForTests.comparisonOf([one, other])),
            route: await timed(() => graphPageForTests.routesBetween(one, other)),
          };
        }"""
    )
    first = page.get_by_role("list", name="Shown").get_by_role("button").first
    first.click()
    page.get_by_role("button", name="Expand").wait_for()
    expand = page.evaluate(
        """() => new Promise((done) => {
          const count = () => document.querySelectorAll('#shown button').length;
          const [before, start] = [count(), performance.now()];
          [...document.querySelectorAll('#details button')].find((b) => b.textContent === 'Expand').click();
          const look = () => (count() > before || performance.now() - start > 3000 ? done(performance.now() - start) : requestAnimationFrame(look));
          look();
        })"""
    )
    return {
        "drawn": marks["graph:drawn"],
        "ready": marks["graph:ready"],
        **asked,
        "expand": expand,
        "frames": frames(page),
    }


FRAMES = """() => new Promise((done) => {
  const canvas = document.querySelector('canvas'), box = canvas.getBoundingClientRect();
  let count = 0; const start = performance.now();
  const step = (now) => {
    count++;
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: count % 20 < 10 ? 40 : -40, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true }));
    now - start < 2000 ? requestAnimationFrame(step) : done(count / ((now - start) / 1000));
  };
  requestAnimationFrame(step);
})"""


def frames(page: Page) -> float:
    """Count frames a second while the picture is zoomed in and out at every frame."""
    return float(page.evaluate(FRAMES))


def stock(page: Page) -> dict[str, float]:
    """Wait until stock pyvis has drawn its picture and come to rest."""
    script = """() => new Promise((done) => {
      const look = () => (window.network && document.querySelector('canvas') ? (network.once('afterDrawing', () => done(performance.now())), network.redraw()) : setTimeout(look, 5));
      look();
    })"""
    drawn = float(page.evaluate(script))
    rest = page.evaluate(
        "() => new Promise((done) => { const look = () => (network.physics.stabilized ? done(performance.now()) : setTimeout(look, 20)); look(); })"
    )
    return {"drawn": drawn, "rest": float(rest), "frames": frames(page)}


def bench_page() -> None:
    """Time the page beside stock pyvis: the shipped data, then two hundred things."""
    import graph

    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        things = Path(folder) / "things.nt"
        names = [f"http://example.org/thing-{number}" for number in range(200)]
        links = [(names[n], names[(n * 7 + k * 13) % 200]) for n in range(200) for k in range(1, 3)]
        lines = [
            f'<{name}> <http://www.w3.org/2000/01/rdf-schema#label> "thing {n}" .'
            for n, name in enumerate(names)
        ]
        things.write_text(
            "\n".join([*lines, *(f"<{a}> <http://example.org/knows> <{b}> ." for a, b in links)]) + "\n",
            encoding="utf-8",
        )
        for title, data in (("the bundled data", ()), ("200 items, 400 links", (things,))):
            page = graph.load(*data).write_page(Path(folder) / "ours.html")
            nodes, edges = _picture(data)
            found = opened(browser, page, ours)
            other = opened(
                browser,
                _stock(nodes, edges, Path(folder) / "stock.html"),
                stock,
                rounds=1 if len(nodes) > FEW else 3,
            )
            rows = [
                ("our page, first picture (graph:drawn)", found["drawn"], "ms"),
                ("our page, SPARQL answers (graph:ready)", found["ready"], "ms"),
                ("our page, a question answered, once ready", found["answer"], "ms"),
                ("our page, two things compared", found["compare"], "ms"),
                ("our page, routes found", found["route"], "ms"),
                ("our page, Expand", found["expand"], "ms"),
                ("stock pyvis, first picture", other["drawn"], "ms"),
                ("stock pyvis, at rest", other["rest"], "ms"),
            ]
            show(
                f"{title}: {len(nodes)} drawn, {page.stat().st_size / 1e6:.1f} MB, held against stock pyvis at rest",
                rows,
                other["rest"],
            )
            print(
                f"  frames a second while zooming: ours {found['frames']:.0f}, stock pyvis {other['frames']:.0f}"
            )


def _picture(data: Sequence[Path]) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    from graph.cache import open_store
    from graph.files import discover
    from graph.overview import overview
    from graph.styles import class_styles, read_view

    inputs, profile = discover(data)
    store = open_store(inputs)
    drawn = overview(store, profile.system_query("view.rq"), class_styles(store, read_view(profile.view)))
    return [{"id": node, "label": data["label"]} for node, data in drawn.nodes(data=True)], list(
        drawn.edges()
    )


def _stock(nodes: list[dict[str, Any]], edges: list[tuple[str, str]], path: Path) -> Path:
    """Write a page as pyvis does by itself."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for node in nodes:
        network.add_node(node["id"], label=node["label"])
    for start, end in edges:
        network.add_edge(start, end)
    text = network.generate_html().replace("drawGraph();", "drawGraph(); window.network = network;")
    path.write_text(text, encoding="utf-8")
    return path


BENCHES = {"query": bench_query, "build": bench_build, "page": bench_page, "routes": bench_routes}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", choices=[[], *BENCHES], help="which; all without it")
    for chosen in parser.parse_args().what or BENCHES:
        BENCHES[chosen]()
