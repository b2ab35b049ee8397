"""The command line: one command is one library call."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from graph.answer import FORMS
from graph.errors import GraphError, QuestionError
from graph.knowledge import load

__all__ = ["main"]

_DATA = "a file or a folder of RDF; without it, the data set that comes with the package"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except GraphError as error:
        print(f"graph: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("graph: stopped; nothing was half written.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="graph", description="Explore knowledge graphs: open them as a page, ask them in SPARQL."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    page = commands.add_parser("page", help="write the page: one HTML file that needs no network")
    page.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    page.add_argument("-o", "--output", default="output/graph.html", metavar="FILE", help="where to write it (%(default)s)")
    page.add_argument("--open", action="store_true", help="open it in the browser")
    page.set_defaults(run=_page)

    query = commands.add_parser("query", help="ask a question, a .rq file or SPARQL")
    query.add_argument("what", metavar="WHAT", help="the name of a question, a .rq file, SPARQL, or - for standard input")
    query.add_argument("--on", nargs="+", default=(), metavar="DATA", help=_DATA)
    query.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="set a parameter; may be given again")
    query.add_argument("--as", dest="form", choices=FORMS, default="table", help="how to write the answer (%(default)s)")
    query.set_defaults(run=_query)

    questions = commands.add_parser("questions", help="list the questions that come with the data")
    questions.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    questions.set_defaults(run=_questions)

    check = commands.add_parser("check", help="check the data against its shapes and checks")
    check.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    check.add_argument("--source", metavar="FILE", help="the text that the passages were taken from: prove every digest")
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="write the data in every form, a store and the page")
    build.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    build.add_argument("-o", "--output", default="output", metavar="DIR", help="the folder to write to (%(default)s)")
    build.set_defaults(run=_build)

    info = commands.add_parser("info", help="count what there is")
    info.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    info.set_defaults(run=_info)
    return parser


def _page(options: argparse.Namespace) -> None:
    path = load(*options.data).page(options.output)
    print(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())


def _query(options: argparse.Namespace) -> None:
    what = sys.stdin.read() if options.what == "-" else options.what
    settings = {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise QuestionError(f"--set {setting} has no value; write --set {name}=VALUE.")
        settings[name] = value
    sys.stdout.write(load(*options.on).query(what, **settings).to_text(options.form))


def _questions(options: argparse.Namespace) -> None:
    for question in load(*options.data).questions():
        print(f"{question.name}\n    {question.words}")
        for parameter in question.parameters:
            print(
                f"    --set {parameter.name}=…  {parameter.words or parameter.kind} (else {parameter.default or 'none: needed'})"
            )


def _check(options: argparse.Namespace) -> int:
    report = load(*options.data).check(source=options.source)
    sys.stdout.write(report.to_text())
    return 0 if report.conforms else 1


def _build(options: argparse.Namespace) -> None:
    for path in load(*options.data).build(Path(options.output)):
        print(path)


def _info(options: argparse.Namespace) -> None:
    sys.stdout.write(load(*options.data).info().to_text())
