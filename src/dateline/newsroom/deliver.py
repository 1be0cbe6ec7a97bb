"""Send what was put together for one who watches."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, DeliveredStory, Delivery
from dateline.archive.watching import still_so
from dateline.fetch.client import Client
from dateline.fetch.errors import FetchError
from dateline.fetch.mail import NotSent
from dateline.newsroom.letters import Post
from dateline.wire import letter as wire_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How many stories were told, and the codes of those that were not: withdrawn before their letter left."""

    told: int = 0
    left_out: frozenset[int] = frozenset()


def deliver(delivery: Delivery, *, post: Post, client: Client, by: str, now: datetime) -> Sent:
    """Send what there is to tell of a delivery that was not sent yet. Raises NotSent, FetchError.

    Between the other side's word that it has it and our note of that nothing can be done in one: whoever dies there
    sends it again, under the same Message-ID or Dateline-Delivery, by which the other side knows it.
    """
    if delivery.sent_at is not None:
        return Sent()
    told = still_so(delivery)
    void = delivery.stories.exclude(pk__in=[each.pk for each in told])
    left_out = frozenset(void.values_list("record__code", flat=True))
    # Nobody was told of it: published again, it is new.
    void.filter(what=DeliveredStory.What.NEW).delete()
    if told:
        _send(delivery, told, post=post, client=client)
    with transaction.atomic():
        delivery.sent_at = now
        delivery.save(update_fields=["sent_at"])
        detail = {"watch": delivery.watch.name, "stories": len(told)}
        Act.objects.create(verb="deliver", by=by, at=now, detail=detail)
    return Sent(told=len(told), left_out=left_out)


def _send(delivery: Delivery, told: list[DeliveredStory], *, post: Post, client: Client) -> None:
    watch = delivery.watch
    if watch.mail:
        if post.mailer is None:
            raise NotSent("no mail is sent from here: DATELINE_SMTP_URL names no server")
        post.mailer.send(wire_letter.dump(post.writer.letter(delivery, told)), to=watch.mail)
        return
    body = json.dumps(post.writer.notice(delivery, told), ensure_ascii=False).encode("utf-8", "replace")
    signature = hmac.new(watch.secret.encode(), body, "sha256").hexdigest()
    headers = {"Dateline-Delivery": str(delivery.pk), "X-Dateline-Signature": f"sha256={signature}"}
    answer = client.post_json(watch.hook, body, headers=headers)
    if not 200 <= answer.status < 300:
        raise FetchError(f"{watch.hook} answered {answer.status}")
