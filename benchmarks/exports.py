"""A WordPress export of 100,000 posts, streamed: memory must not grow with it, and time in proportion to it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.clock import peak
from dateline.clean.stories import clean
from dateline.wire.formats import batches

POSTS = 100_000
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Pier</title><link>https://pier.example</link>'
    "<language>en</language><wp:wxr_version>1.2</wp:wxr_version>\n"
)
_POST = (
    "<item><title>Story {n}</title><link>https://pier.example/{n}</link><dc:creator>rosa</dc:creator>"
    '<guid isPermaLink="false">https://pier.example/?p={n}</guid><content:encoded><![CDATA[The ferry sailed on Tuesday,'
    ' and part {n} begins.\n\n[caption width="800"]Image: the pier[/caption]\n\n{words}]]></content:encoded>'
    "<wp:post_id>{n}</wp:post_id><wp:post_date>2015-05-12 15:14:00</wp:post_date>"
    "<wp:post_date_gmt>2015-05-12 13:14:00</wp:post_date_gmt><wp:status>publish</wp:status>"
    "<wp:post_type>post</wp:post_type></item>\n"
)


def run(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "export.xml"
        with path.open("w", encoding="utf-8") as file:
            file.write(_HEAD)
            words = "Nobody was hurt, and the harbour master was not to be reached. " * 20
            file.writelines(_POST.format(n=n, words=words) for n in range(1, POSTS + 1))
            file.write("</channel></rss>\n")
        _read(path)


def _read(path: Path) -> None:
    start, marks, count = time.process_time(), [], 0
    for batch in batches(path):
        for item in batch.items:
            clean(item)
            count += 1
            if count in (POSTS // 10, POSTS):
                marks.append((time.process_time() - start, peak()))
    (first, memory), (whole, at_last) = marks
    print(f"{count:,} posts of {path.stat().st_size / 2**20:.0f} MiB, parsed and cleaned")
    print(f"memory: {memory:.0f} MiB after a tenth, {at_last:.0f} MiB at the end")
    print(f"time: the whole took {whole / first:.1f} × its first tenth; {count / whole:,.0f} posts a second")
