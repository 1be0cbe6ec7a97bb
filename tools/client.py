"""Write clients/python/dateline_client.py from the API's own description; with --check, say if it is out of step."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PATH = ROOT / "clients" / "python" / "dateline_client.py"
FRAME = ROOT / "tools" / "client_frame.py"
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_RESERVED = {"from": "from_", "type": "type_"}


def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.conf.settings")
    import django

    django.setup()
    from dateline.api.routes import api

    return dict(api.get_openapi_schema())


def written(told: dict[str, Any]) -> str:
    """Return the client, formatted."""
    frame = FRAME.read_text("utf-8")
    answers = _answered(told)
    schemas = "\n\n".join(_schema(name, told["components"]["schemas"][name]) for name in answers)
    methods = "\n".join(
        method
        for path, verbs in told["paths"].items()
        for operation in verbs.values()
        for method in _methods(path, operation, told)
    )
    # The frame is a module of its own, so that it is checked like one.
    whole = frame.replace("# schemas\n", schemas + "\n").replace("    # operations\n", methods)
    whole = whole.replace('"""The frame of the client', '"""A client of Dateline\'s API').replace(
        "VERSION", told["info"]["version"]
    )
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(PATH), "-"],
        input=whole,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"what was made is no Python:\n{done.stderr}")
    return done.stdout


def _answered(told: dict[str, Any]) -> list[str]:
    """Return the names of the schemas that answers are made of."""
    found: set[str] = set()
    waiting = [operation["responses"] for verbs in told["paths"].values() for operation in verbs.values()]
    while waiting:
        names = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(waiting.pop()))) - found
        found |= names
        waiting += [told["components"]["schemas"][name] for name in names]
    return sorted(found)


def _schema(name: str, schema: dict[str, Any]) -> str:
    lines = [f"class {name}(TypedDict):", f'    """{_indented(schema.get("description", ""), 4)}"""', ""]
    lines += [f"    {each}: {_type(of)}" for each, of in schema["properties"].items()]
    return "\n".join(lines) + "\n"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    if schema.get("type") == "array":
        return f"list[{_type(schema['items'])}]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {_type(values) if isinstance(values, dict) else 'Any'}]"
    return _PLAIN.get(str(schema.get("type")), "Any")


def _methods(path: str, operation: dict[str, Any], told: dict[str, Any]) -> Iterator[str]:
    """Yield the method of an operation and, where it answers with a list and a cursor, the one that walks it."""
    (kind, content), *_ = operation["responses"]["200"]["content"].items()
    name, schema = operation["operationId"], content["schema"]
    ways = [each for each in operation["parameters"] if each["in"] == "path"]
    asked = [each for each in operation["parameters"] if each["in"] == "query"]
    if kind == "application/jsonl":
        yield _method(name, ways, asked, "Iterator[dict[str, Any]]", operation, f"self._lines({_call(path, asked)})")
    elif kind != "application/json":
        yield _method(name, ways, asked, "Iterator[str]", operation, f"self._rows({_call(path, asked)})")
    else:
        answer = _type(schema)
        yield _method(name, ways, asked, answer, operation, f'cast("{answer}", self._ask({_call(path, asked)}))')
        items = told["components"]["schemas"].get(answer, {}).get("properties", {})
        lists = [each for each, of in items.items() if of.get("type") == "array"]
        if any(each["name"] == "cursor" for each in asked):
            noun = "hits" if "hits" in lists else lists[0]
            item = _type(items[noun]["items"])
            rest = [each for each in asked if each["name"] not in ("cursor", "limit")]
            yield _method(
                f"each_{name}",
                ways,
                rest,
                f"Iterator[{item}]",
                {"summary": f"All of `{name}`, page after page.", "description": ""},
                f'cast("Iterator[{item}]", self._walk({_call(path, rest)}, noun="{noun}"))',
            )


def _method(
    name: str,
    ways: list[dict[str, Any]],
    asked: list[dict[str, Any]],
    answer: str,
    operation: dict[str, Any],
    body: str,
) -> str:
    said = [f"{_RESERVED.get(each['name'], each['name'])}: {_type(each['schema'])}" for each in ways]
    needed = sorted(asked, key=lambda each: not each["required"])
    said += ["*"] * bool(asked)
    said += [
        f"{_RESERVED.get(each['name'], each['name'])}: {_type(each['schema'])}"
        + ("" if each["required"] else f" = {each['schema'].get('default')!r}")
        for each in needed
    ]
    doc = _indented(f"{operation['summary']}.\n\n{operation['description']}".replace("..", ".").strip(), 8)
    head = f"    def {name}({', '.join(['self', *said])}) -> {answer}:"
    return f'{head}\n        """{doc}"""\n        return {body}\n'


def _call(path: str, asked: list[dict[str, Any]]) -> str:
    where = path.removeprefix("/api/v1")
    for name in [part[1:-1] for part in where.split("/") if part.startswith("{")]:
        where = where.replace(f"{{{name}}}", f"{{_quoted({name})}}")
    told = ", ".join(f'"{each["name"]}": {_RESERVED.get(each["name"], each["name"])}' for each in asked)
    return f'{"f" if "{" in where else ""}"{where}", {{{told}}}'


def _indented(text: str, by: int) -> str:
    lines = text.strip().splitlines()
    return "\n".join([lines[0], *((" " * by + line.strip()) if line.strip() else "" for line in lines[1:])]) + (
        "\n" + " " * by if len(lines) > 1 else ""
    )


def main() -> int:
    """Write or check the client; return the exit status."""
    told = written(description())
    if "--check" not in sys.argv:
        PATH.parent.mkdir(parents=True, exist_ok=True)
        PATH.write_text(told, "utf-8")
        return 0
    if PATH.exists() and PATH.read_text("utf-8") == told:
        return 0
    print("the Python client is out of step with the API (run `tools/client.py`)", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
