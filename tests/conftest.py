"""What the tests share: the shipped data, an example from elsewhere, the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

import graph
from graph import KnowledgeGraph
from graph.endpoint import LocalStore
from graph.files import Profile

# No deadline: reading and writing takes its time on a busy machine. A run can be repeated;
# `pytest --hypothesis-profile=search` looks for examples that nobody has tried.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example"

Write = Callable[[Mapping[str, str | bytes]], Path]
"""Writes files of these names and contents into a new folder; gives the folder."""


class Run(Protocol):
    """Runs the command line in a process of its own."""

    def __call__(
        self, *arguments: str | Path, stdin: str = "", cwd: Path = ROOT
    ) -> subprocess.CompletedProcess[str]:
        """Wait for its end."""


def store_of(kg: KnowledgeGraph) -> LocalStore:
    """Return the store behind a knowledge graph."""
    return kg._endpoint  # noqa: SLF001  users need no store, tests look into it


def profile_of(kg: KnowledgeGraph) -> Profile:
    """Return the profile of a knowledge graph."""
    return kg._profile  # noqa: SLF001


def pytest_configure(config: pytest.Config) -> None:
    """Keep stores in a cache of the test run's own, so that the user's is never touched, not by doctests either."""
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    os.environ["XDG_CACHE_HOME"] = folder.name
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.pop("PYTHONUNBUFFERED", None)


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    """Open the data set that comes with the package."""
    return graph.load()


@pytest.fixture(scope="session")
def ferries() -> KnowledgeGraph:
    """Open a data set about something else."""
    return graph.load(EXAMPLE)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Make a folder of files."""

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write_files


@pytest.fixture(scope="session")
def run() -> Run:
    """Give the command line."""

    def run_command(
        *arguments: str | Path, stdin: str = "", cwd: Path = ROOT
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "graph", *map(str, arguments)]
        return subprocess.run(
            command, input=stdin, cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False
        )

    return run_command
