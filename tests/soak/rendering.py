"""An issue of the model feed as RSS 2.0 or Atom, with full text."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape

from tests.soak.model_feed import SITE, Issue, Showing

TITLE = "The Model Gazette"
TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml"}


def render(issue: Issue) -> bytes:
    """Return the document; the same issue gives the same bytes."""
    head, tail = _FRAMES[issue.form]
    entries = "".join(_ENTRIES[issue.form](each) for each in issue.showings)
    graves = "".join(
        f'<at:deleted-entry ref="{escape(each.ref)}" when="{each.when.isoformat()}"/>\n' for each in issue.tombstones
    )
    return (head + entries + graves + tail).encode()


def cut_after(document: bytes, entries: int) -> bytes:
    """Return the document broken off in the middle of the entry after the first ``entries``."""
    end = b"</item>" if b"</item>" in document else b"</entry>"
    parts = document.split(end)
    return end.join(parts[:entries]) + end + parts[entries][: len(parts[entries]) // 2]


def _body(each: Showing) -> str:
    return escape("".join(f"<p>{escape(line, quote=False)}</p>" for line in each.text.lines), quote=False)


def _rss(each: Showing) -> str:
    link = f"<link>{escape(each.link)}</link>" if each.link else ""
    # Many a feed forgets to say that its identifiers are no addresses.
    told = ' isPermaLink="false"' if each.guid and each.guid.startswith("tag:") else ""
    guid = f"<guid{told}>{escape(each.guid)}</guid>" if each.guid else ""
    return (
        f"<item><title>{escape(each.text.headline, quote=False)}</title>{link}{guid}"
        f"<pubDate>{format_datetime(each.published)}</pubDate>"
        f"<content:encoded>{_body(each)}</content:encoded></item>\n"
    )


def _atom(each: Showing) -> str:
    link = f'<link rel="alternate" type="text/html" href="{escape(each.link)}"/>' if each.link else ""
    guid = f"<id>{escape(each.guid)}</id>" if each.guid else ""
    return (
        f'<entry><title type="text">{escape(each.text.headline, quote=False)}</title>{link}{guid}'
        f"<published>{each.published.isoformat()}</published><updated>{each.updated.isoformat()}</updated>"
        f'<content type="html">{_body(each)}</content></entry>\n'
    )


_ENTRIES = {"rss": _rss, "atom": _atom}
_FRAMES = {
    "rss": (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{TITLE}</title><link>https://{SITE}/</link><description>News that never was</description>"
        "<language>en</language>\n",
        "</channel></rss>\n",
    ),
    "atom": (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en">'
        f'<id>https://{SITE}/feed</id><title>{TITLE}</title><link rel="alternate" href="https://{SITE}/"/>'
        "<updated>2024-03-01T06:00:00+00:00</updated>\n",
        "</feed>\n",
    ),
}
