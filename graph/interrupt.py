"""Work that nothing can interrupt, done so that Ctrl-C and a time limit still end the wait for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

__all__ = ["run_interruptibly"]

Result = TypeVar("Result")

_TICK = 0.1
"""Seconds after which a waiting thread looks for signals; some systems deliver none to a thread that waits on."""


def run_interruptibly(work: Callable[[Event], Result], timeout: float | None = None) -> Result:
    """Do some work in a thread of its own, and wait for it.

    Native code such as the SPARQL engine sees no signal and has no time limit. Whoever waits for it here can
    go on: the thread is left to itself, and `work` should return soon after the event that it gets is set.

    Raises TimeoutError after `timeout` seconds, KeyboardInterrupt at Ctrl-C, and whatever the work raises.
    """
    outcome: dict[str, Any] = {}
    abandoned = Event()

    def run() -> None:
        try:
            outcome["result"] = work(abandoned)
        except BaseException as error:  # noqa: BLE001  raised again where it is waited for
            outcome["error"] = error
            _forget_locals(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
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
        raise outcome["error"]
    result: Result = outcome["result"]
    return result


def _forget_locals(error: BaseException | None) -> None:
    """Drop what the frames of an error hold: objects of the engine may only be dropped where they were made."""
    from traceback import clear_frames

    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
