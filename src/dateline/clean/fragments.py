"""The body of a feed entry, an export or a wire item: shortcodes mended, paragraphs and figures read."""

from __future__ import annotations

import html
from dataclasses import dataclass

from dateline.clean.blocks import PICTURE, Blocks, read_blocks, tree_from
from dateline.clean.leaks import find_leaks
from dateline.clean.limits import LONGEST_FRAGMENT, check_markup
from dateline.clean.wording import tidy
from dateline.clean.wrapped import unwrap
from dateline.story import Refused, Repair
from dateline.text.offsets import Patched
from dateline.text.sentences import paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A body read, and what was mended on the way."""

    blocks: Blocks
    repairs: tuple[Repair, ...] = ()


def read_fragment(body: str, *, markup: bool, base: str | None = None) -> Fragment:
    """Return paragraphs and figures of HTML or plain text. Raises Refused (not-text) on hostile markup."""
    if markup:
        check_markup(body, longest=LONGEST_FRAGMENT)
    elif len(body) > LONGEST_FRAGMENT:
        raise Refused("not-text", f"a text of {len(body):,} characters, more than {LONGEST_FRAGMENT:,}")
    body = body.replace(PICTURE, " ")  # same length: offsets stay those of the item's body
    leaks = find_leaks(body, ()) if "[" in body else ()
    repairs = tuple(
        Repair(
            kind=leak.kind,
            before=leak.patch.span.of(body),
            after=(leak.figure.caption or "") if leak.figure else leak.patch.after,
            rule=leak.rule,
            raw=leak.patch.span,
        )
        for leak in leaks
    )
    mended = Patched(body, (leak.patch for leak in leaks)).text
    figures = tuple(leak.figure for leak in leaks if leak.figure)
    if markup:
        root = tree_from(f"<body>{mended}</body>") if mended.strip() else tree_from("<body></body>")
        return Fragment(blocks=read_blocks(root, found=figures, base=base), repairs=repairs)
    mended = Patched(mended, unwrap(mended)).text
    lines = tidy_lines(mended)
    if not figures:
        return Fragment(blocks=Blocks(paragraphs=[line for line in map(tidy, lines) if line]), repairs=repairs)
    apart = html.escape("\n\n".join(lines))
    return Fragment(blocks=read_blocks(tree_from(f"<body>{apart}</body>"), found=figures), repairs=repairs)


def tidy_lines(text: str) -> list[str]:
    """Return the paragraphs of plain text: apart by blank lines, or, where there are none, line by line."""
    apart = [span.of(text) for span in paragraphs(text)]
    lines = apart if len(apart) > 1 else text.splitlines()
    return [line for line in map(tidy, lines) if line]
