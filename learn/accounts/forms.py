"""allauth's forms in this site's words, with the hints that password managers go by."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django.conf import settings
from django.forms import Form
from django.utils.translation import gettext_lazy as _

MISSING = {
    "login": _("Enter your e-mail address."),
    "email": _("Enter your e-mail address."),
    "password": _("Enter your password."),
    "oldpassword": _("Enter your current password."),
    "password1": _("Choose a password."),
    "password2": _("Enter the new password again."),
    "code": _("Enter the code."),
}
PASSWORD_HELP = _("At least 12 characters. A few words together are easy to keep.")


class PlainForm(Form):
    """A form that says what is missing, and whose labels alone say what belongs into its fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = MISSING.get(name, _("Fill in this field."))


class SignInForm(PlainForm, LoginForm):
    """E-mail address (or the name that an operator gave), password, how long to stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail")
        login.widget.attrs |= {"autocomplete": "username webauthn", "autocapitalize": "none"}
        self.fields["remember"].label = _("Keep me signed in on this device")
        self.fields["remember"].initial = True


class AddressForm(PlainForm, AddEmailForm):
    """A new e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ForgottenPasswordForm(PlainForm, ResetPasswordForm):
    """The address of whoever forgot the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class CodeRequestForm(PlainForm, RequestLoginCodeForm):
    """The address that a code is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].label = _("E-mail")


class LoginCodeForm(PlainForm, ConfirmLoginCodeForm):
    """The code that was sent to sign in by."""


class AddressCodeForm(PlainForm, ConfirmEmailVerificationCodeForm):
    """The code that was sent to confirm an address."""


class PasswordChangeForm(PlainForm, ChangePasswordForm):
    """The password as it is, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        _name_passwords(self)


class PasswordSetForm(PlainForm, SetPasswordForm):
    """A first password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class PasswordResetForm(PlainForm, ResetPasswordKeyForm):
    """A new password, twice, after the old one was forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self)


def _name_passwords(form: Any) -> None:
    """Name the two fields of a new password, and say what it has to be."""
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = PASSWORD_HELP
    form.fields["password2"].label = _("New password again")


class SignUpForm(PlainForm, SignupForm):
    """E-mail address and password; without one a code by mail does, where mail is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        password = self.fields.get("password1")
        if password is None:
            return
        password.required = not settings.MAIL_IS_SENT
        password.help_text = PASSWORD_HELP
        if settings.MAIL_IS_SENT:
            password.label = _("Password (optional)")
            password.help_text = _(
                "At least 12 characters, or none at all: then a code by e-mail signs you in."
            )

    def validate_unique_email(self, value: str) -> str:
        """Say at once that an address is taken where no mail could say it to its owner."""
        email: str = super().validate_unique_email(value)
        if self.account_already_exists and not settings.MAIL_IS_SENT:
            raise get_adapter().validation_error("email_taken")
        return email
