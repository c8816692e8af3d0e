"""What an editor shows of the SDK: `python -m tests.editors [SERVER ...]`.

For every call of every client: hovering shows its docstring, the help on its signature names its
parameters, and after its result the fields are completed. A server is a command such as
`pyright-langserver`, beside the interpreter. It ends with 1 where one of those that must show
everything does not; `ty` and `pyrefly` are reported.
"""

from __future__ import annotations

import inspect
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parent))

from operations import Operation, operations

from loyalty_sdk._core.endpoint import listing, stream

ROOT = Path(__file__).parent.parent
SERVERS = {
    "pyright-langserver": "--stdio", "basedpyright-langserver": "--stdio",
    "ty": "server", "pyrefly": "lsp",
}  # fmt: skip
"""The servers, each with its argument."""

GATING = ("pyright-langserver", "basedpyright-langserver")
"""Those that must show all; what the others show is told, and asked for by name."""


class Server:
    """A language server that was asked to look at one file."""

    def __init__(self, command: str, text: str) -> None:
        self._text, self._number = text, 0
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name, "shown.py")
        path.write_text(text, "utf-8")
        self._place = {"uri": path.as_uri()}
        self._command = [str(Path(sys.executable).parent / command), SERVERS[command]]

    def __enter__(self) -> Self:
        self._run = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        root = Path(self._folder.name).as_uri()
        self.ask("initialize", processId=None, rootUri=root, capabilities=_ABILITIES)
        self._send("initialized", {})
        opened = {**self._place, "languageId": "python", "version": 1, "text": self._text}
        self._send("textDocument/didOpen", {"textDocument": opened})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._run.kill()
        self._run.communicate()
        self._folder.cleanup()

    def at(self, method: str, line: int, character: int) -> Any:
        """What the server says of a place in the file."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument=self._place, position=place)

    def ask(self, method: str, **params: Any) -> Any:
        """A request and its answer; what the server asks meanwhile is answered."""
        self._number += 1
        self._send(method, params, self._number)
        while True:
            said = self._read()
            if said.get("id") == self._number and "method" not in said:
                return said.get("result")
            if "id" in said:
                self._answer(said)

    def _answer(self, asked: dict[str, Any]) -> None:
        settings = {"pythonPath": sys.executable, "analysis": {"extraPaths": [str(ROOT)]}}
        items = (asked.get("params") or {}).get("items", [])
        parts = [
            settings
            if one.get("section") == "python"
            else settings["analysis"]
            if str(one.get("section", "")).endswith("analysis")
            else None
            for one in items
        ]
        self._write({"jsonrpc": "2.0", "id": asked["id"], "result": parts or None})

    def _send(self, method: str, params: Any, number: int | None = None) -> None:
        said = {"jsonrpc": "2.0", "method": method, "params": params}
        self._write(said if number is None else {**said, "id": number})

    def _write(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        assert self._run.stdin is not None
        self._run.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._run.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._run.stdout is not None
        length = 0
        while line := self._run.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise SystemExit("the server ended")
        answer: dict[str, Any] = json.loads(self._run.stdout.read(length))
        return answer


_MARKDOWN = {"contentFormat": ["markdown"]}
_ABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {"hover": _MARKDOWN, "completion": {}, "signatureHelp": {}},
}


_RESULT = {listing: "next(iter({}))", stream: "{}.__enter__()"}


def missing(server: str) -> Iterator[str]:
    """What an editor with this server does not show."""
    for client, asked in itertools.groupby(operations(), lambda one: one.client):
        yield from _missing_of(client, list(asked), server)


def _missing_of(client: type[Any], asked: list[Operation], server: str) -> Iterator[str]:
    lines = ["from typing import Any", "some: Any = None"]
    lines += [f"from {client.__module__} import {client.__name__}"]
    first = len(lines)
    for number, one in enumerate(asked):
        call = ".".join([f"    {client.__name__}()", *one.nouns, one.method])
        gives = _RESULT.get(type(one.described), "{}").format(f"{call.strip()}(*some, **some)")
        lines += [f"def shown_{number}():", f"{call}(", "    )", f"    {gives}.", "    pass"]
    with Server(server, "\n".join(lines)) as editor:
        for row, one in zip(range(first + 1, len(lines), 5), asked, strict=True):
            yield from _not_shown(editor, one, row, lines)


def _not_shown(editor: Server, one: Operation, row: int, lines: list[str]) -> Iterator[str]:
    end = len(lines[row])
    says = " ".join((one.described.__doc__ or "").split())[:30]
    hovered = json.dumps(editor.at("hover", row, end - 2), ensure_ascii=False)
    if says not in " ".join(hovered.replace("\\n", " ").replace("&nbsp;", " ").split()):
        yield f"{one.name}: hover shows {hovered[:400]}"
    helped = json.dumps(editor.at("signatureHelp", row, end))
    if lacking := [name for name in one.parameters if name not in helped]:
        yield f"{one.name}: no help on {', '.join(lacking)}: {helped[:300]}"
    listed = editor.at("completion", row + 2, len(lines[row + 2])) or {}
    items = listed.get("items", []) if isinstance(listed, dict) else listed
    gives = str(inspect.signature(one.described._build).return_annotation)
    if gives != "Call[None]" and all(item["label"].startswith("__") for item in items):
        yield f"{one.name}: nothing is completed"


if __name__ == "__main__":
    for server in sys.argv[1:] or GATING:
        problems = list(missing(server))
        print(f"{server}: {len(operations())} calls, {len(problems)} problems", *problems, sep="\n")
        if problems and server in GATING:
            raise SystemExit(1)
