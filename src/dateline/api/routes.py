"""The addresses below ``/api/v1/``: what is published, read only; and, with a key, what the desk sees."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from dateline import __version__
from dateline.api import claims, desk, entities, events, export, groups, quotes, search, stories
from dateline.api.describing import described_whole
from dateline.api.door import unauthorised
from dateline.api.refusing import BadQuestion, Gone, NothingThere

NOUNS = (stories, entities, events, quotes, claims, groups, search, export, desk)


class DescribedApi(NinjaAPI):
    """The API with short names for its operations and all that they may answer."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        return described_whole(super().get_openapi_schema(**kwargs))


# No ready-made page of documentation: those load scripts from another host. ``docs`` is ours.
api = DescribedApi(title="Dateline", version=__version__, docs_url=None, urls_namespace="api")
for noun in NOUNS:
    api.add_router("", noun.router)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors)
    return api.create_response(request, {"error": said}, status=422)


@api.exception_handler(BadQuestion)
def _not_understood(request: HttpRequest, error: BadQuestion) -> HttpResponse:
    return api.create_response(request, {"error": str(error)}, status=400)


@api.exception_handler(NothingThere)
def _nothing(request: HttpRequest, error: NothingThere) -> HttpResponse:
    return api.create_response(request, {"error": str(error)}, status=404)


@api.exception_handler(Gone)
def _gone(request: HttpRequest, error: Gone) -> HttpResponse:
    notice = error.notice
    told = {
        "error": str(error),
        "code": error.code,
        "withdrawn_at": notice.at if notice else None,
        "reason": notice.note if notice else None,
    }
    return api.create_response(request, told, status=410)


@api.exception_handler(AuthenticationError)
def _not_known(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return unauthorised("this needs a key: Authorization: Bearer …")


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"error": "there is no such address"}, status=404)
