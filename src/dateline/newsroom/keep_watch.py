"""Keep a query under a name, for somebody to be told what it finds; and end that."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from dateline.archive.models import Act, Task, Watch
from dateline.archive.watching import last_act
from dateline.newsroom.schedule import schedule
from dateline.story import Refused
from dateline.text.queries import DOUBTS
from dateline.text.query_reader import read_query
from dateline.text.urls import is_address

PERIODS = {Watch.Rhythm.DAILY: timedelta(days=1), Watch.Rhythm.WEEKLY: timedelta(days=7)}
# ASCII only: not every server on the way carries others.
_MAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@transaction.atomic
def keep_watch(
    name: str,
    query: str,
    *,
    rhythm: str,
    mail: str = "",
    hook: str = "",
    language: str = "",
    by: str,
    now: datetime,
) -> Watch:
    """Watch ``query`` for one mail address or one web hook, from now on.

    Raises Refused where the name is taken, the query asks for nothing or holds what is not understood, or there is
    nobody to tell.
    """
    name, query = name.strip(), " ".join(query.split())
    understood = read_query(query)
    doubts = [each.said for each in understood.glosses if each.outcome in DOUBTS]
    if not name or Watch.objects.filter(name=name).exists():
        raise Refused("name-taken", f"a watch needs a name of its own: {name!r}")
    if understood.part is None or doubts:
        raise Refused("no-query", f"not understood: {', '.join(doubts) or query!r}")
    if bool(mail) == bool(hook):
        raise Refused("no-address", "a watch tells one: a mail address or a web hook")
    if mail and not _MAIL.fullmatch(mail):
        raise Refused("no-address", f"{mail}: no mail address (ASCII, name@host)")
    if hook and not is_address(hook):
        raise Refused("no-address", f"{hook}: no http or https address")
    watch = Watch.objects.create(
        name=name,
        query=query,
        language=language,
        mail=mail,
        hook=hook,
        rhythm=Watch.Rhythm(rhythm),
        secret=secrets.token_urlsafe(32),
        made_at=now,
        seen_act=last_act(),
    )
    if watch.rhythm in PERIODS:
        schedule("digest", watch.pk, due_at=now + PERIODS[Watch.Rhythm(rhythm)])
    Act.objects.create(verb="keep watch", by=by, at=now, detail={"watch": name, "query": query, "rhythm": rhythm})
    return watch


@transaction.atomic
def drop_watch(watch: Watch, *, by: str, now: datetime) -> None:
    """End a watch: nothing is sent any more, and what it was told is forgotten."""
    Task.objects.filter(kind="digest", key=str(watch.pk)).delete()
    Act.objects.create(verb="drop watch", by=by, at=now, detail={"watch": watch.name})
    watch.delete()
