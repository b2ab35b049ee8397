"""A command runs in a child process, so that its parent can say why when native code ends the process."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

__all__ = ["supervised"]

_FATAL = frozenset({"SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGKILL", "SIGSEGV", "SIGTRAP"})
"""Signals that a process gets when memory or stack run out; all others are passed on."""


def supervised(command: Callable[[], int], fail: Callable[[str, int], int]) -> int:
    """Run a command in a child process that may take half of the memory of the machine; return its exit code.

    Native code that runs out of memory or stack ends its process. The parent then calls `fail` with a
    sentence and an exit code. Where processes cannot fork, and with GRAPH_DEBUG,
    the command runs in this process.
    """
    if sys.platform != "linux" or os.environ.get("GRAPH_DEBUG"):
        return command()
    watched = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
    reading, writing = os.pipe()
    parent, child = os.getpid(), os.fork()
    if not child:
        os.close(writing)
        _die_with(parent, reading)
        _limit()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return command()
    ended, status = 0, 0
    while not ended:
        info = signal.sigwaitinfo(watched)
        if info.si_signo == signal.SIGCHLD:
            ended, status = os.waitpid(child, os.WNOHANG)
        elif info.si_pid:  # what the terminal sends, the child has got too
            os.kill(child, info.si_signo)
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    name = signal.Signals(os.WTERMSIG(status)).name
    if name in _FATAL:
        return fail(f"This needs more memory than there is ({name}); ask for less, or use less data.", 1)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
    os.kill(parent, os.WTERMSIG(status))
    return 128 + os.WTERMSIG(status)


def _die_with(parent: int, pipe: int) -> None:
    """Have the kernel kill this process when its parent ends, which closes the other end of the pipe."""
    import fcntl

    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_ASYNC)
    if os.getppid() != parent:
        os._exit(1)


def _limit() -> None:
    """Limit the memory of this process, and keep what native code says when it fails off the terminal."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    soft = half if hard == resource.RLIM_INFINITY else min(half, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    if sys.stderr is not None:
        sys.stderr = os.fdopen(os.dup(2), "w", 1, sys.stderr.encoding, sys.stderr.errors)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
