"""Take on a source: find its feed, see that it reads, and put it down to be polled."""

from __future__ import annotations

from urllib.parse import urljoin

from django.db import transaction

from dateline.archive.models import Act, Source
from dateline.fetch.client import Answer, Client
from dateline.fetch.errors import Denied, FetchError
from dateline.fetch.targets import target_of
from dateline.newsroom.file_batch import Desk
from dateline.newsroom.poll import ACCEPT, parsed
from dateline.story import Batch, DatelineError, FeedLink
from dateline.text.slugs import slug
from dateline.text.urls import host, is_address
from dateline.wire.discovery import USUAL, feeds_of

_MOST_TRIED = 4


class NoFeed(DatelineError):
    """There is no feed at this address, nor does it name one."""


def add_source(
    address: str,
    *,
    client: Client,
    desk: Desk,
    name: str | None = None,
    publishing: bool = False,
    full_text: bool = False,
) -> Source:
    """Return the source at ``address``, a feed's or a page's that names one; one polled already comes back as it is.

    Raises NoFeed, or FetchError when nothing answers.
    """
    address = address.strip()
    address = address.removeprefix("feed:").removeprefix("//") if address.startswith("feed:") else address
    if "://" not in address:
        address = f"https://{address}"
    if not is_address(address):
        raise NoFeed(f"{address}: no http or https address")
    if known := Source.objects.filter(feed_url=address).first():
        return known
    answer, batch = find_feed(address, client=client)
    url = answer.moved or address if answer.hops and answer.url != address else answer.url
    link = FeedLink(
        url=url, title=name or batch.title, site_url=batch.url or batch.items[0].site_url if batch.items else batch.url
    )
    return enter(link, desk=desk, publishing=publishing, full_text=full_text)


def enter(link: FeedLink, *, desk: Desk, publishing: bool = False, full_text: bool = False) -> Source:
    """Put a feed down to be polled at once, without looking at it first (a list of feeds is taken at its word).

    Raises NoFeed for what is no address that can be fetched.
    """
    try:
        target_of(link.url)
    except Denied as error:
        raise NoFeed(f"{link.url[:100]}: {error}") from error
    if known := Source.objects.filter(feed_url=link.url).first():
        return known
    name = link.title or host(link.url)
    with transaction.atomic():
        source = Source.objects.create(
            slug=_free_slug(name),
            name=name,
            url=link.site_url or "",
            feed_url=link.url,
            publishing=publishing,
            full_text=full_text,
            first_seen_at=desk.now,
            due_at=desk.now,
            why="it was just taken on",
        )
        Act.objects.create(verb="add source", by=desk.by, at=desk.now, detail={"source": source.slug, "url": link.url})
    return source


def find_feed(address: str, *, client: Client) -> tuple[Answer, Batch]:
    """Return the answer that is a feed, and what it holds: ``address`` itself, what it names, or a usual place."""
    answer = client.get(address, accept=ACCEPT)
    tried = [address]
    if not 200 <= answer.status < 300:
        raise FetchError(f"{address} answered {answer.status}")
    if batch := _feed(answer):
        return answer, batch
    named = _listed(answer) or [link.url for link in feeds_of(answer.body, url=answer.url)]
    for url in (named or [urljoin(answer.url, path) for path in USUAL])[:_MOST_TRIED]:
        tried.append(url)
        try:
            answer = client.get(url, accept=ACCEPT)
        except FetchError:
            continue
        if 200 <= answer.status < 300 and (batch := _feed(answer)):
            return answer, batch
    raise NoFeed(f"no feed at {', '.join(tried)}")


def _feed(answer: Answer) -> Batch | None:
    """Return what an answer holds if it is something to poll: a feed, a sitemap, wire items; not a page."""
    try:
        batch = parsed(answer)
    except DatelineError:
        return None
    return None if batch.feeds and not batch.items else batch


def _listed(answer: Answer) -> list[str]:
    """Return the sitemaps that an index of them lists, those for news first."""
    try:
        listed = [feed.url for feed in parsed(answer).feeds]
    except DatelineError:
        return []
    return sorted(listed, key=lambda url: "news" not in url.lower())


def _free_slug(name: str) -> str:
    wanted = slug(name)[:90]
    taken = set(Source.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(each for each in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if each not in taken)
