"""What is public is what is listed; what is heavy stays away until it is needed; what is special to the data is data."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import graph
from graph import errors
from tests.conftest import EXAMPLE

PACKAGE = Path(graph.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))
HEAVY = ("rdflib", "networkx", "pyvis", "numpy", "pyshacl", "jinja2", "pandas", "oxrdflib", "IPython")


def in_a_new_process(program: str) -> str:
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


def test_the_public_names_are_listed_in_order() -> None:
    public = {
        name for name, value in vars(graph).items() if not (name.startswith("_") or inspect.ismodule(value))
    }
    assert graph.__all__ == sorted(graph.__all__)
    assert public - {"Any"} <= set(graph.__all__)
    assert all(hasattr(graph, name) for name in graph.__all__)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_use_only_what_others_list(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graph."):
            listed = importlib.import_module(str(node.module)).__all__
            assert {alias.name for alias in node.names} <= set(listed), node.module


def test_everything_public_says_what_it_is() -> None:
    for name in graph.__all__:
        assert inspect.getdoc(getattr(graph, name)), name
    for name, member in inspect.getmembers(graph.KnowledgeGraph):
        if not name.startswith("_"):
            assert inspect.getdoc(member), name


def test_importing_is_quiet() -> None:
    assert in_a_new_process("import graph") == ""


def test_an_answer_needs_nothing_heavy() -> None:
    program = f"""
import sys, graph
kg = graph.load({str(EXAMPLE)!r})
assert kg.query("where-to", {{"port": "Eastholm"}}).to_text("csv")
assert kg.query("SELECT * {{ ?s ?p ?o }}").to_text("md")
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""
    assert in_a_new_process(program) == "\n"


def test_making_a_store_needs_nothing_heavy(tmp_path: Path) -> None:
    program = f"""
import os, sys
os.environ["XDG_CACHE_HOME"] = {str(tmp_path)!r}
import graph
assert graph.load().query("ASK {{}}").boolean
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""
    assert in_a_new_process(program) == "\n"


def test_every_error_is_a_graph_error_and_stands_in_the_tree() -> None:
    kinds = {
        name: kind
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and kind.__module__ == errors.__name__
    }
    assert errors.__all__ == sorted(kinds)
    assert all(issubclass(kind, errors.GraphError) for kind in kinds.values())
    assert issubclass(errors.GraphError, ValueError)
    drawn = dict(re.findall(r"^    (?:│   )?(?:[├└]── )?(\w+) *(.*)$", errors.__doc__ or "", re.MULTILINE))
    assert set(drawn) == set(kinds)
    assert kinds.pop("QueryTimeout").__bases__ == (errors.QueryError,)
    assert all(kinds[name].__bases__ == (errors.GraphError,) for name in kinds if name != "GraphError")


def test_nothing_but_a_graph_error_is_raised_by_name() -> None:
    """Find `raise Name(...)` in the package: people catch GraphError, and get everything."""
    raised = {
        node.exc.func.id
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and not node.exc.func.id.startswith("_")
    }
    assert raised - {"AttributeError", "SyntaxError"} <= set(errors.__all__) - {"GraphError"}, (
        "a module's __getattr__ has to raise AttributeError; SyntaxError is explained like the engine's own"
    )
    assert len(raised) >= 5


def said_in_code(path: Path) -> set[str]:
    """Give every name and text in a module that is no docstring and no comment."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = {
        str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs
    }
    names = {
        getattr(node, "id", "") or getattr(node, "attr", "") or getattr(node, "name", "")
        for node in ast.walk(tree)
    }
    return texts | {str(name) for name in names}


FIELD = (
    "aapc|ahima|auditor|biller|certification|coder|coding|credential|diploma|dollar|exam|examination"
    "|fee|mbc|medical|month|salary|tuition|wage"
)
"""Words of the field that the bundled data is about; the explorer must do without them."""


def field_words(text: str) -> set[str]:
    """Find words of the field, in any case, also within names such as `feeFor` and `without_months`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", text).lower()
    return set(re.findall(rf"\b(?:{FIELD})s?\b", words))


def test_words_of_the_field_are_found_within_names() -> None:
    text = "monthsUpTo without_fee 'coding auditor …' `${dollars(1)}` HIGH_DIPLOMAS"
    assert field_words(text) == {"months", "fee", "coding", "auditor", "dollars", "diplomas"}
    assert field_words("encoding decoder coffee monthly") == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_explorer_knows_nothing_of_the_data_set(path: Path) -> None:
    """Only examples in docstrings may mention it, and the name of the distribution."""
    special = {text for text in said_in_code(path) if field_words(text)}
    assert special == ({"mbc-careers"} if path.stem in {"__init__", "cache"} else set())


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for pattern in ("queries/*.rq", "browser/*.js", "browser/*/*.js", "*.html", "*.json")
        for path in PACKAGE.glob(pattern)
        if path.parent.name not in {"made", "node_modules"}
    ),
    ids=lambda path: path.name,
)
def test_the_page_knows_nothing_of_the_data_set(path: Path) -> None:
    assert field_words(path.read_text(encoding="utf-8")) == set()


def test_each_module_imports_only_from_its_left() -> None:
    """Build the graph of imports, also those inside functions; only under TYPE_CHECKING may it have a circle."""
    order = [module.name for module in pkgutil.iter_modules([str(PACKAGE)])]
    imports = {name: imported_by(PACKAGE / f"{name}.py") & set(order) for name in order}
    done: list[str] = []
    while ready := [name for name in order if name not in done and imports[name] <= set(done)]:
        done += ready
    assert sorted(done) == sorted(order), f"in a circle: {sorted(set(order) - set(done))}"


def imported_by(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types:
            if node.module == "graph":
                found |= {alias.name for alias in node.names}
            elif (node.module or "").startswith("graph."):
                found.add((node.module or "").split(".")[1])
    return found


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.stem not in {"cli", "supervise"}], ids=lambda path: path.stem
)
def test_only_the_command_line_prints(path: Path) -> None:
    assert not {"print", "stdout", "stderr"} & said_in_code(path)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.stem != "page"], ids=lambda path: path.stem
)
def test_only_the_page_knows_pyvis(path: Path) -> None:
    assert "pyvis" not in path.read_text(encoding="utf-8").split('"""', 2)[-1]
