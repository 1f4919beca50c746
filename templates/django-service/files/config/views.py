"""The pages around the API: a front page for people and the API description for tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import service
from config.env import BASE_DIR


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Says what this is and where to go next. It reads no data, so it needs no token."""
    response = render(request, "index.html", {"service": service})
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The committed description. A test keeps it equal to what the code does."""
    return HttpResponse((BASE_DIR / "openapi.yaml").read_bytes(), content_type="application/yaml")
