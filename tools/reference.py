"""Write docs/reference/ from the code; with --check, say which page is out of step (exit 1)."""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import os
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- Written from the code by `make reference`. Do not edit. -->\n"


def commands() -> Iterator[str]:
    """Yield the page of the command line."""
    from dateline.cli.main import parser

    os.environ["COLUMNS"] = "100"
    top = parser()
    yield "# The command line\n"
    yield "Exit status: 0 done, 1 done in part (the rest is named), 2 not done (bad input or usage), 130 stopped by"
    yield "Ctrl-C: what was done until then stays done.\n"
    yield f"```\n{top.format_help().strip()}\n```\n"
    (subs,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    for name, sub in subs.choices.items():
        yield f"## dateline {name}\n\n```\n{sub.format_help().strip()}\n```\n"


def values() -> Iterator[str]:
    """Yield the page of the values: their fields, in the JSON of `dateline read` and the API."""
    from dateline import plain, story
    from dateline.text.spans import Span

    yield "# Values\n"
    yield f"{inspect.getdoc(plain)}\n"
    for value in [Span, *vars(story).values()]:
        if not (inspect.isclass(value) and dataclasses.is_dataclass(value) and value.__module__.startswith("dateline")):
            continue
        if value is Span and value.__module__ != Span.__module__:
            continue
        yield f"## {value.__name__}\n\n{inspect.getdoc(value)}\n"
        yield "| field | type | default |\n|---|---|---|"
        hints = typing.get_type_hints(value)
        for each in dataclasses.fields(value):
            default = "required" if each.default is dataclasses.MISSING else f"`{each.default!r}`"
            yield f"| `{each.name}` | `{_type(hints[each.name])}` | {default} |"
        yield ""


def _type(hint: object) -> str:
    plain = str(hint) if typing.get_origin(hint) or not inspect.isclass(hint) else hint.__name__
    for gone in ("dateline.story.", "dateline.text.spans.", "typing."):
        plain = plain.replace(gone, "")
    return plain.replace("|", "\\|")


def formats() -> Iterator[str]:
    """Yield the page of the formats."""
    from dateline.story import Story
    from dateline.wire.conversion import WRITTEN
    from dateline.wire.formats import FORMATS

    yield "# Formats\n"
    yield "Every input is recognised by its bytes, never by its name alone. `dateline convert` writes.\n"
    yield "| format | read | in parts | written | what |\n|---|---|---|---|---|"
    for name, module in FORMATS.items():
        says = (inspect.getdoc(module) or "").splitlines()[0]
        told = ("yes" if hasattr(module, verb) else "no" for verb in ("parse", "stream", "dump"))
        yield f"| `{name}` | {' | '.join(told)} | {says} |"
    yield "\n## What comes back of a story, and what is lost\n"
    yield "Fields of [Story](values.md). `convert` names each loss that a given story suffers. A star marks those that"
    yield "hold one story in a document. Where dates are *full*, it wants seconds and a zone: what is not known is"
    yield "written as zero and UTC, and named.\n"
    yield "| format | dates | lost |\n|---|---|---|"
    for name in WRITTEN:
        module = FORMATS[name]
        lost = [f"`{each}`" for each in Story.__dataclass_fields__ if each not in module.KEEPS]
        star = " *" if getattr(module, "ONE", False) else ""
        yield f"| `{name}`{star} | {getattr(module, 'DATES', 'any')} | {', '.join(lost)} |"


def settings() -> Iterator[str]:
    """Yield the page of the settings."""
    from dateline.conf.environment import SETTINGS

    yield "# Settings\n"
    yield "From the environment only.\n"
    yield "| variable | default | meaning |\n|---|---|---|"
    for name, default, meaning in SETTINGS:
        yield f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"


def api() -> Iterator[str]:
    """Yield the page of the API."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.conf.settings")
    import django

    django.setup()
    from dateline.api.routes import api as routes

    told = routes.get_openapi_schema()
    yield "# The API, /api/v1\n"
    yield f"{told['info']['description']}\n"
    yield "The full description (OpenAPI 3.1) is served at `/api/v1/openapi.json`; how to use it, with examples:"
    yield "[How to use the API](../how-to/use-the-api.md).\n"
    for path, verbs in told["paths"].items():
        for verb, said in verbs.items():
            yield f"## {verb.upper()} {path}\n\n{said['summary']}. {said.get('description', '')}\n"
            for parameter in said.get("parameters", ()):
                need = "required" if parameter.get("required") else "optional"
                yield f"- `{parameter['name']}` ({parameter['in']}, {need}) {parameter.get('description', '')}".rstrip()
            answers = (f"{status} {_answer(answer)}".rstrip() for status, answer in said["responses"].items())
            yield f"\nAnswers: {', '.join(answers)}.\n"
    yield "## What answers hold\n"
    for name, schema in sorted(told["components"]["schemas"].items()):
        if "description" in schema:
            yield f"### {name}\n\n{schema['description']}\n"
            yield from (f"- `{each}`: {_json_type(of)}" for each, of in schema["properties"].items())
            yield ""


def _answer(answer: dict[str, typing.Any]) -> str:
    kinds = answer.get("content", {}).items()
    return ", ".join(_json_type(of["schema"]) if kind == "application/json" else kind for kind, of in kinds)


def _json_type(schema: dict[str, typing.Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_json_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_json_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "anything")


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "cli.md": commands,
    "values.md": values,
    "formats.md": formats,
    "settings.md": settings,
    "api.md": api,
}


def main() -> int:
    """Write or check every page; return the exit status."""
    stale = []
    for name, page in PAGES.items():
        told = HEAD + "\n" + "\n".join(page()).rstrip() + "\n"
        path = FOLDER / name
        if "--check" not in sys.argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(told, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != told:
            stale.append(name)
    if stale:
        print(f"out of step with the code: {', '.join(stale)} (run `make reference`)", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
