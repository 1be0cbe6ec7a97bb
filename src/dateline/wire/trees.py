"""The one way XML is parsed here: no entities, no network, no DTD, no huge trees."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from dateline.story import Unreadable
from dateline.wire.encoding import decode

# What XML 1.0 allows; a single stray control character must not cost the whole document.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED = re.compile(r"&(\w{2,31});")
_UNRESOLVED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_][\w.-]*;")
_OWN = {"amp", "lt", "gt", "quot", "apos", "AMP", "LT", "GT", "QUOT"}
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")


def xml_text(data: bytes) -> str:
    """Return a document's text without its XML declaration and without characters XML forbids.

    HTML's named entities, which XML does not know and wires use all the same, become their characters.
    """
    text = _DECLARATION.sub("", decode(data).text.lstrip("\ufeff"), count=1)
    text = _FORBIDDEN.sub("", _NAMED.sub(_character, text)).strip()
    # A document's own entities are never resolved; what is left of them is not text either.
    return _UNRESOLVED.sub("", text) if "<!ENTITY" in text else text


def safe(text: str | None) -> str:
    """Return text without the characters XML forbids (lxml refuses to write them); "" for None."""
    return _FORBIDDEN.sub("", text or "")


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OWN else html5.get(found[1] + ";", found[0])


def tree_of(data: bytes, *, recover: bool = False) -> Any:
    """Return the root element. Raises Unreadable with the line that does not parse.

    With ``recover``, what stands before and after a fault is kept, as far as lxml can.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(xml_text(data).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"XML that does not parse: {one_line(str(error))}") from error
    if root is None:
        raise Unreadable("XML with no element in it")
    return root


def local(element: Any) -> str:
    """Return an element's name without its namespace ("" for what is no element)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *path: str) -> Any:
    """Return the first descendant along ``path`` of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: Any, name: str) -> list[Any]:
    """Return the children of that local name."""
    return [] if element is None else [each for each in element if local(each) == name]


def words(element: Any) -> str | None:
    """Return all the text in an element, white space folded; None when there is none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def serial(element: Any) -> str:
    """Return an element's markup, without what follows it."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def one_line(said: str) -> str:
    """Return a message in one line of at most 200 characters."""
    return " ".join(said.split())[:200]
