import json
import logging
import sys

from platform_kit import logs


def test_a_line_is_json_with_the_request_id_and_extras() -> None:
    record = logging.makeLogRecord({"msg": "made %s", "args": ("tea",), "cups": 2})
    token = logs.request_id.set("abc-12345678")
    try:
        assert logs.RequestIdFilter().filter(record)
    finally:
        logs.request_id.reset(token)

    line = json.loads(logs.JsonFormatter().format(record))

    assert line["message"] == "made tea"
    assert line["request_id"] == "abc-12345678"
    assert line["cups"] == 2


def test_a_traceback_stays_on_its_line() -> None:
    try:
        int("tea")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})

    text = logs.JsonFormatter().format(record)

    assert "\n" not in text
    assert "tea" in json.loads(text)["exception"]


def test_a_line_names_the_trace_it_belongs_to() -> None:
    token = logs.traceparent.set(f"00-{'a' * 32}-{'b' * 16}-01")
    try:
        line = json.loads(logs.JsonFormatter().format(logging.makeLogRecord({"msg": "made"})))
    finally:
        logs.traceparent.reset(token)

    assert line["trace_id"] == "a" * 32
