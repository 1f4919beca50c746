"""Pages by cursor: as cheap on page 1,000 as on page 1, and stable while rows are added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination as RestCursorPagination
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # At run time it would be a circle.


class CursorPagination(RestCursorPagination):
    ordering = ("-created_at", "-id")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    cursor_query_description = "Where the page begins, taken from `next` or `previous` of another."
    page_size_query_description = f"How many to return, {page_size} unless told otherwise."

    def get_page_size(self, request: Request) -> int:
        """Refuses what is no number from 1 to max_page_size, instead of quietly changing it."""
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        if given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= self.max_page_size:
            return int(given[:9])
        message = f"Must be a whole number from 1 to {self.max_page_size}."
        raise ValidationError({self.page_size_query_param: [message]})

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """A cursor that was made up is the caller's mistake: 400, neither 404 nor 500."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, DjangoValidationError, DataError, ValueError) as error:
            message = "Use a cursor that `next` or `previous` gave."
            raise ValidationError({self.cursor_query_param: [message]}) from error

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri", "maxLength": 2000}
        return {
            "type": "object",
            "description": "One page of a list.",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "Address of the next page, null on the last."},
                "previous": {
                    **link,
                    "description": "Address of the page before, null on the first.",
                },
                "results": {**schema, "maxItems": self.max_page_size},
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {
                "name": self.cursor_query_param,
                "in": "query",
                "required": False,
                "description": self.cursor_query_description,
                "schema": {"type": "string", "maxLength": 500},
            },
            {
                "name": self.page_size_query_param,
                "in": "query",
                "required": False,
                "description": self.page_size_query_description,
                "schema": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 1,
                    "maximum": self.max_page_size,
                    "default": self.page_size,
                },
            },
        ]
