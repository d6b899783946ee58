"""Mail and sign-in with other sites, from the environment: one clear line for a wrong value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from learn.environment import EnvironmentFault, masked, read_text

MAIL_TIMEOUT_SECONDS = 10
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

# Where a person's browser is sent to sign in; the content security policy must let it go there.
PROVIDER_ORIGINS = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "google": "https://accounts.google.com",
    "microsoft": "https://login.microsoftonline.com",
}
OPENID_CONNECT = "openid_connect"


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves the site. ``is_sent`` is false while it is only written into a folder."""

    mailers: dict[str, dict[str, Any]]
    sender: str
    is_sent: bool


def read_mail(var: Path) -> Mail:
    """Return how mail is sent: by the server of ``EMAIL_URL``, else into files in ``var/mail``.

    ``smtp://`` is encrypted by STARTTLS, except to this machine itself; ``smtps://`` from the
    start. ``EMAIL_FROM`` is the sender's address. Raises ``EnvironmentFault`` for a wrong value.
    """
    url = read_text("EMAIL_URL")
    if not url:
        backend = "learn.accounts.mail.FolderBackend"
        options: dict[str, Any] = {"file_path": str(var / "mail")}
        return Mail(_mailer(backend, options), _sender("checkmark@localhost"), is_sent=False)
    parts = _mail_address(url)
    host = parts.hostname or ""
    options = {
        "host": host,
        "port": parts.port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and host not in THIS_MACHINE,
        "timeout": MAIL_TIMEOUT_SECONDS,
    }
    user = options["username"]
    sender = _sender(user if "@" in user else f"checkmark@{host}")
    return Mail(_mailer("django.core.mail.backends.smtp.EmailBackend", options), sender, True)


def _mailer(backend: str, options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return Django's ``MAILERS`` with one way to send."""
    return {"default": {"BACKEND": backend, "OPTIONS": dict(options)}}


def _mail_address(url: str) -> SplitResult:
    """Return the parts of ``EMAIL_URL``, or raise ``EnvironmentFault``."""
    try:
        parts = urlsplit(url)
        is_usable = parts.port != 0 and bool(parts.hostname)
    except ValueError:
        is_usable = False
    if not is_usable or parts.scheme not in {"smtp", "smtps"}:
        raise EnvironmentFault(
            f"EMAIL_URL holds {masked(url)!r}: use smtp://user:password@host:587 or "
            "smtps://user:password@host (write @ in a name as %40)"
        )
    return parts


def _sender(default: str) -> str:
    """Return the address that mails come from, or raise ``EnvironmentFault``."""
    sender = read_text("EMAIL_FROM")
    if not sender:
        return default
    address = sender.rpartition("<")[2].rstrip(">").strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise EnvironmentFault(
            f"EMAIL_FROM holds {sender!r}: use learn@example.org or Checkmark <learn@example.org>"
        ) from error
    return sender


@dataclass(frozen=True, slots=True)
class Providers:
    """Other sites whose accounts may be used to sign in.

    ``apps`` are to be installed, ``options`` is allauth's ``SOCIALACCOUNT_PROVIDERS``, ``origins``
    are where forms may lead.
    """

    apps: tuple[str, ...] = ()
    options: Mapping[str, Any] | None = None
    origins: tuple[str, ...] = ()


def read_providers() -> Providers:
    """Return what ``SOCIAL_PROVIDERS`` allows: nothing, unless it is set.

    It is JSON: ``{"github": {"client_id": "...", "secret": "..."}}``, and for any other provider
    of OpenID Connect ``{"openid_connect": {"name": "...", "server_url": "https://...",
    "client_id": "...", "secret": "..."}}``. Raises ``EnvironmentFault`` for anything else.
    """
    text = read_text("SOCIAL_PROVIDERS")
    if not text:
        return Providers()
    try:
        given = json.loads(text)
    except ValueError as error:
        raise _wrong_providers("is not JSON") from error
    if not isinstance(given, dict) or not given:
        raise _wrong_providers("names no provider")
    options, origins = {}, []
    for name, entry in given.items():
        app, origin = _provider(name, entry)
        options[name] = {"APPS": [app]}
        origins.append(origin)
    modules = (f"allauth.socialaccount.providers.{name}" for name in options)
    return Providers(("allauth.socialaccount", *modules), options, tuple(origins))


def _provider(name: str, entry: object) -> tuple[dict[str, Any], str]:
    """Return allauth's settings of one provider and the origin that its sign-in page is at."""
    if name not in {*PROVIDER_ORIGINS, OPENID_CONNECT}:
        known = ", ".join([*PROVIDER_ORIGINS, OPENID_CONNECT])
        raise _wrong_providers(f"names {name!r}, which is none of {known}")
    is_open = name == OPENID_CONNECT
    wanted = {"client_id", "secret"} | ({"name", "server_url"} if is_open else set())
    if not isinstance(entry, dict) or set(entry) != wanted:
        raise _wrong_providers(f"must give {name} exactly {', '.join(sorted(wanted))}")
    if not all(isinstance(value, str) and value.strip() for value in entry.values()):
        raise _wrong_providers(f"gives {name} an empty value or one that is no text")
    app = {"client_id": entry["client_id"], "secret": entry["secret"], "key": ""}
    if not is_open:
        return app, PROVIDER_ORIGINS[name]
    server = urlsplit(entry["server_url"])
    if server.scheme != "https" or not server.hostname:
        raise _wrong_providers("gives openid_connect a server_url that is no https:// address")
    settings = {"server_url": entry["server_url"]}
    app |= {"provider_id": "sso", "name": entry["name"], "settings": settings}
    return app, f"https://{server.netloc}"


def _wrong_providers(fault: str) -> EnvironmentFault:
    """Return the fault for ``SOCIAL_PROVIDERS``; what it holds is secret and not shown."""
    return EnvironmentFault(
        f"SOCIAL_PROVIDERS {fault}: "
        'use {"github": {"client_id": "...", "secret": "..."}}, or leave it out'
    )
