"""What the templates of every page may ask about accounts."""

from django.conf import settings
from django.http import HttpRequest


def mail(request: HttpRequest) -> dict[str, bool]:
    """Say whether this site sends mail; where it does not, no page may promise any."""
    return {"mail_is_sent": settings.MAIL_IS_SENT}
