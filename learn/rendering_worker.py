"""The child process of ``learn.rendering``: reads requests line by line and answers each.

Started as ``python -m learn.rendering_worker BYTES PARENT``: how much memory it may address, and
the process whose end is its own. It imports nothing of Django.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from types import FrameType
from typing import Any, BinaryIO

from learn.authoring.fragments import context_from_json, fragment_from_json, rendered_to_json
from learn.authoring.render import render_fragments

_PR_SET_PDEATHSIG = 1


def main(memory: int, parent: int) -> None:
    """Answer requests from standard input until it ends. Everything printed goes to the log."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _end_with(parent)
    _confine(memory)
    _send(answers, {"ready": True})
    for line in sys.stdin.buffer:
        _send(answers, answer(line))


def answer(request: bytes) -> dict[str, Any]:
    """Return ``{"rendered": [...]}`` for a request, or ``{"error": "one line"}``."""
    try:
        values = json.loads(request)
        fragments = [fragment_from_json(fragment) for fragment in values["fragments"]]
        rendered = render_fragments(fragments, context_from_json(values["context"]))
        return {"rendered": [rendered_to_json(one) for one in rendered]}
    except Exception as error:  # whatever it was, the parent has to learn of it
        first_line = next(iter(str(error).splitlines()), "")
        return {"error": f"{type(error).__name__}: {first_line}".rstrip(": ")}


def _send(answers: BinaryIO, values: dict[str, Any]) -> None:
    answers.write(json.dumps(values).encode() + b"\n")
    answers.flush()


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with(parent: int) -> None:
    """End when the parent does, even if it is killed and another process holds the pipe open."""

    def check(number: int, frame: FrameType | None) -> None:
        del number, frame
        # The signal comes too when only the thread that started us has ended.
        if os.getppid() != parent:
            os._exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, check)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGHUP)
    check(signal.SIGHUP, None)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
