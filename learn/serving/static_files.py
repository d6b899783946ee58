"""Static files: compressed and named by their content, made anew only when something changed."""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# What turns sources into files; a new release may do so differently.
MAKERS = ("django", "whitenoise", "brotli", "backports-zstd")
STAMP_FILE = "static.stamp"
MANIFEST_FILE = "staticfiles.json"


def collect_static_files(var: Path, target: Path) -> bool:
    """Fill the folder ``target`` unless it is up to date; return whether there was work.

    A file in ``var`` remembers what it was made from. It is written last, so that a start which was
    cut short is made good by the next one.
    """
    stamp = var / STAMP_FILE
    wanted = _digest_of_sources()
    if (target / MANIFEST_FILE).is_file() and stamp.is_file() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    stamp.write_text(wanted)
    return True


def _digest_of_sources() -> str:
    """Return a digest of all sources, of the makers' releases and of how they are told to work."""
    digest = hashlib.sha256()
    for maker in MAKERS:
        digest.update(f"{maker} {_version_of(maker)}\n".encode())
    digest.update(json.dumps(settings.STORAGES["staticfiles"], default=str).encode())
    for name, path in sorted(_sources()):
        digest.update(f"{name} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    """Yield name and path of every static file of the site and its packages."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def _version_of(package: str) -> str:
    """Return the installed release, or nothing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
