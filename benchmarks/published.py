"""An archive of published stories: one of our samples, read and pressed, again and again, under codes of its own."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples/northern-wire/2015-12-12-1915-paris-agreement.ninjs.json"
_AT_ONCE = 5_000


def published(home: Path, stories: int, *, unpressed: int = 0) -> None:
    """Make an archive of so many stories in ``home``, over ten years, the last ``unpressed`` without pressed pages."""
    os.environ |= {
        "DATELINE_HOME": str(home),
        "DATELINE_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "dateline.conf.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from dateline.archive.models import Record
    from dateline.cli.opening import desk
    from dateline.cli.publish import publish_all
    from dateline.cli.take_in import read_all
    from dateline.newsroom.gather import gather

    gather([SAMPLE], publishing=False, desk=desk())
    read_all()
    publish_all(list(Record.objects.all()))
    apart = timedelta(days=3650) / max(stories, 1)
    for start in range(1, stories, _AT_ONCE):
        _again(range(start, min(start + _AT_ONCE, stories)), apart=apart, pressed_to=stories - unpressed)


def _again(numbers: range, *, apart: timedelta, pressed_to: int) -> None:
    from django.db.models import F

    from dateline.archive.models import Record, Rendering, Touch, Version

    record = Record.objects.select_related("current").order_by("pk").first()
    assert record is not None
    told = record.current
    assert told is not None
    pages = list(record.renderings.all())
    Record.objects.bulk_create(
        Record(
            pk=record.pk + n,
            code=record.code + n,
            state="published",
            language="en",
            slug=record.slug,
            headline=record.headline,
            section=f"Section {n % 8}",
            section_slug=f"section-{n % 8}",
            published_at=record.published_at - apart * n,
            filed_at=record.filed_at,
            released_at=record.released_at,
            changed_at=record.changed_at,
        )
        for n in numbers
    )
    Version.objects.bulk_create(
        Version(
            pk=told.pk + n,
            record_id=record.pk + n,
            number=1,
            story=told.story,
            digest=f"{n}",
            reading=told.reading,
            reader=told.reader,
            filed_at=told.filed_at,
        )
        for n in numbers
    )
    first = record.pk + numbers[0]
    Record.objects.filter(pk__gte=first).update(current_id=F("id") + (told.pk - record.pk))
    Rendering.objects.bulk_create(
        Rendering(
            path=page.path.replace(f"/{record.code}/", f"/{record.code + n}/"),
            record_id=record.pk + n,
            content_type=page.content_type,
            etag=f'W/"{n:032x}"',
            body=page.body,
            press=page.press,
            pressed_at=page.pressed_at,
        )
        for n in numbers
        if n < pressed_to
        for page in pages
    )
    number = Touch.objects.count()
    Touch.objects.bulk_create(
        Touch(path=f"/{record.code + n}", number=number, at=record.changed_at, pressed=n < pressed_to) for n in numbers
    )
