import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from platform_kit import logs
from platform_kit.request import RequestMiddleware


def test_a_good_request_id_is_kept(client: Client) -> None:
    response = client.get("/", headers={"x-request-id": "abc-12345678"})

    assert response["X-Request-ID"] == "abc-12345678"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "line\nbreak-12345"])
def test_any_other_is_replaced(client: Client, given: str) -> None:
    response = client.get("/", headers={"x-request-id": given})

    assert response["X-Request-ID"] != given
    assert len(response["X-Request-ID"]) == 36


def test_each_request_is_one_log_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "request"):
        client.get("/")

    (record,) = [record for record in caplog.records if record.name == "request"]
    assert record.getMessage() == "GET / 200"
    assert vars(record)["status"] == 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"00-{'a' * 32}-{'b' * 16}-01", True),
        (f"00-{'0' * 32}-{'b' * 16}-01", False),
        (f"00-{'A' * 32}-{'b' * 16}-01", False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_the_callers_trace_goes_on(given: str, kept: bool) -> None:
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(logs.traceparent.get())
        return HttpResponse()

    RequestMiddleware(view)(RequestFactory().get("/", headers={"traceparent": given}))

    assert seen == [given if kept else ""]
    assert logs.traceparent.get() == ""
