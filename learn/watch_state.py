"""What the process that watches a folder tells those that answer: one small file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STATE_FILE = "watch.json"


def read_state(path: Path) -> Mapping[str, Any]:
    """Return what the watch last told, or a state of generation 0 before its first word."""
    try:
        state: Mapping[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return {"generation": 0, "changed": [], "pages": {}, "problems": []}
    return state
