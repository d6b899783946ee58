"""Load by wrk: what to send is written into a small script, what came of it is read back."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
HOST = "127.0.0.1"
MISSING = "wrk is not here, and nothing is measured without it: apt-get install wrk"

# Each request is one string; `done` runs once, at the end.
SCRIPT = """
local requests = {}
for line in io.lines("%(requests)s") do
  requests[#requests + 1] = (line:gsub("\\\\r", "\\r"):gsub("\\\\n", "\\n"))
end
local at, threads = 0, {}
function setup(thread) threads[#threads + 1] = thread end
function init() refused, spent = 0, false end
function request()
  at = at + 1
  if at > #requests then
    if not %(repeats)s then spent = true end
    at = 1
  end
  return requests[at]
end
function response(status)
  if status ~= %(status)d then refused = refused + 1 end
end
function done(summary, latency)
  local refused, spent = 0, false
  for _, thread in ipairs(threads) do
    refused = refused + thread:get("refused")
    spent = spent or thread:get("spent")
  end
  local e = summary.errors
  io.stderr:write(string.format(
    '{"requests":%%d,"seconds":%%f,"p50":%%f,"p95":%%f,"p99":%%f,"refused":%%d,"broken":%%d,"spent":%%s}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, refused,
    e.connect + e.read + e.write + e.timeout, tostring(spent)))
end
"""


class MissingWrkError(Exception):
    """There is no wrk to measure with."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round showed: requests and seconds, times in milliseconds, what was not answered.

    ``refused`` are answers with another status than was due, ``spent`` when there were fewer
    requests to send than the server could take.
    """

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    refused: int
    broken: int
    spent: bool

    @property
    def rate(self) -> float:
        """Return requests a second."""
        return self.requests / self.seconds


def require_wrk() -> None:
    """Raise ``MissingWrkError`` where there is none."""
    if shutil.which("wrk") is None:
        raise MissingWrkError(MISSING)


def raw(method: str, path: str, headers: dict[str, str], body: str = "") -> str:
    """Return a whole request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded"]
    if method == "POST":
        lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body])


def measure(
    port: int,
    requests: Sequence[str],
    *,
    folder: Path,
    seconds: float,
    status: int = 200,
    repeats: bool = True,
    connections: int = CONNECTIONS,
) -> Round:
    """Send the requests in turn for some seconds and return what was seen.

    ``status`` is what each has to be answered by; without ``repeats`` each may be sent once only.
    """
    sent = folder / "requests.txt"
    escaped = (one.replace("\r", "\\r").replace("\n", "\\n") for one in requests)
    sent.write_text("\n".join(escaped) + "\n")
    script = folder / "load.lua"
    script.write_text(
        SCRIPT % {"requests": sent, "status": status, "repeats": str(repeats).lower()}
    )
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s"]
    command += ["-s", str(script), f"http://127.0.0.1:{port}/"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Round(**json.loads(done.stderr))
