"""Commands that work on a site that is there: a mistyped folder must not become an empty one."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from learn.environment import EnvironmentFault, read_databases, read_path, read_text

DEFAULT_VAR = Path(__file__).resolve().parent.parent / "var"
HELP = {"-h", "--help"}


def respect_existing_site(words: Sequence[str]) -> None:
    """See that a command which needs a site finds one, before settings make its folder and key.

    ``words`` are those of the command line. Raises ``EnvironmentFault`` where there is no site. A
    site in PostgreSQL is not in the folder; that one answers for itself.
    """
    if HELP.intersection(words):
        return
    if words[:1] == ["restore"] and "--verify" in words:
        # It looks at a file, wherever that is, and signs nothing.
        if not read_text("SECRET_KEY"):
            os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    elif words[:1] in (["move"], ["backup"]) or (words[:1] == ["content"] and "export" in words):
        _require_site(read_path("CHECKMARK_VAR", DEFAULT_VAR))


def _require_site(var: Path) -> None:
    database = read_databases(var)["default"]
    place = Path(database["NAME"])
    if "sqlite" in database["ENGINE"] and not place.exists():
        name = "DATABASE_URL" if read_text("DATABASE_URL") else "CHECKMARK_VAR"
        raise EnvironmentFault(
            f"There is no site here, for there is no file {place}: name the place of the site "
            f"in {name}"
        )
