"""Sentry and New Relic: each sleeps, not even imported, until its variable is set."""

from collections.abc import Mapping


def start_sentry(*, dsn: str, environment: str, release: str, traces_sample_rate: float) -> bool:
    """Starts Sentry if it has somewhere to send to. Personal data stays here."""
    if not dsn:
        return False
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        traces_sample_rate=traces_sample_rate,
        send_default_pii=False,
    )
    return True


def start_newrelic(environment: Mapping[str, str]) -> bool:
    """Starts New Relic's agent, which reads NEW_RELIC_* itself, if it has a licence key."""
    if not environment.get("NEW_RELIC_LICENSE_KEY"):
        return False
    import newrelic.agent

    newrelic.agent.initialize()
    return True
