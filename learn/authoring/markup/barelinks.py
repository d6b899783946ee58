"""Bare links: addresses in running text become links, without the punctuation of the sentence."""

from __future__ import annotations

import re

from learn.authoring.markup.elements import element
from learn.authoring.markup.inlines import Pattern
from learn.authoring.markup.patterns import Taken

_WEB = r"(?:(?<![a-zA-Z0-9])(?i:https?://|ftp://)|(?<![^\s*_~(\[>|])(?i:www\.))(?=[a-zA-Z0-9])"
_MAIL = r"(?a:(?<![\w.+-])[\w.+-]++@(?=[a-zA-Z0-9]))"
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_END = re.compile(r"[\s<]")
_MAIL_DOMAIN = re.compile(r"(?a:[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)")
_ENTITY_AT_END = re.compile(r"&[a-zA-Z0-9]{1,40};$")
_SENTENCE_MARKS = "?!.,:*_~'\""


class BareLink(Pattern):
    """An address that begins with ``http://``, ``https://``, ``ftp://`` or ``www.``."""

    begins = _WEB

    def __init__(self) -> None:
        super().__init__(_WEB)

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the link, or nothing if no domain follows."""
        is_www = m[0].lower() == "www."
        domain = _DOMAIN.match(data, m.start() if is_www else m.end())
        if not domain or not _is_domain(domain[0], 2 if is_www else 1):
            return None
        stop = _END.search(data, m.end())
        shown = _trim(data[m.start() : stop.start() if stop else len(data)])
        if len(shown) < domain.end() - m.start() and not _is_domain(shown[len(m[0]) :], 1):
            return None
        address = f"http://{shown}" if is_www else shown
        return element("a", [shown], href=address), m.start() + len(shown)


class BareMail(Pattern):
    """A mail address in running text."""

    begins = _MAIL

    def __init__(self) -> None:
        super().__init__(_MAIL)

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the link, or nothing if no domain with a dot follows."""
        domain = _MAIL_DOMAIN.match(data, m.end())
        if not domain or domain[0].endswith("-") or data[domain.end() :].startswith("_"):
            return None
        shown = data[m.start() : domain.end()]
        return element("a", [shown], href=f"mailto:{shown}"), domain.end()


def _is_domain(name: str, least_parts: int) -> bool:
    parts = name.split(".")
    return len(parts) >= least_parts and not any("_" in part for part in parts[-2:])


def _trim(address: str) -> str:
    """Return an address without what belongs to the sentence or the brackets around it."""
    address = _before_foreign_bracket(address)
    surplus = address.count(")") - address.count("(")
    while address:
        if address[-1] in _SENTENCE_MARKS:
            address = address[:-1]
        elif address[-1] == ")" and surplus > 0:
            address, surplus = address[:-1], surplus - 1
        elif address[-1] == ";" and (entity := _ENTITY_AT_END.search(address[-42:])):
            address = address[: -len(entity[0])]
        else:
            break
    return address


def _before_foreign_bracket(address: str) -> str:
    """Cut at the ``]`` of a link's text that the address stands in."""
    closing = address.find("]")
    return address if closing < 0 or "[" in address[:closing] else address[:closing]
