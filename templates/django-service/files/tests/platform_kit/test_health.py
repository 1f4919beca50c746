import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.django_db
def test_health_is_open_to_any_host_and_never_cached(client: Client, path: str) -> None:
    response = client.get(path, headers={"host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_livez_asks_nothing_of_the_database(client: Client) -> None:
    # No django_db mark: touching the database would fail.
    assert client.get("/livez").status_code == 200


@pytest.mark.django_db
def test_readyz_fails_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", away)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert "not ready" in caplog.text


def test_health_is_only_read(client: Client) -> None:
    assert client.post("/livez").status_code == 404
