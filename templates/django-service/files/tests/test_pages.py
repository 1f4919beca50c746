from django.test import Client
from pytest_django import Settings

from config import service


def test_the_front_page_leads_on(client: Client) -> None:
    page = client.get("/")

    assert page["Content-Security-Policy"].startswith("default-src 'none'")
    assert 'href="/api/v1/items"' in page.content.decode()
    assert service.VERSION in page.content.decode()


def test_openapi_is_served(client: Client) -> None:
    response = client.get("/openapi.yaml")

    assert response["Content-Type"] == "application/yaml"
    assert response.content.startswith(b"openapi: 3.1.0")
    assert f"version: {service.VERSION}\n" in response.content.decode()


def test_plain_http_is_redirected_but_health_is_not(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/").status_code == 301
    assert client.get("/", headers={"x-forwarded-proto": "https"}).status_code == 200
    assert client.get("/livez").status_code == 200
