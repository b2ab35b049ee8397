"""The command line: one command is one library call."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from graph.arguments import make_parser
from graph.errors import GraphError, QuestionError
from graph.knowledge_graph import KnowledgeGraph, load

__all__ = ["main", "run"]

_MAX_REASON = 200
"""Characters of an error that nobody foresaw."""
_MAX_ROWS = 100
"""Rows of a table on a terminal; files and pipes get all of them."""
_MAX_SKIPPED = 5
"""Files left out that are named."""


def run() -> NoReturn:
    """Run a command and end the process, without waiting for a query that was left behind."""
    from graph.supervise import supervised

    code = supervised(main, _fail)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError:
                code = code or 1
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 failed, 2 wrong usage, 70 internal error, or 130 interrupted."""
    if sys.stdout is None:  # closed by whoever started the process
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if not all(map(_is_text, sys.argv[1:] if arguments is None else arguments)):
        return _fail("An argument is not UTF-8; save the query in a file, or use a UTF-8 terminal.", 2)
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.version:
        from graph import __version__

        print(f"graph {__version__}")
        return 0
    if "command" not in options:
        parser.print_help()
        return 0
    try:
        return _run(options)
    except Exception as error:  # the last net: a person gets one sentence, not a traceback
        if os.environ.get("GRAPH_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"[:_MAX_REASON]
        return _fail(f"Internal error ({reason}); set GRAPH_DEBUG=1 to see where, and report it.", 70)


def _run(options: argparse.Namespace) -> int:
    """Run a command; turn what may happen into a sentence and an exit code."""
    try:
        code = int(_COMMANDS[options.command](options) or 0)
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


def _is_text(argument: str) -> bool:
    """Tell whether an argument came as UTF-8; Python keeps other bytes as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in argument)


def _fail(message: str, code: int) -> int:
    from graph.tables import printable

    if sys.stderr is not None:
        print(f"graph: {' '.join(printable(message).split())}", file=sys.stderr)
    return code


def _discard_output() -> None:
    """Discard buffered output, so that interpreter shutdown does not raise BrokenPipeError."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(text: str) -> None:
    """Write text for people; what the terminal cannot show is escaped."""
    from graph.tables import printable

    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(printable(text).encode(encoding, errors="backslashreplace").decode(encoding))


def _write_utf8(text: str) -> None:
    """Write text for programs: UTF-8 whatever the code page."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())


def _load(options: argparse.Namespace) -> KnowledgeGraph:
    paths = (*options.data, *getattr(options, "paths", ()))
    kg = load(*paths, base=options.base, lenient=options.lenient, rules=options.rules)
    if kg.skipped:
        from graph.tables import printable

        shown = "; ".join(kg.skipped[:_MAX_SKIPPED])
        more = f"; and {len(kg.skipped) - _MAX_SKIPPED} more" if len(kg.skipped) > _MAX_SKIPPED else ""
        print(f"graph: skipped: {printable(shown)}{more}", file=sys.stderr)
    return kg


def _page(options: argparse.Namespace) -> None:
    path = _load(options).write_page(options.output, force=options.force)
    print(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())


def _query(options: argparse.Namespace) -> int:
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
    if options.format == "table" and sys.stdout.isatty() and len(answer) > _MAX_ROWS:
        text = answer.to_text(limit=_MAX_ROWS)
    else:
        text = answer.to_text(options.format)
    (_write if options.format in {"table", "md"} else _write_utf8)(text)
    return int(options.exit_status and not answer)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(
            f"Standard input is not UTF-8 ({error.reason}); save the query as UTF-8."
        ) from error


def _questions(options: argparse.Namespace) -> None:
    for question in load(*options.data, *options.paths).questions():
        _write(f"{question.name}\n    {question.title}\n")
        for parameter in question.parameters:
            default = (
                f"default: {parameter.default}".replace("UNDEF", "any") if parameter.default else "required"
            )
            _write(f"    --set {parameter.name}=…  {parameter.description or parameter.type} ({default})\n")


def _route(options: argparse.Namespace) -> int:
    from graph.text import no_route_text, routes_text

    kg = _load(options)
    found = kg.route(options.start, options.end, limit=options.max)
    if not found:
        start, end, before = kg.resolve(options.start), kg.resolve(options.end), kg.predecessors(options.end)
        labels = kg.labels({start, end, *before})
        _write(no_route_text(start, end, before, kg.route_policy, lambda iri: labels.get(iri, iri)))
        return 1
    steps = [step for route in found for step in route.steps]
    labels = kg.labels({iri for s in steps for iri in (s.start, s.end, *(source for _, source in s.sources))})
    _write(routes_text(found, kg.route_policy, lambda iri: labels.get(iri, iri)))
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
    for path in _load(options).write_all(options.output, force=options.force):
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


_COMMANDS: dict[str, Callable[[argparse.Namespace], int | None]] = {
    "page": _page,
    "query": _query,
    "questions": _questions,
    "route": _route,
    "compare": _compare,
    "check": _check,
    "build": _build,
    "format": _format,
    "info": _info,
}
