"""allauth's forms of passkeys and authenticator apps, in this site's words."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from learn.accounts.forms import PlainForm
from learn.models import User


class OnceForm(forms.Form):
    """Takes a code once, for as long as an app's code is good.

    allauth itself remembers a used code for one step of its time, and knows nothing of the steps
    that ``MFA_TOTP_TOLERANCE`` adds before and after, nor of the code that a new app began with.
    """

    user: User

    def clean_code(self) -> str:
        """Return the code. Raises ``ValidationError`` where it is wrong or used up."""
        form: Any = super()
        code: str = form.clean_code()
        steps = 1 + 2 * app_settings.TOTP_TOLERANCE
        digits = "".join(filter(str.isalnum, code)).lower()
        key = f"used-code:{self.user.pk}:{digits}"
        if not cache.add(key, True, timeout=steps * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AddAppForm(PlainForm, OnceForm, ActivateTOTPForm):
    """The six digits that an authenticator app shows once it has scanned the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Six digits from the app")


class SecondStepForm(PlainForm, OnceForm, AuthenticateForm):
    """The six digits of the app, or a recovery code, after the password."""


class SecondStepAgainForm(PlainForm, OnceForm, ReauthenticateForm):
    """The six digits of the app, asked for once more before something delicate is changed."""


class AddPasskeyForm(PlainForm, AddWebAuthnForm):
    """A name for a passkey or security key, and whether it signs in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("It signs me in without my password")
        self.fields["passwordless"].help_text = _(
            "Then the device asks for your finger, face or PIN each time. Otherwise the key is the"
            " second step after your password."
        )
