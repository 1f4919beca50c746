import pytest
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_token(settings: Settings) -> None:
    settings.API_TOKENS = {"web": "another", "billing": "s3cret"}


def test_items_are_open_while_there_are_no_tokens(api: APIClient) -> None:
    assert api.get("/api/v1/items").status_code == 200


@pytest.mark.usefixtures("with_token")
@pytest.mark.parametrize("method", ["get", "post"])
def test_items_are_closed_once_there_are_tokens(api: APIClient, method: str) -> None:
    response = getattr(api, method)("/api/v1/items")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["code"] == "not_authenticated"


@pytest.mark.usefixtures("with_token")
def test_a_token_opens(api: APIClient) -> None:
    response = api.get("/api/v1/items", headers={"authorization": "Bearer s3cret"})

    assert response.status_code == 200


@pytest.mark.usefixtures("with_token")
@pytest.mark.parametrize("value", ["Bearer wrong", "Bearer", "Basic czNjcmV0"])
def test_anything_else_does_not(api: APIClient, value: str) -> None:
    assert api.get("/api/v1/items", headers={"authorization": value}).status_code == 401


def test_a_view_that_says_nothing_is_closed() -> None:
    class View(APIView):
        def get(self, _request: object) -> Response:
            return Response({})

    assert View.as_view()(RequestFactory().get("/")).status_code == 401
