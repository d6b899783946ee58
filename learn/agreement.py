"""Folder and site, file by file: who of the two has something that the other has not seen.

A text is known by its digest, and an empty digest means that there is none.
"""

from enum import Enum


class Standing(Enum):
    """How a file in the folder stands to the text on the site."""

    SAME = "same"
    FOLDER_AHEAD = "folder ahead"
    SITE_AHEAD = "site ahead"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    """The folder has a file that cannot be read."""


def standing_of(*, folder: str, site: str, agreed: str) -> Standing:
    """Return how a file stands; ``agreed`` is the text on which both last agreed.

    Whoever still has the agreed text has changed nothing, so the other one is ahead. A file that
    is not there counts as a text like any other: removing is a change too.
    """
    if folder == site:
        return Standing.SAME
    if folder == agreed:
        return Standing.SITE_AHEAD
    if site == agreed:
        return Standing.FOLDER_AHEAD
    return Standing.CONFLICT
