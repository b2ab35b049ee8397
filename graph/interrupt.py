"""Work that nothing can interrupt, done so that Ctrl-C and a time limit still end the wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from graph.errors import GraphError

__all__ = ["run_interruptibly"]

Result = TypeVar("Result")

_MAX_REASON = 200
"""Characters of what native code says when it panics."""
_STACK = 256 << 20
"""Bytes of stack, taken only as needed: the engine takes up to 3.3 KB for each operator of a query."""
_TICK = 0.1
"""Seconds between checks for signals, which some systems do not deliver to a waiting thread."""
_stack_size = Lock()
"""Held while a thread starts, because the size of its stack is a setting of the process."""


def run_interruptibly(work: Callable[[Event], Result], timeout: float | None = None) -> Result:
    """Do some work in a thread of its own, and wait for it.

    Native code such as the SPARQL engine sees no signal and has no time limit. Whoever waits for it here can
    go on: the thread is left to itself, and `work` should return soon after the event that it gets is set.

    Raises TimeoutError after `timeout` seconds, KeyboardInterrupt at Ctrl-C, GraphError where memory does not
    suffice or native code panics, and whatever else the work raises.
    """
    outcome: dict[str, Any] = {}
    abandoned = Event()

    def run() -> None:
        try:
            outcome["result"] = work(abandoned)
        except BaseException as error:  # noqa: BLE001  raised again where it is waited for
            outcome["error"] = error
            _forget_locals(error)

    thread = _start(run)
    deadline = None if timeout is None else monotonic() + timeout
    try:
        while thread.is_alive():
            left = _TICK if deadline is None else deadline - monotonic()
            if left <= 0:
                raise TimeoutError
            thread.join(min(_TICK, left))
    finally:
        abandoned.set()
    if "error" in outcome:
        raise _as_graph_error(outcome["error"])
    result: Result = outcome["result"]
    return result


def _start(run: Callable[[], None]) -> Thread:
    """Start a thread with a large stack, or with the usual one where there is no room for it."""
    with _stack_size:
        before = threading.stack_size(_STACK)
        try:
            thread = Thread(target=run, daemon=True)
            thread.start()
        except RuntimeError:
            threading.stack_size(before)
            thread = Thread(target=run, daemon=True)
            thread.start()
        finally:
            threading.stack_size(before)
    return thread


def _as_graph_error(error: BaseException) -> BaseException:
    """Turn what no caller foresees into a GraphError: a panic of native code is not even an Exception."""
    if isinstance(error, MemoryError):
        return GraphError("This needs more memory than there is; ask for less, or use less data.")
    if type(error).__name__ == "PanicException":
        reason = " ".join(str(error).split())[:_MAX_REASON]
        return GraphError(f"The engine failed ({reason}); leave out what is unusual.")
    return error


def _forget_locals(error: BaseException | None) -> None:
    """Drop what an error's frames hold: the engine's objects must be dropped in the thread that made them."""
    from traceback import clear_frames

    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
