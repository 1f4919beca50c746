"""Idempotency-Key for POST: the same request, sent twice, happens once.

    class ItemViewSet(ModelViewSet):
        @idempotent
        def create(self, request, *args, **kwargs): ...

A client that got no answer sends the request again with the same key, and gets the answer of the
first one, marked `Idempotent-Replayed: true`. What the view does to the database and the answer
that is kept are one transaction: after a crash either both are there or neither.

This is not a middleware, because a key belongs to a caller, and who calls is only known once REST
framework has asked (see draft-ietf-httpapi-idempotency-key-header).
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from platform_kit.idempotency.models import IdempotencyKey

# Longer than a request may take (gunicorn.conf.py: timeout).
CLAIM = timedelta(seconds=60)
ALLOWED = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_HEADERS = ("Location",)

View = Callable[..., Response]


class KeyInFlight(exceptions.APIException):
    status_code = 409
    default_detail = "A request with this Idempotency-Key is being answered. Try again."
    default_code = "idempotency_key_in_flight"
    wait = 1  # Becomes Retry-After, in seconds.


class KeyReused(exceptions.APIException):
    status_code = 422
    default_detail = "This Idempotency-Key was used for another request. Take a new one."
    default_code = "idempotency_key_reused"


def idempotent(view: View) -> View:
    """Wraps a method of a view. Without the header nothing changes."""

    @wraps(view)
    def once(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = request.headers.get("Idempotency-Key")
        if given is None:
            return view(self, request, *args, **kwargs)
        claimed = claim(key_of(given), principal_of(request), hash_of(request))
        if claimed.status is not None:
            headers = {**claimed.headers, "Idempotent-Replayed": "true"}
            return Response(json.loads(claimed.body), status=claimed.status, headers=headers)
        try:
            with transaction.atomic():
                response = view(self, request, *args, **kwargs)
                keep(claimed, response)
        except BaseException:
            # Nothing happened, so the same key may be tried again.
            mine(claimed).delete()
            raise
        return response

    return once


def key_of(given: str) -> str:
    """The draft quotes a key, most clients do not: both are the same key."""
    key = given.strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not ALLOWED.fullmatch(key):
        message = "Send 1 to 255 visible ASCII characters, such as a UUID."
        raise exceptions.ValidationError({"Idempotency-Key": [message]})
    return key


def principal_of(request: Request) -> str:
    return str(getattr(request.user, "name", "")) or "anonymous"


def hash_of(request: Request) -> str:
    inner = request._request
    head = f"{inner.method} {inner.get_full_path()} {inner.content_type}\n"
    # The body first: once REST framework has read it, it is gone.
    return hashlib.sha256(head.encode() + inner.body).hexdigest()


def claim(key: str, principal: str, request_hash: str) -> IdempotencyKey:
    """The row of this key: ours to answer, or answered. Raises KeyInFlight or KeyReused."""
    now = timezone.now()
    fresh = {
        "request_hash": request_hash,
        "claim": uuid.uuid4(),
        "claimed_until": now + CLAIM,
        "status": None,
        "headers": {},
        "body": "",
        "expires_at": now + timedelta(hours=settings.IDEMPOTENCY_KEY_HOURS),
    }
    with transaction.atomic():
        row, is_new = IdempotencyKey.objects.select_for_update().get_or_create(
            key=key, principal=principal, defaults=fresh
        )
        if is_new:
            return row
        if row.expires_at > now:
            if row.request_hash != request_hash:
                raise KeyReused
            if row.status is not None:
                return row
            if row.claimed_until > now:
                raise KeyInFlight
        # It expired, or whoever answered it is gone.
        for name, value in fresh.items():
            setattr(row, name, value)
        row.save()
        return row


def mine(claimed: IdempotencyKey) -> Any:
    return IdempotencyKey.objects.filter(pk=claimed.pk, claim=claimed.claim)


def keep(claimed: IdempotencyKey, response: Response) -> None:
    body = json.dumps(response.data, cls=JSONEncoder)
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    if not mine(claimed).update(status=response.status_code, headers=headers, body=body):
        # It took so long that another one took over: only one of them may have happened.
        raise KeyInFlight
