"""The page of one's account: what it knows, and the ways to change it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learn.access import may_open_studio
from learn.http import HtmxHttpRequest


@never_cache
@require_safe
@login_required
def overview(request: HtmxHttpRequest) -> HttpResponse:
    """Show address, ways to sign in and second factors."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "address": EmailAddress.objects.get_primary(request.user),
        "has_password": request.user.is_authenticated and request.user.has_usable_password(),
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_studio": may_open_studio(request.user),
        "has_app": Authenticator.Type.TOTP in kinds,
    }
    return render(request, "account/overview.html", context)
