"""`dateline print`: the print page of a story in the archive or in a file."""

from __future__ import annotations

import argparse

from dateline.cli.inputs import stories_in
from dateline.cli.writing import output_to
from dateline.story import Refused, Story
from dateline.wire.print_page import Behind

NAME = "print"
HELP = "Write the print page of a story: a code of the archive, or a file."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="CODE|FILE", help="a story code, a file, or - for standard input")
    parser.add_argument("--format", choices=("html", "text", "pdf"), default="html", help="default %(default)s")
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    data = _of_record(int(args.what), args.format) if args.what.isdigit() else _of_file(args.what, args.format)
    with output_to(args.output) as file:
        file.write(data)
    return 0


def _of_record(code: int, form: str) -> bytes:
    from dateline.cli.opening import need_archive, record_of

    need_archive()
    from django.conf import settings

    from dateline.archive.models import Record
    from dateline.site.shelves import behind

    record = record_of(code)
    if record.state == Record.State.WITHDRAWN:
        raise Refused("withdrawn", f"{code}: this story was withdrawn")
    if record.current is None:
        raise Refused("no-text", f"{code}: there is no version to print")
    return _page(
        record.current.as_story(),
        form,
        behind=behind(record),
        permalink=settings.DATELINE_SITE_URL + record.path,
        code=str(code),
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
    )


def _of_file(name: str, form: str) -> bytes:
    stories, _ = stories_in(name)
    if len(stories) > 1:
        raise Refused("many", f"{name}: holds {len(stories)} stories; take them in and print one by its code")
    (story,) = stories
    return _page(
        story,
        form,
        permalink=story.url,
        code=story.code,
        site_name=story.site_name,
        site_url=story.site_url,
    )


def _page(story: Story, form: str, behind: Behind | None = None, **place: str | None) -> bytes:
    from dateline.wire.print_page import PrintPage, dump, dump_text
    from dateline.wire.typesetting import pdf_of

    page = PrintPage(story=story, language=story.language, behind=behind, **place)
    if form == "pdf":
        return pdf_of(dump(page, pictures=False))
    return dump(page) if form == "html" else dump_text(page)
