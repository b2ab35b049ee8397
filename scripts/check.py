"""Run everything that a contributor and CI run, in order; stop at the first failure.

python scripts/check.py         format, lint, types, the page's script, all tests
python scripts/check.py --fix   put format and lint right first
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BROWSER = ROOT / "graph" / "browser"
JS_TESTS = ROOT / "tests" / "node"
PACKAGES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox-esr": ("firefox-esr",),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),
}
"""Debian's packages of the browsers that the tests open the page in, and the programs that do as well."""


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Show a command, run it, and end with its exit code if it fails."""
    print("$", *command, flush=True)
    done = subprocess.run([str(part) for part in command], cwd=cwd, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def python(*arguments: str | Path) -> None:
    """Run a module of this environment."""
    run(sys.executable, "-m", *arguments)


def bring_browsers() -> None:
    """Install what is missing: as root Debian's packages, or else Playwright's own Chromium alone."""
    absent = [name for name, programs in PACKAGES.items() if not any(map(shutil.which, programs))]
    if absent and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *absent)
    elif "chromium" in absent:
        python("playwright", "install", "--with-deps", "chromium")


def check_script(*, fix: bool) -> None:
    """Install the npm packages that check the page's script, check and test it, and bundle it."""
    from bundle import bundle, is_current, node, npm

    lock, mark = BROWSER / "package-lock.json", BROWSER / "node_modules" / ".package-lock.json"
    if not mark.exists() or mark.stat().st_mtime < lock.stat().st_mtime:
        run(
            node(),
            npm(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            cwd=BROWSER,
        )
    modules = BROWSER / "node_modules"
    prettier, eslint = modules / "prettier" / "bin" / "prettier.cjs", modules / "eslint" / "bin" / "eslint.js"
    settings = ("--config", BROWSER / ".prettierrc.json", "--ignore-path", BROWSER / ".prettierignore")
    run(node(), prettier, *settings, "--write" if fix else "--check", BROWSER, JS_TESTS)
    run(node(), eslint, "-c", BROWSER / "eslint.config.js", *(["--fix"] if fix else []), BROWSER, JS_TESTS)
    run(node(), modules / "typescript" / "bin" / "tsc", "-p", BROWSER)
    run(node(), "--test", *sorted(JS_TESTS.glob("*.test.js")))
    if not is_current(ROOT):
        bundle(ROOT)


def main() -> None:
    """Run all of it."""
    fix = "--fix" in sys.argv
    if fix:
        python("ruff", "format", ".")
        python("ruff", "check", "--fix", ".")
    python("ruff", "format", "--check", ".")
    python("ruff", "check", ".")
    python("mypy")
    check_script(fix=fix)
    bring_browsers()
    python("pytest", "-q")


if __name__ == "__main__":
    main()
