"""The API's description as a page to read: made from the OpenAPI document, without a script or a foreign host."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dateline.api.routes import api

# The site's sheet is served under every digest: the API needs to know no other to look like its site.
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title} – API</title>
<link rel="stylesheet" href="/assets/api/site.css"></head>
<body class="small"><main class="wide"><div class="title"><h1>{title} – API</h1>
<p class="meta"><a href="openapi.json">openapi.json</a> <a href="/">The site</a></p></div><p class="intro">{about}</p>
<div class="origin"><nav aria-label="Contents"><ul>{contents}</ul></nav>{groups}</div></main></body></html>"""


def docs(request: HttpRequest) -> HttpResponse:
    """List every operation with its parameters and answers."""
    told = api.get_openapi_schema()
    tags = told["tags"]
    page = format_html(
        _PAGE,
        title=told["info"]["title"],
        about=_words(told["info"]["description"]),
        contents=format_html_join(
            "", '<li><a href="#{0}">{0}</a>: {1}</li>', ((tag["name"], tag["description"]) for tag in tags)
        ),
        groups=format_html_join("", "{}", ((_group(tag, told["paths"]),) for tag in tags)),
    )
    return HttpResponse(page)


def _group(tag: dict[str, str], paths: dict[str, Any]) -> SafeString:
    found = [(path, each) for path, verbs in paths.items() for each in verbs.values() if tag["name"] in each["tags"]]
    return format_html(
        '<section><h2 class="bar" id="{}">{}</h2>{}</section>',
        tag["name"],
        tag["name"],
        format_html_join("", "{}", ((_operation(path, each),) for path, each in found)),
    )


def _operation(path: str, told: dict[str, Any]) -> SafeString:
    asked = ((each["name"], each["in"], _words(each.get("description", ""))) for each in told["parameters"])
    answers = ((status, _words(answer["description"])) for status, answer in told["responses"].items())
    return format_html(
        '<article class="body"><h3><code>GET {}</code></h3>'
        "<p><strong>{}.</strong> {}</p><ul>{}</ul><dl>{}</dl></article>",
        path,
        told["summary"],
        _words(told.get("description", "")),
        format_html_join("", "<li><code>{}</code> ({}) {}</li>", asked),
        format_html_join("", "<dt>{}</dt><dd>{}</dd>", answers),
    )


def _words(told: str) -> SafeString:
    """Return a description with what stands between backticks as code."""
    parts = re.split(r"`+([^`]+)`+", told)
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if at % 2 else part,) for at, part in enumerate(parts))
    )
