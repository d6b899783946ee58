"""allauth's forms of passkeys and authenticator apps, in this site's words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from learn.accounts.forms import PlainForm


class AddAppForm(PlainForm, ActivateTOTPForm):
    """The six digits that an authenticator app shows once it has scanned the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Six digits from the app")


class SecondStepForm(PlainForm, AuthenticateForm):
    """The six digits of the app, or a recovery code, after the password."""


class SecondStepAgainForm(PlainForm, ReauthenticateForm):
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
