"""The yardstick of serving: what somebody writes by hand, a row by its number and a template, in Starlette."""

from __future__ import annotations

import os
import sqlite3

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="{{ story.language }}"><head><meta charset="utf-8"><title>{{ story.headline }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/site.css"></head>
<body><main><h1>{{ story.headline }}</h1><p class="meta">{{ story.credit or "" }} {{ story.published }}</p>
{% for paragraph in paragraphs %}<p>{{ paragraph }}</p>
{% endfor %}</main></body></html>
"""
)
archive = sqlite3.connect(f"file:{os.environ['YARDSTICK']}?mode=ro", uri=True, check_same_thread=False)
archive.row_factory = sqlite3.Row
archive.execute("PRAGMA mmap_size=134217728")


async def story(request: Request) -> HTMLResponse:
    told = archive.execute("SELECT * FROM yardstick WHERE id = ?", (request.path_params["code"],)).fetchone()
    return HTMLResponse(PAGE.render(story=told, paragraphs=told["text"].split("\n\n")))


app = Starlette(routes=[Route("/{code:int}", story)])
