from datetime import UTC, datetime

from django.http import HttpRequest
from django.test import RequestFactory
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from platform_kit.deprecation import Deprecated, Deprecation


def test_every_answer_says_what_goes_away_and_when() -> None:
    class View(Deprecated, APIView):
        permission_classes = [AllowAny]
        deprecated = Deprecation(
            since=datetime(2023, 6, 30, 23, 59, 59, tzinfo=UTC),
            sunset=datetime(2024, 6, 30, 23, 59, 59, tzinfo=UTC),
            successor="/api/v2/items",
            explained="https://example.com/moving",
        )

        def get(self, _request: HttpRequest) -> Response:
            return Response({})

    for method, status in (("get", 200), ("post", 405)):
        response = View.as_view()(getattr(RequestFactory(), method)("/"))

        assert response.status_code == status
        # The dates of the examples in RFC 9745 and RFC 8594.
        assert response["Deprecation"] == "@1688169599"
        assert response["Sunset"] == "Sun, 30 Jun 2024 23:59:59 GMT"
        assert response["Link"] == (
            '</api/v2/items>; rel="successor-version", '
            '<https://example.com/moving>; rel="deprecation"'
        )


def test_only_the_date_is_needed() -> None:
    headers = Deprecation(since=datetime(2023, 6, 30, 23, 59, 59, tzinfo=UTC)).headers()

    assert headers == {"Deprecation": "@1688169599"}
