"""The page's script is kept in rooms, from the pure core to the panels, and knows nothing of the data set."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

import graph
from tests.conftest import ROOT

PACKAGE = Path(graph.__file__).parent
BROWSER = PACKAGE / "browser"
BUNDLE = runpy.run_path(str(ROOT / "scripts" / "bundle.py"))
SCRIPTS: list[Path] = BUNDLE["scripts"](BROWSER)
FIELD = (
    r"mbc|aapc|ahima|coder|\bcoding\b|biller|medical|certification|diploma|auditor"
    r"|\bexam(ination)?s?\b|\bpay\b"
)


@pytest.mark.parametrize(
    "path",
    sorted([*PACKAGE.glob("queries/*.rq"), *SCRIPTS, *PACKAGE.glob("*.html")]),
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_the_page_knows_nothing_of_the_data_set(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [found[0] for found in re.finditer(FIELD, text, re.IGNORECASE)] == []


ROOMS = ("core", "data", "ui", "state.js", "actions.js", "panels", "main.js")
"""The rooms of the page's script: a module imports from its own room, or from one to the left."""


def test_every_room_is_bundled() -> None:
    assert {room for room in ROOMS if not room.endswith(".js")} == set(BUNDLE["ROOMS"])
    assert {path for path in BROWSER.rglob("*.js") if not {"made", "node_modules"} & set(path.parts)} - set(
        SCRIPTS
    ) == {BROWSER / "eslint.config.js"}


def room_of(path: Path) -> int:
    """Tell which room a script is in."""
    return ROOMS.index(path.relative_to(BROWSER).parts[0])


def imported_by_script(path: Path, pattern: str) -> set[Path]:
    """Find what a script imports from files beside it."""
    text = path.read_text(encoding="utf-8")
    return {(path.parent / found).resolve() for found in re.findall(pattern, text)}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(BROWSER).as_posix())
def test_each_script_imports_only_from_its_left(path: Path) -> None:
    """Types that are imported in comments count too."""
    found = imported_by_script(path, r"""(?:from|import\()\s*"(\.[^"]+)\"""")
    assert found <= set(SCRIPTS)
    assert [one.name for one in found if room_of(one) > room_of(path)] == []


def test_no_scripts_import_each_other() -> None:
    imports = {path: imported_by_script(path, r"""from\s*"(\.[^"]+)\"""") for path in SCRIPTS}
    assert sum(map(len, imports.values())) > len(SCRIPTS)
    done: set[Path] = set()
    while ready := {path for path in SCRIPTS if path not in done and imports[path] <= done}:
        done |= ready
    assert [path.name for path in SCRIPTS if path not in done] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(BROWSER).as_posix())
def test_each_script_says_in_its_first_line_what_it_holds(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"/\*\* [A-Z0-9].*\. \*/", first), first


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(BROWSER).as_posix())
def test_what_a_script_exports_is_imported_somewhere(path: Path) -> None:
    others = [*SCRIPTS, *(PACKAGE.parent / "tests" / "node").glob("*.js")]
    texts = [one.read_text(encoding="utf-8") for one in others if one != path]
    exported = re.findall(
        r"^export (?:async )?(?:function|const|let|class) (\w+)",
        path.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    unused = [name for name in exported if not any(re.search(rf"\b{name}\b", text) for text in texts)]
    assert unused == []


@pytest.mark.parametrize("path", sorted(BROWSER.glob("core/*.js")), ids=lambda path: path.name)
def test_the_core_knows_no_page(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/|//.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert (
        re.findall(r"\b(document|window|globalThis|navigator|location|history|localStorage|payload)\b", text)
        == []
    )


def test_regular_expressions_do_not_read_sparql_to_change_it() -> None:
    assert [
        path.name
        for path in SCRIPTS
        if re.search(r"/[^/\n]*VALUES[^/\n]*/[a-z]*", path.read_text(encoding="utf-8"))
    ] == []


def test_no_line_is_longer_than_110_characters() -> None:
    paths = [
        *SCRIPTS,
        BROWSER / "style.css",
        PACKAGE / "template.html",
        *map(PACKAGE.joinpath, ("payload.py", "page.py")),
    ]
    long = [
        (path.name, at)
        for path in paths
        for at, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 110
    ]
    assert long == []
