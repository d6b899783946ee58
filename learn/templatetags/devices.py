"""A device in words that its owner knows it by."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that fits: most browsers also name those that they descend from.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """Return browser and system of a ``User-Agent`` header; its start when it names neither."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or user_agent[:60] or _("Unknown device")


def _first(names: dict[str, str], user_agent: str) -> str:
    """Return the name of the first mark that the header holds, or nothing."""
    return next((name for mark, name in names.items() if re.search(mark, user_agent)), "")
