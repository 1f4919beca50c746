import logging

import pytest
from django.test import Client


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
    assert record.status == 200
