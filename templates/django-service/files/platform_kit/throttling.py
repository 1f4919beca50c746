"""How often one caller may call: who calls too often gets 429 and is told when to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView  # At run time it would be a circle.


class CallerThrottle(SimpleRateThrottle):
    """THROTTLE_RATE per caller; per address where nobody says who calls.

    Counted in Django's cache, so in each process for itself unless CACHE_URL names a shared one.
    """

    scope = "caller"

    def get_rate(self) -> str | None:
        return settings.THROTTLE_RATE or None

    def get_cache_key(self, request: Request, view: APIView) -> str:
        caller = getattr(request.user, "name", "")
        ident = f"caller-{caller}" if caller else f"address-{self.get_ident(request)}"
        return self.cache_format % {"scope": self.scope, "ident": ident}
