"""What every page loads: one style sheet and one script, joined of the parts in ``static``."""

from pathlib import Path

# The order of the layers; further parts follow by name.
FIRST_STYLES = ("tokens", "base", "layout", "prose", "quiz")
# What changes much of a page at once: each has a turn of its own, so that none holds up a tap.
LAST_SCRIPTS = ("contents", "reading", "notes", "tables")
PAUSE = "await globalThis.scheduler?.yield?.();\n"


def write_bundles(source: Path, target: Path) -> None:
    """Join ``source/css/*.css`` into ``target/css/site.css``, ``source/js/site/*.js`` likewise.

    One file costs a reader one request; the parts stay apart for those who edit them. What only
    some pages load is in a folder below (``css/pages``, ``js/pages``). Each part of the script has
    a scope of its own.
    """
    styles = {path.stem: path.read_text() for path in sorted((source / "css").glob("*.css"))}
    first = [styles.pop(name) for name in FIRST_STYLES]
    _write(target / "css" / "site.css", "\n".join([*first, *styles.values()]))

    scripts = {path.stem: path.read_text() for path in sorted((source / "js/site").glob("*.js"))}
    last = [f"{PAUSE}{{\n{scripts.pop(name)}}}" for name in LAST_SCRIPTS]
    first = [f"{{\n{text}}}" for text in scripts.values()]
    _write(target / "js" / "site.js", "\n".join([*first, *last]))


def _write(path: Path, text: str) -> None:
    """Write the file only when it differs, so that nothing is collected anew for nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
