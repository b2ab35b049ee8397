"""The commands and options of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from graph.answer import FORMATS

__all__ = ["TIMEOUT", "make_parser"]

TIMEOUT = 60.0
"""Seconds that a query may take unless --timeout says otherwise."""

_DATA = "a file or a folder of RDF (repeatable); without it, the bundled data set"
_FORCE = "replace files that graph did not make"
_ITEM = "a label, an IRI, or a prefixed name"


def make_parser() -> argparse.ArgumentParser:
    """Make the parser; its result has the name of the command as `command`, or nothing."""
    parser = argparse.ArgumentParser(
        prog="graph",
        description="Explore knowledge graphs: open them as a page, query them in SPARQL.",
        epilog="Exit codes: 0 done, 1 failed or not valid, 2 wrong usage, "
        "70 internal error, 130 interrupted.",
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
        found.set_defaults(command=name)
        if name != "format":
            found.add_argument("-d", "--data", action="append", default=[], metavar="DATA", help=_DATA)
            found.add_argument(
                "--base", metavar="IRI", help="base IRI for resolving relative IRIs in the data"
            )
            found.add_argument("--lenient", action="store_true", help="leave out files that cannot be read")
            found.add_argument(
                "--rules", action="store_true", help="apply the rules of each folder to all the data"
            )
            # --on is what --data was called in 0.1.0
            found.add_argument("--on", dest="data", action="append", help=argparse.SUPPRESS)
        if name in {"page", "questions", "check", "build", "info"}:
            found.add_argument("paths", nargs="*", metavar="DATA", help=argparse.SUPPRESS)
        return found

    page = command("page", "write the page: one HTML file that needs no network")
    page.add_argument(
        "-o", "--output", default="output/graph.html", metavar="FILE", help="output path (%(default)s)"
    )
    page.add_argument("--open", action="store_true", help="open the page in the browser")
    page.add_argument("--force", action="store_true", help=_FORCE)

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
    query.add_argument(
        "-e",
        "--exit-status",
        action="store_true",
        help="exit with status 1 if the answer is no, or has no rows",
    )
    query.add_argument("--federate", action="store_true", help="let the query ask other servers with SERVICE")

    command("questions", "list the questions of the data set")

    route = command("route", "find the best routes from one item to another")
    route.add_argument("start", metavar="FROM", help=_ITEM)
    route.add_argument("end", metavar="TO", help=_ITEM)
    route.add_argument(
        "--max", type=positive, default=3, metavar="N", help="maximum number of routes (%(default)s)"
    )

    compare = command("compare", "compare two to four items")
    compare.add_argument("items", nargs="+", metavar="ITEM", help=_ITEM)

    check = command("check", "validate the data with its shapes and checks")
    check.add_argument(
        "--source", metavar="FILE", help="verify the digests of passages against this source text"
    )

    build = command("build", "write the data in every format, an on-disk store, and the page")
    build.add_argument("-o", "--output", default="output", metavar="DIR", help="output folder (%(default)s)")
    build.add_argument("--force", action="store_true", help=_FORCE)

    format_ = command("format", "format Turtle and TriG files")
    format_.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .ttl or .trig file")
    format_.add_argument(
        "--check", action="store_true", help="change nothing; fail if a file is not formatted"
    )

    command("info", "count triples, named graphs, and the items of each type")
    return parser


def positive(text: str) -> int:
    """Read a whole number of one or more."""
    if (value := int(text)) < 1:
        raise ValueError
    return value


def seconds(text: str) -> float:
    """Read a number of seconds."""
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError
    return value
