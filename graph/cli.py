"""The command line: one command is one library call."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from graph.answer import FORMS
from graph.errors import GraphError, QuestionError
from graph.knowledge import load

__all__ = ["main"]

MOST_COMPARED = 4
"""How many things are readable side by side."""

_DATA = "a file or a folder of RDF; without it, the data set that comes with the package"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its number
    try:
        code = int(options.run(options) or 0)
        sys.stdout.flush()
    except GraphError as error:
        print(f"graph: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("graph: stopped; nothing was half written.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        _write_no_more()
        return 0
    except OSError as error:
        _write_no_more()
        print(
            f"graph: The output cannot be written ({error.strerror or error}); make room, or send it elsewhere.", file=sys.stderr
        )
        return 1
    return code


def _write_no_more() -> None:
    """Let what is still to be written go nowhere, so that the end of the program is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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

    route = commands.add_parser("route", help="find the best ways from one thing to another")
    route.add_argument("start", metavar="FROM", help="a label, an IRI or a prefixed name")
    route.add_argument("end", metavar="TO", help="the same")
    route.add_argument("--on", nargs="+", default=(), metavar="DATA", help=_DATA)
    route.add_argument("--max", type=int, default=3, metavar="N", help="how many ways to show (%(default)s)")
    route.set_defaults(run=_route)

    compare = commands.add_parser("compare", help="put two to four things side by side")
    compare.add_argument("things", nargs="+", metavar="THING", help="a label, an IRI or a prefixed name")
    compare.add_argument("--on", nargs="+", default=(), metavar="DATA", help=_DATA)
    compare.set_defaults(run=_compare)

    check = commands.add_parser("check", help="check the data against its shapes and checks")
    check.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    check.add_argument("--source", metavar="FILE", help="the text that the passages were taken from: prove every digest")
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="write the data in every form, a store and the page")
    build.add_argument("data", nargs="*", metavar="DATA", help=_DATA)
    build.add_argument("-o", "--output", default="output", metavar="DIR", help="the folder to write to (%(default)s)")
    build.set_defaults(run=_build)

    form = commands.add_parser("format", help="write Turtle and TriG files in their one form, for small diffs")
    form.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .ttl or .trig file")
    form.add_argument("--check", action="store_true", help="change nothing; fail if a file is not in its form")
    form.set_defaults(run=_format)

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


def _route(options: argparse.Namespace) -> int:
    from graph.report import no_way_text, routes_text

    kg = load(*options.on)
    found = kg.route(options.start, options.end, most=options.max)
    if not found:
        start, end, before = kg.thing(options.start), kg.thing(options.end), kg.leading_to(options.end)
        names = kg.names({start, end, *before})
        sys.stdout.write(no_way_text(start, end, before, lambda iri: names.get(iri, iri)))
        return 1
    steps = [step for route in found for step in route.steps]
    names = kg.names({iri for one in steps for iri in (one.start, one.end, one.source, *(iri for _, iri in one.others))})
    sys.stdout.write(routes_text(found, lambda iri: names.get(iri, iri)))
    return 0


def _compare(options: argparse.Namespace) -> None:
    from graph.report import comparison_text

    if not MOST_COMPARED >= len(options.things) > 1:
        raise QuestionError(f"{len(options.things)} things cannot be compared; name two to {MOST_COMPARED}.")
    kg = load(*options.on)
    found = kg.compare(*options.things)
    said = [one for aspect in found.aspects for values in aspect.said for one in values]
    values = {one.value for one in said if one.value.startswith("http") and " " not in one.value}
    names = kg.names(values | set(found.things) | {source for source, _ in found.sources})
    sys.stdout.write(comparison_text(found, lambda text: names.get(text, text)))


def _check(options: argparse.Namespace) -> int:
    report = load(*options.data).check(source=options.source)
    sys.stdout.write(report.to_text())
    return 0 if report.conforms else 1


def _build(options: argparse.Namespace) -> None:
    for path in load(*options.data).build(Path(options.output)):
        print(path)


def _format(options: argparse.Namespace) -> int:
    from graph.export import write_whole
    from graph.format import formatted

    changed = [path for path in options.files if formatted(path) != path.read_text(encoding="utf-8")]
    for path in changed:
        print(path)
        if not options.check:
            write_whole(path, formatted(path).encode())
    return int(options.check and bool(changed))


def _info(options: argparse.Namespace) -> None:
    sys.stdout.write(load(*options.data).info().to_text())
