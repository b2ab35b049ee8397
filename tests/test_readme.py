"""The README is true: its commands run, its answers are the answers, what it names exists."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from graph.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)
TABLES = re.findall(r"^`(graph query .+)`\n\n([^|\n].*\n\n(?:\|.*\n)+)", README, re.MULTILINE)
IN_A_SENTENCE = re.findall(r"(?<!\| )`(graph (?:questions|compare)[^`]*)`", README)
SHELL = re.findall(r"```sh\n(.+)\n```", README)
PYTHON = re.findall(r"```python\n((?:.*\n)*?)```", README)


def run(command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "graph"
    done = subprocess.run(
        [sys.executable, "-m", "graph", *arguments], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout


@pytest.mark.parametrize(("command", "printed"), CONSOLE)
def test_a_command_prints_what_the_readme_shows(command: str, printed: str) -> None:
    assert run(command) == printed


@pytest.mark.parametrize(("command", "table"), TABLES)
def test_an_answer_is_the_one_shown(command: str, table: str) -> None:
    printed = run(command)
    if table.endswith("\n| … |\n"):
        shown = table.removesuffix("| … |\n")
        assert printed.startswith(shown)
        assert len(printed) > len(shown), "nothing is left out: the dots are wrong"
    else:
        assert printed == table


@pytest.mark.parametrize("command", IN_A_SENTENCE)
def test_a_command_in_a_sentence_does_what_is_said(command: str) -> None:
    printed = run(command)
    if command.startswith("graph compare"):
        first = re.search(r"\| [^|\[]+ \[(\d+)\]", printed)
        assert first
        assert f"\n{first[1]}. " in printed.split("\nSources:")[1]
    else:
        assert all(
            path.stem in printed.splitlines() for path in (ROOT / "ontology" / "questions").glob("*.rq")
        )


def test_five_questions_are_answered() -> None:
    answers = README.split("## Five questions it answers")[1].split("\n## ")[0]
    assert len(re.findall(r"^\*\*.+\?\*\*", answers, re.MULTILINE)) == 5
    assert len(TABLES) + sum(f"$ {command}\n" in answers for command, _ in CONSOLE) == 5


@pytest.mark.parametrize("session", PYTHON)
def test_a_python_session_runs(session: str) -> None:
    test = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    assert test.examples
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


def test_two_commands_do_it_all_and_the_second_is_what_runs_on_every_change() -> None:
    page, check = SHELL
    assert page.endswith("graph page --open")
    assert check.endswith("scripts/check.py")
    *_, last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert last == check


def test_every_command_is_in_the_table_with_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    rows = re.findall(r"^\| `graph (\w+)(.*)` \|", README, re.MULTILINE)
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    commands = re.findall(r"^    ([a-z]+)(?:  +\w.*)?$", capsys.readouterr().out, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(commands)
    for name, words in rows:
        with pytest.raises(SystemExit, match="0"):
            main([name, "--help"])
        options = set(re.findall(r"--?\w+", capsys.readouterr().out)) - {"-h", "--help"}
        assert set(re.findall(r"--?\w+", words)) <= options, name


def test_what_the_readme_names_exists() -> None:
    layout = README.split("## Layout")[1].split("```")[1]
    for line in filter(None, map(str.rstrip, layout.splitlines())):
        folder = "graph" if line.startswith("  ") else ""
        for name in re.findall(r"[\w/]+\.(?:py|html)|\b[a-z]+/", line):
            places = [ROOT / folder / name, ROOT / line.split("/")[0] / name]
            assert any(place.exists() for place in places), name
    for picture in re.findall(r"!\[.+\]\((.+)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000
    assert len(layout.strip().splitlines()) <= 13
