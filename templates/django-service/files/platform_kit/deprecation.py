"""Saying in time that something goes away: Deprecation (RFC 9745) and Sunset (RFC 8594).

    class OldItemViewSet(Deprecated, ModelViewSet):
        deprecated = Deprecation(
            since=datetime(2027, 1, 31, tzinfo=UTC),
            sunset=datetime(2027, 7, 31, tzinfo=UTC),
            successor="/api/v2/items",
        )

Every answer of the view then carries the headers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response


@dataclass(frozen=True)
class Deprecation:
    since: datetime  # From when on nobody should begin to use it; may lie ahead.
    sunset: datetime | None = None  # When it is expected to stop working.
    successor: str = ""  # What to use instead.
    explained: str = ""  # Where it is explained.

    def headers(self) -> dict[str, str]:
        found = {"Deprecation": f"@{int(self.since.timestamp())}"}
        if self.sunset is not None:
            found["Sunset"] = http_date(self.sunset.timestamp())
        links = [
            f'<{address}>; rel="{relation}"'
            for address, relation in (
                (self.successor, "successor-version"),
                (self.explained, "deprecation"),
            )
            if address
        ]
        if links:
            found["Link"] = ", ".join(links)
        return found


class Deprecated:
    """In front of a view's other bases: every answer of it says that it is going away."""

    deprecated: Deprecation

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        view: Any = super()
        final: Response = view.finalize_response(request, response, *args, **kwargs)
        for name, value in self.deprecated.headers().items():
            final[name] = value
        return final
