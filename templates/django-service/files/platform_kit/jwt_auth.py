"""Who calls: a signed token (JWT, RFC 7519) of an identity provider stands for a caller.

The provider's public keys come from its JWKS address (RFC 7517) and are kept; a token with a key
that is new makes us ask again. The rest of the service only sees `request.user`.
"""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass, field
from typing import Any

import jwt
from django.conf import settings
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

logger = logging.getLogger(__name__)

# What a provider signs with its private key. Never HS256: then whoever can check could also sign.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY = 30  # Seconds by which two clocks may differ.


@dataclass(frozen=True)
class Caller:
    name: str
    claims: dict[str, Any] = field(default_factory=dict)
    is_authenticated: bool = True


class KeysAway(exceptions.APIException):
    status_code = 503
    default_detail = "Tokens cannot be checked at the moment. Try again."
    default_code = "keys_unavailable"
    wait = 5  # Becomes Retry-After, in seconds.


@functools.cache
def keys_of(address: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(address, cache_jwk_set=True, lifespan=3600, timeout=3)


class JwtAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        scheme, _, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        claims = claims_of(token.strip())
        caller = Caller(str(claims.get("azp") or claims.get("client_id") or claims["sub"]), claims)
        request._request.caller = caller.name  # type: ignore[attr-defined]
        return caller, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class LocalCaller(BaseAuthentication):
    """Everyone is `local`. config/settings.py uses it with DEBUG, while there is no issuer."""

    def authenticate(self, request: Request) -> tuple[Caller, None]:
        return Caller("local"), None


def claims_of(token: bytes) -> dict[str, Any]:
    """What a valid token says. Raises AuthenticationFailed, or KeysAway."""
    try:
        key = keys_of(settings.JWT_JWKS_URL).get_signing_key_from_jwt(token.decode("ascii"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=ALGORITHMS,
            audience=settings.JWT_AUDIENCE,
            issuer=settings.JWT_ISSUER,
            leeway=LEEWAY,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
    except jwt.PyJWKClientConnectionError as error:
        logger.warning("no keys from %s: %s", settings.JWT_JWKS_URL, error)
        raise KeysAway from error
    except (jwt.PyJWTError, UnicodeDecodeError) as error:
        # Why is for the log: it would help whoever forges tokens.
        logger.info("token refused: %s", error)
        raise exceptions.AuthenticationFailed("This token is not valid.") from error
    return claims
