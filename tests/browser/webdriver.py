"""Drive browsers other than Chromium as their distribution packages them.

Firefox speaks WebDriver BiDi by itself; WebKit speaks classic WebDriver through WebKitWebDriver.
Both take the same actions of mouse and keys, so one class holds what a person does.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar

from websockets.sync.client import ClientConnection, connect

CONTROL, DELETE, ENTER = "\ue009", "\ue017", "\ue007"
"""Keys, as WebDriver names them."""
SECONDS = 60.0
"""How long to wait for anything, on a busy machine."""

Value = TypeVar("Value")


def poll(check: Callable[[], Value | None], complaint: Callable[[], str]) -> Value:
    """Wait until a check gives something; fail with the complaint when it takes too long."""
    end = time.monotonic() + SECONDS
    while not (value := check()):
        if time.monotonic() > end:
            raise AssertionError(complaint())
        time.sleep(0.05)
    return value


class Browser(ABC):
    """A window, and the hands of a person who uses it."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """Evaluate JavaScript whose value can be written as JSON."""

    @abstractmethod
    def perform(self, source: Mapping[str, Any]) -> None:
        """Perform the actions of a mouse or of keys."""

    def wait(self, expression: str) -> Any:
        """Wait until JavaScript gives something that is true."""

        def complaint() -> str:
            text = self.evaluate("document.body.innerText")
            return f"not true within {SECONDS} seconds: {expression}\nThe page reads:\n{text}"

        return poll(lambda: self.evaluate(expression), complaint)

    def click(self, selector: str) -> None:
        """Click on the middle of an element when it is there."""
        element = f"document.querySelector({json.dumps(selector)})"
        box = self.wait(f"(box => box?.width && box)({element}?.getBoundingClientRect())")
        x, y = round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)
        moves: list[dict[str, Any]] = [{"type": "pointerMove", "x": x, "y": y}]
        presses = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self.perform({"type": "pointer", "id": "mouse", "actions": moves + presses})

    def type(self, text: str) -> None:
        """Press and release one key after the other."""
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.perform({"type": "key", "id": "keys", "actions": actions})

    def press(self, *keys: str) -> None:
        """Press keys together, the last one last."""
        downs = [{"type": "keyDown", "value": key} for key in keys]
        ups = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self.perform({"type": "key", "id": "keys", "actions": downs + ups})


class Firefox(Browser):
    """Firefox, over the socket of WebDriver BiDi."""

    def __init__(self, connection: ClientConnection) -> None:
        """Begin a session in the window that is open."""
        self._connection, self._count = connection, 0
        self._call("session.new", capabilities={})
        self._context = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def _call(self, method: str, **parameters: Any) -> Any:
        self._count += 1
        self._connection.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        while (message := json.loads(self._connection.recv(timeout=SECONDS))).get("id") != self._count:
            pass
        assert message["type"] == "success", message
        return message["result"]

    def open(self, address: str) -> None:
        """Go to an address."""
        self._call("browsingContext.navigate", context=self._context, url=address, wait="interactive")

    def evaluate(self, expression: str) -> Any:
        """Evaluate JavaScript whose value can be written as JSON."""
        text = f"JSON.stringify({expression}) ?? 'null'"
        target = {"context": self._context}
        answer = self._call("script.evaluate", expression=text, target=target, awaitPromise=False)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def perform(self, source: Mapping[str, Any]) -> None:
        """Perform the actions of a mouse or of keys."""
        self._call("input.performActions", context=self._context, actions=[source])


class WebKit(Browser):
    """WebKit, over the HTTP of classic WebDriver."""

    def __init__(self, port: int) -> None:
        """Wait for the driver, and begin a session in a new window."""
        self._port = port

        def is_ready() -> bool:
            try:
                return bool(self._call("GET", "/status")["ready"])
            except OSError:
                return False

        poll(is_ready, lambda: "WebKitWebDriver does not answer")
        session = self._call("POST", "/session", capabilities={})
        self._session = f"/session/{session['sessionId']}"

    def _call(self, method: str, path: str, **parameters: Any) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            body = json.dumps(parameters) if method == "POST" else None
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        assert response.status == 200, answer
        return answer["value"]

    def open(self, address: str) -> None:
        """Go to an address."""
        self._call("POST", f"{self._session}/url", url=address)

    def evaluate(self, expression: str) -> Any:
        """Evaluate JavaScript whose value can be written as JSON."""
        script = f"return JSON.stringify({expression}) ?? 'null'"
        return json.loads(self._call("POST", f"{self._session}/execute/sync", script=script, args=[]))

    def perform(self, source: Mapping[str, Any]) -> None:
        """Perform the actions of a mouse or of keys."""
        self._call("POST", f"{self._session}/actions", actions=[source])

    def close(self) -> None:
        """End the session, and with it the window."""
        self._call("DELETE", self._session)


@contextmanager
def run(log: Path, *command: str | Path, **environment: str) -> Iterator[None]:
    """Run a program with a home of its own beside its log; end it and all that it started."""
    home = {name: str(log.parent) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **home, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield
    finally:
        for order in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, order)
                process.wait(timeout=10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def missing(*programs: str) -> list[str]:
    """Name the programs that are not installed."""
    return [program for program in programs if not shutil.which(program)]


@contextmanager
def firefox(folder: Path) -> Iterator[Browser]:
    """Start Firefox with a new profile."""
    told, log = folder / "WebDriverBiDiServer.json", folder / "firefox.log"
    options = ("--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0")

    def server() -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found

    with run(log, "firefox-esr", *options):
        at = poll(server, lambda: f"Firefox does not listen:\n{log.read_text(encoding='utf-8')}")
        with connect(f"ws://{at['ws_host']}:{at['ws_port']}/session", max_size=None) as connection:
            yield Firefox(connection)


@contextmanager
def webkit(folder: Path) -> Iterator[Browser]:
    """Start WebKit on a screen that nobody sees."""
    log = folder / "xvfb.log"
    screen = ("-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp")
    with run(log, "Xvfb", *screen):
        lines = poll(lambda: log.read_text(encoding="utf-8").splitlines(), lambda: "Xvfb does not start")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        driver = ("WebKitWebDriver", f"--port={port}")
        with run(folder / "webkit.log", *driver, DISPLAY=f":{lines[-1].strip()}", NO_AT_BRIDGE="1"):
            browser = WebKit(port)
            try:
                yield browser
            finally:
                browser.close()
