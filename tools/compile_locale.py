"""Compile the translations: every .po of the site beside its .mo; with --update, add new messages to the .po first.

GNU gettext is not needed: messages are found with Jinja's own template reader and Python's.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from jinja2 import Environment, nodes

SITE = Path(__file__).parent.parent / "src" / "dateline" / "site"
CALLS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
FILTERS = {"_", "_in", "_many"}
Message = tuple[str | None, str, str | None]


def messages() -> dict[Message, str]:
    """Return every message of the site, as (context, text, plural), with the file it stands in."""
    found: dict[Message, str] = {}
    for path in sorted(SITE.glob("templates/site/*")):
        for message in in_template(path.read_text("utf-8")):
            found.setdefault(message, path.name)
    for path in sorted(SITE.rglob("*.py")):
        for message in in_python(path.read_text("utf-8")):
            found.setdefault(message, path.name)
    return found


def in_template(source: str) -> Iterator[Message]:
    for node in Environment().parse(source).find_all(nodes.Filter):
        if node.name in FILTERS and isinstance(node.node, nodes.Const):
            other = node.args[0].value if node.name != "_" else None
            yield other if node.name == "_in" else None, node.node.value, other if node.name == "_many" else None


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in CALLS:
            continue
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if len(words) < CALLS[node.func.id]:
            continue
        context = words.pop(0) if "p" in node.func.id.removesuffix("gettext") else None
        yield context, words[0], words[1] if "n" in node.func.id.removesuffix("gettext") else None


def update(path: Path) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=120)
    forms = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[1])  # Arabic has six, Russian three
    wanted = messages()
    for entry in list(catalogue):
        if (entry.msgctxt, entry.msgid, entry.msgid_plural or None) not in wanted:
            catalogue.remove(entry)
    for (context, text, plural), where in wanted.items():
        if catalogue.find(text, msgctxt=context or False) is None:
            shape = {"msgid_plural": plural, "msgstr_plural": dict.fromkeys(range(forms), "")} if plural else {}
            catalogue.append(polib.POEntry(msgctxt=context, msgid=text, comment=where, **shape))
    catalogue.save()


def main() -> None:
    for path in sorted(SITE.glob("locale/*/LC_MESSAGES/django.po")):
        if "--update" in sys.argv[1:]:
            update(path)
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    main()
