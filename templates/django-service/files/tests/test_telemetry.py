import sys
from types import SimpleNamespace
from unittest import mock

import pytest

from platform_kit import telemetry


def start(dsn: str) -> bool:
    return telemetry.start_sentry(dsn=dsn, environment="x", release="1", traces_sample_rate=0)


def test_both_sleep_until_they_are_configured() -> None:
    assert start("") is False
    assert telemetry.start_newrelic({}) is False


def test_sentry_starts_with_a_dsn_and_without_personal_data() -> None:
    with mock.patch("sentry_sdk.init") as init:
        assert start("https://key@sentry.example/1") is True

    assert init.call_args.kwargs["send_default_pii"] is False


def test_newrelic_starts_with_a_licence_key(monkeypatch: pytest.MonkeyPatch) -> None:
    agent = SimpleNamespace(initialize=mock.Mock())
    monkeypatch.setitem(sys.modules, "newrelic", SimpleNamespace(agent=agent))
    monkeypatch.setitem(sys.modules, "newrelic.agent", agent)

    assert telemetry.start_newrelic({"NEW_RELIC_LICENSE_KEY": "key"}) is True
    agent.initialize.assert_called_once_with()
