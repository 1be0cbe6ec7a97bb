"""Send what was put together for one who watches."""

from __future__ import annotations

import hmac
import json
from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, DeliveredStory, Delivery, Record
from dateline.fetch.client import Client
from dateline.fetch.errors import FetchError
from dateline.fetch.mail import NotSent
from dateline.newsroom.letters import Post
from dateline.wire import letter as wire_letter


def deliver(delivery: Delivery, *, post: Post, client: Client, by: str, now: datetime) -> bool:
    """Send a delivery that was not sent yet; return whether anything went out. Raises NotSent, FetchError.

    Between the other side's word that it has it and our note of that nothing can be done in one: whoever dies there
    sends it again, under the same Message-ID or Dateline-Delivery, by which the other side knows it.
    """
    if delivery.sent_at is not None:
        return False
    told = _still_so(delivery)
    if told:
        _send(delivery, told, post=post, client=client)
    with transaction.atomic():
        delivery.sent_at = now
        delivery.save(update_fields=["sent_at"])
        detail = {"watch": delivery.watch.name, "stories": len(told)}
        Act.objects.create(verb="deliver", by=by, at=now, detail=detail)
    return bool(told)


def _still_so(delivery: Delivery) -> list[DeliveredStory]:
    """Return what a delivery has to tell; of what was withdrawn before anybody was told of it, not a word."""
    whole = list(delivery.stories.select_related("record__current").order_by("pk"))
    sent = DeliveredStory.objects.filter(watch=delivery.watch, delivery__sent_at__isnull=False)
    known = set(sent.filter(record__in=[each.record_id for each in whole]).values_list("record", flat=True))
    void = {each.pk for each in whole if not _is_still_so(each, is_known=each.record_id in known)}
    DeliveredStory.objects.filter(pk__in=void, what=DeliveredStory.What.NEW).delete()
    return [each for each in whole if each.pk not in void]


def _is_still_so(each: DeliveredStory, *, is_known: bool) -> bool:
    if each.what == DeliveredStory.What.WITHDRAWN:
        return is_known
    return each.record.state == Record.State.PUBLISHED


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
