"""The OpenAPI document, complete: what every operation may answer besides, and what an answer looks like."""

from __future__ import annotations

from typing import Any

from ninja.openapi.schema import OpenAPISchema

_ABOUT = (
    "Published stories of a news desk, and what was read in them. Lists are walked by the cursor in `next`. Every GET "
    "has an ETag and honours If-None-Match. Rates are told in RateLimit headers; 429 says Retry-After. Errors are JSON "
    "with `error`. Addresses below /desk/ need a key. To read: `/api/v1/docs`."
)
_TAGS = {
    "stories": "published stories, their versions, readings and findings",
    "entities": "who and what stories name, and pairs of them",
    "events": "who did what to whom, in PLOVER's types",
    "quotes": "who said what",
    "claims": "accusations and the denials that answer them",
    "groups": "stories of several sources on one event",
    "search": "the query language of the site",
    "export": "everything public, line by line",
    "desk": "what is not public: needs a key",
}
_PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_TOLD = {
    "400": "A parameter is not understood; `error` names it.",
    "401": "No key, or one that opens nothing.",
    "404": "Not here, or not public.",
    "410": "The story was withdrawn: its public notice.",
    "422": "A parameter is missing or not of its kind; `error` names it.",
    "429": "Asked too often.",
}
_EXAMPLES = {
    "400": {"error": "cursor: this is no cursor of ours"},
    "401": {"error": "this needs a key: Authorization: Bearer …"},
    "404": {"error": "no story has this code"},
    "410": {
        "error": "this story was withdrawn",
        "code": 31186,
        "withdrawn_at": "2015-09-12T08:00:00Z",
        "reason": "The ship was another one.",
    },
    "422": {"error": "limit: Input should be a valid integer"},
    "429": {"error": "too many questions: wait as long as Retry-After says"},
}
_ETAG = {"ETag": {"description": "of this answer, for If-None-Match", "schema": {"type": "string"}}}
_WAIT = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}}


def described_whole(schema: OpenAPISchema) -> OpenAPISchema:
    """Return the document with the answers that the door and the checks of parameters give everywhere."""
    schema["info"]["description"] = _ABOUT
    schema["tags"] = [{"name": name, "description": told} for name, told in _TAGS.items()]
    for path in schema["paths"].values():
        for operation in path.values():
            operation["responses"] = _answers(operation)
    return schema


def _answers(operation: dict[str, Any]) -> dict[str, Any]:
    answers = {str(status): dict(told) for status, told in operation["responses"].items()}
    answers["200"]["headers"] = _ETAG
    answers["304"] = {"description": "What If-None-Match names is still so.", "headers": _ETAG}
    if operation["parameters"]:
        answers["422"] = {"content": _PROBLEM}
    answers["429"] = {"content": _PROBLEM, "headers": _WAIT}
    for status, told in _TOLD.items():
        if answer := answers.get(status):
            answer["description"] = told
            content = answer["content"]["application/json"]
            answer["content"] = {"application/json": {**content, "example": _EXAMPLES[status]}}
    return dict(sorted(answers.items()))
