"""Second factors and passkeys as this site shows them."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FactorAdapter(DefaultMFAAdapter):
    """allauth's way with second factors, where this site has its own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or too old. Enter the one that is shown now."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, kind: str) -> str:
        """Return the name that a new key has until its owner gives it another."""
        known = Authenticator.objects.filter(user_id=user.pk, type=kind).count()
        return gettext("Passkey %(number)d") % {"number": known + 1}

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as a part of a page: no image from a ``data:`` address is allowed."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]
