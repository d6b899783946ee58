"""How allauth behaves on this site: guests are merged at sign-in, and mail may not leave it."""

import logging
import secrets
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learn.accounts.browser import forget_visitor, guest_of_browser
from learn.accounts.merging import merge_browser
from learn.accounts.wording import merged_sentence
from learn.models import User

logger = logging.getLogger(__name__)

VERIFICATION_STAGE = "allauth.account.stages.EmailVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's way with accounts, where this site has its own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_taken": _("There is an account with this e-mail address already. Sign in instead."),
        "email_password_mismatch": _(
            "This e-mail address and password do not match. Check both and try again."
        ),
        "username_password_mismatch": _(
            "This user name and password do not match. Check both and try again."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "incorrect_password": _("That is not your password. Check capital letters and try again."),
        "incorrect_code": _("This code is not right, or too old. Check it, or get a new one."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and take over what this browser's guest has done so far."""
        guest = guest_of_browser(request)
        super().login(request, user)
        merged = merge_browser(guest, into=user, at=timezone.now())
        if sentence := merged_sentence(merged):
            messages.success(request, sentence)
        forget_visitor(request)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and leave nothing of the person to whoever comes next."""
        super().logout(request)
        forget_visitor(request)

    def get_login_stages(self) -> list[str]:
        """Leave the code by mail out where no mail is sent: it would never come."""
        stages: list[str] = super().get_login_stages()
        if settings.MAIL_IS_SENT:
            return stages
        return [stage for stage in stages if stage != VERIFICATION_STAGE]

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Give a name that says nothing: people sign in with their address."""
        if not user.username:
            user.username = f"learner-{secrets.token_hex(8)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; where the server does not take it, say so instead of a fault."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException) as error:
            logger.error("A mail could not be sent (%s): %s", template_prefix, error)
            page = render(current.request, "account/mail_fault.html", status=503)
            raise ImmediateHttpResponse(page) from error
