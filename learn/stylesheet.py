"""The style sheet that pages load: the files of ``static/css`` in the order of their layers."""

from pathlib import Path

PARTS = ("tokens", "base", "layout", "prose", "quiz")


def write_stylesheet(source: Path, target: Path) -> Path:
    """Join the parts in the folder ``source`` into ``target/css/site.css`` and return its path.

    One file costs a reader one request; the parts stay apart for those who edit them. It is written
    only when it differs.
    """
    text = "\n".join((source / f"{part}.css").read_text() for part in PARTS)
    path = target / "css" / "site.css"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path
