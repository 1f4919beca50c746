"""What every operation has in common, added to the description once instead of on every view."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiParameter

PROBLEM = {
    "type": "object",
    "description": "An error, as in RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "maxLength": 500,
            "description": "Names the kind of problem; about:blank where the status says it all.",
        },
        "title": {"type": "string", "maxLength": 100, "description": "The status in words."},
        "status": {
            "type": "integer",
            "format": "int32",
            "minimum": 400,
            "maximum": 599,
            "description": "The HTTP status again.",
        },
        "detail": {
            "type": "string",
            "maxLength": 2000,
            "description": "What happened, for people.",
        },
        "instance": {
            "type": "string",
            "format": "uri-reference",
            "maxLength": 2000,
            "description": "The path that was called.",
        },
        "code": {"type": "string", "maxLength": 100, "description": "What happened, for programs."},
        "request_id": {
            "type": "string",
            "maxLength": 64,
            "description": "Under which the service logged it.",
        },
        "errors": {
            "type": "array",
            "maxItems": 1000,
            "description": "What is wrong with the request, piece by piece.",
            "items": {"$ref": "#/components/schemas/ProblemError"},
        },
    },
}

PROBLEM_ERROR = {
    "type": "object",
    "description": "One thing that is wrong with a request.",
    "required": ["pointer", "code", "detail"],
    "properties": {
        "pointer": {
            "type": "string",
            "maxLength": 500,
            "description": "JSON pointer (RFC 6901) to it; empty for the whole.",
        },
        "code": {"type": "string", "maxLength": 100, "description": "What is wrong, for programs."},
        "detail": {
            "type": "string",
            "maxLength": 2000,
            "description": "What is wrong, for people.",
        },
    },
}

RESPONSES = {
    "BadRequest": "The request is not valid; `errors` says where.",
    "Unauthorized": "The call needs a token, or its token is not known.",
    "NotFound": "Nothing is there.",
    "Conflict": "A request with this Idempotency-Key is being answered.",
    "KeyReused": "This Idempotency-Key was used for another request.",
    "TooManyRequests": "This caller calls too often.",
    "Unexpected": "Any other error.",
}
RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds after which to try again.",
        "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86400},
    }
}
MAY_BE_TRIED_AGAIN = {"Conflict", "TooManyRequests"}

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Sent twice with the same key, a request happens once.",
)

METHODS = {"get", "post", "put", "patch", "delete"}


def add_problem_responses(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    components = result.setdefault("components", {})
    schemas = {**components.get("schemas", {}), "Problem": PROBLEM, "ProblemError": PROBLEM_ERROR}
    components["schemas"] = dict(sorted(schemas.items()))
    for path, item in result["paths"].items():
        for method in METHODS & set(item):
            add_to(item[method], has_id="{" in path)
    used = str(result["paths"])
    components["responses"] = {
        name: response(name, text)
        for name, text in RESPONSES.items()
        if f"#/components/responses/{name}'" in used
    }
    return result


def add_to(operation: dict[str, Any], *, has_id: bool) -> None:
    responses = operation["responses"]
    for status, answer in responses.items():
        answer["description"] = answer.get("description") or HTTPStatus(int(status)).phrase
    parameters = operation.get("parameters", [])
    has_query = any(parameter["in"] == "query" for parameter in parameters)
    if has_query or "requestBody" in operation:
        responses["400"] = reference("BadRequest")
    if operation.get("security") == [{}]:
        del operation["security"]  # It says in many words that nobody is asked who calls.
    if operation.get("security"):
        responses["401"] = reference("Unauthorized")
    if has_id:
        responses["404"] = reference("NotFound")
    if any(parameter["name"] == IDEMPOTENCY_KEY.name for parameter in parameters):
        responses["409"] = reference("Conflict")
        responses["422"] = reference("KeyReused")
    responses["429"] = reference("TooManyRequests")
    responses["default"] = reference("Unexpected")


def response(name: str, description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        **({"headers": RETRY_AFTER} if name in MAY_BE_TRIED_AGAIN else {}),
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}
