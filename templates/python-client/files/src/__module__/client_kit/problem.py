"""Problem documents (RFC 9457): what a service says when it refuses or fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

STANDARD = {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one part of the body: `pointer` is a JSON pointer (RFC 6901)."""

    pointer: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    title: str
    type: str = "about:blank"
    detail: str = ""
    instance: str = ""
    code: str = ""
    request_id: str = ""
    errors: tuple[FieldError, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Members of the document that have no name here."""

    def __str__(self) -> str:
        told = " ".join(part for part in (str(self.status), self.code or self.title) if part)
        about = "; ".join(f"{error.pointer} {error.detail}".strip() for error in self.errors)
        return ": ".join(part for part in (told, self.detail, about) if part)


def read_problem(status: int, content_type: str, body: bytes) -> Problem:
    """The problem of an answer. What is no problem document, as from a proxy, gives a bare one.

    Members of a wrong type count as absent, as RFC 9457 asks. The status is that of the answer.
    """
    document = parse(content_type, body)
    errors = document.get("errors")
    return Problem(
        status=status,
        title=text(document, "title") or phrase(status),
        type=text(document, "type") or "about:blank",
        detail=text(document, "detail"),
        instance=text(document, "instance"),
        code=text(document, "code"),
        request_id=text(document, "request_id"),
        errors=tuple(
            FieldError(text(one, "pointer"), text(one, "code"), text(one, "detail"))
            for one in (errors if isinstance(errors, list) else [])
            if isinstance(one, dict)
        ),
        extra={key: value for key, value in document.items() if key not in STANDARD},
    )


def parse(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type.partition(";")[0].strip().lower() not in {
        "application/problem+json",
        "application/json",
    }:
        return {}
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def text(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key)
    return value if isinstance(value, str) else ""


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
