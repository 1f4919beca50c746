"""Who calls: a bearer token from API_TOKENS stands for a caller.

Enough for a handful of services that know each other. For many callers, or people, verify signed
tokens of your identity provider here instead: the rest of the service only sees `request.user`.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # At run time it would be a circle.


@dataclass(frozen=True)
class Caller:
    name: str
    is_authenticated: bool = True


class BearerTokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        scheme, _, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        known = None
        for name, expected in settings.API_TOKENS.items():
            # No early exit: the time taken must not tell which token was nearly right.
            if hmac.compare_digest(expected.encode(), token.strip()):
                known = name
        if known is None:
            raise AuthenticationFailed("This token is not known.")
        request._request.caller = known  # type: ignore[attr-defined]
        return Caller(known), None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenOnceConfigured(BasePermission):
    """Open to all while API_TOKENS is empty, for callers with a token from then on.

    It lets a new service answer before there is anyone to give a token to. Views get it only by
    saying so; the default permission of config/settings.py is closed.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        return not settings.API_TOKENS or bool(request.user and request.user.is_authenticated)
