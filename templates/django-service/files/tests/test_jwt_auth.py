from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from platform_kit import jwt_auth

pytestmark = pytest.mark.django_db

OURS = rsa.generate_private_key(65537, 2048)
THEIRS = rsa.generate_private_key(65537, 2048)


@pytest.fixture(autouse=True)
def provider(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The identity provider's JWKS address, which answers with the public half of OURS."""
    key = jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key(), as_dict=True)
    answer: dict[str, Any] = {"keys": [{**key, "kid": "k-1", "use": "sig", "alg": "RS256"}]}
    jwt_auth.keys_of.cache_clear()
    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", lambda _: answer)
    return answer


def token(key: Any = OURS, kid: str = "k-1", algorithm: str = "RS256", **claims: Any) -> str:
    said = {
        "iss": "https://issuer.test/",
        "aud": "this-service",
        "sub": "user-7",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    } | claims
    return jwt.encode(
        {name: value for name, value in said.items() if value is not None},
        key,
        algorithm,
        headers={"kid": kid},
    )


def call(given: str) -> Any:
    client = APIClient(headers={"authorization": given} if given else {})
    return client.get("/api/v1/items")


def test_a_valid_token_opens() -> None:
    assert call(f"Bearer {token()}").status_code == 200


def test_without_a_token_it_is_closed() -> None:
    response = call("")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.test/"},
        {"aud": "another-service"},
        {"exp": datetime.now(UTC) - timedelta(minutes=5)},
        {"exp": None},
        {"aud": None},
        {"sub": None},
        {"key": THEIRS},
        {"kid": "unknown"},
        {"key": "x" * 64, "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
    ],
)
def test_any_other_token_does_not(claims: dict[str, Any]) -> None:
    response = call(f"Bearer {token(**claims)}")

    assert response.status_code == 401
    assert response.json()["code"] == "authentication_failed"


@pytest.mark.parametrize("given", ["Bearer", "Bearer x", "Bearer ü", "Basic czNjcmV0"])
def test_neither_does_anything_else(given: str) -> None:
    assert call(given).status_code == 401


def test_the_caller_is_the_client_else_the_subject() -> None:
    seen = []

    class View(APIView):
        def get(self, request: Request) -> Response:
            user: Any = request.user
            seen.append(user.name)
            return Response({})

    for claims in ({"azp": "billing"}, {"client_id": "web"}, {}):
        headers = {"authorization": f"Bearer {token(**claims)}"}
        View.as_view()(RequestFactory().get("/", headers=headers))

    assert seen == ["billing", "web", "user-7"]


def test_keys_that_cannot_be_had_are_not_the_callers_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(_: object) -> None:
        raise jwt.PyJWKClientConnectionError("no route")

    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", away)

    response = call(f"Bearer {token()}")

    assert response.status_code == 503
    assert response.json()["code"] == "keys_unavailable"
    assert response["Retry-After"] == "5"


def test_on_ones_own_machine_everyone_is_local() -> None:
    caller, _ = jwt_auth.LocalCaller().authenticate(Request(RequestFactory().get("/")))

    assert caller.name == "local"


def test_the_callers_key_is_chosen_by_settings(settings: Settings) -> None:
    settings.JWT_AUDIENCE = "another-service"

    assert call(f"Bearer {token()}").status_code == 401
