"""What a start does before there are workers: databases, static files and courses up to date."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.utils.translation import gettext as _

from learn.bundles import write_bundles
from learn.environment import unusable_var_folder
from learn.serving.content import load_content
from learn.serving.databases import (
    close_databases,
    migrate_databases,
    told_to_operator,
    use_databases_alone,
)
from learn.serving.faults import ServeError
from learn.serving.several import alone, require_cache, tell_of_own_key
from learn.serving.static_files import collect_static_files


def make_ready(content: Path | None, *, warn: Callable[[str], None]) -> None:
    """Bring databases, static files and, where a folder is given, courses up to date.

    Raises ``ServeError`` or ``VarFolderFault`` when one of them cannot be had.
    """
    use_databases_alone()
    try:
        with told_to_operator("default"), alone(warn=warn):
            prepare_var_folder()
            require_cache()
            tell_of_own_key(settings.CHECKMARK_VAR, warn=warn)
            if content is not None:
                publish(content, warn=warn)
    finally:
        close_databases()


def prepare_var_folder() -> None:
    """Bring what the site owns up to date."""
    try:
        write_bundles(settings.BASE_DIR / "static", settings.STATIC_BUNDLE)
        require_sound_site()
        migrate_databases()
        collect_static_files(settings.CHECKMARK_VAR, settings.STATIC_ROOT)
    except OSError as error:
        raise unusable_var_folder(settings.CHECKMARK_VAR, error) from error


def publish(content: Path, *, warn: Callable[[str], None]) -> None:
    """Put the courses of the folder onto the site; tell what was left out."""
    try:
        for line in load_content(content):
            warn(line)
    except OSError as error:
        raise ServeError(
            _("%(path)s cannot be read: %(reason)s")
            % {"path": error.filename or content, "reason": error.strerror or error}
        ) from error


def require_sound_site() -> None:
    """Raise ``ServeError`` when one of Django's or our own checks finds an error."""
    found = [message for message in run_checks() if message.is_serious(ERROR)]
    if found:
        raise ServeError(
            "\n".join(f"{message.msg} {message.hint or ''}".strip() for message in found)
        )
