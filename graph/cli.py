"""The command line: one command is one library call."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from graph.answer import FORMATS
from graph.errors import GraphError, QuestionError
from graph.knowledge_graph import MAX_COMPARED, KnowledgeGraph, load

__all__ = ["main", "run"]

TIMEOUT = 60.0
"""Seconds that a query may take unless --timeout says otherwise."""

_DATA = "a file or a folder of RDF (repeatable); without it, the bundled data set"
_ITEM = "a label, an IRI, or a prefixed name"


def run() -> NoReturn:
    """Run a command and end the process, without waiting for a query that was left behind."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError:
                code = code or 1
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if "run" not in options:
        parser.print_help()
        return 0
    try:
        code = int(options.run(options) or 0)
        sys.stdout.flush()
    except GraphError as error:
        return _fail(str(error), 1)
    except KeyboardInterrupt:
        return _fail("interrupted; no partial output was left behind.", 130)
    except BrokenPipeError:  # the reader, such as `head`, has read enough
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        reason = error.strerror or error
        return _fail(
            f"The output cannot be written ({reason}); free some space, or choose another output path.", 1
        )
    return code


def _fail(message: str, code: int) -> int:
    print(f"graph: {message}", file=sys.stderr)
    return code


def _discard_output() -> None:
    """Discard buffered output, so that interpreter shutdown does not raise BrokenPipeError."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(text: str) -> None:
    """Write text for people; what the terminal cannot show is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="backslashreplace").decode(encoding))


def _write_utf8(text: str) -> None:
    """Write text for programs: UTF-8 whatever the code page."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="graph",
        description="Explore knowledge graphs: open them as a page, query them in SPARQL.",
        epilog="Exit codes: 0 done, 1 failed or not valid, 2 wrong usage, 130 interrupted.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
        found.set_defaults(run=globals()[f"_{name}"])
        if name != "format":
            found.add_argument("-d", "--data", action="append", default=[], metavar="DATA", help=_DATA)
            found.add_argument(
                "--on", dest="data", action="append", help=argparse.SUPPRESS
            )  # its name in 0.1.0
        if name in {"page", "questions", "check", "build", "info"}:
            found.add_argument("paths", nargs="*", metavar="DATA", help=argparse.SUPPRESS)
        return found

    page = command("page", "write the page: one HTML file that needs no network")
    page.add_argument(
        "-o", "--output", default="output/graph.html", metavar="FILE", help="output path (%(default)s)"
    )
    page.add_argument("--open", action="store_true", help="open the page in the browser")

    query = command("query", "run a question, a .rq file, or SPARQL")
    query.add_argument(
        "what", metavar="WHAT", help="the name of a question, a .rq file, SPARQL, or - for standard input"
    )
    query.add_argument(
        "-s",
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a query parameter (repeatable)",
    )
    query.add_argument("-f", "--format", choices=FORMATS, default="table", help="output format (%(default)s)")
    query.add_argument("--as", dest="format", choices=FORMATS, help=argparse.SUPPRESS)  # its name in 0.1.0
    query.add_argument(
        "--timeout",
        type=seconds,
        default=TIMEOUT,
        metavar="SECONDS",
        help="time limit; 0 for none (%(default)g)",
    )
    query.add_argument("--federate", action="store_true", help="let the query ask other servers with SERVICE")

    command("questions", "list the questions of the data set")

    route = command("route", "find the best routes from one item to another")
    route.add_argument("start", metavar="FROM", help=_ITEM)
    route.add_argument("end", metavar="TO", help=_ITEM)
    route.add_argument(
        "--max", type=int, default=3, metavar="N", help="maximum number of routes (%(default)s)"
    )

    compare = command("compare", f"compare two to {MAX_COMPARED} items")
    compare.add_argument("items", nargs="+", metavar="ITEM", help=_ITEM)

    check = command("check", "validate the data with its shapes and checks")
    check.add_argument(
        "--source", metavar="FILE", help="the text that passages were taken from: verify every digest"
    )

    build = command("build", "write the data in every format, an on-disk store, and the page")
    build.add_argument("-o", "--output", default="output", metavar="DIR", help="output folder (%(default)s)")

    format_ = command("format", "format Turtle and TriG files")
    format_.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .ttl or .trig file")
    format_.add_argument(
        "--check", action="store_true", help="change nothing; fail if a file is not formatted"
    )

    command("info", "count triples, named graphs, and the items of each type")
    return parser


class _Version(argparse.Action):
    """Show the version; the package's metadata is only read for this."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from graph import __version__

        print(f"graph {__version__}")
        parser.exit()


def seconds(text: str) -> float:
    """Read a number of seconds."""
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError
    return value


def _load(options: argparse.Namespace) -> KnowledgeGraph:
    return load(*options.data, *getattr(options, "paths", ()))


def _page(options: argparse.Namespace) -> None:
    path = _load(options).write_page(options.output)
    print(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())


def _query(options: argparse.Namespace) -> None:
    from graph.question import missing_parameter

    what = _stdin() if options.what == "-" else options.what
    params = {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise QuestionError(f"--set {setting} has no value; write --set {name}=VALUE.")
        params[name] = value
    kg = _load(options)
    question = kg.question(what)
    if missing := missing_parameter(question, params):
        raise QuestionError(f"{question.name} needs a value for {missing}; add --set {missing}=VALUE.")
    answer = kg.query(question, params, timeout=options.timeout or None, federate=options.federate)
    text = answer.to_text(options.format)
    (_write if options.format in {"table", "md"} else _write_utf8)(text)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(
            f"Standard input is not UTF-8 ({error.reason}); save the query as UTF-8."
        ) from error


def _questions(options: argparse.Namespace) -> None:
    for question in _load(options).questions():
        _write(f"{question.name}\n    {question.title}\n")
        for parameter in question.parameters:
            default = f"default: {parameter.default}" if parameter.default else "required"
            _write(f"    --set {parameter.name}=…  {parameter.description or parameter.type} ({default})\n")


def _route(options: argparse.Namespace) -> int:
    from graph.text import no_way_text, routes_text

    kg = _load(options)
    found = kg.route(options.start, options.end, limit=options.max)
    if not found:
        start, end, before = kg.resolve(options.start), kg.resolve(options.end), kg.predecessors(options.end)
        labels = kg.labels({start, end, *before})
        _write(no_way_text(start, end, before, lambda iri: labels.get(iri, iri)))
        return 1
    steps = [step for route in found for step in route.steps]
    labels = kg.labels(
        {iri for s in steps for iri in (s.start, s.end, s.source, *(i for _, i in s.others)) if iri}
    )
    _write(routes_text(found, lambda iri: labels.get(iri, iri)))
    return 0


def _compare(options: argparse.Namespace) -> None:
    from graph.text import comparison_text

    kg = _load(options)
    found = kg.compare(*options.items)
    values = {one.value for row in found.rows for values in row.cells for one in values}
    iris = {value for value in values if value.startswith("http") and not set(value) & set(' <>"{}|^`\\')}
    labels = kg.labels(iris | set(found.items) | {source for source, _ in found.sources})
    _write(comparison_text(found, lambda text: labels.get(text, text)))


def _check(options: argparse.Namespace) -> int:
    report = _load(options).check(source=options.source)
    _write(report.to_text())
    return 0 if report.conforms else 1


def _build(options: argparse.Namespace) -> None:
    for path in _load(options).write_all(options.output):
        print(path)


def _info(options: argparse.Namespace) -> None:
    _write(_load(options).info().to_text())


def _format(options: argparse.Namespace) -> int:
    from graph.atomic import write_atomic
    from graph.turtle import format_file

    texts = {path: format_file(path) for path in options.files}
    changed = [path for path, text in texts.items() if text != path.read_text(encoding="utf-8")]
    for path in changed:
        print(path)
        if not options.check:
            write_atomic(path, texts[path].encode())
    return int(options.check and bool(changed))
