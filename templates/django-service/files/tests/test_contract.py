"""What is committed says what the code does."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from config.env import BASE_DIR


def test_openapi_is_up_to_date() -> None:
    """If this fails, look at the difference in the API, then run `make schema`."""
    schema = SchemaGenerator().get_schema(request=None, public=True)

    emitted = OpenApiYamlRenderer().render(schema).decode()

    assert emitted == (BASE_DIR / "openapi.yaml").read_text("utf-8")


def test_openapi_is_served(client: Client) -> None:
    response = client.get("/openapi.yaml")

    assert response["Content-Type"] == "application/yaml"
    assert b"".join(response.streaming_content).startswith(b"openapi: 3.1.0")


def test_the_front_page_leads_on(client: Client) -> None:
    page = client.get("/")

    assert page["Content-Security-Policy"].startswith("default-src 'none'")
    assert 'href="/api/v1/items"' in page.content.decode()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    """If this fails, run `make migrations`."""
    call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())
